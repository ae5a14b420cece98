/** Alignment by runs says what alignment by characters says. */
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { Transform } from 'prosemirror-transform';
import { align } from '#core/suggest/align.ts';
import type { Token } from '#core/suggest/tokens.ts';
import { track } from '#core/suggest/track.ts';
import { align as alignSlowly, type Token as Unit } from '#tests/suggest/per-character.ts';
import { below, randomArticle, randomEdit, rng } from '#tests/suggest/random-edit.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 600);

type Place = [pos: number, open: boolean, text: string] | null;

const units = (token: Token): Place[] =>
  token.text === ''
    ? [[token.pos, token.open, '']]
    : token.text.split('').map((unit, i): Place => [token.pos + i, false, unit]);
const unit = (token: Unit): Place => [token.pos, token.open, token.text];

/** Gaps and pairs, character by character; of a neighbour of a gap only its side towards the gap counts. */
function spelled(result: ReturnType<typeof align>) {
  return (
    result && {
      pairs: result.pairs.flatMap(({ before, after }) => {
        const [a, b] = [units(before), units(after)];
        return a.map((one, i) => [one, b[i] ?? null]);
      }),
      gaps: result.gaps.map(({ deleted, inserted, previous, next }) => ({
        deleted: deleted.flatMap(units),
        inserted: inserted.flatMap(units),
        previous: previous && [units(previous.before).at(-1), units(previous.after).at(-1)],
        next: next && [units(next.before)[0], units(next.after)[0]],
      })),
      before: result.before,
      after: result.after,
    }
  );
}

function slowly(result: ReturnType<typeof alignSlowly>) {
  return (
    result && {
      pairs: result.pairs.map(({ before, after }) => [unit(before), unit(after)]),
      gaps: result.gaps.map(({ deleted, inserted, previous, next }) => ({
        deleted: deleted.map(unit),
        inserted: inserted.map(unit),
        previous: previous && [unit(previous.before), unit(previous.after)],
        next: next && [unit(next.before), unit(next.after)],
      })),
      before: result.before,
      after: result.after,
    }
  );
}

describe('alignment by runs', () => {
  it('[TR33] says the same as alignment by characters, for one change and for several at once', () => {
    let gaps = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const random = rng(seed);
      let doc = randomArticle(random, seed % 2 === 0);
      const kinds = { boundary: true, block: true, format: true, whole: seed % 2 === 0 };
      for (let turn = 0; turn < 8; turn++) {
        const whole = new Transform(doc);
        for (let i = 0; i < 1 + below(random, 3); i++)
          for (const step of randomEdit(random, whole.doc, kinds)?.steps ?? [])
            whole.maybeStep(step);
        const strict = random() < 0.5;
        const fast = align(doc, whole, strict);
        expect(spelled(fast), `seed ${seed}, turn ${turn}`).toEqual(
          slowly(alignSlowly(doc, whole, strict)),
        );
        gaps += fast?.gaps.length ?? 0;
        // Suggestions on the text, so that runs are short and many.
        const tracked = track(doc, whole, 'ann', { idFor: () => `i${seed}-${turn}` });
        if (!('refused' in tracked)) doc = tracked.doc;
      }
    }
    expect(gaps).toBeGreaterThan(runs * 4);
  });

  it('[TR33] a planted slip, a run cut one character short, is seen', () => {
    const doc = schema.node('doc', null, [
      schema.node('headline', null, [schema.text('Head')]),
      schema.node('block', null, [schema.text('paradise')]),
    ]);
    const tr = new Transform(doc).delete(8, 10);
    const slip = align(doc, tr, true);
    const first = slip?.pairs.at(-1)?.before;
    if (first) first.text = first.text.slice(1);
    expect(spelled(slip)).not.toEqual(slowly(alignSlowly(doc, tr, true)));
  });
});
