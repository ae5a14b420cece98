/** Putting in a table: rows of empty cells, the first of them heads if asked for. */
import type { Command } from 'prosemirror-state';
import { maxColumns, schema } from '#core/article/schema.ts';
import { insertWhole } from '#web/editor/insert-whole.ts';

/** The most rows a table begins with. */
export const maxRows = 100;

export interface TableAsked {
  rows: number;
  columns: number;
  /** The first row has the heads of the columns. */
  heads: boolean;
}

/** True for a table that can be made. */
export const isTable = ({ rows, columns }: TableAsked): boolean =>
  Number.isInteger(rows) &&
  Number.isInteger(columns) &&
  rows >= 1 &&
  columns >= 1 &&
  rows <= maxRows &&
  columns <= maxColumns;

/** Puts the table in, with the caret in its first cell; as a suggestion of `by`, unless that is null. */
export function insertTable(asked: TableAsked, by: string | null): Command {
  if (!isTable(asked)) return () => false;
  const { rows, columns, heads } = asked;
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const starts = i === 0 ? 'table' : i % columns === 0 ? 'row' : null;
    return schema.node('cell', { starts, header: heads && i < columns });
  });
  return insertWhole(cells, by);
}
