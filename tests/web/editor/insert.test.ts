/** Putting figures and tables into the text: where they go, what stays around them, and where the caret is. */
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { formOf, tableOf, tableRuns } from '#core/article/table.ts';
import { insertTable, isTable } from '#web/editor/insert-table.ts';
import { describePicture, insertPicture } from '#web/editor/picture-insert.ts';

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
  const put = insertPicture({ src, alt: ' New ', caption: 'Said' });
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
  const made = after(insertTable({ rows: 3, columns: 2, heads: true }), 1, 3);
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
    expect(insertTable({ rows, columns, heads: false })(EditorState.create({ doc }))).toBe(false);
  }
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
