/** The words a composer is about: what is taken from a selection, and how they are kept while others type. */
import { fc } from '#tests/support/properties.ts';
import { Transform } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { claimTypes } from '#core/annotate/annotation.ts';
import { carryRange } from '#web/panels/carry-range.ts';
import { guessFactType } from '#core/facts/fact-type.ts';
import { trimmed, wordsOf } from '#web/panels/selected-words.ts';
import { doc, placeOf } from '#tests/web/panels/review.ts';

const article = (text: string) =>
  schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('block', null, schema.text(text)),
  ]);

describe('the words of a selection', () => {
  it('[UI64] are without the blanks at their ends', () => {
    const { from, to } = placeOf('safe');
    expect(trimmed(doc, { from: from - 1, to: to + 1 })).toEqual({ from, to });
    expect(trimmed(doc, { from: from - 1, to: from })).toEqual({ from, to: from });
  });

  it('[UI64] are without what is already struck', () => {
    const from = placeOf('safe ').from;
    const to = placeOf(' and the end').from;
    expect(wordsOf(doc, { from, to })).toBe('safe haven');
  });
});

describe('a range under changing text', () => {
  const before = article('The quick brown fox jumps over the lazy dog.');
  const range = placeOf('brown fox', before);
  const textAt = (node: typeof before, { from, to }: { from: number; to: number }): string =>
    node.textBetween(from, to);

  it('[UI65] stays on its words when text comes or goes outside them', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ABC]{0,6}$/),
        fc.boolean(),
        fc.nat({ max: 9 }),
        fc.nat({ max: 5 }),
        (text, ahead, at, remove) => {
          const start = ahead ? 4 + (at % 9) : range.to + 1 + at;
          const end = Math.min(start + remove, ahead ? range.from : before.content.size - 1);
          const tr = new Transform(before);
          if (text === '') tr.delete(start, end);
          else tr.replaceWith(start, end, schema.text(text));
          expect(textAt(tr.doc, carryRange(before, tr.doc, range))).toBe('brown fox');
        },
      ),
    );
  });

  it('[UI65] takes in what is typed inside, and is empty when all is gone', () => {
    const inside = new Transform(before).insert(range.from + 6, schema.text('red ')).doc;
    expect(textAt(inside, carryRange(before, inside, range))).toBe('brown red fox');
    const gone = new Transform(before).delete(range.from - 2, range.to + 2).doc;
    const left = carryRange(before, gone, range);
    expect(left.to).toBe(left.from);
  });
});

describe('the guessed type of a fact', () => {
  it('[UI66] follows what the words show and is always one of the types', () => {
    expect(guessFactType('already received $550 million')).toBe('money');
    expect(guessFactType('On July 21')).toBe('date');
    expect(guessFactType('fiscal year 2016')).toBe('date');
    expect(guessFactType('“off balance”')).toBe('quote');
    expect(guessFactType('the 20 points')).toBe('number');
    expect(guessFactType('James Mattis')).toBe('name');
    expect(guessFactType('in the region')).toBe('description');
    fc.assert(fc.property(fc.string(), (text) => claimTypes.includes(guessFactType(text))));
  });
});
