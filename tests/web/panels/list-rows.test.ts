/** The list of annotations: which rows, in which order, and each annotation's words in their sentence. */
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema } from '#core/article/schema.ts';
import { accepted } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { annotationsOf, type Annotation } from '#web/panels/annotations.ts';
import { cardGroups } from '#web/panels/card-groups.ts';
import { contextInWords, contextOf, type Piece } from '#web/panels/list-context.ts';
import { rowsOf, type ListRow } from '#web/panels/list-rows.ts';
import { editedWords } from '#web/panels/edited-words.ts';
import { suggestionsOf } from '#web/session/annotations.ts';
import { article, replace, suggest } from '#tests/suggest/build.ts';
import { run } from '#tests/suggest/laws.ts';
import { randomArticle, randomEdit, rng } from '#tests/suggest/random-edit.ts';
import { after, bare, full, openComment, people, placeOf } from '#tests/web/panels/review.ts';

const rows = (review: Review, filter: Parameters<typeof rowsOf>[2] = 'all'): ListRow[] =>
  rowsOf(annotationsOf(review), review, filter, () => 'Queried', 100).rows;

const shown = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ as, text }) => {
      const [a, b] = { plain: ['', ''], quote: ['«', '»'], del: ['[-', '-]'], ins: ['{+', '+}'] }[
        as
      ];
      return `${a}${text}${b}`;
    })
    .join('');

/** A review of one document, with a row for every suggestion in it. */
function reviewOf(doc: Node): Review {
  const empty = newReview({ id: 'a1', language: 'en', stage: 'desk' }, people, doc);
  const ids = suggestionsOf(doc).map(({ id, by }) => ({ id, by }));
  return ids.reduce(
    (review, { id, by }) =>
      after(review, by, [{ op: 'suggestion.open', id, reason: '', category: '', audience: 'all' }]),
    empty,
  );
}

const only = (review: Review): Annotation => {
  const [item] = annotationsOf(review);
  if (!item) throw new Error('There is no annotation.');
  return item;
};

describe('the rows', () => {
  it('[CD12] say what a suggestion is on the card it shares', () => {
    const first = suggest(
      article('It gives safe heaven to them.'),
      'ines',
      'i1',
      replace('heaven', 'haven'),
    );
    const one = run(article('It gives safe heaven to them.'), first.steps);
    const doc = run(one, suggest(one, 'tom', 't1', replace('heaven', 'refuge')).steps);
    const review = reviewOf(doc);
    const list = annotationsOf(review);
    const { rows: said } = rowsOf(list, review, 'all', () => '', 100, cardGroups(list, doc));
    expect(said.map(({ aside }) => aside)).toEqual(['Alternative 1 of 2', 'Alternative 2 of 2']);
    expect(said[0]?.line).toContain('Alternative 1 of 2.');
    const sentence = run(one, suggest(one, 'ines', 'i2', replace('gives', 'lends')).steps);
    const again = reviewOf(sentence);
    const both = annotationsOf(again);
    const { rows: parts } = rowsOf(both, again, 'all', () => '', 100, cardGroups(both, sentence));
    expect(parts[0]?.aside).toBe('One of 2 changes in this sentence');
    expect(
      rows(full)
        .map(({ aside }) => aside)
        .join(),
    ).not.toContain('One of');
  });

  it('[LV1] are all annotations of the filter in the order of the text, each in one line with kind, author, state and sentence', () => {
    expect(rows(full).map(({ id }) => id)).toEqual(['f1', 's1', 'c1']);
    expect(rows(full, 'comment').map(({ id }) => id)).toEqual(['c1']);
    const [fact, suggestion, comment] = rows(full);
    expect(fact?.line).toBe(
      'Fact, Sana Rafiq: How many words? Queried. In the text: The opening has words.',
    );
    expect(suggestion?.line).toBe(
      'Suggestion, Ines Moreau: Replace “heaven” with “haven”. Pending. In the text: One safe haven and the end.',
    );
    expect(comment).toMatchObject({ author: 'Tom Whelan', matter: 'Which end?', state: 'Open' });
    expect(comment?.line).toContain('Comment, Tom Whelan: Which end? Open.');
  });

  it('[LV2] reach what is settled and what has lost its words', () => {
    const resolved = after(full, 'tom', [{ op: 'resolve', on: 'c1', audience: 'all' }]);
    const [done] = rows(resolved, 'settled');
    expect(done).toMatchObject({ id: 'c1', state: 'Resolved' });
    expect(rows(resolved).map(({ id }) => id)).toEqual(['f1', 's1']);
    const decided = after(
      resolved,
      'tom',
      [
        {
          op: 'decide',
          ids: ['s1'],
          verdict: 'reject',
          outcome: [{ id: 's1', verdict: 'reject' }],
          audience: 'all',
        },
      ],
      'decide',
    );
    const gone = { ...decided, doc: accepted(decided.doc) };
    expect(rows(gone, 'settled').map(({ id, state }) => [id, state])).toContainEqual([
      's1',
      'Stet',
    ]);
    const anchor = full.anchors.byId.get('f1');
    if (!anchor) throw new Error('no anchor');
    const byId = new Map(full.anchors.byId).set('f1', { ...anchor, state: 'detached' });
    const [lost] = rows({ ...full, anchors: { ...full.anchors, byId } }, 'detached');
    expect(lost).toMatchObject({ id: 'f1', state: 'Needs a place' });
    expect(lost?.line).toContain('Was about: words.');
  });

  it('[LV3] are drawn in portions, and their number is known', () => {
    const { rows: some, total } = rowsOf(annotationsOf(full), full, 'all', () => '', 2);
    expect([some.length, total]).toEqual([2, 3]);
  });
});

