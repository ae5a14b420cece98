/** Rows of tables as they are told to programs that know rows. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { rowChanges } from '#core/suggest/rows.ts';
import { at, suggest } from '#tests/suggest/build.ts';

const text = (words: string) => (words ? [schema.text(words)] : []);
const cell = (words: string, starts: 'table' | 'row' | null = null) =>
  schema.node('cell', { starts }, text(words));
const table = (...cells: Node[]): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, text('Head')),
    schema.node('block', null, text('Before.')),
    ...cells,
  ]);
const told = (doc: Node) => {
  const { rows, odd } = rowChanges(doc.content.content.slice(2));
  return [
    ...rows.map(({ ins, del }) => `${ins ? `+${ins.id}` : ''}${del ? `-${del.id}` : ''}`),
    odd,
  ];
};
const page = () => table(cell('Year', 'table'), cell('Sum'), cell('2019', 'row'), cell('$5'));
const above = (pos: number, ...cells: Node[]) => {
  const open = [...cells, cell('', 'row')];
  return (tr: { replace(from: number, to: number, slice: Slice): unknown }) =>
    tr.replace(pos, pos, new Slice(Fragment.fromArray(open), 1, 1));
};

it('[TR37] a row that comes or goes is told as that row, also above the first one and twice', () => {
  const doc = page();
  const start = at(doc, '2019') - 1;
  const gone = suggest(doc, 'ann', 'a', (tr) => tr.delete(start, doc.content.size)).doc;
  expect(told(gone)).toEqual(['', '-a', 0]);
  const more = suggest(doc, 'ann', 'a', (tr) =>
    tr.insert(doc.content.size, [cell('2020', 'row'), cell('$6')]),
  ).doc;
  expect(told(more)).toEqual(['', '', '+a', 0]);
  const first = suggest(doc, 'ann', 'a', above(at(doc, 'Year'), cell('x', 'table'), cell('y'))).doc;
  expect(told(first)).toEqual(['+a', '', '', 0]);
  const two = suggest(first, 'bob', 'b', above(at(first, 'x'), cell('v', 'table'), cell('w'))).doc;
  expect(told(two)).toEqual(['+b', '+a', '', '', 0]);
  const all = suggest(doc, 'ann', 'a', (tr) => tr.delete(at(doc, 'Year') - 1, tr.doc.content.size));
  expect(told(all.doc)).toEqual(['-a', '-a', 0]);
  const one = table(cell('Old', 'table'));
  expect(told(suggest(one, 'ann', 'a', above(at(one, 'Old'), cell('New', 'table'))).doc)).toEqual([
    '+a',
    '',
    0,
  ]);
});

it('[TR37] what no row accounts for is counted', () => {
  const odd = cell('Sum').type.create({ sugg: [{ k: 'del', id: 'a', by: 'ann' }] }, text('Sum'));
  expect(told(table(cell('Year', 'table'), odd))).toEqual(['', 1]);
});
