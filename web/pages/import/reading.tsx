/** How an import will read: its first blocks with their roles, changes and commented words. */
import { Fragment, type ReactElement } from 'react';
import { cellRuns, tableOf } from '#core/article/table.ts';
import type { ImportPreview, PreviewBlock, PreviewRun } from '#core/formats/import/preview.ts';
import style from '#web/pages/import/import.module.css';
import { classes } from '#web/ui/class-names.ts';
import { importWords as words } from '#web/ui/import-messages.ts';
import { pictureWhere, tableWords } from '#web/ui/table-words.ts';

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

function Runs({ runs }: { runs: readonly PreviewRun[] }): ReactElement {
  return (
    <>
      {runs.map((run, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- runs have no other name and never move alone
        <Fragment key={i}>
          <Run run={run} />
        </Fragment>
      ))}
    </>
  );
}

function Figure({
  block,
  src,
  alt,
}: {
  block: PreviewBlock;
  src: string;
  alt: string;
}): ReactElement {
  return (
    <figure className={style.block}>
      <span className={style.role}>{words.figure}</span>
      <div className={style.picture}>
        <span dir="auto">{alt === '' ? tableWords.picture : alt}</span>
        <span className={style.role}>{pictureWhere(src)}</span>
      </div>
      <figcaption dir="auto">
        <Runs runs={block.runs} />
      </figcaption>
    </figure>
  );
}

function Table({ cells }: { cells: readonly PreviewBlock[] }): ReactElement {
  const { rows } = tableOf(cells.flatMap(({ cell }) => (cell ? [cell] : [])));
  return (
    <div className={style.block}>
      <span className={style.role}>{words.table}</span>
      <table className={style.table}>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]?.at}>
              {row.map(({ at, span, rows: reach, header, joined }) => {
                if (joined) return null;
                const Cell = header ? 'th' : 'td';
                return (
                  <Cell key={at} colSpan={span} rowSpan={reach} dir="auto">
                    <Runs runs={cells[at]?.runs ?? []} />
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Block({ block }: { block: PreviewBlock }): ReactElement {
  const { role, list, runs, index, picture } = block;
  if (picture) return <Figure block={block} {...picture} />;
  const label = list ? words.item : role === 'figure' || role === 'cell' ? '' : words.roles[role];
  const isPlain = role === 'paragraph' && !list;
  return (
    <div
      className={classes(style.block, style[role], index === null && runs.length > 0 && style.back)}
      style={list ? { marginInlineStart: `${list.level * 1.25}rem` } : undefined}
    >
      {!isPlain && <span className={style.role}>{label}</span>}
      <p dir="auto">
        {list && <span aria-hidden="true">{list.kind === 'ordered' ? '# ' : '• '}</span>}
        <Runs runs={runs} />
      </p>
    </div>
  );
}

/** The blocks in order, the cells of a table put together. */
function partsOf(blocks: readonly PreviewBlock[]): ReactElement[] {
  const parts: ReactElement[] = [];
  const runs = cellRuns(blocks.map(({ cell }) => cell?.starts));
  for (let i = 0; i < blocks.length; i += 1) {
    const run = runs.find(({ from }) => from === i);
    const block = blocks[i];
    if (run) {
      parts.push(<Table key={i} cells={blocks.slice(run.from, run.to)} />);
      i = run.to - 1;
    } else if (block) parts.push(<Block key={i} block={block} />);
  }
  return parts;
}

export function Reading({ preview }: { preview: Omit<ImportPreview, 'format'> }): ReactElement {
  return (
    // It scrolls, so it can be reached with keys.
    <div
      className={style.reading}
      lang={preview.language}
      role="group"
      aria-label={words.reads}
      tabIndex={0}
    >
      {partsOf(preview.blocks)}
      {preview.more > 0 && <p className={style.more}>{words.more(preview.more)}</p>}
    </div>
  );
}
