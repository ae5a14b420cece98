/** Which articles of the library are selected. What is no longer listed is not selected any more. */
import { useMemo, useState } from 'react';

export interface Selection {
  ids: readonly string[];
  has: (id: string) => boolean;
  set: (id: string, on: boolean) => void;
  setAll: (on: boolean) => void;
}

export function useSelection(listed: readonly { id: string }[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set());
  const ids = useMemo(
    () => listed.map(({ id }) => id).filter((id) => chosen.has(id)),
    [listed, chosen],
  );
  return {
    ids,
    has: (id) => chosen.has(id),
    set: (id, on) =>
      setChosen((was) => {
        const next = new Set(was);
        if (on) next.add(id);
        else next.delete(id);
        return next;
      }),
    setAll: (on) => setChosen(new Set(on ? listed.map(({ id }) => id) : [])),
  };
}
