/** The books of an article: every note that came in is somewhere. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextSelection } from 'prosemirror-state';
import { accountsOf, deletionsOf, missingFrom } from '#web/panels/accounts.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { seeded } from '#tests/sync/random.ts';
import { sitDown } from '#tests/web/session/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the books', () => {
  it('[OL17] add up whatever happened, and name what was deleted', async () => {
    const desk = await Desk.open(start('It gives safe heaven to them.', 'Another paragraph.'));
    const { session } = await sitDown(desk, 'tom', 'editor');
    const dice = seeded(7);
    const any = <T>(all: Iterable<T>): T | undefined => {
      const list = [...all];
      return list[dice.int(Math.max(1, list.length))];
    };
    for (let i = 0; i < 250; i++) {
      const { doc, tr } = session.state;
      const from = 1 + dice.int(doc.content.size - 2);
      const $from = doc.resolve(from);
      const to = Math.min($from.end(), from + 1 + dice.int(5));
      const comment = any(session.review.comments.values());
      const fact = any(session.review.occurrences.values());
      const row = any(session.review.suggestions.values());
      const what = dice.int(9);
      if (what === 0 && to > from) session.comment({ from, to }, `note ${i}`, 'all');
      else if (what === 1 && to > from)
        session.markFact({ from, to }, { type: 'name', check: '', audience: 'all' });
      else if (what === 2 && comment?.status === 'open') session.resolve(comment.id);
      else if (what === 3 && comment?.status === 'open') session.remove(comment.id);
      else if (what === 4 && fact?.status === 'open') session.remove(fact.id);
      else if (what === 5 && comment?.status === 'deleted') session.restore(comment.id);
      else if (what === 6 && row?.status === 'pending') session.accept([row.id]);
      else {
        session.dispatch(tr.setSelection(TextSelection.near($from)));
        session.dispatch(session.state.tr.insertText('word '));
      }
      await vi.advanceTimersByTimeAsync(dice.int(40_000));
    }
    const { review } = session;
    const { comment, fact, suggestion } = accountsOf(review);
    expect([comment.in, fact.in, suggestion.in]).toEqual([
      review.comments.size,
      review.occurrences.size,
      review.suggestions.size,
    ]);
    for (const account of [comment, fact, suggestion]) {
      expect(account.in).toBeGreaterThan(5);
      expect(missingFrom(account)).toBe(0);
    }
    expect(comment.deleted + fact.deleted).toBeGreaterThan(2);
    expect(deletionsOf(review)).toHaveLength(comment.deleted + fact.deleted);
    for (const { by } of deletionsOf(review)) expect(by).toBe('tom');
    // A note that slipped out of the books is found.
    expect(missingFrom({ ...comment, open: comment.open - 1 })).toBe(1);
    session.close();
  });
});
