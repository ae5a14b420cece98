/** A run of cells read as rows and columns. */
import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { cellStarts, schema } from '#core/article/schema.ts';
import { formOf, rowAt, tableOf, tableRuns, type CellForm } from '#core/article/table.ts';

const cell = (more: Partial<CellForm> = {}): CellForm => ({
  starts: null,
  header: false,
  span: 1,
  joinsAbove: false,
  empty: false,
  ...more,
});

const anyCell = fc.record({
  starts: fc.constantFrom(...cellStarts),
  header: fc.boolean(),
  span: fc.integer({ min: 1, max: 4 }),
  joinsAbove: fc.boolean(),
  empty: fc.boolean(),
});

it('[TB1] any run of cells gives rows that hold each cell once, in order and without a gap', () => {
  fc.assert(
    fc.property(fc.array(anyCell, { minLength: 1, maxLength: 30 }), (cells) => {
      const { rows, columns } = tableOf(cells);
      expect(rows.flat().map(({ at }) => at)).toEqual(cells.map((_cell, i) => i));
      for (const row of rows) {
        expect(row.length).toBeGreaterThan(0);
        let column = 0;
        for (const one of row) {
          expect(one.column).toBe(column);
          column += one.span;
        }
        expect(column).toBeLessThanOrEqual(columns);
      }
      expect(rows.some((row) => row.reduce((sum, one) => sum + one.span, 0) === columns)).toBe(
        true,
      );
    }),
  );
});

it('[TB1] the first cell begins the table, whatever it says, and a cell may begin a second table', () => {
  const block = schema.node('block');
  const made = (starts: 'table' | 'row' | null) => schema.node('cell', { starts });
  const blocks = [block, made(null), made('row'), made('table'), made(null), block, made(null)];
  expect(tableRuns(blocks)).toEqual([
    { from: 1, to: 3 },
    { from: 3, to: 5 },
    { from: 6, to: 7 },
  ]);
});

it('[TB2] a cell is one with the cell above it when it stands under it, is as wide and has no words', () => {
  const rows = tableOf([
    cell({ starts: 'table', span: 2 }),
    cell(),
    cell({ starts: 'row', span: 2, joinsAbove: true, empty: true }),
    cell({ joinsAbove: true }),
    cell({ starts: 'row', span: 2, joinsAbove: true, empty: true }),
    cell({ starts: 'row', joinsAbove: true, empty: true }),
  ]).rows;
  expect(rows.map((row) => row.map(({ rows: n, joined }) => [n, joined]))).toEqual([
    [
      [3, false],
      [1, false],
    ],
    [
      [1, true],
      [1, false],
    ],
    [[1, true]],
    [[1, false]],
  ]);
});

it('[TB2] joined cells are counted once: the rows of all others make up the table', () => {
  fc.assert(
    fc.property(fc.array(anyCell, { minLength: 1, maxLength: 30 }), (cells) => {
      const all = tableOf(cells).rows.flat();
      const counted = all.filter(({ joined }) => !joined).reduce((sum, one) => sum + one.rows, 0);
      expect(counted).toBe(all.length);
    }),
  );
});

it('[TB1] the form and the row of a cell of a document are found', () => {
  const node = schema.node('cell', { starts: 'row', header: true, span: 3 }, schema.text('x'));
  expect(formOf(node)).toEqual(cell({ starts: 'row', header: true, span: 3 }));
  const table = tableOf([cell(), cell(), cell({ starts: 'row' })]);
  expect([0, 1, 2, 3].map((at) => rowAt(table, at))).toEqual([0, 0, 1, -1]);
});
