/** Whether the annotations are shown as a list: said by the address, so that it can be linked to and left with Back. */
import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

export function useListing(): [on: boolean, set: (on: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (on: boolean) => {
      if (on === (new URLSearchParams(location.search).get('view') === 'list')) return;
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (on) next.set('view', 'list');
          else next.delete('view');
          return next;
        },
        { replace: !on },
      );
    },
    [setSearch],
  );
  return [search.get('view') === 'list', set];
}