describe('the words in their sentence', () => {
  it('[LV4] are the text as edited, the words marked; a suggestion shows what goes and what comes', () => {
    expect(rows(full).map(({ context }) => shown(context))).toEqual([
      'The opening has «words».',
      'One safe [-heaven-]{+haven+} and the end.',
      'One safe haven and «the end».',
    ]);
  });

  it('[LV4] other sentences are left out, and a long one is cut at words', () => {
    const long = `First one. ${'Before it stood words, '.repeat(20)}HERE${', and words after it'.repeat(20)}. Last one.`;
    const doc = schema.node('doc', null, [
      schema.node('headline', null, schema.text('H')),
      schema.node('block', null, schema.text(long)),
    ]);
    const { from, to } = placeOf('HERE', doc);
    const review = after({ ...bare, doc }, 'tom', [
      {
        op: 'comment.open',
        id: 'c',
        from,
        to,
        quote: quoteAt(doc, from, to),
        text: 'x',
        audience: 'all',
      },
    ]);
    const text = shown(contextOf(only(review), doc));
    expect(text).toMatch(/^…\S.{60,120} «HERE».{60,120}…$/u);
    expect(text).not.toContain('First one');
  });

  it('[LV4] a split and a join show the end of the block, a comment on struck words its quote', () => {
    const split = suggest(article('one two'), 'ines', 's', (tr) => tr.split(10)).doc;
    expect(shown(contextOf(only(reviewOf(split)), split))).toContain('{+ ¶ +}');
    const two = article('one', 'two');
    const join = suggest(two, 'ines', 's', (tr) => tr.join(11)).doc;
    expect(shown(contextOf(only(reviewOf(join)), join))).toBe('one[- ¶ -]two');
    const base = after(bare, 'tom', [openComment('c', 'words', 'Why?')]);
    const doc = suggest(bare.doc, 'ines', 'x', replace('words', '')).doc;
    const comment = annotationsOf({ ...base, doc }).find(({ id }) => id === 'c');
    expect(comment && shown(contextOf(comment, doc))).toBe('«words»');
  });

  it('[LV5] whatever is suggested, the words that are left are in the text as edited', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const random = rng(seed);
        let doc = randomArticle(random, true);
        for (let i = 0; i < 4; i++) {
          const edit = randomEdit(random, doc);
          const result = edit && track(doc, edit, 'ines', { idFor: () => `s${i}` });
          if (result && !('refused' in result)) doc = result.doc;
        }
        const review = reviewOf(doc);
        const whole: string[] = [];
        doc.forEach((block) => whole.push(editedWords(block)));
        const text = whole.join(' ').replace(/[\s¶]+/gu, '');
        for (const item of annotationsOf(review)) {
          const context = contextOf(item, doc);
          const words = contextInWords(context).replace(/[\s¶…]+/gu, '');
          seen += 1;
          expect(text).toContain(words);
        }
      }),
      { numRuns: 200 },
    );
    expect(seen).toBeGreaterThan(200);
  });
});
