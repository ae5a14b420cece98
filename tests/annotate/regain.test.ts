/** Anchors that lost their words and find them at another place: cut and paste, the only words like theirs, and the way home. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import {
  applyChange,
  newReview,
  reviewFromJson,
  reviewToJson,
  type Review,
} from '#core/sync/review.ts';
import type { Intent } from '#core/sync/commit.ts';
import { randomEdit } from '#tests/sync/random-history.ts';
import { seeded, type Rng } from '#tests/sync/random.ts';
import { start } from '#tests/sync/simulation.ts';

const at = '2026-01-01T00:00:00.000Z';
const first = 'The safe heaven of the network lies in the north of the town.';
const second = 'A second paragraph, to put words into.';

function change(review: Review, steps: readonly Step[], by = 'a', intent: Intent = 'edit'): Review {
  const next = applyChange(review, {
    rev: review.rev + 1,
    userId: by,
    at,
    intent,
    steps,
    ops: [],
  });
  // What is kept is enough to go on from.
  return reviewFromJson(JSON.parse(JSON.stringify(reviewToJson(next))));
}

const place = (doc: Node, words: string): number => {
  let found = -1;
  doc.descendants((node, pos) => {
    const index = node.text?.indexOf(words) ?? -1;
    if (found < 0 && index >= 0) found = pos + index;
  });
  return found;
};

function opened(words: string, ...more: string[]): Review {
  const doc = start(first, second, ...more);
  const review = newReview({ id: 'a1', language: 'en', stage: 'desk' }, [], doc);
  const from = place(doc, words);
  const op = {
    op: 'comment.open' as const,
    id: 'c',
    from,
    to: from + words.length,
    quote: { exact: '', prefix: '', suffix: '' },
    text: 'note',
    audience: 'all' as const,
  };
  return applyChange(review, { rev: 1, userId: 'a', at, intent: 'annotate', steps: [], ops: [op] });
}

interface Done {
  review: Review;
  back: Step[];
}

function run(review: Review, make: (tr: Transform) => unknown, by = 'a'): Done {
  const tr = new Transform(review.doc);
  make(tr);
  const back = tr.steps.map((step, i) => step.invert(tr.docs[i] ?? review.doc)).toReversed();
  return { review: change(review, tr.steps, by), back };
}

const cut = (words: string) => (tr: Transform) => {
  const from = place(tr.doc, words);
  return tr.delete(from, from + words.length);
};
const paste = (words: string, before: string) => (tr: Transform) =>
  tr.insert(place(tr.doc, before), schema.text(words));

const anchor = (review: Review): Anchor => review.anchors.byId.get('c') as Anchor;
const held = (review: Review): string | null =>
  anchor(review).state === 'attached'
    ? review.doc.textBetween(anchor(review).from, anchor(review).to, '|')
    : null;

describe('cut and paste', () => {
  it('[AN8] takes a short anchor along, in one commit and in two', () => {
    const review = opened('heaven');
    const gone = run(review, cut('safe heaven of ')).review;
    expect(held(gone)).toBe(null);
    const there = run(gone, paste('safe heaven of ', 'to put')).review;
    expect(held(there)).toBe('heaven');
    expect(anchor(there)).toMatchObject({
      regained: 'moved',
      prefix: expect.stringContaining('safe '),
    });
    const once = run(review, (tr) =>
      paste('safe heaven of ', 'to put')(cut('safe heaven of ')(tr)),
    );
    expect(held(once.review)).toBe('heaven');
  });

  it('[AN8] takes along what lay in whole paragraphs', () => {
    const review = opened('north of the town', 'A third one.');
    const { doc } = review;
    const from = place(doc, 'The safe') - 1;
    const slice = doc.slice(from, from + first.length + 2);
    const gone = run(review, (tr) => tr.delete(from, from + first.length + 2)).review;
    const there = run(gone, (tr) =>
      tr.replace(tr.doc.content.size, tr.doc.content.size, slice),
    ).review;
    expect(held(there)).toBe('north of the town');
  });

  it('[AN8] is not seen in what another hand puts in, nor in two copies, nor in two letters', () => {
    const gone = run(opened('heaven'), cut('heaven')).review;
    expect(held(run(gone, paste('heaven', 'to put'), 'b').review)).toBe(null);
    expect(held(run(gone, paste('heaven and heaven', 'to put')).review)).toBe(null);
    const tiny = run(opened('of'), cut('of')).review;
    expect(held(run(tiny, paste('of', 'to put')).review)).toBe(null);
  });

  it('[AN8] leaves an anchor alone that still has its words: a copy makes no clone', () => {
    const review = opened('heaven');
    const copied = run(review, paste('safe heaven of ', 'to put')).review;
    expect(anchor(copied).from).toBe(anchor(review).from);
    expect(copied.anchors.byId.size).toBe(1);
  });

  it('[AN10] undone step by step, it brings the anchor home exactly, and redone away again', () => {
    const review = opened('heaven');
    const one = run(review, cut('safe heaven of '));
    const two = run(one.review, paste('safe heaven of ', 'to put'));
    const without = change(two.review, two.back, 'a', 'undo');
    expect(anchor(without)).toEqual(anchor(one.review));
    const home = change(without, one.back, 'a', 'undo');
    expect(anchor(home)).toEqual(anchor(review));
    const again = run(run(home, cut('safe heaven of ')).review, paste('safe heaven of ', 'to put'));
    expect(held(again.review)).toBe('heaven');
  });

  it('[AN10] words that are put back at home while it stands elsewhere do not pull it back', () => {
    const gone = run(opened('heaven'), cut('safe heaven of ')).review;
    const there = run(gone, paste('safe heaven of ', 'to put')).review;
    const both = run(there, paste('safe heaven of ', 'the network')).review;
    expect(anchor(both).from).toBe(place(both.doc, 'to put') - 'heaven of '.length);
    const left = run(both, (tr) => {
      const from = place(tr.doc, 'A second');
      return tr.delete(from, from + second.length + 'safe heaven of '.length);
    }).review;
    expect(held(left)).toBe(null);
  });
});

describe('the only words like it', () => {
  it('[AN9] are taken when they are long enough and stand once', () => {
    const quote = 'north of the town';
    const two = opened(quote, `Elsewhere: ${quote}, said she.`);
    const gone = run(two, cut(quote), 'b').review;
    expect(held(gone)).toBe(quote);
    expect(anchor(gone).regained).toBe('found');
    const three = opened(quote, `Elsewhere: ${quote}, said she.`, `Again ${quote}.`);
    expect(held(run(three, cut(quote), 'b').review)).toBe(null);
  });

  it('[AN9] are taken when somebody puts them in later, and never when short', () => {
    const quote = 'north of the town';
    const gone = run(opened(quote), cut(quote)).review;
    expect(held(run(gone, paste(quote, 'to put'), 'b').review)).toBe(quote);
    const short = run(opened('heaven', 'It was heaven.'), cut('heaven'), 'b').review;
    expect(held(short)).toBe(null);
  });

  it('[AN10] give it back when the removal is undone', () => {
    const quote = 'north of the town';
    const review = opened(quote, `Elsewhere: ${quote}, said she.`);
    const done = run(review, cut(quote), 'b');
    expect(anchor(change(done.review, done.back, 'b', 'undo'))).toEqual(anchor(review));
  });
});

/** Cuts a stretch and puts it in elsewhere, or copies it. */
function randomMove(random: Rng, tr: Transform): void {
  const size = tr.doc.content.size;
  const from = 11 + random.int(size - 30);
  const to = Math.min(size - 1, from + 4 + random.int(25));
  const slice = tr.doc.slice(from, to);
  if (random.chance(0.7)) tr.delete(from, to);
  const at = 11 + random.int(Math.max(1, tr.doc.content.size - 12));
  // Put in where it was cut, the same words stand at the same place twice in the log: nobody can tell them apart.
  if (at === from) return;
  try {
    tr.replace(at, at, slice);
  } catch {
    // That slice does not fit there.
  }
}

