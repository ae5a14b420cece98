/** Notes, decisions and focus through a session, against a real room. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { original } from '#core/suggest/project.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { select, sitDown, type } from '#tests/web/session/wire.ts';

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

describe('notes and decisions', () => {
  it('[UI12] a comment is there at once and the same for everybody once it is saved', async () => {
    const desk = await Desk.open(start(sentence));
    const ines = await sitDown(desk, 'ines', 'reviewer');
    const tom = await sitDown(desk, 'tom', 'editor');
    const id = ines.session.comment(select(ines.session, 'safe heaven'), 'Haven?', 'all');
    expect(ines.session.getSnapshot().review.comments.get(id)?.text).toBe('Haven?');
    expect(ines.session.getSnapshot().focused).toBe(id);
    await pass(200);
    tom.session.reply(id, 'Yes.');
    await pass(200);
    expect(ines.session.review.comments.get(id)?.replies).toMatchObject([
      { by: 'tom', text: 'Yes.' },
    ]);
    expect(ines.session.review.anchors.byId.get(id)?.exact).toBe('safe heaven');
    for (const { session } of [ines, tom]) session.close();
  });

  it('[UI12] what a person may not do is refused here already, in the server’s words', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'ines', 'reviewer');
    const id = session.suggest(select(session, 'heaven'), 'haven', 'Wrong word');
    await pass(200);
    session.setMode('edit');
    expect(session.getSnapshot().mode).toBe('suggest');
    const sent = wire.sent.length;
    session.accept([id ?? '']);
    await pass(200);
    expect(wire.sent.length).toBe(sent);
    expect(session.getSnapshot().notice?.text).toBe('You do not have the right to do this.');
    session.close();
  });

  it('[UI13] an accepted suggestion changes the text when the server has decided; the notice takes it back', async () => {
    const desk = await Desk.open(start(sentence));
    const ines = await sitDown(desk, 'ines', 'reviewer');
    const id = ines.session.suggest(select(ines.session, 'heaven'), 'haven', 'Wrong word') ?? '';
    await pass(200);
    const tom = await sitDown(desk, 'tom', 'editor');
    expect(tom.session.review.suggestions.get(id)?.reason).toBe('Wrong word');
    const note = tom.session.comment(select(tom.session, 'them'), 'Who?', 'all');
    await pass(200);
    tom.session.focus(id);
    tom.session.accept([id]);
    expect(tom.session.getSnapshot().deciding).toEqual(new Set([id]));
    expect(tom.session.review.suggestions.get(id)?.status).toBe('pending');
    await pass(200);
    expect(bodyOf(ines.session.state.doc)).toBe('It gives safe haven to them.');
    const { notice, focused, said, deciding } = tom.session.getSnapshot();
    expect(notice?.text).toBe('Accepted. “haven” is in the text.');
    expect(said).toContain('Comment by');
    expect(focused).toBe(note);
    expect(deciding.size).toBe(0);
    notice?.undo?.();
    await pass(200);
    expect(tom.session.review.suggestions.get(id)?.status).toBe('pending');
    expect(bodyOf(original(ines.session.state.doc))).toBe(sentence);
    for (const { session } of [ines, tom]) session.close();
  });

  it('[UI13] a decision by key needs a card that has been in focus for 300 ms', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'tom', 'editor');
    const id = session.suggest(select(session, 'heaven'), 'haven', '') ?? '';
    await pass(200);
    session.focus(null);
    session.focus(id);
    expect(session.decideFocused('accept')).toBe(false);
    await pass(300);
    expect(session.decideFocused('accept')).toBe(true);
    await pass(200);
    expect(session.review.suggestions.get(id)?.status).toBe('accepted');
    session.close();
  });

  it('[UI14] next and previous go round the open annotations in the order of the text', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'tom', 'editor');
    const last = session.comment(select(session, 'them'), 'Who?', 'all');
    const first = session.comment(select(session, 'gives'), 'Grants?', 'all');
    const middle = session.suggest(select(session, 'heaven'), 'haven', '');
    const done = session.comment(select(session, 'safe'), 'Fine.', 'all');
    session.resolve(done);
    session.focus(first);
    const seen: (string | null)[] = [];
    for (let i = 0; i < 3; i++) {
      session.next();
      seen.push(session.getSnapshot().focused);
    }
    expect(seen).toEqual([middle, last, first]);
    session.previous();
    expect(session.getSnapshot().focused).toBe(last);
    expect(session.getSnapshot().said).toMatch(/3 of 3\.$/);
    session.close();
  });

  it('[UI15] others’ carets stand in the shown text, whatever is typed before them', async () => {
    const desk = await Desk.open(start(sentence));
    const { session, wire } = await sitDown(desk, 'tom', 'editor');
    session.setMode('edit');
    const { to } = select(session, 'heaven');
    const person = { id: 'una', name: 'Una', role: 'editor' as const, color: 1 };
    const peer = { clientId: 'una-1', person, at: 0, anchor: to, head: to, mode: 'edit' as const };
    wire.presenceOf([peer]);
    select(session, 'It');
    type(session, 'This');
    expect(session.carets).toMatchObject([{ head: to + 2 }]);
    wire.presenceOf([{ ...peer, anchor: to - 1, head: to - 1 }]);
    expect(session.carets).toMatchObject([{ head: to + 1 }]);
    await pass(500);
    wire.presenceOf([{ ...peer, anchor: to, head: to }]);
    expect(session.carets).toMatchObject([{ head: to + 2 }]);
    wire.presenceOf([]);
    expect(session.carets).toEqual([]);
    session.close();
  });

  it('[UI16] the snapshot is one object until something changes, and listeners hear several changes once', async () => {
    const desk = await Desk.open(start(sentence));
    const { session } = await sitDown(desk, 'tom', 'editor');
    let calls = 0;
    session.subscribe(() => calls++);
    const before = session.getSnapshot();
    expect(session.getSnapshot()).toBe(before);
    session.focus('x');
    session.focus('y');
    await pass(0);
    expect(calls).toBe(1);
    expect(session.getSnapshot()).not.toBe(before);
    expect(session.getSnapshot().selection).toBe(before.selection);
    session.close();
  });
});
