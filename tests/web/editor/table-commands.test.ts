/** Rows, tables and pictures by command: edited in Edit mode, suggested in Suggest mode, each as one suggestion. */
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { formOf, tableOf, tableRuns } from '#core/article/table.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { insertTable } from '#web/editor/insert-table.ts';
import { insertPicture } from '#web/editor/picture-insert.ts';
import { wholeCommands, wholeCommandsAt, type WholeCommand } from '#web/editor/table-commands.ts';
import { sentenceOf } from '#web/panels/sentence.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import type { Mode } from '#web/session/snapshot.ts';
import { Desk } from '#tests/sync/simulation.ts';
import { sitDown } from '#tests/web/session/wire.ts';

const text = (words: string): Node[] => (words === '' ? [] : [schema.text(words)]);
const cell = (words: string, more: object = {}): Node => schema.node('cell', more, text(words));
const block = (words: string): Node => schema.node('block', null, text(words));
const page = (...body: Node[]): Node =>
  schema.node('doc', null, [schema.node('headline', null, text('Head')), ...body]);

const doc = page(
  block('Before'),
  cell('Year', { starts: 'table', header: true }),
  cell('Sum', { header: true }),
  cell('2019', { starts: 'row' }),
  cell('$5', {}),
  cell('2020', { starts: 'row' }),
  cell('$6', {}),
  block('Between'),
  schema.node('figure', { alt: 'A map' }, text('Caption')),
  block('After'),
);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(mode: Mode, before = doc): Promise<ArticleSession> {
  const desk = await Desk.open(before);
  const { session } = await sitDown(desk, 'tom', 'editor');
  session.setMode(mode);
  return session;
}

function caretIn(session: ArticleSession, words: string): void {
  let found = -1;
  session.state.doc.descendants((node, pos) => {
    const index = node.text?.indexOf(words) ?? -1;
    if (index >= 0 && found < 0) found = pos + index;
  });
  expect(found).toBeGreaterThan(0);
  session.dispatch(session.state.tr.setSelection(TextSelection.create(session.state.doc, found)));
}

/** The body, the rows of a table as `[a | b]`, heads with a `#`. */
function shown(node: Node): string {
  const blocks = node.content.content;
  const out: string[] = [];
  const runs = new Map(tableRuns(blocks).map((run) => [run.from, run]));
  blocks.forEach((one, i) => {
    const run = runs.get(i);
    if (run) {
      const cells = blocks.slice(run.from, run.to);
      for (const row of tableOf(cells.map(formOf)).rows)
        out.push(
          `[${row.map(({ at, header }) => `${header ? '#' : ''}${cells[at]?.textContent}`).join(' | ')}]`,
        );
    } else if (one.type.name === 'figure') out.push(`(${one.textContent})`);
    else if (one.type.name === 'block') out.push(one.textContent);
  });
  return out.join(' ');
}

const run = (session: ArticleSession, name: WholeCommand, words: string): void => {
  caretIn(session, words);
  expect(session.run(wholeCommands[name])).toBe(true);
  session.state.doc.check();
  expect(session.getSnapshot().notice).toBe(null);
};

/** Waits until the server has taken everything. */
async function arrived(session: ArticleSession): Promise<void> {
  await vi.advanceTimersByTimeAsync(3000);
  const { connection, unplaced, notice } = session.getSnapshot();
  expect([connection, unplaced, notice]).toEqual([{ kind: 'saved', unsent: 0 }, [], null]);
}

const cases: [WholeCommand, string, string, string][] = [
  ['rowAbove', 'Sum', '[# | #] [#Year | #Sum] [2019 | $5] [2020 | $6]', 'Add a row'],
  ['rowAbove', '$5', '[#Year | #Sum] [ | ] [2019 | $5] [2020 | $6]', 'Add a row'],
  ['rowBelow', 'Year', '[#Year | #Sum] [ | ] [2019 | $5] [2020 | $6]', 'Add a row'],
  ['rowBelow', '$6', '[#Year | #Sum] [2019 | $5] [2020 | $6] [ | ]', 'Add a row'],
  ['deleteRow', 'Year', '[2019 | $5] [2020 | $6]', 'Delete the row: “Year | Sum”'],
  ['deleteRow', '$6', '[#Year | #Sum] [2019 | $5]', 'Delete the row: “2020 | $6”'],
  ['deleteTable', '$5', '', 'Delete the table: “Year | Sum · 2019 | $5 · 2020 | $6”'],
];

