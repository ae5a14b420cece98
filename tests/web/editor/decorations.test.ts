/** The one decoration set: what is drawn, and that a change touches only what differs. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Decoration } from 'prosemirror-view';
import { decorations } from '#web/editor/decorations.ts';
import { marksKey } from '#web/editor/marks.ts';
import { shadesKey } from '#web/editor/shades.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { seeded, type Rng } from '#tests/sync/random.ts';
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
    ...decorations(() => ({
      review: session.review,
      facts: session.display.facts,
      focused: session.display.focused,
      carets: session.carets,
    })),
  ]);
  return session;
}

const drawn = ({ state }: ArticleSession): Decoration[] => [
  ...(marksKey.getState(state)?.set.find() ?? []),
  ...(shadesKey.getState(state)?.set.find() ?? []),
];
const words = (session: ArticleSession): string[] =>
  drawn(session).map(({ from, to, spec }) => {
    const { look } = spec as { look: string };
    return `${look}: ${session.state.doc.textBetween(from, to)}`;
  });

/** What the marks of an article have to be, by the review alone. */
function due(session: ArticleSession): string[] {
  const { anchors, comments, occurrences } = session.review;
  return [...anchors.byId.values()]
    .filter(({ id, from, to, state }) => {
      const status = (comments.get(id) ?? occurrences.get(id))?.status;
      const shown = status === 'open' || (status === 'resolved' && id === session.display.focused);
      return shown && state === 'attached' && to > from;
    })
    .map(({ id, from, to }) => `${id} ${from}-${to}`)
    .toSorted();
}

const standing = ({ state }: ArticleSession): string[] =>
  (marksKey.getState(state)?.set.find() ?? [])
    .map(({ from, to, spec }) => `${(spec as { id: string }).id} ${from}-${to}`)
    .toSorted();

/** Something a person does at some place. */
function act(session: ArticleSession, dice: Rng): void {
  const { state, review } = session;
  const size = state.doc.content.size;
  const from = 1 + dice.int(size - 2);
  const to = Math.min(size - 1, from + dice.int(12));
  const inText = state.doc.resolve(from).parent.isTextblock;
  session.setMode(dice.pick(['edit', 'suggest']));
  const open = [...review.comments.values()].filter(({ status }) => status !== 'deleted');
  const some = open.length > 0 ? dice.pick(open).id : null;
  const { tr } = session.state;
  switch (dice.int(9)) {
    case 0:
    case 1:
      if (to > from) session.comment({ from, to }, 'Hm.', 'all');
      break;
    case 2:
      session.undo();
      break;
    case 3:
      session.focus(dice.chance(0.3) ? null : some);
      break;
    case 4:
      if (some !== null && dice.chance(0.5)) session.resolve(some);
      else if (some !== null) session.remove(some);
      break;
    case 5:
      session.redo();
      break;
    case 6:
      if (!inText) break;
      session.dispatch(tr.delete(from, to));
      // What comes back takes the ends of marks with it, which no mark does by itself.
      if (dice.chance(0.7)) session.undo();
      break;
    default:
      if (inText) session.dispatch(tr.insertText('word ', from));
  }
}

describe('decorations', () => {
  it('[PF4] whatever two people do, the marks are those of the review', async () => {
    let marks = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const dice = seeded(seed);
      let other: ArticleSession | null = null;
      const session = await drawing(async (desk) => {
        ({ session: other } = await sitDown(desk, 'ines', 'editor'));
      });
      for (let i = 0; i < 40; i++) {
        act(other && dice.chance(0.3) ? other : session, dice);
        expect(standing(session), `seed ${seed}, act ${i}`).toEqual(due(session));
        if (dice.chance(0.3)) await vi.advanceTimersByTimeAsync(300);
        expect(standing(session), `seed ${seed}, after act ${i}`).toEqual(due(session));
        marks += due(session).length;
      }
      session.close();
      (other as ArticleSession | null)?.close();
    }
    expect(marks).toBeGreaterThan(500);
  });

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
