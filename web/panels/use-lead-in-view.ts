/** Keeps the change in focus in view on a card that is longer than its place. The page itself does not scroll for it. */
import { useEffect, type RefObject } from 'react';

/** `list` holds the changes of a card; the one in focus has `data-lead`. `id` is that one's, null when none is. */
export function useLeadInView(list: RefObject<HTMLElement | null>, id: string | null): void {
  useEffect(() => {
    const row = id === null ? null : (list.current?.querySelector('[data-lead]') ?? null);
    const card = row?.closest<HTMLElement>('[data-card]');
    if (!row || !card) return;
    const frame = [card, card.parentElement].find(
      (each) =>
        each !== null &&
        each.scrollHeight > each.clientHeight &&
        getComputedStyle(each).overflowY === 'auto',
    );
    if (!frame) return;
    const seen = frame.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    // The foot of the card stands over the end of a long list.
    const foot = frame === card ? (card.querySelector('footer')?.offsetHeight ?? 0) : 0;
    if (bottom > seen.bottom - foot) frame.scrollTop += bottom - seen.bottom + foot;
    else if (top < seen.top) frame.scrollTop -= seen.top - top;
  }, [list, id]);
}
