/** Which rows of a table come or go as suggestions, for the screen and for files of programs that know rows. */
import type { Node } from 'prosemirror-model';
import { formOf, tableOf } from '#core/article/table.ts';
import {
  authored,
  entriesOf,
  isDeletion,
  isInsertion,
  type Authored,
} from '#core/suggest/entries.ts';

/** What is suggested about one row as a whole. */
export interface RowChange {
  ins: Authored | null;
  del: Authored | null;
}

/** The changes of the rows of a table, and how many entries of its cells no row accounts for. */
export interface RowChanges {
  rows: RowChange[];
  odd: number;
}

const entryOf = (cell: Node | undefined, k: 'ins' | 'del', id?: string): Authored | null =>
  (cell &&
    entriesOf(cell).find((entry) => entry.k === k && (id === undefined || entry.id === id))) ??
  null;

const isAll = (cell: Node, k: 'ins' | 'del', id: string): boolean =>
  cell.content.content.every((node) =>
    node.marks.some(
      (mark) => (k === 'ins' ? isInsertion : isDeletion)(mark) && authored(mark).id === id,
    ),
  );

/** The rows of the table that these neighbouring cells make. A row put in above the first one has its words in the cell that
 *  begins the table and its last boundary in front of the old words; it counts as the first row here. */
export function rowChanges(cells: readonly Node[]): RowChanges {
  const rows = tableOf(cells.map(formOf)).rows.map((row) =>
    row.flatMap(({ at }) => cells[at] ?? []),
  );
  const out: RowChange[] = rows.map(() => ({ ins: null, del: null }));
  let odd = 0;
  for (const k of ['ins', 'del'] as const) {
    let told = 0;
    // While rows above the first are told, each one's first boundary is that of the row behind it.
    let shifted = k === 'ins' && entryOf(rows[0]?.[0], k) === null;
    rows.forEach((row, r) => {
      const [first, ...others] = row;
      const next = rows[r + 1]?.[0];
      const change = out[r];
      if (!first || !change) return;
      if (shifted) {
        const one = entryOf(next, k);
        const whole =
          one !== null &&
          isAll(first, k, one.id) &&
          (first.content.size > 0 || others.length > 0) &&
          others.every((cell) => entryOf(cell, k, one.id));
        if (whole) {
          change[k] = one;
          told += row.length;
          return;
        }
        shifted = false;
        // The first boundary of this row is told with the row above.
        if (r > 0 && change[k] === null && out[r - 1]?.[k]) return;
      }
      const one = entryOf(first, k);
      if (one && others.every((cell) => entryOf(cell, k, one.id))) {
        change[k] = one;
        told += row.length;
      }
    });
    odd += cells.flatMap(entriesOf).filter((entry) => entry.k === k).length - told;
  }
  return { rows: out, odd };
}
