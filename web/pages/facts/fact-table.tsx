/** The list of facts as a table; on a phone each row becomes a block. */
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { FactLine } from '#core/facts/fact-list.ts';
import style from '#web/pages/facts/facts.module.css';
import { deskWords as words } from '#web/pages/facts/words.ts';
import { FactChip } from '#web/panels/fact-chip.tsx';
import { nameOf } from '#web/panels/sentence.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { classes } from '#web/ui/class-names.ts';
import { messages } from '#web/ui/messages.ts';
import table from '#web/ui/table.module.css';

export function FactTable({
  lines,
  path,
  chosen,
  onChoose,
}: {
  lines: readonly FactLine[];
  /** The address of the article. */
  path: string;
  chosen: string | null;
  /** Opens a fact; `from` is where the keyboard goes back to. */
  onChoose: (id: string, from: HTMLElement) => void;
}): ReactElement {
  return (
    <table className={classes(table.table, style.table)} aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{words.fact}</th>
          <th scope="col">{words.type}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.sources}</th>
          <th scope="col">{words.checker}</th>
          <th scope="col">{words.place}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row
            key={line.id}
            line={line}
            path={path}
            chosen={line.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  line,
  path,
  chosen,
  onChoose,
}: {
  line: FactLine;
  path: string;
  chosen: boolean;
  onChoose: (id: string, from: HTMLElement) => void;
}): ReactElement {
  const review = useSnapshot((snapshot) => snapshot.review);
  const sources = useSnapshot((snapshot) => snapshot.facts.sources);
  const { id, claim, state, citations, place } = line;
  const titles = [...new Set(citations.map(({ sourceId }) => sources.get(sourceId)?.title ?? ''))];
  const { check } = state;
  return (
    <tr aria-current={chosen || undefined}>
      <th scope="row">
        <button
          type="button"
          className={style.fact}
          lang={review.article.language}
          dir="auto"
          aria-expanded={chosen}
          onClick={(event) => onChoose(id, event.currentTarget)}
        >
          “{line.words}”
        </button>
        {claim?.check && <span className={style.toCheck}>{claim.check}</span>}
      </th>
      <td className={style.short}>{claim && messages.claimTypes[claim.type]}</td>
      <td className={style.short}>
        <FactChip state={state} />
      </td>
      <td className={style.sources} data-label={words.sources}>
        {titles.length === 0 ? (
          <span className={style.quiet}>{words.noSources}</span>
        ) : (
          titles.join(', ')
        )}
      </td>
      <td data-label={words.checker}>
        {check ? nameOf(review, check.by) : <span className={style.quiet}>{words.nobody}</span>}
      </td>
      <td>
        <Link
          href={`${path}?annotation=${encodeURIComponent(id)}`}
          className={style.place ?? ''}
          aria-label={place === '' ? words.gone : words.goToText(place)}
        >
          {place === '' ? words.gone : words.inText(place)}
        </Link>
      </td>
    </tr>
  );
}
