/** Putting figures and tables into the text: where they go, what stays around them, and where the caret is. */
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { formOf, tableOf, tableRuns } from '#core/article/table.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { insertTable, isTable } from '#web/editor/insert-table.ts';
import { describePicture, insertPicture } from '#web/editor/picture-insert.ts';
import { suggest } from '#tests/suggest/build.ts';
import { decides, passesGuard } from '#tests/suggest/laws.ts';

const text = (words: string): Node[] => (words === '' ? [] : [schema.text(words)]);
const block = (words: string): Node => schema.node('block', null, text(words));
const cell = (words: string, starts: string | null): Node =>
  schema.node('cell', { starts }, text(words));
const src = `asset:${'a'.repeat(64)}/640x480`;

const doc = schema.node('doc', null, [
  schema.node('headline', null, text('Head')),
  block('One'),
  block(''),
  cell('a', 'table'),
  cell('b', null),
  block('Two'),
  schema.node('figure', { src, alt: 'Old' }, text('Cap')),
  schema.node('footnote', { id: 'n1' }, text('Note')),
]);

const names: Record<string, string> = {
  headline: 'H',
  block: 'p',
  cell: 'c',
  figure: 'F',
  footnote: 'n',
};
const outline = (node: Node): string =>
  node.content.content.map((one) => `${names[one.type.name] ?? '?'}${one.textContent}`).join(' ');

/** The document and the block with the caret after a command at a child of the document. */
function after(
  command: Command,
  index: number,
  offset = 0,
): { doc: Node; at: string; outline: string } {
  let pos = 1 + offset;
  for (let i = 0; i < index; i += 1) pos += doc.child(i).nodeSize;
  let state = EditorState.create({ doc, selection: TextSelection.create(doc, pos) });
  expect(command(state)).toBe(true);
  expect(command(state, (tr) => (state = state.apply(tr)))).toBe(true);
  state.doc.check();
  const { $head } = state.selection;
  return {
    doc: state.doc,
    at: `${$head.index(0)}+${$head.parentOffset}`,
    outline: outline(state.doc),
  };
}

it('[AS16] a figure goes behind the paragraph, the figure or the table that has the caret, and never into it', () => {
  const put = insertPicture({ src, alt: ' New ', caption: 'Said' }, null);
  expect(after(put, 1, 3)).toMatchObject({
    outline: 'HHead pOne FSaid p ca cb pTwo FCap nNote',
    at: '2+4',
  });
  expect(after(put, 1, 1).outline).toBe('HHead pOne FSaid p ca cb pTwo FCap nNote');
  expect(after(put, 1, 0).outline).toBe('HHead FSaid pOne p ca cb pTwo FCap nNote');
  expect(after(put, 3, 1).outline).toBe('HHead pOne p ca cb FSaid pTwo FCap nNote');
  // Out of the masthead it goes to the start of the body, out of the footnotes to its end.
  expect(after(put, 0, 2).outline).toBe('HHead FSaid pOne p ca cb pTwo FCap nNote');
  expect(after(put, 7, 1).outline).toBe('HHead pOne p ca cb pTwo FCap FSaid p nNote');
  // Where no text follows, an empty paragraph does.
  expect(after(put, 6, 1).outline).toBe('HHead pOne p ca cb pTwo FCap FSaid p nNote');
  // An empty paragraph gives its place.
  expect(after(put, 2).outline).toBe('HHead pOne FSaid p ca cb pTwo FCap nNote');
  const figure = after(put, 1, 3).doc.child(2);
  expect(figure.attrs).toMatchObject({ src, alt: 'New', sugg: [] });
});

it('[AS16] a table has its rows and columns, its heads if asked for, and the caret in its first cell', () => {
  const made = after(insertTable({ rows: 3, columns: 2, heads: true }, null), 1, 3);
  expect(made.outline).toBe('HHead pOne c c c c c c p ca cb pTwo FCap nNote');
  expect(made.at).toBe('2+0');
  const [run] = tableRuns(made.doc.content.content);
  const cells = made.doc.content.content.slice(run?.from, run?.to);
  const table = tableOf(cells.map(formOf));
  expect([table.columns, table.rows.length]).toEqual([2, 3]);
  expect(table.rows.map((row) => row.map(({ header }) => header))).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ]);
  for (const [rows, columns] of [
    [0, 1],
    [1, 64],
    [101, 1],
    [1.5, 1],
    [NaN, 2],
  ] as const) {
    expect(isTable({ rows, columns, heads: false })).toBe(false);
    expect(insertTable({ rows, columns, heads: false }, null)(EditorState.create({ doc }))).toBe(
      false,
    );
  }
});

