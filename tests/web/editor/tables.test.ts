/** What is drawn on the cells of a table, and when it is worked out anew. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import type { DecorationSet } from 'prosemirror-view';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { isGone, tables, tablesKey } from '#web/editor/tables.ts';
import type { View } from '#web/session/snapshot.ts';
import { hostOf, pictureWhere } from '#web/ui/table-words.ts';
import { suggest } from '#tests/suggest/build.ts';

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

const marked = { view: 'marked', focused: null } as const;
const start = (): EditorState => EditorState.create({ doc, plugins: [tables(() => marked)] });
const setOf = (state: EditorState): DecorationSet => {
  const set = tablesKey.getState(state)?.set;
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
  const apart = EditorState.create({ doc: two, plugins: [tables(() => marked)] });
  expect(looks(apart).join()).not.toContain('after-table');
  const from = at(two, 'between') - 1;
  const close = apart.apply(apart.tr.delete(from, from + two.child(2).nodeSize));
  expect(looks(close).at(-1)).toContain('after-table');
});

/** A row put in above the first and one struck: drawn as such, or not at all in the views for reading. */
const changed = (): Node => {
  const first = suggest(doc, 'ann', 'a', (tr) => {
    const pos = at(doc, 'Year');
    const row = [cell('Place', { starts: 'table' }), cell('Money', { span: 2 })];
    const slice = Fragment.fromArray([...row, cell('', { starts: 'row', header: true })]);
    return tr.replace(pos, pos, new Slice(slice, 1, 1));
  }).doc;
  return suggest(first, 'ann', 'b', (tr) =>
    tr.delete(at(first, '2019') - 1, at(first, 'After') - 1),
  ).doc;
};
const seen = (shown: { view: View; focused: string | null }): string[] =>
  looks(EditorState.create({ doc: changed(), plugins: [tables(() => shown)] }));

it('[TB9] a row that comes or goes is drawn as one, also above the first', () => {
  expect(seen({ view: 'marked', focused: 'b' }).map((look) => look.split(' --')[0])).toEqual([
    'Place: Row 1, column 1, added; cell first-row row-start row-change row-ins;',
    'Money: Row 1, column 2, added; cell first-row row-change row-ins;',
    'Year: Row 2, column 1; cell row-start;',
    'Sums: Row 2, column 2; cell;',
    '2019: Row 3, column 1, deleted; cell last-row row-start row-change row-del row-in-focus;',
    '$5m: Row 3, column 2, deleted; cell last-row row-change row-del row-in-focus;',
    '$6m: Row 3, column 3, deleted; cell last-row row-change row-del row-in-focus;',
  ]);
});

it('[TB9] as filed and as edited a table is that of the rows there are', () => {
  const brief = (view: View): string[] =>
    seen({ view, focused: null }).map((look) => look.split(';')[0] ?? '');
  expect(brief('original')).toEqual([
    'Place: gone',
    'Money: gone',
    'Year: Row 1, column 1',
    'Sums: Row 1, column 2',
    '2019: Row 2, column 1',
    '$5m: Row 2, column 2',
    '$6m: Row 2, column 3',
  ]);
  expect(brief('accepted')).toEqual([
    'Place: Row 1, column 1',
    'Money: Row 1, column 2',
    'Year: Row 2, column 1',
    'Sums: Row 2, column 2',
    '2019: gone',
    '$5m: gone',
    '$6m: gone',
  ]);
  const all = suggest(doc, 'ann', 'a', (tr) =>
    tr.delete(at(doc, 'Year') - 1, at(doc, 'After') - 1),
  );
  const none = EditorState.create({
    doc: all.doc,
    plugins: [tables(() => ({ view: 'accepted', focused: null }))],
  });
  expect(new Set(looks(none).map((look) => look.split(': ')[1]))).toEqual(
    new Set(['gone gone-table']),
  );
  expect(isGone(none, at(all.doc, '$5m') - 1)).toBe(true);
  expect(isGone(none, at(all.doc, 'After') - 1)).toBe(false);
});

it('[TB9] the rule that closes a table stands on what is shown behind it', () => {
  const figure = schema.node('figure', null, text('Caption'));
  const before = schema.node('doc', null, [
    ...doc.content.content.slice(0, -1),
    figure,
    block('After'),
  ]);
  const struck = suggest(before, 'ann', 'a', (tr) => {
    const pos = at(before, 'Caption') - 1;
    return tr.delete(pos, pos + figure.nodeSize);
  }).doc;
  const lookOfFigure = (view: View): string | undefined =>
    looks(
      EditorState.create({ doc: struck, plugins: [tables(() => ({ view, focused: null }))] }),
    ).find((look) => look.startsWith('Caption'));
  expect(lookOfFigure('marked')).toBe(undefined);
  expect(lookOfFigure('accepted')).toBe('Caption: gone gone-figure');
});

it('[TB9] a row that is struck or put in while it is shown is drawn at once, and so is another view', () => {
  const shown: { view: View; focused: string | null } = { view: 'marked', focused: null };
  const before = EditorState.create({ doc, plugins: [tables(() => shown)] });
  const { steps } = suggest(doc, 'ann', 'b', (tr) =>
    tr.delete(at(doc, '2019') - 1, at(doc, 'After') - 1),
  );
  const tr = before.tr;
  for (const step of steps) tr.step(step);
  const struck = before.apply(tr);
  expect(looks(struck).join()).toContain('row-del');
  shown.view = 'accepted';
  expect(looks(struck.apply(struck.tr)).join()).toContain('gone');
});

it('[TB5] a picture is named by where it is, in words that load nothing', () => {
  expect(pictureWhere('https://Example.org:8080/a.png')).toBe('at example.org:8080');
  expect(pictureWhere(`asset:${'0'.repeat(64)}`)).toBe('kept in the library');
  expect(pictureWhere('')).toBe('not in the file');
  expect(hostOf('https://[')).toBe('');
});
