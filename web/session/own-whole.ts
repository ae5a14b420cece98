/** Figures, rows and tables that one person suggests: what that person does inside them belongs to the same suggestion, however
 *  much later; and what puts in or takes out a whole is a suggestion of its own, however soon after another. */
import type { Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { formOf, rowAt, tableOf } from '#core/article/table.ts';
import { boundaryInsertion, isWhole } from '#core/suggest/entries.ts';
import { rowChanges } from '#core/suggest/rows.ts';
import { isCell, rowOf, tableAt } from '#core/suggest/whole.ts';

/** Marks a change that is one with no other suggestion beside it. */
export const apart = 'galley.apart';

/** The suggestion of `author` that puts in the figure or the row that child `index` of `doc` is or stands in. */
function wholeAt(doc: Node, index: number, author: string): string | null {
  const node = doc.maybeChild(index);
  if (!node || !isWhole(node)) return null;
  const idOf = (one: Node | null): string | null => {
    const put = one && boundaryInsertion(one);
    return put?.by === author ? put.id : null;
  };
  if (node.type.name === 'figure') return idOf(node);
  // Nearly always the row is nobody's: then the table is not read. A row above the first one ends with the boundary behind it.
  const row = rowOf(doc, index);
  let some = false;
  for (let i = row.from; i <= row.to; i += 1) some ||= idOf(doc.maybeChild(i)) !== null;
  if (!some) return null;
  const { from, to } = tableAt(doc, index);
  const cells = doc.content.content.slice(from, to);
  const put = rowChanges(cells).rows[rowAt(tableOf(cells.map(formOf)), index - from)]?.ins;
  return put?.by === author ? put.id : null;
}

/** The suggestion of `author` that a change belongs to because it is made within what it puts in, or adds a row to it. */
export function ownWhole(doc: Node, tr: Transaction, author: string): string | null {
  const ranges: { from: number; to: number }[] = [];
  for (const map of tr.mapping.maps) map.forEach((from, to) => void ranges.push({ from, to }));
  const [range, more] = ranges;
  if (!range || more) return null;
  const [$from, $to] = [doc.resolve(range.from), doc.resolve(range.to)];
  const index = $from.index(0);
  if ($from.depth === 1)
    return $to.depth === 1 && $to.index(0) === index ? wholeAt(doc, index, author) : null;
  const put = range.from === range.to ? tr.doc.nodeAt(range.from) : null;
  if (!isCell(put) || put.attrs['starts'] === 'table') return null;
  return wholeAt(doc, index - 1, author) ?? wholeAt(doc, index, author);
}