/** What Ann's suggestion makes of a document, its one suggestion, and where it stands; null when it is refused. */
function suggested(before: Node, command: () => Command, pos: number) {
  const state = EditorState.create({ doc: before, selection: TextSelection.create(before, pos) });
  let tracked: ReturnType<typeof track> | null = null;
  command()(state, (tr) => (tracked = track(before, tr, 'ann', { idFor: () => 'a' })));
  const result = tracked as ReturnType<typeof track> | null;
  if (!result || 'refused' in result) return null;
  expect(passesGuard(before, result.steps, result.doc, 'ann')).toBe(null);
  expect(original(result.doc).eq(original(before))).toBe(true);
  for (const verdict of ['accept', 'reject'] as const)
    expect(decides(result.doc, ['a'], verdict)).toBe(null);
  const [one, more] = listSuggestions(result.doc).filter(({ id }) => id === 'a');
  expect(more).toBe(undefined);
  return { outline: outline(accepted(result.doc)), what: one?.whole?.what };
}

const startOf = (node: Node, index: number): number => {
  let pos = 0;
  for (let i = 0; i < index; i += 1) pos += node.child(i).nodeSize;
  return pos;
};

it('[AS16] in Suggest mode a figure and a table are suggested wherever the caret is', () => {
  const picture = () => insertPicture({ src, alt: 'New', caption: 'Said' }, 'ann');
  const table = () => insertTable({ rows: 1, columns: 2, heads: false }, 'ann');
  const outlines: (string | undefined)[] = [];
  doc.forEach((_node, pos) => {
    const done = suggested(doc, picture, pos + 1);
    expect(done?.what).toBe('figure');
    expect(suggested(doc, table, pos + 1)?.what).toBe('table');
    outlines.push(done?.outline);
  });
  expect(outlines).toEqual([
    // Out of the masthead, and from the start of the first paragraph, it goes behind that.
    'HHead pOne FSaid p ca cb pTwo FCap nNote',
    'HHead pOne FSaid p ca cb pTwo FCap nNote',
    // An empty paragraph of others stays.
    'HHead pOne p FSaid ca cb pTwo FCap nNote',
    'HHead pOne p ca cb FSaid pTwo FCap nNote',
    'HHead pOne p ca cb FSaid pTwo FCap nNote',
    'HHead pOne p ca cb FSaid pTwo FCap nNote',
    'HHead pOne p ca cb pTwo FCap FSaid p nNote',
    'HHead pOne p ca cb pTwo FCap FSaid p nNote',
  ]);
});

it('[AS16] nothing goes between paragraphs that somebody suggests to join, or where one was split', () => {
  const two = schema.node('doc', null, [
    schema.node('headline', null, text('Head')),
    block('One'),
    block('Two'),
    block('Three'),
  ]);
  const picture = () => insertPicture({ src, alt: '', caption: '' }, 'ann');
  const at = startOf(two, 1) + 2;
  const joined = suggest(two, 'bob', 'b', (tr) => tr.join(startOf(tr.doc, 2))).doc;
  expect(suggested(joined, picture, at)?.outline).toBe('HHead pOneTwo F pThree');
  const split = suggest(two, 'bob', 'b', (tr) => tr.split(at + 1)).doc;
  expect(suggested(split, picture, at)?.outline).toBe('HHead pOn pe F pTwo pThree');
  const put = suggest(two, 'bob', 'b', (tr) => tr.insert(startOf(tr.doc, 2), block('New'))).doc;
  expect(suggested(put, picture, at)?.outline).toBe('HHead pOne F pNew pTwo pThree');
  // An own empty paragraph that was only just made gives its place.
  const own = suggest(two, 'ann', 'o', (tr) => tr.insert(startOf(tr.doc, 2), block(''))).doc;
  expect(suggested(own, picture, startOf(own, 2) + 1)?.outline).toBe('HHead pOne F pTwo pThree');
});

it('[AS16] a picture is described where it stands now, or not at all', () => {
  const place = (node: Node): number => {
    let at = -1;
    node.forEach((one, offset) => {
      if (one.type.name === 'figure') at = offset;
    });
    return at;
  };
  let state = EditorState.create({ doc });
  const pos = place(doc);
  const was = doc.child(6);
  // Somebody else has written before it in the meantime.
  state = state.apply(state.tr.insertText('More ', 8));
  expect(
    describePicture(pos, was, ' A map\nof it ')(state, (tr) => (state = state.apply(tr))),
  ).toBe(true);
  expect(state.doc.nodeAt(place(state.doc))?.attrs).toMatchObject({ src, alt: 'A map of it' });
  expect(describePicture(pos, was, 'Again')(state)).toBe(false);
});
