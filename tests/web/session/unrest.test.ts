/** Three people at one article over a line that drops, delays and forgets: seeded, short, and every tab ends with the same text. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextSelection } from 'prosemirror-state';
import type { ArticleSession } from '#web/session/article-session.ts';
import { original } from '#core/suggest/project.ts';
import { Desk, start } from '#tests/sync/simulation.ts';
import { seeded, type Rng } from '#tests/sync/random.ts';
import { Drawer, sitDown, type Wire } from '#tests/web/session/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const runs = Math.min(1500, Number(process.env['FUZZ_RUNS'] ?? 25));
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

interface Seat {
  session: ArticleSession;
  wire: Wire;
}

function place(session: ArticleSession, dice: Rng): void {
  const { doc, tr } = session.state;
  const at = (): number => dice.int(doc.content.size);
  const [anchor, head] = [at(), at()];
  const near = Math.min(doc.content.size, anchor + dice.int(12));
  const $anchor = doc.resolve(anchor);
  const $head = doc.resolve(dice.int(10) === 0 ? head : dice.int(2) === 0 ? near : anchor);
  session.dispatch(tr.setSelection(TextSelection.between($anchor, $head)));
}

/** One act of one person; gives its name, so that a test can say what really happened. */
function act({ session, wire }: Seat, dice: Rng): string {
  const { state } = session;
  switch (dice.int(14)) {
    case 0:
    case 1:
    case 2:
      place(session, dice);
      return 'move';
    case 3:
    case 4:
    case 5:
    case 6:
      session.dispatch(state.tr.insertText('abcdefgh'[dice.int(8)] ?? 'x'));
      return 'type';
    case 7:
      if (state.selection.empty && state.selection.head > 1) {
        const { head } = state.selection;
        if (state.doc.resolve(head).parentOffset === 0) return 'nothing';
        session.dispatch(state.tr.delete(head - 1, head));
      } else session.dispatch(state.tr.deleteSelection());
      return 'delete';
    case 8: {
      const tr = state.tr.deleteSelection();
      if (tr.selection.$head.parent.type.name !== 'block') return 'nothing';
      session.dispatch(tr.split(tr.selection.head));
      return 'split';
    }
    case 9:
      session.undo();
      return 'undo';
    case 10:
      session.redo();
      return 'redo';
    case 11: {
      const { from, to, empty } = state.selection;
      if (!empty) session.comment({ from, to }, 'A note.', 'all');
      return empty ? 'nothing' : 'comment';
    }
    case 12: {
      const pending = [...session.review.suggestions.values()].filter(
        (row) => row.status === 'pending',
      );
      const row = pending[dice.int(Math.max(1, pending.length))];
      if (!row) return 'nothing';
      if (dice.int(2) === 0) session.accept([row.id]);
      else session.stet([row.id]);
      return 'decide';
    }
    default:
      if (dice.int(3) > 0) wire.deaf = 1;
      else if (wire.connected) wire.down();
      else wire.up();
      return 'line';
  }
}

async function unrest(seed: number, acts: number): Promise<Set<string>> {
  const dice = seeded(seed);
  const texts = ['It gives safe heaven to them.', 'A second paragraph.', 'And a third one.'];
  const desk = await Desk.open(start(...texts));
  const drawer = new Drawer();
  const people = [
    ['ines', 'reviewer'],
    ['sana', 'fact-checker'],
    ['tom', 'editor'],
  ] as const;
  const seats: Seat[] = [];
  for (const [id, role] of people) seats.push(await sitDown(desk, id, role, drawer.tab));
  if (seed % 2 === 0) seats[2]?.session.setMode('edit');
  const done = new Set<string>();
  for (let i = 0; i < acts; i++) {
    const who = dice.int(seats.length);
    if (dice.int(30) === 0) {
      const [id, role] = people[who] ?? people[0];
      seats[who]?.session.close();
      await pass(1);
      seats[who] = await sitDown(desk, id, role, drawer.tab);
      done.add('reopen');
    }
    const seat = seats[who];
    if (!seat) continue;
    done.add(act(seat, dice));
    if (!seat.session.state.doc.eq(seat.session.review.doc))
      throw new Error(`Seed ${seed}, act ${i}: the editor and the review have parted.`);
    if (dice.int(3) === 0) await pass(dice.int(120));
  }
  for (const { wire } of seats) {
    wire.deaf = 0;
    if (!wire.connected) wire.up();
  }
  await pass(20_000);
  const { review } = await desk.room();
  review.doc.check();
  expect(desk.failures).toEqual([]);
  for (const { session } of seats) {
    const { connection, review: shown } = session.getSnapshot();
    expect(connection, `seed ${seed}`).toEqual({ kind: 'saved', unsent: 0 });
    expect(JSON.stringify(session.state.doc), `seed ${seed}`).toBe(JSON.stringify(review.doc));
    expect(shown.suggestions, `seed ${seed}`).toEqual(review.suggestions);
    expect(shown.comments, `seed ${seed}`).toEqual(review.comments);
    session.close();
  }
  original(review.doc).check();
  return done;
}

describe('unrest', () => {
  it(
    '[UI23] whatever three people do on a bad line, every tab ends with the article of the server',
    async () => {
      const done = new Set<string>();
      for (let seed = firstSeed; seed < firstSeed + runs; seed++)
        for (const what of await unrest(seed, 80)) done.add(what);
      for (const what of [
        'type',
        'delete',
        'split',
        'undo',
        'redo',
        'comment',
        'decide',
        'line',
        'reopen',
      ])
        expect(done.has(what), what).toBe(true);
    },
    120_000 + runs * 3000,
  );
});
