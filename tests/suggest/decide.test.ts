/** Decisions: what they do, what they settle, which order they may be taken in, and how they are taken back. */
import { Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { decide, undecide } from '#core/suggest/decide.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { accepted, original, project } from '#core/suggest/project.ts';
import { article, at, replace, shown, suggest, type } from '#tests/suggest/build.ts';
import { decides, run, undecides } from '#tests/suggest/laws.ts';
import { randomArticle, randomEdit, rng, below, pick } from '#tests/suggest/random-edit.ts';

const doc = article('a safe heaven for us', 'second');
const replaced = suggest(doc, 'a', 's1', replace('heaven', 'haven')).doc;

/** A random text with suggestions of several authors, text and boundaries only. */
function pending(seed: number) {
  const random = rng(seed);
  let current = randomArticle(random);
  for (let i = 0; i < 12; i++) {
    const tr = randomEdit(random, current, { boundary: true, block: false, format: false });
    if (!tr) continue;
    try {
      current = suggest(
        current,
        pick(random, ['a', 'b']),
        `s${below(random, 6)}${i % 2}`,
        (own) => {
          for (const step of tr.steps) own.step(step);
        },
      ).doc;
    } catch {
      continue;
    }
  }
  return { current, random };
}

describe('deciding', () => {
  it('[DC1] accepting leaves the new word, rejecting the old one', () => {
    const yes = decide(replaced, ['s1'], 'accept');
    expect(run(replaced, yes.steps).eq(article('a safe haven for us', 'second'))).toBe(true);
    expect(yes.settled).toEqual([{ id: 's1', verdict: 'accept' }]);
    const no = decide(replaced, ['s1'], 'reject');
    expect(run(replaced, no.steps).eq(doc)).toBe(true);
    expect(no.settled).toEqual([{ id: 's1', verdict: 'reject' }]);
    expect(decide(doc, ['s1'], 'accept')).toEqual({ steps: [], settled: [] });
  });

  it('[DC1] an insertion that somebody else strikes is pending both ways', () => {
    const mine = suggest(doc, 'a', 's1', type('very ', at(doc, 'safe'))).doc;
    const both = suggest(mine, 'b', 's2', replace('very ', '')).doc;
    const shownAfter = (ids: string[], verdict: 'accept' | 'reject') =>
      shown(run(both, decide(both, ids, verdict).steps)).slice(0, 16);
    expect(shownAfter(['s1'], 'accept')).toBe('a [-very -b]safe');
    expect(shownAfter(['s2'], 'reject')).toBe('a {+very +a}safe');
    expect(shownAfter(['s1'], 'reject')).toBe('a safe heaven fo');
    expect(decide(both, ['s2'], 'accept').settled).toEqual([
      { id: 's1', verdict: 'settled' },
      { id: 's2', verdict: 'accept' },
    ]);
  });

  it('[DC5] one by one, in any order, rejecting comes to the original and accepting to the accepted text', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { current, random } = pending(seed);
      for (const verdict of ['reject', 'accept'] as const) {
        const ids = [...suggestionsIn(current).keys()].toSorted(() => random() - 0.5);
        const expected = verdict === 'reject' ? original(current) : accepted(current);
        const rivals = ids.some((id) =>
          decide(current, [id], verdict).settled.some(
            (s) => s.verdict !== verdict && s.verdict !== 'settled',
          ),
        );
        let head = current;
        for (const id of ids) head = run(head, decide(head, [id], verdict).steps);
        if (!rivals) expect(head.toJSON(), `seed ${seed}`).toEqual(expected.toJSON());
        expect(suggestionsIn(head).size, `seed ${seed}`).toBe(0);
      }
    }
  });

  it('[DC3] trap 15 at its root: what is settled is nowhere in the text', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { current } = pending(seed);
      const ids = [...suggestionsIn(current).keys()].slice(0, 3);
      for (const verdict of ['accept', 'reject'] as const)
        expect(decides(current, ids, verdict), `seed ${seed}`).toBeNull();
    }
  });

  it('[DC6] the first block of the body stays, whatever is decided about its boundary', () => {
    const only = schema.node('doc', null, [
      schema.node('headline', null, [schema.text('Head')]),
      schema.node('block', { sugg: [{ k: 'ins', id: 's1', by: 'a' }] }, [schema.text('text')]),
    ]);
    const head = run(only, decide(only, ['s1'], 'reject').steps);
    expect(
      head.eq(
        schema.node('doc', null, [
          only.child(0),
          schema.node('block', null, [schema.text('text')]),
        ]),
      ),
    ).toBe(true);
    expect(original(only).eq(head)).toBe(true);
  });
});

