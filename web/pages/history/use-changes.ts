/** Moving from change to change with F8. */
import { useCallback, useEffect, useState } from 'react';
import { changeId } from '#web/pages/history/comparison.tsx';

/** The change in focus, or null; `total` is how many there are, `of` what they belong to. */
export function useChanges(
  total: number,
  of: string,
): { at: number | null; move: (by: 1 | -1) => void } {
  const [place, setPlace] = useState<{ of: string; at: number } | null>(null);
  const at = place?.of === of && place.at < total ? place.at : null;
  const move = useCallback(
    (by: 1 | -1) => {
      if (total === 0) return;
      const next = at === null ? (by > 0 ? 0 : total - 1) : (at + by + total) % total;
      setPlace({ of, at: next });
      const line = document.getElementById(changeId(next));
      line?.focus({ preventScroll: true });
      line?.scrollIntoView({ block: 'center' });
    },
    [at, total, of],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F8' || event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      move(event.shiftKey ? -1 : 1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [move]);
  return { at, move };
}
