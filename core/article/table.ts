/** Tables as rows and columns. In the document a table is a run of neighbouring cells; any run gives rows, whatever its
 *  cells say of themselves. Every writer and the screen read tables through this file. */
import type { Node } from 'prosemirror-model';
import { schema, type CellShape, type CellStart } from '#core/article/schema.ts';

/** A cell as far as the layout is concerned. `empty` is true for one without any content. */
export interface CellForm extends CellShape {
  empty: boolean;
}

/** A cell in its place. `at` is its index in the run; `rows` counts the cells below that are one with it, and itself. */
export interface PlacedCell {
  at: number;
  /** The first of its columns, from 0. */
  column: number;
  span: number;
  rows: number;
  header: boolean;
  /** True for a cell that is one with the cell above; that one's `rows` counts it. */
  joined: boolean;
}

/** A table. Every row has at least one cell; rows may be shorter than others. */
export interface Table {
  columns: number;
  rows: PlacedCell[][];
}

/** Where a table stands among the children of a document: from the first cell to before `to`. */
export interface TableRun {
  from: number;
  to: number;
}

/** The form of a cell of the document. */
export function formOf(node: Node): CellForm {
  const { starts, header, span, joinsAbove } = node.attrs as CellShape;
  return { starts, header, span, joinsAbove, empty: node.content.size === 0 };
}

/** The rows of one table. A cell is one with the cell above only if it stands under it, is as wide and has no words:
 *  words are never hidden behind others. */
export function tableOf(cells: readonly CellForm[]): Table {
  const rows: PlacedCell[][] = [];
  const tops = new Map<PlacedCell, PlacedCell>();
  let over = new Map<number, PlacedCell>();
  cells.forEach((cell, at) => {
    if (rows.length === 0 || cell.starts !== null) {
      over = new Map(rows.at(-1)?.map((one) => [one.column, one]));
      rows.push([]);
    }
    const row = rows.at(-1) ?? [];
    const before = row.at(-1);
    const column = before ? before.column + before.span : 0;
    const { span } = cell;
    const above = over.get(column);
    const joined = cell.joinsAbove && cell.empty && above?.span === span;
    const header = joined ? above.header : cell.header;
    const placed = { at, column, span, rows: 1, header, joined };
    row.push(placed);
    if (!joined) return;
    const top = tops.get(above) ?? above;
    top.rows += 1;
    tops.set(placed, top);
  });
  const ends = rows.map((row) => row.at(-1)).map((last) => (last ? last.column + last.span : 0));
  return { columns: ends.reduce((most, end) => Math.max(most, end), 1), rows };
}

/** The tables among neighbouring blocks, told by what each block begins: `undefined` for one that is no cell. A cell that
 *  begins a table begins one right after another as well. */
export function cellRuns(starts: readonly (CellStart | undefined)[]): TableRun[] {
  const runs: TableRun[] = [];
  starts.forEach((start, i) => {
    if (start === undefined) return;
    const last = runs.at(-1);
    if (last?.to === i && start !== 'table') last.to = i + 1;
    else runs.push({ from: i, to: i + 1 });
  });
  return runs;
}

/** The tables among the children of a document. */
export function tableRuns(blocks: readonly Node[]): TableRun[] {
  return cellRuns(
    blocks.map((node) =>
      node.type === schema.nodes['cell'] ? (node.attrs['starts'] as CellStart) : undefined,
    ),
  );
}

/** The row that a cell stands in, from 0; -1 for one that is not of this table. */
export function rowAt({ rows }: Table, at: number): number {
  return rows.findIndex((row) => row.some((cell) => cell.at === at));
}