describe.each(['edit', 'suggest'] as const)('in %s mode', (mode) => {
  it.each(cases)('[TB8] %s at “%s”', async (name, words, table, sentence) => {
    const session = await open(mode);
    run(session, name, words);
    const { doc: after } = session.state;
    const rest = `Before ${table} Between (Caption) After`.replace('  ', ' ');
    expect(shown(accepted(after))).toBe(rest);
    if (mode === 'suggest') {
      expect(original(after).eq(doc)).toBe(true);
      expect(listSuggestions(after).map(sentenceOf)).toEqual([sentence]);
      expect(session.review.suggestions.size).toBe(1);
    }
    await arrived(session);
    session.undo();
    expect(session.state.doc.eq(doc)).toBe(true);
    await arrived(session);
    session.close();
  });

  it('[TB8] a picture goes with its caption', async () => {
    const session = await open(mode);
    run(session, 'deletePicture', 'Caption');
    const { doc: after } = session.state;
    expect(shown(accepted(after))).toBe(
      'Before [#Year | #Sum] [2019 | $5] [2020 | $6] Between After',
    );
    if (mode === 'suggest')
      expect(listSuggestions(after).map(sentenceOf)).toEqual(['Delete the picture: “Caption”']);
    session.close();
  });

  it('[TB8] the caret is in the new row, and what is typed there is part of it, however late', async () => {
    for (const [name, words] of [
      ['rowBelow', '2019'],
      ['rowAbove', 'Year'],
    ] as const) {
      const session = await open(mode);
      run(session, name, words);
      session.dispatch(session.state.tr.insertText('New'));
      vi.setSystemTime(Date.now() + 10 * 60_000);
      session.dispatch(session.state.tr.insertText('er'));
      const { doc: after } = session.state;
      expect(shown(accepted(after))).toMatch(/\[#?Newer \| #?\]/);
      if (mode === 'suggest') {
        expect(listSuggestions(after).map(sentenceOf)).toEqual(['Add a row: “Newer”']);
        expect(original(after).eq(doc)).toBe(true);
      }
      await arrived(session);
      session.close();
    }
  });
});

it('[TB8] each of them is a suggestion of its own, but for rows of an own new table', async () => {
  const session = await open('suggest');
  caretIn(session, '$5');
  session.dispatch(session.state.tr.insertText('US'));
  run(session, 'rowBelow', '$5');
  run(session, 'deleteRow', '2020');
  run(session, 'deletePicture', 'Caption');
  expect(listSuggestions(session.state.doc).map(sentenceOf)).toEqual([
    'Insert “US”',
    'Add a row',
    'Delete the row: “2020 | $6”',
    'Delete the picture: “Caption”',
  ]);
  session.close();
  const other = await open('suggest');
  caretIn(other, 'Between');
  other.dispatch(other.state.tr.insertText('Right '));
  other.run(insertTable({ rows: 1, columns: 2, heads: false }, 'tom'));
  other.dispatch(other.state.tr.insertText('One'));
  vi.setSystemTime(Date.now() + 10 * 60_000);
  run(other, 'rowBelow', 'One');
  other.dispatch(other.state.tr.insertText('Two'));
  run(other, 'rowAbove', 'One');
  caretIn(other, 'Between');
  other.dispatch(other.state.tr.insertText('now ', other.state.selection.$from.end()));
  other.run(insertPicture({ src: '', alt: 'A ship', caption: '' }, 'tom'));
  expect(listSuggestions(other.state.doc).map(sentenceOf)).toEqual([
    'Insert “Right”',
    'Insert “now”',
    'Add a picture: “A ship”',
    'Add a table: “One · Two”',
  ]);
  expect(original(other.state.doc).eq(doc)).toBe(true);
  await arrived(other);
  other.close();
});

it('[TB8] the last row is the table; an article keeps a block; two tables do not become one', async () => {
  const session = await open('edit', page(cell('a', { starts: 'table' }), cell('b')));
  run(session, 'deleteRow', 'b');
  expect(shown(session.state.doc)).toBe('');
  expect(session.state.doc.childCount).toBe(2);
  session.close();
  const two = page(
    cell('a', { starts: 'table' }),
    cell('b', { starts: 'table' }),
    cell('c', { starts: 'row' }),
  );
  const edits = await open('edit', two);
  run(edits, 'deleteRow', 'b');
  expect(tableRuns(edits.state.doc.content.content)).toHaveLength(2);
  edits.close();
});

it('[TB8] a row put in where cells are one above the other joins them', async () => {
  const joined = page(
    cell('Upper', { starts: 'table' }),
    cell('$5'),
    cell('', { starts: 'row', joinsAbove: true }),
    cell('$6'),
  );
  for (const [name, words] of [
    ['rowBelow', 'Upper'],
    ['rowAbove', '$6'],
  ] as const) {
    const session = await open('suggest', joined);
    run(session, name, words);
    const cells = accepted(session.state.doc).content.content.slice(1);
    expect(tableOf(cells.map(formOf)).rows[0]?.[0]?.rows).toBe(3);
    expect(original(session.state.doc).eq(joined)).toBe(true);
    session.close();
  }
});

it('[TB8] they are offered where they make sense', () => {
  const offered = (words: string): readonly string[] => {
    let pos = 0;
    doc.descendants((node, at) => {
      if (node.text === words) pos = at;
    });
    return wholeCommandsAt(EditorState.create({ doc, selection: TextSelection.create(doc, pos) }));
  };
  expect(offered('Before')).toEqual([]);
  expect(offered('$5')).toEqual(['rowAbove', 'rowBelow', 'deleteRow', 'deleteTable']);
  expect(offered('Caption')).toEqual(['deletePicture']);
  const state = EditorState.create({ doc });
  for (const command of Object.values(wholeCommands)) expect(command(state)).toBe(false);
});
