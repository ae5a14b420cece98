/** The one decoration set: what is drawn, and that a change touches only what differs. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Decoration } from 'prosemirror-view';
import { decorations, decorationsKey } from '#web/editor/decorations.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { select, sitDown, type } from '#tests/web/session/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

async function drawing(
  before: (desk: Desk) => Promise<void> = async () => undefined,
): Promise<ArticleSession> {
  const desk = await Desk.open(start('It gives safe heaven to them.', 'Another paragraph.'));
  await before(desk);
  const { session } = await sitDown(desk, 'tom', 'editor');
  session.configure([
    decorations(() => ({
      review: session.review,
      facts: session.display.facts,
      focused: session.display.focused,
      carets: session.carets,
    })),
  ]);
  return session;
}

const drawn = (session: ArticleSession): Decoration[] =>
  decorationsKey.getState(session.state)?.find() ?? [];
const words = (session: ArticleSession): string[] =>
  drawn(session).map(({ from, to, spec }) => {
    const { look } = spec as { look: string };
    return `${look}: ${session.state.doc.textBetween(from, to)}`;
  });

describe('decorations', () => {
  it('[UI22] marks comments and facts where their words are, and the one in focus', async () => {
    const session = await drawing();
    const note = session.comment(select(session, 'safe heaven'), 'Haven?', 'all');
    expect(words(session)).toEqual(['mark-comment in-focus: safe heaven']);
    const fact = { type: 'number' as const, check: '', audience: 'all' as const };
    session.markFact(select(session, 'them'), fact);
    expect(words(session)).toEqual([
      'mark-comment: safe heaven',
      'mark-fact fact-open in-focus: them',
    ]);
    session.resolve(note);
    expect(words(session)).toEqual(['mark-fact fact-open in-focus: them']);
    session.close();
  });

  it('[UI22] a key stroke moves what is behind it and makes nothing anew before it', async () => {
    const session = await drawing();
    session.setMode('edit');
    session.comment(select(session, 'safe'), 'One', 'all');
    session.comment(select(session, 'Another'), 'Two', 'all');
    session.focus(null);
    const [first, second] = drawn(session);
    select(session, 'to them');
    type(session, 'for all of them');
    expect(words(session)).toEqual(['mark-comment: safe', 'mark-comment: Another']);
    const [firstNow, secondNow] = drawn(session);
    expect(firstNow?.spec).toBe(first?.spec);
    expect(secondNow?.spec).toBe(second?.spec);
    expect(secondNow?.from).toBe((second?.from ?? 0) + 'for all of '.length - 'to '.length);
    session.close();
  });

  it('[UI22] words that are deleted and undone get their mark back', async () => {
    const session = await drawing();
    session.setMode('edit');
    session.comment(select(session, 'heaven'), 'Haven?', 'all');
    select(session, 'gives safe heaven to');
    session.dispatch(session.state.tr.deleteSelection());
    expect(words(session)).toEqual([]);
    session.undo();
    expect(words(session)).toEqual(['mark-comment in-focus: heaven']);
    session.close();
  });

  it('[CD11] words of alternatives stand apart, those of one suggestion do not', async () => {
    const session = await drawing(async (desk) => {
      const { session: ines } = await sitDown(desk, 'ines', 'reviewer');
      ines.suggest(select(ines, 'heaven'), 'haven', '');
      await vi.advanceTimersByTimeAsync(600);
      ines.close();
    });
    const air = (): string[] => words(session).filter((each) => each.startsWith('air'));
    expect(air()).toEqual(['air-after: heaven']);
    session.suggest(select(session, 'heaven'), 'refuge', '');
    session.focus(null);
    expect(air().toSorted()).toEqual(['air-after: heaven', 'air-after: refuge']);
    session.close();
  });
});
