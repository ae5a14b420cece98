/** The session against a real room: what typing becomes, what is sent, and what happens when the line is bad. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextSelection } from 'prosemirror-state';
import { accepted, original } from '#core/suggest/project.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { Drawer, select, sitDown, type } from '#tests/web/session/wire.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { setStyle, toggleStrong } from '#web/editor/style-commands.ts';

const sentence = 'It gives safe heaven to them.';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const bodyOf = (doc: { child(i: number): { textContent: string } }): string =>
  doc.child(1).textContent;

describe('typing', () => {
  it('[UI1] letters typed while a commit is on its way travel merged in the next one', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    const { to } = select(session, 'safe');
    session.dispatch(session.state.tr.setSelection(TextSelection.create(session.state.doc, to)));
    type(session, ' and sound');
    await pass(500);
    const commits = wire.sent.map((json) => JSON.parse(json) as AskedCommit);
    expect(commits.length).toBeLessThanOrEqual(2);
    expect(commits.flatMap(({ steps }) => steps).length).toBeLessThanOrEqual(2);
    expect(bodyOf((await desk.room()).review.doc)).toBe('It gives safe and sound heaven to them.');
    expect(session.getSnapshot().connection).toEqual({ kind: 'saved', unsent: 0 });
    session.close();
  });

  it('[UI2] a word typed over another in Suggest mode is one suggestion with one row', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    expect(session.getSnapshot().mode).toBe('suggest');
    select(session, 'heaven');
    for (const letter of 'haven') {
      type(session, letter);
      await pass(300);
    }
    const { review } = await desk.room();
    expect(bodyOf(original(review.doc))).toBe(sentence);
    expect(bodyOf(accepted(review.doc))).toBe('It gives safe haven to them.');
    expect([...review.suggestions.values()]).toMatchObject([
      { by: 'ines', deleted: 'heaven', inserted: 'haven', status: 'pending' },
    ]);
    expect(session.getSnapshot().review.suggestions).toEqual(review.suggestions);
    session.close();
  });

  it('[UI2] the shown row knows its words before the server has answered', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'ines', 'reviewer');
    wire.down();
    session.suggest(select(session, 'heaven'), 'haven', '');
    expect([...session.getSnapshot().review.suggestions.values()]).toMatchObject([
      { deleted: 'heaven', inserted: 'haven' },
    ]);
    session.close();
  });

  it('[UI3] formatting and block styles in Suggest mode are suggestions; a change that cannot be one is refused with a sentence', async () => {
    const desk = await Desk.open(start(sentence, 'Another one.'));
    const { session, wire } = await sitDown(desk, 'ines', 'reviewer');
    const before = session.state.doc;
    select(session, 'safe');
    expect(session.run(toggleStrong)).toBe(true);
    expect(session.run(setStyle('heading2'))).toBe(true);
    await pass(500);
    const kinds = listSuggestions(session.state.doc).map((one) => one.kind);
    expect(kinds.toSorted()).toEqual(['block', 'format']);
    expect(original(session.state.doc).eq(before)).toBe(true);
    const head = (await desk.room()).review;
    expect(head.suggestions.size).toBe(2);
    const sent = wire.sent.length;
    const now = session.state.doc;
    const note = now.type.schema.node('footnoteRef', { id: 'n1' });
    session.dispatch(session.state.tr.insert(12, note));
    await pass(500);
    expect(session.state.doc).toBe(now);
    expect(wire.sent).toHaveLength(sent);
    expect(session.getSnapshot().notice?.text).toMatch(/^A footnote goes with its mark/);
    session.close();
  });

  it('[UI4] after Backspace the caret stands before the struck letter, after Delete behind it', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    const { from, to } = select(session, 'heaven');
    const at = (pos: number): TextSelection => TextSelection.create(session.state.doc, pos);
    session.dispatch(session.state.tr.setSelection(at(to)));
    session.dispatch(session.state.tr.delete(to - 1, to));
    expect(session.state.selection.head).toBe(to - 1);
    session.dispatch(session.state.tr.setSelection(at(from)));
    session.dispatch(session.state.tr.delete(from, from + 1));
    expect(session.state.selection.head).toBe(from + 1);
    session.close();
  });

  it('[UI2] a deletion over forty paragraphs is one suggestion in one commit', async () => {
    const desk = await Desk.open(start(...Array.from({ length: 40 }, (_, i) => `Paragraph ${i}.`)));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    const { doc } = session.state;
    const { from } = select(session, 'Paragraph 0');
    session.dispatch(session.state.tr.delete(from, doc.content.size - 1));
    await pass(500);
    const { review } = await desk.room();
    expect(session.getSnapshot().notice).toBe(null);
    expect([...review.suggestions.values()]).toMatchObject([{ by: 'ines', status: 'pending' }]);
    expect(accepted(review.doc).childCount).toBe(2);
    session.close();
  });

  it('[UI5] a suggestion joins the one beside it for sixty seconds, and not after', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    const { to } = select(session, 'safe');
    session.dispatch(session.state.tr.setSelection(TextSelection.create(session.state.doc, to)));
    type(session, 'r');
    await pass(50_000);
    type(session, '!');
    expect(session.review.suggestions.size).toBe(1);
    await pass(70_000);
    type(session, '?');
    expect(session.review.suggestions.size).toBe(2);
    session.close();
  });
});

describe('undo', () => {
  it('[UI6] takes back what was typed without a pause, and nothing of anybody else', async () => {
    const desk = await Desk.open(start(sentence));
    const tom = await sitDown(desk, 'tom', 'editor');
    const una = await sitDown(desk, 'una', 'editor');
    for (const { session } of [tom, una]) session.setMode('edit');
    const end = (): void => {
      const { doc, tr } = tom.session.state;
      tom.session.dispatch(tr.setSelection(TextSelection.create(doc, doc.content.size - 1)));
    };
    end();
    type(tom.session, ' One');
    await pass(600);
    type(tom.session, ' two');
    select(una.session, 'safe');
    type(una.session, 'secure');
    await pass(600);
    tom.session.undo();
    await pass(200);
    expect(bodyOf((await desk.room()).review.doc)).toBe('It gives secure heaven to them. One');
    tom.session.undo();
    await pass(200);
    expect(bodyOf((await desk.room()).review.doc)).toBe('It gives secure heaven to them.');
    expect(tom.session.getSnapshot().canUndo).toBe(false);
    tom.session.redo();
    tom.session.redo();
    await pass(200);
    expect(bodyOf((await desk.room()).review.doc)).toBe('It gives secure heaven to them. One two');
    expect(bodyOf(una.session.state.doc)).toBe('It gives secure heaven to them. One two');
    tom.session.close();
    una.session.close();
  });

  it('[UI6] of a suggestion leaves the text as it was', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    select(session, 'heaven');
    type(session, 'haven');
    await pass(200);
    session.undo();
    await pass(200);
    const { review } = await desk.room();
    expect(JSON.stringify(review.doc)).toBe(JSON.stringify(start(sentence)));
    expect([...review.suggestions.values()]).toMatchObject([{ status: 'settled' }]);
    session.close();
  });
});

describe('a bad line', () => {
  it('[UI7] a commit without an answer is sent again word for word, and counts once', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    wire.deaf = 1;
    wire.keepFrames = true;
    select(session, 'heaven');
    type(session, 'haven');
    await pass(2000);
    expect(wire.sent.length).toBeGreaterThan(1);
    expect(wire.sent[1]).toBe(wire.sent[0]);
    wire.deliver();
    await pass(500);
    const { review } = await desk.room();
    expect(bodyOf(review.doc)).toBe('It gives safe haven to them.');
    expect(session.state.doc.eq(review.doc)).toBe(true);
    session.close();
  });

  it('[UI7] what is typed while the line is down is counted in words and arrives when it is back', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    wire.down();
    select(session, 'heaven');
    type(session, 'haven');
    await pass(100);
    expect(session.getSnapshot().connection).toMatchObject({ kind: 'saved' });
    await pass(500);
    expect(session.getSnapshot().connection).toMatchObject({ kind: 'saving' });
    await pass(6000);
    expect(session.getSnapshot().connection.kind).toBe('offline');
    expect(session.getSnapshot().connection.unsent).toBeGreaterThan(0);
    const una = await sitDown(desk, 'una', 'editor');
    una.session.setMode('edit');
    select(una.session, 'them');
    type(una.session, 'us');
    await pass(500);
    wire.up();
    await pass(500);
    expect(bodyOf((await desk.room()).review.doc)).toBe('It gives safe haven to us.');
    expect(session.state.doc.eq(una.session.state.doc)).toBe(true);
    expect(session.getSnapshot().connection).toEqual({ kind: 'saved', unsent: 0 });
    session.close();
    una.session.close();
  });

  it('[UI8] “saving” is said only after 400 ms', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    wire.keepFrames = true;
    type(session, 'x');
    await pass(300);
    expect(session.getSnapshot().connection.kind).toBe('saved');
    await pass(200);
    expect(session.getSnapshot().connection.kind).toBe('saving');
    wire.deliver();
    await pass(100);
    expect(session.getSnapshot().connection.kind).toBe('saved');
    session.close();
  });

  it('[UI9] a refused commit leaves the text, its words go to the tray, and the server’s sentence is shown', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    wire.refuseWith = ['DOCUMENT_TOO_LARGE'];
    select(session, 'heaven');
    type(session, 'h');
    await pass(500);
    const { notice, unplaced, connection } = session.getSnapshot();
    expect(bodyOf(session.state.doc)).toBe(sentence);
    expect(notice?.text).toBe('The article would grow beyond 2 MB, which is the limit.');
    expect(unplaced).toMatchObject([{ text: 'h' }]);
    expect(connection).toEqual({ kind: 'saved', unsent: 0 });
    session.takeBackUnplaced(0);
    expect(session.getSnapshot().unplaced).toEqual([]);
    session.close();
  });

  it('[UI10] a frame that was missed is asked for before the next one is taken in', async () => {
    const desk = await Desk.open(start(sentence));
    const tom = await sitDown(desk, 'tom', 'editor');
    const una = await sitDown(desk, 'una', 'editor');
    tom.session.setMode('edit');
    una.wire.keepFrames = true;
    select(tom.session, 'heaven');
    type(tom.session, 'haven');
    await pass(500);
    una.wire.frames.length = 0;
    una.wire.deliver();
    type(tom.session, '!');
    await pass(500);
    expect(bodyOf(una.session.state.doc)).toBe('It gives safe haven! to them.');
    tom.session.close();
    una.session.close();
  });

  it('[UI11] when the whole article is loaded again, what was not saved is kept in the tray', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    wire.refuseWith = Array.from({ length: 20 }, () => 'UNAVAILABLE' as const);
    select(session, 'heaven');
    type(session, 'haven');
    await pass(20);
    wire.resync();
    await pass(200);
    expect(bodyOf(session.state.doc)).toBe(sentence);
    expect(
      session
        .getSnapshot()
        .unplaced.map(({ text }) => text)
        .join(''),
    ).toContain('haven');
    session.close();
  });
});

describe('work that was not saved', () => {
  it('[UI17] comes back when the article is opened again, and counts once', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const first = await sitDown(desk, 'tom', 'editor', drawer.tab);
    first.session.setMode('edit');
    // The first commit is stored, but nothing of it is heard; the rest is never sent.
    first.wire.keepFrames = true;
    first.wire.deaf = 99;
    select(first.session, 'heaven');
    type(first.session, 'h');
    await pass(100);
    type(first.session, 'aven');
    const note = first.session.comment(select(first.session, 'them'), 'Who?', 'all');
    await pass(400);
    expect(bodyOf((await desk.room()).review.doc)).toBe('It gives safe h to them.');
    first.session.close();
    expect(drawer.kept.size).toBe(1);

    const una = await sitDown(desk, 'una', 'editor', drawer.tab);
    una.session.setMode('edit');
    select(una.session, 'It');
    type(una.session, 'This');
    await pass(500);
    expect(una.session.getSnapshot().notice).toBe(null);

    const second = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(500);
    expect(second.session.getSnapshot().notice?.text).toMatch(/is back\.$/);
    const { review } = await desk.room();
    expect(bodyOf(review.doc)).toBe('This gives safe haven to them.');
    expect(review.comments.get(note)?.text).toBe('Who?');
    expect(second.session.state.doc.eq(review.doc)).toBe(true);
    expect(una.session.state.doc.eq(review.doc)).toBe(true);
    expect(drawer.kept.size).toBe(0);
    for (const { session } of [una, second]) session.close();
  });

  it('[UI17] of a tab that is still open stays with that tab', async () => {
    const desk = await Desk.open(start(sentence));
    const drawer = new Drawer();
    const first = await sitDown(desk, 'tom', 'editor', drawer.tab);
    first.session.setMode('edit');
    first.wire.down();
    select(first.session, 'heaven');
    type(first.session, 'haven');
    await pass(400);
    expect(drawer.kept.size).toBe(1);
    const second = await sitDown(desk, 'tom', 'editor', drawer.tab);
    await pass(300);
    expect(bodyOf(second.session.state.doc)).toBe(sentence);
    first.wire.up();
    await pass(300);
    expect(bodyOf(second.session.state.doc)).toBe('It gives safe haven to them.');
    expect(drawer.kept.size).toBe(0);
    for (const { session } of [first, second]) session.close();
  });
});

describe('the own caret', () => {
  it.each(['a paragraph', 'a figure'])(
    '[PA26] at the end of a paragraph stays there when others put %s behind it',
    async (what) => {
      const desk = await Desk.open(start(sentence, 'Another one.'));
      const tom = await sitDown(desk, 'tom', 'editor');
      const ines = await sitDown(desk, 'ines', 'reviewer');
      tom.session.setMode('edit');
      const { to } = select(tom.session, 'to them.');
      const put = ({ session }: typeof tom, pos: number): void =>
        session.dispatch(
          session.state.tr.setSelection(TextSelection.create(session.state.doc, pos)),
        );
      put(tom, to);
      const { tr } = ines.session.state;
      const figure = tr.doc.type.schema.node('figure', { src: '', alt: 'A boat' });
      ines.session.dispatch(what === 'a figure' ? tr.insert(to + 1, figure) : tr.split(to));
      await pass(500);
      expect(tom.session.state.doc.childCount).toBe(4);
      expect(tom.session.state.selection.head).toBe(to);
      type(tom.session, ' Or so');
      await pass(500);
      // Words that are on their way do not take the caret along either.
      tom.wire.down();
      type(tom.session, '!');
      const end = to + ' Or so'.length;
      ines.session.dispatch(ines.session.state.tr.split(end));
      await pass(500);
      tom.wire.up();
      await pass(3000);
      const { doc, selection } = tom.session.state;
      expect(bodyOf(doc).startsWith(`${sentence} Or so`)).toBe(true);
      expect(doc.textBetween(selection.head - 1, selection.head)).toBe('!');
      expect(doc.eq((await desk.room()).review.doc)).toBe(true);
      tom.session.close();
      ines.session.close();
    },
  );

  it('[PA26] in an own new paragraph stays there when others put one before it', async () => {
    const desk = await Desk.open(start(sentence, 'Another one.'));
    const tom = await sitDown(desk, 'tom', 'editor');
    const ines = await sitDown(desk, 'ines', 'reviewer');
    tom.session.setMode('edit');
    const { to } = select(tom.session, 'to them.');
    tom.wire.down();
    const { tr } = tom.session.state;
    tom.session.dispatch(tr.split(to).setSelection(TextSelection.create(tr.doc, to + 2)));
    type(tom.session, 'Mine');
    ines.session.dispatch(ines.session.state.tr.split(to));
    await pass(500);
    tom.wire.up();
    await pass(3000);
    type(tom.session, ' too');
    await pass(500);
    const { doc, selection } = tom.session.state;
    expect(selection.$head.parent.textContent).toBe('Mine too');
    expect(doc.eq((await desk.room()).review.doc)).toBe(true);
    tom.session.close();
    ines.session.close();
  });
});
