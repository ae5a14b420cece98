/** The filters of the rail as a row of buttons, for pages where the rail is not beside the list. */
import type { ReactElement } from 'react';
import { countsOf, type Annotation, type Filter } from '#web/panels/annotations.ts';
import style from '#web/panels/list-view.module.css';
import { listWords } from '#web/panels/list-words.ts';
import { usePage } from '#web/panels/page-state.tsx';
import { messages } from '#web/ui/messages.ts';

const { filter: words } = messages;
const filters: readonly [Filter, string][] = [
  ['all', words.all],
  ['suggestion', words.suggestions],
  ['fact', words.facts],
  ['comment', words.comments],
  ['detached', words.detached],
  ['settled', words.settled],
];

export function ListFilters({ list }: { list: readonly Annotation[] }): ReactElement {
  const { filter, setFilter } = usePage();
  const counts = countsOf(list);
  return (
    <div role="group" aria-label={listWords.filters} className={style.filters}>
      {filters.map(([value, label]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === filter}
          onClick={() => setFilter(value)}
        >
          {label} <span>{counts[value]}</span>
        </button>
      ))}
    </div>
  );
}
