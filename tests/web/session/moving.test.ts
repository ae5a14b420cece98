/** Words cut and put in elsewhere in Suggest mode: one suggestion, decided as one, and their notes go along. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { select, sitDown } from '#tests/web/session/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(500);

function cut(session: ArticleSession, words: string): void {
  select(session, words);
  session.dispatch(session.state.tr.deleteSelection().setMeta('uiEvent', 'cut'));
}

function paste(session: ArticleSession, words: string, before: string): void {
  const { from } = select(session, before);
  session.dispatch(session.state.tr.insert(from, schema.text(words)).setMeta('uiEvent', 'paste'));
}

async function desk() {
  const opened = await Desk.open(
    start('The safe heaven of the network.', 'A second paragraph, to put words into.'),
  );
  const { session: bob } = await sitDown(opened, 'bob', 'reviewer');
  const { session: ed } = await sitDown(opened, 'ed', 'editor');
  bob.setMode('suggest');
  return { bob, ed };
}

describe('a move', () => {
  it('[TR34] is one suggestion: the words struck in one place and put in at another', async () => {
    const { bob, ed } = await desk();
    cut(bob, 'safe heaven of ');
    paste(bob, 'safe heaven of ', 'to put');
    await settle();
    const [one, another] = listSuggestions(ed.state.doc);
    expect(one).toMatchObject({ kind: 'move', deleted: 'safe heaven of ' });
    expect(another).toBeUndefined();
    paste(bob, 'safe heaven of ', 'words');
    await settle();
    expect(listSuggestions(ed.state.doc).map(({ kind }) => kind)).toEqual(['move', 'insert']);
  });

  it('[TR34] is decided as one, and the notes on its words go along or stay', async () => {
    for (const verdict of ['accept', 'reject'] as const) {
      const { bob, ed } = await desk();
      const { from, to } = select(ed, 'heaven');
      ed.comment({ from, to }, 'Haven?', 'all');
      await settle();
      cut(bob, 'safe heaven of ');
      paste(bob, 'safe heaven of ', 'to put');
      await settle();
      const [move] = listSuggestions(ed.state.doc);
      if (verdict === 'accept') ed.accept([move?.id ?? '']);
      else ed.stet([move?.id ?? '']);
      await settle();
      const text = ed.state.doc.textContent;
      const moved = 'A second paragraph, safe heaven of to put words into.';
      expect(text.includes(moved)).toBe(verdict === 'accept');
      expect(text.includes('The safe heaven')).toBe(verdict === 'reject');
      const [anchor] = ed.review.anchors.byId.values();
      expect(anchor && ed.state.doc.textBetween(anchor.from, anchor.to)).toBe('heaven');
      expect(anchor?.regained).toBe(verdict === 'accept' ? 'moved' : undefined);
    }
  });

  it('[TR34] other words, other hands and an old cut make no move', async () => {
    const { bob, ed } = await desk();
    cut(bob, 'safe ');
    paste(bob, 'other ', 'to put');
    await settle();
    vi.setSystemTime(Date.now() + 11 * 60_000);
    paste(bob, 'safe ', 'words');
    ed.setMode('suggest');
    paste(ed, 'safe ', 'network');
    await settle();
    expect(
      listSuggestions(ed.state.doc)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['delete', 'insert', 'insert', 'insert']);
  });
});
