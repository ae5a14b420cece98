/** What cards and listeners are told, in words. */
import { describe, expect, it } from 'vitest';
import { annotationsOf } from '#web/panels/annotations.ts';
import { newsBetween } from '#web/panels/news.ts';
import { asSentence, lineOf, sentenceOf, shortened } from '#web/panels/sentence.ts';
import { after, full, openComment } from '#tests/web/panels/review.ts';

describe('the sentence of a suggestion', () => {
  it('[UI56] says what is replaced, inserted or deleted', () => {
    expect(sentenceOf({ deleted: 'heaven', inserted: 'haven' })).toBe(
      'Replace “heaven” with “haven”',
    );
    expect(sentenceOf({ deleted: '', inserted: '2017' })).toBe('Insert “2017”');
    expect(sentenceOf({ deleted: 'harden', inserted: '' })).toBe('Delete “harden”');
  });

  it('[UI56] names splitting and joining, and shows line ends inside longer changes', () => {
    expect(sentenceOf({ deleted: '', inserted: '\n' })).toBe('Start a new paragraph here');
    expect(sentenceOf({ deleted: '\n', inserted: '' })).toBe('Join the two paragraphs');
    expect(sentenceOf({ deleted: 'one\ntwo', inserted: '' })).toBe('Delete “one ¶ two”');
  });

  it('[UI56] names a change of form by its kind', () => {
    expect(sentenceOf({ deleted: '', inserted: '', kind: 'format' })).toBe('Change the formatting');
    expect(sentenceOf({ deleted: '', inserted: '', kind: 'block' })).toBe(
      'Change the style of the paragraph',
    );
  });
});

describe('the line of an annotation', () => {
  it('[UI57] says kind, person and matter', () => {
    expect(annotationsOf(full).map((item) => lineOf(item, full))).toEqual([
      'Fact, Sana Rafiq: How many words?',
      'Suggestion, Ines Moreau: Replace “heaven” with “haven”',
      'Comment, Tom Whelan: Which end?',
    ]);
  });

  it('[UI57] is cut at a word', () => {
    expect(shortened('one two three four', 12)).toBe('one two…');
    expect(shortened('  short \n text ', 12)).toBe('short text');
    expect(shortened('x'.repeat(30), 12)).toBe(`${'x'.repeat(12)}…`);
    expect(asSentence('Which end?')).toBe('Which end?');
    expect(asSentence('The end')).toBe('The end.');
  });
});

describe('the news of others', () => {
  it('[UI58] is one sentence for each person and leaves out what one did oneself', () => {
    const two = after(full, 'sana', [
      openComment('c2', 'opening', 'One.'),
      openComment('c3', 'safe', 'Two.'),
      { op: 'reply', id: 'r1', on: 'c1', text: 'Three.', audience: 'all' },
    ]);
    expect(newsBetween(full, two, 'tom')).toEqual(['Sana Rafiq added 2 comments and 1 reply.']);
    expect(newsBetween(full, two, 'sana')).toEqual([]);
    expect(newsBetween(full, full, 'tom')).toEqual([]);
  });

  it('[UI112] may be only what concerns one’s own notes and threads', () => {
    const two = after(full, 'sana', [
      openComment('c2', 'opening', 'One.'),
      { op: 'reply', id: 'r1', on: 'c1', text: 'Three.', audience: 'all' },
    ]);
    expect(newsBetween(full, two, 'tom', true)).toEqual(['Sana Rafiq added 1 reply.']);
    expect(newsBetween(full, two, 'ines', true)).toEqual([]);
  });

  it('[UI58] tells decisions and resolved comments', () => {
    const decided = after(
      full,
      'tom',
      [
        {
          op: 'decide',
          ids: ['s1'],
          verdict: 'accept',
          audience: 'all',
          outcome: [{ id: 's1', verdict: 'accept' }],
        },
        { op: 'resolve', on: 'c1', audience: 'all' },
      ],
      'decide',
    );
    expect(newsBetween(full, decided, 'ines')).toEqual([
      'Tom Whelan accepted 1 suggestion and resolved 1 comment.',
    ]);
  });
});
