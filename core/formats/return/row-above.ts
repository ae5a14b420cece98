/** A row that was put in above the first one of a table: its words come before those of the cell that begins the table, its
 *  last boundary in front of them, so that the cell that was there goes on in the row behind. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { Transform } from 'prosemirror-transform';
import { isCell, rowBegun } from '#core/suggest/whole.ts';

/** Puts such a row in at a place; false when the place is none for it, or it is another thing. */
export function putAbove(
  tr: Transform,
  pos: number,
  { inline, blocks }: { inline: readonly Node[]; blocks: readonly Node[] },
): boolean {
  const $pos = tr.doc.resolve(pos);
  const container = $pos.parent;
  const last = blocks.at(-1);
  if ($pos.parentOffset > 0 || !last || last.attrs['starts'] !== 'row') return false;
  if (!blocks.every(isCell) || !isCell(container)) return false;
  if (rowBegun(tr.doc, $pos.index(0)) === 0) return false;
  // Behind a first cell without words a row that goes on in it looks the same as one that comes below.
  const isEmpty = container.content.size === 0;
  if (isEmpty && (last.content.size > 0 || inline.length + blocks.length < 2)) return false;
  const start = container.type.create(container.attrs, Fragment.from([...inline]));
  tr.replace(pos, pos, new Slice(Fragment.from([start, ...blocks]), 1, 1));
  return true;
}