const places = (review: Review) =>
  [...review.anchors.byId.values()].map(({ id, from, to, state, exact, regained }) => ({
    id,
    from,
    to,
    state,
    exact,
    regained,
  }));

/** One history of edits and moves, then all of it undone; `spoil` is a planted fault between two commits. */
function history(
  seed: number,
  spoil: (review: Review) => Review = (review) => review,
): { before: Review; after: Review; regained: number } {
  const random = seeded(seed);
  const doc = start(first, second, 'and a third with more words');
  const ops = Array.from({ length: 4 }, (_, i) => {
    const from = 11 + random.int(doc.content.size - 30);
    const to = Math.min(doc.content.size - 1, from + 3 + random.int(20));
    return {
      op: 'comment.open' as const,
      id: `c${i}`,
      from,
      to,
      quote: { exact: '', prefix: '', suffix: '' },
      text: 'note',
      audience: 'all' as const,
    };
  });
  const blank = newReview({ id: 'a1', language: 'en', stage: 'desk' }, [], doc);
  const opening = { rev: 1, userId: 'a', at, intent: 'annotate' as const, steps: [], ops };
  const before = applyChange(blank, opening);
  let now = before;
  let regained = 0;
  const all: Done[] = [];
  for (let i = 0; i < 1 + random.int(4); i++) {
    const done = run(now, (tr) =>
      random.chance(0.6) ? randomMove(random, tr) : randomEdit(random, tr, 'X'),
    );
    all.push(done);
    now = spoil(done.review);
    regained += [...now.anchors.byId.values()].filter((one) => one.regained).length;
  }
  for (const { back } of all.toReversed()) now = spoil(change(now, back, 'a', 'undo'));
  return { before, after: now, regained };
}

it('[AN10] any history of edits and moves, undone, leaves every anchor exactly where it was', () => {
  const runs = Number(process.env['FUZZ_RUNS'] ?? 1500);
  let regained = 0;
  for (let seed = 1; seed <= runs; seed++) {
    const done = history(seed);
    regained += done.regained;
    expect(places(done.after), `seed ${seed}`).toEqual(places(done.before));
  }
  expect(regained).toBeGreaterThan(runs / 5);
});

it('[AN10] planted: a review that forgets removed text, or the way home, is noticed', () => {
  const forgets = (review: Review): Review => ({
    ...review,
    anchors: { ...review.anchors, graves: [] },
  });
  const homeless = (review: Review): Review => ({
    ...review,
    anchors: { ...review.anchors, graves: review.anchors.graves.filter(({ home }) => !home) },
  });
  for (const fault of [forgets, homeless]) {
    const wrong = Array.from({ length: 60 }, (_, i) => history(i + 1, fault)).filter(
      ({ before, after }) => JSON.stringify(places(before)) !== JSON.stringify(places(after)),
    );
    expect(wrong.length).toBeGreaterThan(3);
  }
});
