/** Replacing through the session, against a real room: what is sent, one undo, and what each mode allows. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accepted, original } from '#core/suggest/project.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import { placesIn } from '#web/panels/find-places.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { select, sitDown, type } from '#tests/web/session/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const replaceAll = (session: ArticleSession, words: string, by: string): number => {
  const places = placesIn(session.state.doc, 'marked', words).map(({ parts }) => parts);
  return session.replace(places, by).length;
};
const line = (word: string): string => `${word} is a place `.repeat(5).trim();
const bodyOf = (doc: { child(i: number): { textContent: string } }): string =>
  doc.child(1).textContent;

describe('replacing through the session', () => {
  it('[FR4] the server takes every place as a suggestion of its own, and anyone can decide one', async () => {
    const desk = await Desk.open(start('One heaven, two heavens.', 'Heaven help.'));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    const { session: editor } = await sitDown(desk, 'tom', 'editor');
    expect(replaceAll(session, 'heaven', 'haven')).toBe(3);
    expect(session.getSnapshot().said).toBe('Replaced 3. Each is a suggestion of its own.');
    await pass(500);
    const { review } = await desk.room();
    expect(bodyOf(accepted(review.doc))).toBe('One haven, two havens.');
    expect(bodyOf(original(review.doc))).toBe('One heaven, two heavens.');
    const rows = [...review.suggestions.values()];
    expect(
      rows.map(({ deleted, inserted, by, status }) => [deleted, inserted, by, status]),
    ).toEqual(
      expect.arrayContaining([
        ['heaven', 'haven', 'ines', 'pending'],
        ['Heaven', 'haven', 'ines', 'pending'],
      ]),
    );
    expect(rows).toHaveLength(3);
    const [one] = rows;
    editor.accept([one?.id ?? '']);
    await pass(500);
    expect(
      [...(await desk.room()).review.suggestions.values()].map(({ status }) => status),
    ).toEqual(expect.arrayContaining(['accepted', 'pending']));
    session.close();
    editor.close();
  });

  it('[FR7] hundreds of places are one undo, in the notice and in the text, and several commits', async () => {
    const desk = await Desk.open(start(...Array.from({ length: 30 }, () => line('heaven'))));
    const { session, wire } = await sitDown(desk, 'ines', 'reviewer');
    const before = session.state.doc;
    expect(replaceAll(session, 'heaven', 'haven')).toBe(150);
    await pass(2000);
    const commits = wire.sent.map((json) => JSON.parse(json) as AskedCommit);
    expect(commits.length).toBeGreaterThan(1);
    for (const { steps, ops } of commits) {
      expect(steps.length).toBeLessThanOrEqual(20);
      expect(ops.length).toBeGreaterThan(0);
    }
    expect((await desk.room()).review.doc.eq(session.state.doc)).toBe(true);
    session.getSnapshot().notice?.undo?.();
    expect(session.state.doc.eq(before)).toBe(true);
    session.redo();
    expect(bodyOf(accepted(session.state.doc))).toBe(line('haven'));
    session.undo();
    await pass(2000);
    expect((await desk.room()).review.doc.eq(before)).toBe(true);
    expect(session.getSnapshot().connection).toEqual({ kind: 'saved', unsent: 0 });
    session.close();
  });

  it('[FR7] the notice takes nothing back that was written since', async () => {
    const desk = await Desk.open(start('One heaven, two heavens.', 'Another.'));
    const { session } = await sitDown(desk, 'ines', 'reviewer');
    replaceAll(session, 'heaven', 'haven');
    const undo = session.getSnapshot().notice?.undo;
    await pass(1000);
    select(session, 'Another');
    type(session, 'More');
    const after = session.state.doc;
    undo?.();
    expect(session.state.doc.eq(after)).toBe(true);
    expect(session.getSnapshot().notice?.text).toContain('You have changed more since then');
    session.close();
  });

  it('[FR2] two people who replace the same words at the same time, and one who deletes some, end with the same text', async () => {
    const desk = await Desk.open(start('heaven '.repeat(8).trim(), 'A heaven in between.', 'End'));
    const { session: ines, wire: hers } = await sitDown(desk, 'ines', 'reviewer');
    const { session: tom, wire: his } = await sitDown(desk, 'tom', 'editor');
    hers.down();
    his.down();
    expect(replaceAll(ines, 'heaven', 'haven')).toBe(9);
    tom.setMode('edit');
    const { from } = select(tom, 'heaven heaven heaven heaven');
    tom.dispatch(tom.state.tr.delete(from + 3, from + 20));
    tom.setMode('suggest');
    const his8 = replaceAll(tom, 'heaven', 'paradise');
    expect(his8).toBeGreaterThan(5);
    his.up();
    await pass(1000);
    hers.up();
    await pass(3000);
    const { review } = await desk.room();
    expect(ines.state.doc.eq(review.doc)).toBe(true);
    expect(tom.state.doc.eq(review.doc)).toBe(true);
    expect(bodyOf(original(review.doc)).startsWith('hea heaven')).toBe(true);
    expect(accepted(review.doc).textContent).not.toMatch(/(^| )heaven( |$)/u);
    ines.undo();
    tom.undo();
    await pass(3000);
    const after = (await desk.room()).review;
    expect([...after.suggestions.values()].every(({ status }) => status !== 'pending')).toBe(true);
    expect(original(after.doc).eq(after.doc)).toBe(true);
    ines.close();
    tom.close();
  });

  it('[FR11] leaves words that an editor has kept, and says by whom when there is nothing else', async () => {
    const desk = await Desk.open(start('One heaven, two heavens.'));
    const { session: ines } = await sitDown(desk, 'ines', 'reviewer');
    const { session: tom } = await sitDown(desk, 'tom', 'editor');
    const id = ines.suggest(select(ines, 'two heavens'), 'two', '') ?? '';
    await pass(500);
    tom.stet([id]);
    await pass(500);
    expect(replaceAll(ines, 'heaven', 'haven')).toBe(1);
    await pass(500);
    expect(bodyOf(accepted((await desk.room()).review.doc))).toBe('One haven, two heavens.');
    expect(ines.getSnapshot().connection).toEqual({ kind: 'saved', unsent: 0 });
    expect(replaceAll(ines, 'heaven', 'haven')).toBe(0);
    expect(ines.getSnapshot().notice?.text).toContain('“two heavens” stays as it is');
    tom.setMode('edit');
    expect(replaceAll(tom, 'heavens', 'havens')).toBe(1);
    ines.close();
    tom.close();
  });

  it('[FR3] in Edit mode the words are changed at once, in Read mode not at all', async () => {
    const desk = await Desk.open(start('One heaven, two heavens.'));
    const { session } = await sitDown(desk, 'tom', 'editor');
    session.setMode('read');
    expect(replaceAll(session, 'heaven', 'haven')).toBe(0);
    expect(bodyOf(session.state.doc)).toBe('One heaven, two heavens.');
    session.setMode('edit');
    expect(replaceAll(session, 'heaven', 'haven')).toBe(2);
    expect(session.getSnapshot().said).toBe('Replaced 2.');
    await pass(500);
    const { review } = await desk.room();
    expect(bodyOf(review.doc)).toBe('One haven, two havens.');
    expect(review.suggestions.size).toBe(0);
    session.undo();
    expect(bodyOf(session.state.doc)).toBe('One heaven, two heavens.');
    session.close();
  });

  it("[FR4] words under somebody's pending change are suggested about all the same", async () => {
    const desk = await Desk.open(start('One heaven here.'));
    const { session: ines } = await sitDown(desk, 'ines', 'reviewer');
    const { session: tom } = await sitDown(desk, 'tom', 'editor');
    ines.suggest(select(ines, 'here'), 'in heaven', '');
    await pass(500);
    expect(replaceAll(tom, 'heaven', 'haven')).toBe(2);
    await pass(500);
    const { review } = await desk.room();
    expect(bodyOf(accepted(review.doc))).toBe('One haven in haven.');
    expect(bodyOf(original(review.doc))).toBe('One heaven here.');
    expect(tom.state.doc.eq(review.doc)).toBe(true);
    expect(replaceAll(tom, 'heaven', 'haven')).toBe(0);
    ines.close();
    tom.close();
  });
});
