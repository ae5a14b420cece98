/** Reads the rows of a GFM table into the cells of a draft. */
import { maxColumns } from '#core/article/schema.ts';
import type { Draft, DraftBlock } from '#core/formats/import/draft.ts';

/** Follows the tokens of tables, one table after another. A table must have a row of heads; an empty one stands for none. */
export class TableReader {
  /** The cell that is open. */
  cell: DraftBlock | null = null;
  private readonly draft: Draft;
  private rows = 0;
  private row: DraftBlock[] = [];

  constructor(draft: Draft) {
    this.draft = draft;
  }

  open(): void {
    this.rows = 0;
  }

  openRow(): void {
    this.row = [];
  }

  openCell(header: boolean): void {
    const last = this.row.at(-1);
    if (last && this.row.length >= maxColumns) {
      this.draft.warn(
        'changed',
        'A table has more than 63 columns; the rest stands in the last of them.',
      );
      this.cell = last;
      return;
    }
    const starts = last ? null : this.rows === 0 ? 'table' : 'row';
    this.cell = this.draft.cell({ starts, header, span: 1, joinsAbove: false });
    this.row.push(this.cell);
  }

  closeRow(): void {
    const { blocks } = this.draft;
    const isHeadless = this.row.every(({ cell, line }) => cell.header && line.size === 0);
    if (isHeadless) blocks.splice(blocks.length - this.row.length, this.row.length);
    else this.rows += 1;
  }
}
