/** The keys of the text, on a state without a window: what each key dispatches. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema } from '#core/article/schema.ts';
import { keys } from '#web/editor/keys.ts';
import { annotationsAt, nextAt } from '#web/editor/pointer.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { Desk } from '#tests/sync/simulation.ts';
import { select, sitDown, type } from '#tests/web/session/wire.ts';

const text = (value: string) => (value ? [schema.text(value)] : []);
const article = () =>
  schema.node('doc', null, [
    schema.node('kicker', null, text('Kicker')),
    schema.node('headline', null, text('Headline')),
    schema.node('block', null, text('First.')),
    schema.node('block', { style: 'heading1' }, text('Heading')),
    schema.node('block', { list: { kind: 'bullet', level: 0, start: 1 } }, text('Item')),
    schema.node('block', null, [...text('Last.'), schema.node('footnoteRef', { id: 'n1' })]),
    schema.node('footnote', { id: 'n1' }, text('Note.')),
  ]);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Press {
  key: string;
  code?: string;
  ctrlKey?: boolean;
  altKey?: boolean;
  altGraph?: boolean;
}

/** Presses a key in the text; true when the editor took it. */
function press(session: ArticleSession, { altGraph = false, ...event }: Press): boolean {
  const view = {
    composing: false,
    get state() {
      return session.state;
    },
    dispatch: (tr: typeof session.state.tr) => session.dispatch(tr),
    endOfTextblock: (dir: string) => {
      const { $head } = session.state.selection;
      const end = $head.parent.content.size;
      return dir === 'backward' ? $head.parentOffset === 0 : $head.parentOffset === end;
    },
  };
  const down = {
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
    keyCode: 0,
    code: '',
    getModifierState: (name: string) => name === 'AltGraph' && altGraph,
    ...event,
  };
  const plugin = keys(session);
  const handle = plugin.props.handleKeyDown;
  return (
    handle?.call(plugin, view as unknown as EditorView, down as unknown as KeyboardEvent) === true
  );
}

async function editing(): Promise<ArticleSession> {
  const desk = await Desk.open(article());
  const { session } = await sitDown(desk, 'tom', 'editor');
  session.setMode('edit');
  return session;
}

function caret(session: ArticleSession, words: string, at: 'start' | 'end'): void {
  const { from, to } = select(session, words);
  const pos = at === 'start' ? from : to;
  session.dispatch(session.state.tr.setSelection(TextSelection.create(session.state.doc, pos)));
}

describe('writing', () => {
  it('[UI20] Enter in a line of the masthead goes to the next block, in a footnote it does nothing', async () => {
    const session = await editing();
    const before = session.state.doc;
    caret(session, 'Kick', 'end');
    expect(press(session, { key: 'Enter' })).toBe(true);
    expect(session.state.selection.$head.parent.type.name).toBe('headline');
    expect(press(session, { key: 'Enter' })).toBe(true);
    expect(session.state.selection.$head.parent.textContent).toBe('First.');
    caret(session, 'Note', 'end');
    expect(press(session, { key: 'Enter' })).toBe(true);
    expect(session.state.doc).toBe(before);
    session.close();
  });

  it('[UI20] Enter splits a block: an item stays an item, after a heading comes a paragraph', async () => {
    const session = await editing();
    caret(session, 'Item', 'end');
    press(session, { key: 'Enter' });
    expect(session.state.doc.child(5).attrs['list']).toMatchObject({ kind: 'bullet' });
    caret(session, 'Heading', 'end');
    press(session, { key: 'Enter' });
    expect(session.state.doc.child(4).attrs['style']).toBe('paragraph');
    session.close();
  });

  it('[UI20] Backspace and Delete join blocks, but never over the masthead or a footnote', async () => {
    const session = await editing();
    const before = session.state.doc;
    for (const [words, at, key] of [
      ['Headline', 'start', 'Backspace'],
      ['First', 'start', 'Backspace'],
      ['Note', 'start', 'Backspace'],
      ['Headline', 'end', 'Delete'],
      ['Note.', 'end', 'Delete'],
    ] as const) {
      caret(session, words, at);
      expect(press(session, { key }), `${key} at ${words}`).toBe(true);
      expect(session.state.doc, `${key} at ${words}`).toBe(before);
    }
    caret(session, 'Heading', 'start');
    press(session, { key: 'Backspace' });
    expect(session.state.doc.child(2).textContent).toBe('First.Heading');
    session.close();
  });

  it('[UI21] in Suggest mode Backspace and Delete step over words that are struck already', async () => {
    const session = await editing();
    session.setMode('suggest');
    const { from, to } = select(session, 'irst');
    session.dispatch(session.state.tr.deleteSelection());
    caret(session, 'irst', 'end');
    press(session, { key: 'Backspace' });
    expect(session.state.selection.head).toBe(from);
    press(session, { key: 'Delete' });
    expect(session.state.selection.head).toBe(to);
    session.close();
  });

  it('[UI21] Ctrl+Alt with a digit changes the mode, unless it is AltGr that types a character', async () => {
    const session = await editing();
    const digit = { key: '1', code: 'Digit1', ctrlKey: true, altKey: true };
    expect(press(session, { ...digit, altGraph: true })).toBe(false);
    expect(session.getSnapshot().mode).toBe('edit');
    expect(press(session, digit)).toBe(true);
    expect(session.getSnapshot().mode).toBe('read');
    session.close();
  });
});

describe('a click on marked words', () => {
  it('[UI19] goes to the smallest annotation there, a second one to the next around it', async () => {
    const session = await editing();
    const wide = session.comment(select(session, 'First.'), 'All of it.', 'all');
    const narrow = session.comment(select(session, 'irs'), 'A part.', 'all');
    const pos = select(session, 'rst').from;
    const ids = annotationsAt(session, pos);
    expect(ids).toEqual([narrow, wide]);
    expect(nextAt(ids, null)).toBe(narrow);
    expect(nextAt(ids, narrow)).toBe(wide);
    expect(nextAt(ids, wide)).toBe(narrow);
    expect(nextAt([], narrow)).toBe(null);
    session.resolve(narrow);
    expect(annotationsAt(session, pos)).toEqual([wide]);
    session.setMode('suggest');
    caret(session, 'First', 'end');
    type(session, '!');
    expect(annotationsAt(session, session.state.selection.head)[0]).toBe(
      [...session.review.suggestions.keys()][0],
    );
    session.close();
  });
});