describe('competition', () => {
  const rivals = suggest(replaced, 'b', 's2', (tr) => {
    const from = at(tr.doc, 'heaven');
    tr.replaceWith(from, from + 6, schema.text('paradise'));
  }).doc;

  it('[DC2] trap 19: accepting one replacement settles the other for the same words', () => {
    const one = decide(rivals, ['s1'], 'accept');
    expect(run(rivals, one.steps).eq(article('a safe haven for us', 'second'))).toBe(true);
    expect(one.settled).toEqual([
      { id: 's1', verdict: 'accept' },
      { id: 's2', verdict: 'reject' },
    ]);
    const two = decide(rivals, ['s2'], 'accept');
    expect(run(rivals, two.steps).eq(article('a safe paradise for us', 'second'))).toBe(true);
    // Without competition both would be in the text.
    expect(accepted(rivals).textContent).toContain('paradisehaven');
  });

  it('[DC2] among several accepted at once the earlier wins; rejecting settles nobody else', () => {
    const all = decide(rivals, ['s2', 's1'], 'accept');
    expect(run(rivals, all.steps).textContent).toContain('a safe paradise for us');
    const no = decide(rivals, ['s1'], 'reject');
    expect(no.settled).toEqual([{ id: 's1', verdict: 'reject' }]);
    expect(shown(run(rivals, no.steps))).toContain('a safe [-heaven-b]{+paradise+b} for us');
  });

  it('[DC2] the order of the two suggestions does not matter', () => {
    const paradise = (tr: Parameters<Parameters<typeof suggest>[3]>[0]) => {
      const from = at(tr.doc, 'heaven');
      tr.replaceWith(from, from + 6, schema.text('paradise'));
    };
    const other = suggest(suggest(doc, 'b', 's2', paradise).doc, 'a', 's1', (tr) => {
      const from = at(tr.doc, 'heaven');
      tr.replaceWith(from, from + 6, schema.text('haven'));
    }).doc;
    for (const id of ['s1', 's2'])
      expect(
        run(other, decide(other, [id], 'accept').steps).eq(
          run(rivals, decide(rivals, [id], 'accept').steps),
        ),
      ).toBe(true);
  });

  it('[DC2] a pure deletion competes with nobody', () => {
    const struck = suggest(replaced, 'b', 's2', (tr) => {
      const from = at(tr.doc, 'safe heaven');
      tr.delete(from, from + 11);
    }).doc;
    const { settled } = decide(struck, ['s1'], 'accept');
    expect(settled).toEqual([{ id: 's1', verdict: 'accept' }]);
  });
});

describe('taking a decision back', () => {
  it('[DC4] at once, everything is byte for byte as before', () => {
    for (const verdict of ['accept', 'reject'] as const) {
      const { steps } = decide(replaced, ['s1'], verdict);
      expect(undecides(replaced, steps, run(replaced, steps))).toBeNull();
    }
  });

  it('[DC4] what others did since stays, on the same words too', () => {
    const { steps } = decide(replaced, ['s1'], 'accept');
    const head = run(replaced, steps);
    const since = suggest(head, 'b', 's2', (tr) => {
      tr.delete(at(tr.doc, 'ven for'), at(tr.doc, 'ven for') + 3);
      tr.insert(at(tr.doc, 'second'), schema.text('the '));
    });
    const back = undecide(
      since.doc,
      { steps, before: replaced },
      since.steps.map((s) => s.getMap()),
    );
    const restored = run(since.doc, back ?? []);
    expect(shown(restored)).toBe('a safe [-heaven-a]{+ha+a}[-{+ven+a}-b] for us ¶ {+the +b}second');
    expect(original(restored).eq(doc)).toBe(true);
  });

  it('[DC4] refused when the place of the removed text is gone, or nothing is left of it', () => {
    const { steps } = decide(replaced, ['s1'], 'reject');
    const head = run(replaced, steps);
    const direct = (from: number, to: number) => {
      const tr = suggestless(head, from, to);
      return undecide(tr.doc, { steps, before: replaced }, tr.mapping.maps);
    };
    expect(direct(at(head, 'safe'), at(head, 'for us'))).toBeNull();
    expect(direct(at(head, 'us'), at(head, 'us') + 2)).not.toBeNull();
    expect(undecide(head, { steps: [], before: head }, [])).toBeNull();
  });

  it('[DC4] the competitors of an accepted suggestion come back with it', () => {
    const rivals = suggest(replaced, 'b', 's2', (tr) => {
      const from = at(tr.doc, 'heaven');
      tr.replaceWith(from, from + 6, schema.text('paradise'));
    }).doc;
    const { steps } = decide(rivals, ['s1'], 'accept');
    expect(undecides(rivals, steps, run(rivals, steps))).toBeNull();
  });
});

function suggestless(head: typeof doc, from: number, to: number) {
  return new Transform(head).delete(from, to);
}

describe('projections', () => {
  it('[DC1] keeping everything is the document itself', () => {
    expect(project(replaced, () => 'keep').eq(replaced)).toBe(true);
  });
});
