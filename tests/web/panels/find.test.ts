/** Looking for words: in the text, in the palette; and counting them. */
import { describe, expect, it } from 'vitest';
import { placesIn, type Found } from '#web/panels/find-places.ts';
import { matchesIn, type How } from '#web/panels/find-text.ts';
import { lengthsOf } from '#web/panels/length.ts';
import { matching } from '#web/panels/palette-match.ts';
import { editedWords } from '#web/panels/edited-words.ts';
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { carried, indexAt, replaceable } from '#web/panels/find-cursor.ts';
import { doc } from '#tests/web/panels/review.ts';

describe('looking for words', () => {
  const at = (text: string, words: string, how?: How): string[] =>
    matchesIn(text, words, how).map(({ from, to }) => text.slice(from, to));

  it('[UI86] finds every place, case, accents and the form of quotation marks aside', () => {
    expect(at('Safe haven, SAFE Haven', 'safe h')).toEqual(['Safe h', 'SAFE H']);
    expect(at('the café’s “safe haven”', `cafe's "safe`)).toEqual(['café’s “safe']);
    expect(matchesIn('aaaa', 'aa')).toHaveLength(2);
    expect(at('words', '  ')).toEqual([]);
    expect(matchesIn('İstanbul is here', 'here')).toEqual([{ from: 12, to: 16 }]);
    expect(at('a cafe\u0301 now', 'cafe')).toEqual(['cafe\u0301']);
    expect(at('a cafe\u0301 now', 'café')).toEqual(['cafe\u0301']);
    expect(at('한국어', 'ㅎ')).toEqual([]);
    expect(at('की कि', 'कि')).toEqual(['कि']);
  });

  it('[FR8] letter by letter finds what is written so, and a whole word is not part of another', () => {
    const exact = { exact: true, whole: false };
    expect(at('Safe safe säfe', 'safe', exact)).toEqual(['safe']);
    expect(at("“a” 'a'", '“', exact)).toEqual(['“']);
    expect(at('safe\u00a0haven', 'safe haven', exact)).toEqual(['safe\u00a0haven']);
    expect(at('cafe\u0301', 'cafe', exact)).toEqual([]);
    expect(at('a b', ' ', exact)).toEqual([' ']);
    expect(at('😀 😁', '\ude00', exact)).toEqual([]);
    const whole = { exact: false, whole: true };
    expect(at('heaven, heavenly heaven’s unheaven', 'heaven', whole)).toHaveLength(2);
    expect(at('été summer', 't', whole)).toEqual([]);
    expect(at('a-b 3 $3', '$3', whole)).toEqual(['$3']);
    expect(at('aaa aa', 'aa', whole)).toEqual(['aa']);
  });

  const texts = (found: readonly Found[]): string[] => found.map(({ text }) => text);

  it('[FR9] finds words as they are read: over the seams of marks, not in struck words, not over the end of a block', () => {
    // One safe [-heaven-]{+haven+} and the end.
    expect(texts(placesIn(doc, 'marked', 'heaven'))).toEqual([]);
    expect(texts(placesIn(doc, 'accepted', 'safe haven and'))).toEqual(['safe haven and']);
    expect(texts(placesIn(doc, 'original', 'safe heaven and'))).toEqual(['safe heaven and']);
    expect(texts(placesIn(doc, 'original', 'haven'))).toEqual([]);
    expect(texts(placesIn(doc, 'marked', 'heading one'))).toEqual([]);
    const [over] = placesIn(doc, 'marked', 'safe haven');
    expect(over?.parts.map(({ from, to }) => doc.textBetween(from, to))).toEqual([
      'safe ',
      'haven',
    ]);
  });

  it('[FR10] goes on behind what was replaced, over changes of the text, and never replaces it again', () => {
    const words = (text: string): Node =>
      schema.node('doc', null, [
        schema.node('headline', null, schema.text('H')),
        schema.node('block', null, schema.text(text)),
      ]);
    const before = words('one one one');
    const after = words('one one, then one');
    const first = { doc: before, from: 8, made: [{ from: 8, to: 11 }] };
    const now = carried(first, after);
    expect(now).toEqual({ doc: after, from: 8, made: [{ from: 8, to: 11 }] });
    const found = placesIn(after, 'marked', 'one');
    expect(indexAt(found, now)).toBe(1);
    expect(indexAt(found, { ...now, from: 30 })).toBe(0);
    expect(indexAt([], now)).toBe(-1);
    expect(replaceable(found, 'two', now)).toEqual([found[0], found[2]]);
    expect(replaceable(found, 'one', { ...now, made: [] })).toEqual([]);
    expect(carried({ ...now, from: 19 }, before).from).toBeLessThan(14);
  });

  it('[UI87] the palette wants every word, and puts those that begin so first', () => {
    const entries = ['Mark a fact', 'Facts', 'An artefact', 'Comments'].map((name) => ({
      name,
      group: 'Command',
    }));
    const names = (words: string): string[] => matching(entries, words).map(({ name }) => name);
    expect(names('fact')).toEqual(['Mark a fact', 'Facts', 'An artefact']);
    expect(names('fact mark')).toEqual(['Mark a fact']);
    expect(names('')).toHaveLength(4);
    expect(names('nothing')).toEqual([]);
  });

  it('[UI88] a replaced word counts once on each side', () => {
    const { asFiled, asEdited } = lengthsOf(doc);
    expect(asFiled).toBe(asEdited);
    expect(asFiled).toBe(2 + 4 + 2 + 6);
    expect(editedWords(doc.child(3))).toBe('One safe haven and the end.');
  });
});
