/** A small article with notes of every kind, made by the review's own operations. */
import type { Node } from 'prosemirror-model';
import type { Person } from '#core/annotate/annotation.ts';
import type { Op } from '#core/annotate/op.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema } from '#core/article/schema.ts';
import type { Standing } from '#core/sync/policy.ts';
import { applyChange, newReview, type Review } from '#core/sync/review.ts';

export const people: readonly Person[] = [
  { id: 'ines', name: 'Ines Moreau', role: 'reviewer', color: 2 },
  { id: 'tom', name: 'Tom Whelan', role: 'editor', color: 1 },
  { id: 'sana', name: 'Sana Rafiq', role: 'fact-checker', color: 0 },
];

const block = (content: Node | Node[], style = 'paragraph'): Node =>
  schema.node('block', { style }, content);

/** "One safe heaven." with the word replaced by "haven", between two headings. */
export const doc: Node = schema.node('doc', null, [
  schema.node('headline', null, schema.text('A headline')),
  block(schema.text('The opening has words.')),
  block(schema.text('First heading'), 'heading1'),
  block([
    schema.text('One safe '),
    schema.text('heaven', [schema.mark('deletion', { id: 's1', by: 'ines' })]),
    schema.text('haven', [schema.mark('insertion', { id: 's1', by: 'ines' })]),
    schema.text(' and the end.'),
  ]),
]);

/** The position of `words` in the document; the first when there are several. */
export function placeOf(words: string, within: Node = doc): { from: number; to: number } {
  let found = -1;
  within.descendants((node, pos) => {
    if (found < 0 && node.isTextblock && node.textContent.includes(words))
      found = pos + 1 + node.textContent.indexOf(words);
  });
  if (found < 0) throw new Error(`The article does not say “${words}”.`);
  return { from: found, to: found + words.length };
}

const place = (words: string): { from: number; to: number; quote: ReturnType<typeof quoteAt> } => {
  const { from, to } = placeOf(words);
  return { from, to, quote: quoteAt(doc, from, to) };
};

let clock = 0;

/** Applies operations as one commit by one person, a minute after the last. */
export function after(
  review: Review,
  by: string,
  ops: Op[],
  intent: 'annotate' | 'decide' = 'annotate',
): Review {
  clock += 1;
  const at = new Date(Date.UTC(2026, 10, 20, 9, clock)).toISOString();
  return applyChange(review, { rev: review.rev + 1, userId: by, at, intent, steps: [], ops });
}

export const openComment = (
  id: string,
  words: string,
  text: string,
  audience: 'all' | 'desk' = 'all',
): Op => ({
  op: 'comment.open',
  id,
  ...place(words),
  text,
  audience,
});

export const markFact = (id: string, words: string, check: string): Op => ({
  op: 'occurrence.open',
  id,
  ...place(words),
  claim: { id: `claim-${id}`, type: 'money', text: words, check },
  audience: 'all',
});

export const openSuggestion: Op = {
  op: 'suggestion.open',
  id: 's1',
  reason: 'Wrong word',
  category: '',
  audience: 'all',
};

export const bare: Review = newReview({ id: 'a1', language: 'en', stage: 'desk' }, people, doc);

/** Comment on the end, a fact in the opening, the suggestion: opened in another order than the text's. */
export const full: Review = after(
  after(after(bare, 'tom', [openComment('c1', 'the end', 'Which end?')]), 'sana', [
    markFact('f1', 'words', 'How many words?'),
  ]),
  'ines',
  [openSuggestion],
);

export const standing = (
  userId: string,
  role: Standing['role'],
  more: Partial<Standing> = {},
): Standing => ({
  userId,
  role,
  stage: 'desk',
  member: false,
  restricted: false,
  writer: false,
  ...more,
});
