/** Cut and put in elsewhere, in Suggest mode: the same words struck and inserted by one hand are one suggestion, a move. */
import type { Transaction } from 'prosemirror-state';
import type { Review } from '#core/sync/review.ts';

/** Words that were struck longer ago, in milliseconds, are not what is put in now. */
const memory = 10 * 60_000;

/** The text that a transaction put in, with U+FFFC for atoms. */
function putIn({ mapping, doc }: Transaction): string {
  let text = '';
  mapping.maps.forEach((map, i) => {
    const rest = mapping.slice(i + 1);
    map.forEach((_from, _to, from, to) => {
      const [start, end] = [rest.map(from, 1), rest.map(to, -1)];
      if (end > start) text += doc.textBetween(start, end, '', '\ufffc');
    });
  });
  return text;
}

/** The suggestion of `userId` that struck the very words which are pasted or dropped now, if there is one. */
export function movedFrom(
  tr: Transaction,
  { suggestions }: Review,
  userId: string,
  now: number,
): string | null {
  const event = tr.getMeta('uiEvent') as unknown;
  if (event !== 'paste' && event !== 'drop') return null;
  const text = putIn(tr);
  if (text.trim().length < 2) return null;
  const struck = [...suggestions.values()].filter(
    (row) =>
      row.by === userId &&
      row.status === 'pending' &&
      row.inserted === '' &&
      row.deleted === text &&
      now - Date.parse(row.last) < memory,
  );
  return struck.at(-1)?.id ?? null;
}
