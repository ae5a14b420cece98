/** Figures and tables in a comparison of two versions: rows stay whole. */
import type { Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { compareTexts } from '#core/sync/compare.ts';
import { folded, rowsOf } from '#web/pages/history/fold.ts';

const cell = (words: string, starts: 'table' | 'row' | null): Node =>
  schema.node('cell', { starts }, schema.text(words));
const doc = (year: string): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('figure', { alt: 'A map' }, schema.text('Cap')),
    ...['a', 'b', 'c', 'd', 'e'].flatMap((name, i) => [
      cell(name, i === 0 ? 'table' : 'row'),
      cell(name === 'd' ? year : name.repeat(2), null),
    ]),
  ]);

it('[TB7] a comparison shows the rows beside a change whole and side by side', () => {
  const { blocks } = compareTexts(doc('2018'), doc('2019'), 'original');
  const shown = rowsOf(folded(blocks)).map((row) =>
    row.map((line) =>
      line.kind === 'fold'
        ? `[${line.blocks.length}]`
        : line.block.runs
            .map(({ kind, text }) => (kind === 'kept' ? text : `${kind} ${text}`))
            .join('; '),
    ),
  );
  expect(shown).toEqual([['[6]'], ['c', 'cc'], ['d', 'deleted 2018; inserted 2019'], ['e', 'ee']]);
});

it('[TB7] a comparison says what is seen on the picture of a figure and what a cell is', () => {
  const { blocks } = compareTexts(doc('1'), doc('1'), 'original');
  expect(blocks[1]?.look).toEqual({ role: 'figure', list: null, picture: 'A map' });
  expect(blocks[2]?.look.cell).toEqual({ starts: 'table', header: false, span: 1 });
});
