/** Moving the keyboard to a card of the margin. */

/** Gives the page's focus to a card, or to its reply field. */
export function focusCard(id: string, what: 'card' | 'reply'): void {
  const card = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
  const target = what === 'reply' ? card?.querySelector('textarea') : null;
  (target ?? card)?.focus({ preventScroll: true });
  // A card in the flow is not brought into view by the layout.
  if (card && getComputedStyle(card).position === 'relative')
    card.scrollIntoView({ block: 'nearest' });
}
