/** What is drawn on the cells of a table, and when it is worked out anew. */
import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import type { DecorationSet } from 'prosemirror-view';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { tables, tablesKey } from '#web/editor/tables.ts';
import { hostOf, pictureWhere } from '#web/ui/table-words.ts';

const text = (words: string): Node[] => (words === '' ? [] : [schema.text(words)]);
const cell = (words: string, more: object = {}): Node => schema.node('cell', more, text(words));
const block = (words: string): Node => schema.node('block', null, text(words));

const doc = schema.node('doc', null, [
  schema.node('headline', null, text('H')),
  block('Before'),
  cell('Year', { starts: 'table', header: true }),
  cell('Sums', { header: true, span: 2 }),
  cell('2019', { starts: 'row' }),
  cell('$5m'),
  cell('$6m'),
  block('After'),
]);

const start = (): EditorState => EditorState.create({ doc, plugins: [tables()] });
const setOf = (state: EditorState): DecorationSet => {
  const set = tablesKey.getState(state);
  if (!set) throw new Error('The plugin has no state.');
  return set;
};

/** Where words stand. */
function at(node: Node, words: string): number {
  let found = -1;
  node.descendants((one, pos) => {
    const index = one.text?.indexOf(words) ?? -1;
    if (index >= 0 && found < 0) found = pos + index;
  });
  return found;
}

/** The looks as `words: label, classes, style, head`, in the order of the text. */
function looks(state: EditorState): string[] {
  return setOf(state)
    .find()
    .toSorted((a, b) => a.from - b.from)
    .map((one) => {
      const attrs = (one as unknown as { type: { attrs: Record<string, string> } }).type.attrs;
      const parts = [attrs['aria-label'], attrs['class'], attrs['style'], attrs['data-label']];
      return `${state.doc.nodeAt(one.from)?.textContent}: ${parts.filter(Boolean).join('; ')}`;
    });
}

it('[TB4] each cell knows its row, its column, how wide it is and which head stands over it', () => {
  expect(looks(start())).toEqual([
    'Year: Row 1, column 1; cell head-row first-row row-start; --columns: 3; --span: 1',
    'Sums: Row 1, column 2; cell head-row first-row; --columns: 3; --span: 2',
    '2019: Row 2, column 1; cell last-row row-start; --columns: 3; --span: 1; Year',
    '$5m: Row 2, column 2; cell last-row; --columns: 3; --span: 1; Sums',
    '$6m: Row 2, column 3; cell last-row; --columns: 3; --span: 1; Sums',
  ]);
});

it('[TB4] writing before a table and in a cell keeps what is drawn; writing in a head tells the cells under it', () => {
  const first = start();
  const wrote = first.apply(first.tr.insertText('x', at(doc, 'Before')));
  const inCell = wrote.apply(wrote.tr.insertText('0', at(wrote.doc, '$5m') + 2));
  const kept = new Set(
    setOf(first)
      .find()
      .map((one) => (one as unknown as { type: object }).type),
  );
  for (const one of setOf(inCell).find())
    expect(kept.has((one as unknown as { type: object }).type)).toBe(true);
  expect(looks(inCell).at(3)).toContain('$50m: Row 2, column 2');
  const inHead = inCell.apply(inCell.tr.insertText('All ', at(inCell.doc, 'Sums')));
  expect(looks(inHead).at(-1)).toContain('All Sums');
});

it('[TB4] a table that goes, comes or gets another form is drawn anew', () => {
  const first = start();
  const from = at(doc, '2019') - 1;
  const less = first.apply(first.tr.delete(from, from + doc.child(4).nodeSize));
  expect(looks(less)).toHaveLength(4);
  expect(looks(less).at(2)).toContain('$5m: Row 1, column 4');
  const other = first.apply(first.tr.setNodeAttribute(from, 'header', true));
  expect(looks(other)).toHaveLength(5);
  const none = first.apply(first.tr.delete(at(doc, 'Year') - 1, at(doc, 'After') - 1));
  expect(looks(none)).toEqual([]);
  const back = none.apply(none.tr.insert(none.doc.content.size, cell('a')));
  expect(looks(back)).toEqual([
    'a: Row 1, column 1; cell first-row last-row row-start; --columns: 1; --span: 1',
  ]);
});

it('[TB4] a table right after another keeps its distance, also when what stood between them goes', () => {
  const two = schema.node('doc', null, [
    schema.node('headline'),
    cell('a', { starts: 'table' }),
    block('between'),
    cell('b', { starts: 'table' }),
  ]);
  const apart = EditorState.create({ doc: two, plugins: [tables()] });
  expect(looks(apart).join()).not.toContain('after-table');
  const from = at(two, 'between') - 1;
  const close = apart.apply(apart.tr.delete(from, from + two.child(2).nodeSize));
  expect(looks(close).at(-1)).toContain('after-table');
});

it('[TB5] a picture is named by where it is, in words that load nothing', () => {
  expect(pictureWhere('https://Example.org:8080/a.png')).toBe('at example.org:8080');
  expect(pictureWhere(`asset:${'0'.repeat(64)}`)).toBe('kept in the library');
  expect(pictureWhere('')).toBe('not in the file');
  expect(hostOf('https://[')).toBe('');
});
