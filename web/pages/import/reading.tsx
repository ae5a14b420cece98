/** How an import will read: its first blocks with their roles, changes and commented words. */
import { Fragment, type ReactElement } from 'react';
import type { ImportPreview, PreviewBlock, PreviewRun } from '#core/formats/import/preview.ts';
import style from '#web/pages/import/import.module.css';
import { classes } from '#web/ui/class-names.ts';
import { importWords as words } from '#web/ui/import-messages.ts';

function Run({ run }: { run: PreviewRun }): ReactElement {
  if (run.reference !== null) return <sup>{run.reference}</sup>;
  let shown: ReactElement = <>{run.text}</>;
  if (run.em) shown = <em>{shown}</em>;
  if (run.strong) shown = <strong>{shown}</strong>;
  if (run.link) shown = <u>{shown}</u>;
  if (run.change === 'insertion') shown = <ins>{shown}</ins>;
  if (run.change === 'deletion') shown = <del>{shown}</del>;
  return run.noted ? <mark>{shown}</mark> : shown;
}

function Block({ block }: { block: PreviewBlock }): ReactElement {
  const { role, list, runs, index } = block;
  const label = list ? words.item : words.roles[role];
  const isPlain = role === 'paragraph' && !list;
  return (
    <div
      className={classes(style.block, style[role], index === null && runs.length > 0 && style.back)}
      style={list ? { marginInlineStart: `${list.level * 1.25}rem` } : undefined}
    >
      {!isPlain && <span className={style.role}>{label}</span>}
      <p dir="auto">
        {list && <span aria-hidden="true">{list.kind === 'ordered' ? '# ' : '• '}</span>}
        {runs.map((run, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- runs have no other name and never move alone
          <Fragment key={i}>
            <Run run={run} />
          </Fragment>
        ))}
      </p>
    </div>
  );
}

export function Reading({ preview }: { preview: ImportPreview }): ReactElement {
  return (
    // It scrolls, so it can be reached with keys.
    <div
      className={style.reading}
      lang={preview.language}
      role="group"
      aria-label={words.reads}
      tabIndex={0}
    >
      {preview.blocks.map((block, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- blocks are drawn anew with every answer
        <Block key={i} block={block} />
      ))}
      {preview.more > 0 && <p className={style.more}>{words.more(preview.more)}</p>}
    </div>
  );
}
