/** Figures and tables in tracking: which of them a change takes out whole, and where they may be put in. Words of a figure and
 *  of a cell never run into other blocks, and a row of a table comes and goes with all its cells. */
import type { Node } from 'prosemirror-model';
import type { CellStart } from '#core/article/schema.ts';
import { isLooseBetween, isMasthead, isWhole } from '#core/suggest/entries.ts';
import type { Token } from '#core/suggest/tokens.ts';

export const isCell = (node: Node | null | undefined): node is Node => node?.type.name === 'cell';

const startOf = (cell: Node): CellStart => cell.attrs['starts'] as CellStart;

/** The row that child `index` of `doc`, a cell, stands in: from its first cell to before `to`. */
export function rowOf(doc: Node, index: number): { from: number; to: number } {
  let from = index;
  while (startOf(doc.child(from)) === null && isCell(doc.maybeChild(from - 1))) from--;
  let to = index + 1;
  for (let next = doc.maybeChild(to); isCell(next) && startOf(next) === null;)
    next = doc.maybeChild(++to);
  return { from, to };
}

/** The table that child `index` of `doc`, a cell, stands in. */
export function tableAt(doc: Node, index: number): { from: number; to: number } {
  let from = index;
  while (startOf(doc.child(from)) !== 'table' && isCell(doc.maybeChild(from - 1))) from--;
  let to = index + 1;
  for (let next = doc.maybeChild(to); isCell(next) && startOf(next) !== 'table';)
    next = doc.maybeChild(++to);
  return { from, to };
}

/** How many cells the first row of a table has whose first cell is child `index` of `doc`; 0 when that is none. */
export function rowBegun(doc: Node, index: number): number {
  if (!isCell(doc.child(index)) || tableAt(doc, index).from !== index) return 0;
  return rowOf(doc, index).to - index;
}

/** The figures and cells that go as a whole when `deleted`, the tokens of one gap, are taken out. Cells go by rows; the first
 *  row of a table right behind another only with the rest, else the two tables would become one; what begins the body only
 *  if a block behind it stays. */
export function takenWhole(doc: Node, deleted: readonly Token[]): Set<number> {
  const sizes = new Map<number, number>();
  const opened = new Set<number>();
  for (const { block, size, open } of deleted) {
    sizes.set(block, (sizes.get(block) ?? 0) + size);
    if (open) opened.add(block);
  }
  const covered = (index: number): boolean =>
    opened.has(index) && sizes.get(index) === doc.child(index).nodeSize - 1;
  const gone = new Set<number>();
  for (const index of opened) {
    const node = doc.child(index);
    if (gone.has(index) || !isWhole(node) || !covered(index)) continue;
    let { from, to } = isCell(node) ? rowOf(doc, index) : { from: index, to: index + 1 };
    if (isCell(node) && startOf(node) === 'table' && isCell(doc.maybeChild(index - 1)))
      ({ from, to } = tableAt(doc, index));
    if (from < index) continue;
    let all = true;
    for (let i = from; i < to; i++) all &&= covered(i);
    for (let i = from; all && i < to; i++) gone.add(i);
  }
  return staying(doc, gone, opened) ? gone : new Set();
}

/** False when nothing of the body would stay. */
function staying(doc: Node, gone: ReadonlySet<number>, opened: ReadonlySet<number>): boolean {
  let head = 0;
  while (isMasthead(doc.child(head))) head++;
  if (!gone.has(head)) return true;
  for (let i = head; i < doc.childCount && doc.child(i).type.name !== 'footnote'; i++)
    if (!opened.has(i)) return true;
  return false;
}

/** Open tokens that a change never takes out: of the masthead, the first of the body, footnotes (they go with their
 *  references), figures and cells that do not go whole, and what stands behind one that stays. */
export function isFixed(doc: Node, token: Token, gone: ReadonlySet<number>): boolean {
  if (!token.open) return false;
  if (token.node.type.name === 'footnote') return true;
  if (isWhole(token.node)) return !gone.has(token.block);
  let before = token.block - 1;
  while (gone.has(before)) before--;
  return before < 0 || !isLooseBetween(doc.child(before), token.node);
}

/** True when blocks cannot be put in behind some of the words of `container`: words would run into a figure or a cell, or a
 *  table would fall apart or run into another. `next` is the block behind the container; `row` the number of cells in its
 *  row when it is the first cell of a table, whatever it says of itself, else 0. */
export function breaksWhole(
  container: Node,
  inserted: readonly Node[],
  place: { atStart: boolean; atEnd: boolean; next: Node | null; row: number },
): boolean {
  const [first, last] = [inserted[0], inserted.at(-1)];
  if (!first || !last) return false;
  const loose = inserted.some((node, i) => {
    const previous = inserted[i - 1];
    return isCell(node) && startOf(node) !== 'table' && previous !== undefined && !isCell(previous);
  });
  if (loose) return true;
  // A row put in above the first one: its words come before those of the cell that begins the table. In front of an empty cell
  // it must be as long as that row, or it could be meant to cut it.
  const above = place.atStart && place.row > 0 && inserted.every(isCell) && startOf(last) === 'row';
  if (above && (!place.atEnd || inserted.length === place.row)) return false;
  if (!place.atEnd) {
    if (!isWhole(container) && !isWhole(last)) return isCell(first) && startOf(first) !== 'table';
    return true;
  }
  if (isCell(first) && (isCell(container) ? startOf(first) === null : startOf(first) !== 'table'))
    return true;
  const { next } = place;
  if (!isCell(next) || startOf(next) === 'table') return false;
  if (isCell(container)) return !isCell(last) || startOf(next) === null;
  return isCell(last);
}
