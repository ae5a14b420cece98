/** What of the facts is asked for, kept in the address so that it can be sent to somebody. */
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { claimTypes, type ClaimType } from '#core/annotate/annotation.ts';
import { factGroups, factSorts, type FactGroup, type FactSort } from '#core/facts/fact-filter.ts';

export interface AskedView {
  group: FactGroup | null;
  type: ClaimType | null;
  mine: boolean;
  sort: FactSort;
  /** The fact whose panel is open. */
  fact: string | null;
}

const names: Record<keyof AskedView, string> = {
  group: 'state',
  type: 'type',
  mine: 'mine',
  sort: 'sort',
  fact: 'fact',
};

const known = <T extends string>(list: readonly T[], value: string | null): T | null =>
  list.find((one) => one === value) ?? null;

/** The view of the address, and a way to change part of it. */
export function useAskedView(): [AskedView, (change: Partial<AskedView>) => void] {
  const [search, setSearch] = useSearchParams();
  const view = useMemo<AskedView>(
    () => ({
      group: known(factGroups, search.get(names.group)),
      type: known(claimTypes, search.get(names.type)),
      mine: search.get(names.mine) === '1',
      sort: known(factSorts, search.get(names.sort)) ?? 'text',
      fact: search.get(names.fact),
    }),
    [search],
  );
  const change = (part: Partial<AskedView>): void => {
    const next = { ...view, ...part };
    const values: Record<keyof AskedView, string | null> = {
      ...next,
      mine: next.mine ? '1' : null,
      sort: next.sort === 'text' ? null : next.sort,
    };
    const query = new URLSearchParams();
    for (const key of Object.keys(names) as (keyof AskedView)[]) {
      const value = values[key];
      if (value !== null) query.set(names[key], value);
    }
    setSearch(query, { replace: true });
  };
  return [view, change];
}
