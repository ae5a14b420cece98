/** Anchors: mapped with the text, detached when it goes, back when it returns. */
import { describe, expect, it } from 'vitest';
import { Transform, type Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import { applyChange, newReview, type Review } from '#core/sync/review.ts';
import type { Intent } from '#core/sync/commit.ts';
import { randomEdit } from '#tests/sync/random-history.ts';
import { seeded } from '#tests/sync/random.ts';
import { start } from '#tests/sync/simulation.ts';

const at = '2026-01-01T00:00:00.000Z';

function change(review: Review, steps: readonly Step[], intent: Intent = 'edit'): Review {
  return applyChange(review, { rev: review.rev + 1, userId: 'a', at, intent, steps, ops: [] });
}

function opened(paragraphs: string[], ...spans: [number, number][]): Review {
  const info = { id: 'a1', language: 'en', stage: 'desk' as const };
  const review = newReview(info, [], start(...paragraphs));
  const ops = spans.map(([from, to], i) => ({
    op: 'comment.open' as const,
    id: `c${i}`,
    from,
    to,
    quote: { exact: '', prefix: '', suffix: '' },
    text: 'note',
    audience: 'all' as const,
  }));
  return applyChange(review, { rev: 1, userId: 'a', at, intent: 'annotate', steps: [], ops });
}

const steps = (review: Review, make: (tr: Transform) => void): { steps: Step[]; back: Step[] } => {
  const tr = new Transform(review.doc);
  make(tr);
  const back = tr.steps.map((step, i) => step.invert(tr.docs[i] ?? review.doc)).toReversed();
  return { steps: tr.steps, back };
};

const anchor = (review: Review, id = 'c0'): Anchor => {
  const found = review.anchors.byId.get(id);
  if (!found) throw new Error('no anchor');
  return found;
};
const words = (review: Review, id = 'c0'): string =>
  review.doc.textBetween(anchor(review, id).from, anchor(review, id).to, '|');

// "Headline" is 0..10, so the first block's text begins at 11.
const text = 'The safe heaven of the network';

describe('anchors', () => {
  it('[AN1] keep to their words when text before, inside or after changes', () => {
    let review = opened([text], [15, 26]);
    expect(words(review)).toBe('safe heaven');
    review = change(review, steps(review, (tr) => tr.insert(11, schema.text('Now '))).steps);
    review = change(review, steps(review, (tr) => tr.delete(25, 26)).steps);
    expect(words(review)).toBe('safe haven');
    expect(anchor(review).exact).toBe('safe haven');
  });

  it('[AN2] do not take in what is typed at either edge', () => {
    let review = opened([text], [15, 26]);
    review = change(review, steps(review, (tr) => tr.insert(26, schema.text('X'))).steps);
    review = change(review, steps(review, (tr) => tr.insert(15, schema.text('X'))).steps);
    expect(words(review)).toBe('safe heaven');
  });

  it('[AN3] are detached, and keep their quote and last good place, when all their words go', () => {
    let review = opened([text], [15, 26]);
    for (let i = 0; i < 11; i++)
      review = change(
        review,
        steps(review, (tr) => tr.delete(tr.doc.content.size - 17, tr.doc.content.size - 16)).steps,
      );
    const lost = anchor(review);
    expect(lost.state).toBe('detached');
    expect(lost.exact).toBe('safe heaven');
    expect(lost.prefix.endsWith('The ')).toBe(true);
    expect(lost.good.rev).toBe(11);
  });

  it('[AN4] are back on their words when the removal is undone, after foreign edits elsewhere too', () => {
    const review = opened([text], [15, 26]);
    const { steps: removal, back } = steps(review, (tr) => tr.delete(11, 41));
    let gone = change(review, removal);
    expect(anchor(gone).state).toBe('detached');
    gone = change(gone, steps(gone, (tr) => tr.insert(5, schema.text('XYZ'))).steps);
    const mapped = back.map((step) =>
      step.map(new Transform(review.doc).insert(5, schema.text('XYZ')).mapping),
    );
    const restored = change(
      gone,
      mapped.flatMap((step) => step ?? []),
      'undo',
    );
    expect(words(restored)).toBe('safe heaven');
    expect(anchor(restored).state).toBe('attached');
    expect(restored.anchors.graves).toEqual([]);
  });

  it('[AN4] a removal of several pieces undone at once, or piece by piece, restores the whole anchor', () => {
    const review = opened([text], [15, 26]);
    const first = change(review, steps(review, (tr) => tr.delete(20, 30)).steps);
    const second = change(first, steps(first, (tr) => tr.delete(13, 20)).steps);
    expect(anchor(second).state).toBe('detached');
    const whole = text.slice(2, 19);
    const atOnce = change(
      second,
      steps(second, (tr) => tr.insert(13, schema.text(whole))).steps,
      'undo',
    );
    expect(words(atOnce)).toBe('safe heaven');
    const half = change(
      second,
      steps(second, (tr) => tr.insert(13, schema.text(whole.slice(0, 7)))).steps,
      'undo',
    );
    expect(words(half)).toBe('safe ');
    const rest = change(
      half,
      steps(half, (tr) => tr.insert(20, schema.text(whole.slice(7)))).steps,
      'undo',
    );
    expect(words(rest)).toBe('safe heaven');
  });

  it('[AN5] words typed again by anybody bring back only what was lost whole', () => {
    const review = opened([text], [15, 26]);
    const gone = change(review, steps(review, (tr) => tr.delete(15, 26)).steps);
    const other = change(gone, steps(gone, (tr) => tr.insert(15, schema.text('safe h'))).steps);
    expect(anchor(other).state).toBe('detached');
    const again = change(
      gone,
      steps(gone, (tr) => tr.insert(15, schema.text('safe heaven'))).steps,
    );
    expect(words(again)).toBe('safe heaven');
  });

  it('[AN6] do then undo restores every anchor exactly, and an edit elsewhere moves none from its words', () => {
    let moved = 0;
    let lost = 0;
    for (let seed = 1; seed <= 1500; seed++) {
      const rng = seeded(seed);
      const paragraphs = [text, 'a second one', '', 'and a third with more words'];
      const size = start(...paragraphs).content.size;
      const spans = Array.from({ length: 4 }, (): [number, number] => {
        const from = 11 + rng.int(size - 14);
        return [from, Math.min(size - 1, from + 1 + rng.int(12))];
      });
      const review = opened(paragraphs, ...spans);
      const all: { steps: Step[]; back: Step[] }[] = [];
      let now = review;
      for (let i = 0; i < 1 + rng.int(4); i++) {
        const done = steps(now, (tr) => randomEdit(rng, tr, 'X'));
        all.push(done);
        now = change(now, done.steps);
        const chars = [...now.anchors.byId.values()].map((a) => a.state);
        lost += chars.filter((state) => state === 'detached').length;
      }
      moved += all.length;
      for (const { back } of all.toReversed()) now = change(now, back, 'undo');
      const place = ({ id, from, to, state, exact }: Anchor): unknown => ({
        id,
        from,
        to,
        state,
        exact,
      });
      expect([...now.anchors.byId.values()].map(place), `seed ${seed}`).toEqual(
        [...review.anchors.byId.values()].map(place),
      );
    }
    expect(moved).toBeGreaterThan(1500);
    expect(lost).toBeGreaterThan(100);
  });

  it('[AN7] a grave belongs to one anchor, so a hidden note changes nothing for those who cannot see it', () => {
    const both = opened([text], [15, 26], [12, 20]);
    const one = opened([text], [15, 26]);
    const run = (review: Review): Review => {
      let now = review;
      const removal = steps(now, (tr) => tr.delete(17, 22));
      now = change(now, removal.steps);
      const more = steps(now, (tr) => tr.delete(12, 30));
      now = change(now, more.steps);
      return change(now, more.back, 'undo');
    };
    expect(anchor(run(both))).toEqual(anchor(run(one)));
  });
});
