/** Where a search stands in a text that changes: the place it is at, and the words it has just put there. */
import type { Node } from 'prosemirror-model';
import { carryRange, type Range } from '#web/panels/carry-range.ts';
import { hullOf, type Found } from '#web/panels/find-places.ts';
import { touches } from '#web/session/replacing.ts';

/** `from` is where the search goes on; `made` are the own replacements, which are not replaced again. Positions are of `doc`. */
export interface Cursor {
  doc: Node;
  from: number;
  made: readonly Range[];
}

/** The same in a later document. */
export function carried(cursor: Cursor, doc: Node): Cursor {
  if (cursor.doc === doc) return cursor;
  const carry = (range: Range): Range => carryRange(cursor.doc, doc, range);
  const { from } = carry({ from: cursor.from, to: cursor.from });
  return { doc, from, made: cursor.made.map(carry) };
}

/** Which of the places the search is at: the first from the cursor on, else the first of all; -1 when there is none. */
export function indexAt(found: readonly Found[], { from }: Cursor): number {
  if (found.length === 0) return -1;
  const next = found.findIndex((place) => hullOf(place).from >= from);
  return Math.max(0, next);
}

/** True when a place has letters in one of the ranges. */
export const isIn = ({ parts }: Found, ranges: readonly Range[]): boolean =>
  ranges.some((range) => touches(parts, range));

/** The places that a replacement would change: not those that say `words` already, nor what it has just put there. */
export const replaceable = (
  found: readonly Found[],
  words: string,
  { made }: Cursor,
): readonly Found[] => found.filter((place) => place.text !== words && !isIn(place, made));
