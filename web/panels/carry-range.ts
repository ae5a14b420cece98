/** Keeps the range a composer speaks of true while the text changes under it, from nothing but the two documents. */
import type { Node } from 'prosemirror-model';

export interface Range {
  from: number;
  to: number;
}

/** The range in `after` that held `range` in `before`. What lies outside the changed stretch is exact;
 *  ends inside it move to its edges, so an empty answer means that the words are gone. */
export function carryRange(before: Node, after: Node, range: Range): Range {
  if (before === after) return range;
  const start = before.content.findDiffStart(after.content);
  if (start === null) return range;
  const end = before.content.findDiffEnd(after.content);
  if (!end) return range;
  // The two searches may overlap on repeated letters; the change is then taken to begin at `start`.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const oldEnd = end.a + overlap;
  const newEnd = end.b + overlap;
  // Same length: marks or attributes changed, or words were exchanged one for one; positions stand.
  if (oldEnd === newEnd) return range;
  const carry = (pos: number, side: 1 | -1): number => {
    if (pos < start || (pos === start && side === -1)) return pos;
    if (pos >= oldEnd) return pos + newEnd - oldEnd;
    return side === 1 ? newEnd : start;
  };
  const from = carry(range.from, 1);
  return { from, to: Math.max(from, carry(range.to, -1)) };
}
