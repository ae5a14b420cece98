/** What changed here since a copy went out: in numbers, and the words that came and went. */
import type { ReactElement } from 'react';
import type { ComparedBlock } from '#core/sync/compare.ts';
import type { SinceSent } from '#core/formats/return/return-plan.ts';
import style from '#web/pages/return/return.module.css';
import { returnWords as words } from '#web/pages/return/words.ts';

/** What is kept between two changes, shortened to what stands beside them. */
function kept(text: string, isFirst: boolean, isLast: boolean): string {
  const most = 60;
  if (text.length <= 2 * most) return text;
  const head = text.slice(0, most).replace(/\s\S*$/u, '');
  const tail = text.slice(-most).replace(/^\S*\s/u, '');
  return `${isFirst ? '' : head} … ${isLast ? '' : tail}`;
}

function Block({ block }: { block: ComparedBlock }): ReactElement {
  const last = block.runs.length - 1;
  return (
    <p className={style.text} dir="auto">
      {block.runs.map((run, i) =>
        run.kind === 'deleted' ? (
          <del key={i}>{run.text}</del>
        ) : run.kind === 'inserted' ? (
          <ins key={i}>{run.text}</ins>
        ) : (
          <span key={i} className={style.context}>
            {kept(run.text, i === 0, i === last)}
          </span>
        ),
      )}
    </p>
  );
}

export function SinceSentList({ since }: { since: SinceSent }): ReactElement | null {
  const counts = words.sinceCounts(since);
  if (since.blocks.length === 0 && counts === '') return null;
  return (
    <details className={style.section}>
      <summary>
        <h2>{words.sections.since}</h2>
        <span className={style.quiet}>{counts}</span>
      </summary>
      <div className={style.since}>
        {since.blocks.map((block, i) => (
          <Block key={i} block={block} />
        ))}
      </div>
    </details>
  );
}
