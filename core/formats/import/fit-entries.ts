/** Which suggestions about boundaries can stand in an article that comes from a file: between two blocks of text, of a figure
 *  as a whole, of rows with all their cells. Any other would run words into a caption or a cell, or cut a row. */
import type { Node } from 'prosemirror-model';
import { mastheadTypes, type CellStart } from '#core/article/schema.ts';
import { cellRuns } from '#core/article/table.ts';
import { isDeletion, isInsertion } from '#core/suggest/entries.ts';

/** A suggestion about a block; one of its style (`block`) always fits. */
interface Entry {
  k: 'ins' | 'del' | 'block';
  id: string;
}

/** What counts of a block: its role as the document names it, what a cell begins, its suggestions and its words. */
export interface Boundary {
  role: string;
  starts: CellStart;
  entries: readonly Entry[];
  words: readonly Node[];
}

const isWhole = (one: Boundary | undefined): boolean =>
  one?.role === 'figure' || one?.role === 'cell';

const has = (one: Boundary | undefined, { k, id }: Entry): boolean =>
  one?.entries.some((entry) => entry.k === k && entry.id === id) === true;

/** True if every word is suggested about in the same way: none runs on as plain text. */
const goesWhole = ({ words }: Boundary, { k }: Entry): boolean =>
  words.every((node) => node.marks.some(k === 'ins' ? isInsertion : isDeletion));

/** A block of text joins the text before it, also over figures and tables that come or go. One that is
 *  put in behind a figure or a table that stays is no part of it: all its words are new. */
function joins(blocks: readonly Boundary[], index: number, entry: Entry): boolean {
  if (blocks[index]?.role === 'footnote') return true;
  let at = index - 1;
  const goes = (one: Boundary | undefined): boolean =>
    isWhole(one) && one?.entries.some(({ k }) => k === entry.k) === true;
  while (goes(blocks[at])) at -= 1;
  const before = blocks[at];
  const isHead = (mastheadTypes as readonly string[]).includes(before?.role ?? '');
  if (before === undefined || isHead) return false;
  return !isWhole(before) || (entry.k === 'ins' && goesWhole(blocks[index] ?? before, entry));
}

/** A table, and what of it comes or goes by rows. */
interface Rows {
  cells: Boundary[][];
  /** It stands right behind another table. */
  follows: boolean;
  /** The insertions of the rows above the first one, from the top. */
  above: string[];
  /** Rows known to come or go with all their cells, by row and suggestion. */
  full: Map<string, boolean>;
}

function isFull({ cells, full }: Rows, row: number, entry: Entry): boolean {
  const key = `${row} ${entry.k} ${entry.id}`;
  const known = full.get(key);
  if (known !== undefined) return known;
  const found = (cells[row] ?? []).every((cell) => has(cell, entry) && goesWhole(cell, entry));
  full.set(key, found);
  return found;
}

/** The words of a row above the first one stand in the cell that begins the table, its own first boundary at the next row;
 *  so it goes on while such rows follow one another. */
function rowsAbove(cells: readonly Boundary[][]): string[] {
  const above: string[] = [];
  if (cells[0]?.[0]?.entries.some(({ k }) => k === 'ins')) return above;
  for (const [row, [first, ...others]] of cells.entries()) {
    const found = cells[row + 1]?.[0]?.entries.find(
      (entry) =>
        entry.k === 'ins' &&
        first !== undefined &&
        goesWhole(first, entry) &&
        others.every((cell) => has(cell, entry) && goesWhole(cell, entry)),
    );
    if (!found) break;
    above.push(found.id);
  }
  return above;
}

interface Place {
  rows: Rows;
  row: number;
  isFirst: boolean;
}

function placesIn(blocks: readonly Boundary[]): Map<number, Place> {
  const places = new Map<number, Place>();
  const starts = blocks.map(({ role, starts: what }) => (role === 'cell' ? what : undefined));
  for (const { from, to } of cellRuns(starts)) {
    const follows = blocks[from - 1]?.role === 'cell';
    const rows: Rows = { cells: [], follows, above: [], full: new Map() };
    for (let i = from; i < to; i += 1) {
      const cell = blocks[i];
      if (!cell) continue;
      const isFirst = i === from || cell.starts !== null;
      if (isFirst) rows.cells.push([cell]);
      else rows.cells.at(-1)?.push(cell);
      places.set(i, { rows, row: rows.cells.length - 1, isFirst });
    }
    rows.above = rowsAbove(rows.cells);
  }
  return places;
}

function rowFits({ rows, row, isFirst }: Place, entry: Entry): boolean {
  const { cells, above, follows } = rows;
  if (entry.k === 'ins' && above[isFirst ? row - 1 : row] === entry.id) return true;
  if (!isFull(rows, row, entry)) return false;
  // Without the row that begins it the table would be one with the table before.
  return row > 0 || !follows || cells.every((_row, at) => isFull(rows, at, entry));
}

/** Tells for each suggestion about a block, by its index, whether it can stand. */
export function fitting(blocks: readonly Boundary[]): (index: number, entry: Entry) => boolean {
  const places = placesIn(blocks);
  return (index, entry) => {
    const block = blocks[index];
    if (!block || entry.k === 'block') return true;
    if (block.role === 'figure') return goesWhole(block, entry);
    const place = places.get(index);
    return place ? rowFits(place, entry) : joins(blocks, index, entry);
  };
}
