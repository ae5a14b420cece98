/** Rows of tables that come or go, in a draft: their suggestions stand on their cells. */
import type { DraftBlock } from '#core/formats/import/draft.ts';

/** A suggestion about a figure or a row as a whole, by its key. */
export interface WholeEntry {
  k: 'ins' | 'del';
  key: string;
}

/** A row as read, with what is suggested about it: one insertion at most. */
export interface DraftRow {
  cells: readonly DraftBlock[];
  entries: readonly WholeEntry[];
}

/** What is said of a table for which `suggestRows` gives false. */
export const emptyAbove =
  'has a row without words put in above its only column; the row stays, since nothing tells it from the next.';

const isPutIn = ({ entries }: DraftRow): boolean => entries.some(({ k }) => k === 'ins');

/** Gives the cells their entries. Rows put in above the first one that was there leave it the cell that begins the table:
 *  the first boundary of each stands at the row behind it. False if a row could not be told so. */
export function suggestRows(rows: readonly DraftRow[]): boolean {
  const found = rows.findIndex((row) => !isPutIn(row));
  let all = true;
  rows.forEach(({ cells, entries }, at) => {
    const [first, ...others] = cells;
    for (const entry of entries) {
      const isAbove = entry.k === 'ins' && at < found;
      if (isAbove && others.length === 0 && first?.line.size === 0) {
        all = false;
        continue;
      }
      const begins = isAbove ? rows[at + 1]?.cells[0] : first;
      for (const cell of [begins, ...others]) cell?.entries.push(entry);
    }
  });
  return all;
}

/** True if a row put in above the first one has another form: rejected, the first cell keeps the form of the new one. */
export function changesForm(rows: readonly DraftRow[]): boolean {
  const found = rows.findIndex((row) => !isPutIn(row));
  return rows.slice(0, Math.max(0, found)).some(({ cells: [first] }, at) => {
    const next = rows[at + 1]?.cells[0];
    if (!first || !next) return false;
    const [a, b] = [first.cell, next.cell];
    return a.header !== b.header || a.span !== b.span || a.joinsAbove !== b.joinsAbove;
  });
}
