/** Looking for words: in the text, in the palette; and counting them. */
import { describe, expect, it } from 'vitest';
import { placesOf } from '#web/panels/find-text.ts';
import { lengthsOf } from '#web/panels/length.ts';
import { matching } from '#web/panels/palette-match.ts';
import { editedWords } from '#web/panels/edited-words.ts';
import { doc } from '#tests/web/panels/review.ts';

describe('looking for words', () => {
  it('[UI86] finds every place, case, accents and the form of quotation marks aside', () => {
    expect(placesOf('Safe haven, SAFE Haven', 'safe h')).toEqual([0, 12]);
    expect(placesOf('the café’s “safe haven”', `cafe's "safe`)).toEqual([4]);
    expect(placesOf('aaaa', 'aa')).toEqual([0, 2]);
    expect(placesOf('words', '  ')).toEqual([]);
    expect(placesOf('İstanbul is here', 'here')).toEqual([12]);
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
