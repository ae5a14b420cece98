/** Moving the keyboard to a card of the margin. */

/** Gives the page's focus to a card, or to its reply field; false when the card is not there. */
export function focusCard(id: string, what: 'card' | 'reply'): boolean {
  const card = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
  // The reply field is the last one; the forms of a fact stand above it.
  const fields = what === 'reply' ? [...(card?.querySelectorAll('textarea') ?? [])] : [];
  const target = fields.at(-1);
  (target ?? card)?.focus({ preventScroll: true });
  // A card in the flow is not brought into view by the layout.
  if (card && getComputedStyle(card).position === 'relative')
    card.scrollIntoView({ block: 'nearest' });
  return card !== null;
}

/** Opens the verdict form of a fact's card, if its reader may give one. The key opens it; it decides nothing. */
export function openVerdict(id: string): void {
  const card = `[data-card="${CSS.escape(id)}"]`;
  document.querySelector<HTMLElement>(`${card} [data-opens-verdict]`)?.click();
}
