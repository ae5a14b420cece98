/** Where a caret stands after tracking: the transaction moved it in a text without the deleted words, and in the
 *  text with suggestions those words are still there. */
import type { Mapping } from 'prosemirror-transform';
import type { Alignment, Gap } from '#core/suggest/align.ts';

/** An insertion of the tracked change: its gap and where it was put, in positions of the document before. */
export interface Placed {
  gap: Gap;
  pos: number;
  size: number;
}

/** Maps a position of the transaction's result to the document with suggestions. `moved` are the maps of its steps. */
export function placeAfter(
  { gaps, before, after }: Alignment,
  added: readonly Placed[],
  moved: Mapping,
  pos: number,
  side: -1 | 1,
): number {
  if (pos < after.start) return pos;
  if (pos > after.end) return moved.map(pos - after.end + before.end, 1);
  // Between two gaps, positions move together with the last token that stayed.
  let anchor = { before: before.start, after: after.start };
  for (const gap of gaps) {
    const previous = gap.previous;
    const start = previous
      ? {
          before: previous.before.pos + previous.before.size,
          after: previous.after.pos + previous.after.size,
        }
      : { before: before.start, after: after.start };
    const next = gap.next;
    const back = next?.after.open ? 1 : 0;
    const end = next
      ? { before: next.before.pos - back, after: next.after.pos - back }
      : { before: before.end - 1, after: after.end - 1 };
    if (pos < start.after) break;
    if (pos <= end.after) {
      const put = added.find((one) => one.gap === gap);
      if (put) return moved.map(put.pos, -1) + (pos - start.after);
      return moved.map(side < 0 ? start.before : end.before, side);
    }
    anchor = end;
  }
  return moved.map(anchor.before + (pos - anchor.after), 1);
}
