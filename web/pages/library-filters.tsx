/** What of the library is shown: words, a stage, what is for oneself. It stands in the address, so that it can be kept and sent. */
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { stages } from '#core/sync/stage.ts';
import style from '#web/pages/library.module.css';
import { libraryQuery, type LibraryFilters } from '#web/pages/queries.ts';
import { deskWords, stageWords } from '#web/panels/desk-messages.ts';
import { Choice } from '#web/ui/choice.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';

/** How long one may pause in a word before it is looked for. */
const pauseMs = 200;
const mostLetters = 200;

export function useLibraryFilters(): [LibraryFilters, (filters: LibraryFilters) => void] {
  const [search, setSearch] = useSearchParams();
  const filters = {
    q: (search.get('q') ?? '').trim().slice(0, mostLetters),
    stage: stages.find((stage) => stage === search.get('stage')) ?? null,
    mine: search.get('mine') === '1',
  };
  const set = (next: LibraryFilters): void =>
    setSearch(new URLSearchParams(libraryQuery(next)), { replace: true });
  return [filters, set];
}

export function LibraryFilterBar({
  filters,
  onChange,
}: {
  filters: LibraryFilters;
  onChange: (filters: LibraryFilters) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className={style.filters} role="group" aria-label={deskWords.filters}>
      <SearchField q={filters.q} onSearch={(q) => onChange({ ...filters, q })} />
      <Choice
        label={deskWords.stage}
        value={filters.stage}
        any={deskWords.anyStage}
        options={stages.map((stage) => [stage, stageWords[stage]] as const)}
        onChange={(stage) => onChange({ ...filters, stage })}
      />
      <span className={style.mine}>
        <input
          id={id}
          type="checkbox"
          checked={filters.mine}
          onChange={({ target }) => onChange({ ...filters, mine: target.checked })}
        />
        <label htmlFor={id}>{deskWords.mine}</label>
      </span>
    </div>
  );
}

/** Looks while one types, and follows the address when that changes by itself. */
function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }): ReactElement {
  const [text, setText] = useState(q);
  const asked = useRef(q);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setText(q);
  }, [q]);
  useEffect(() => {
    const words = text.trim();
    if (words === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = words;
      search.current(words);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      type="search"
      className={classes(control.input, style.search)}
      aria-label={deskWords.search}
      placeholder={deskWords.search}
      maxLength={mostLetters}
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  );
}
