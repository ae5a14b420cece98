/** Names of people who came after the article was loaded. */
import { expect, it } from 'vitest';
import type { Person } from '#core/annotate/annotation.ts';
import { schema } from '#core/article/schema.ts';
import { newReview } from '#core/sync/review.ts';
import { Acquaintances } from '#web/session/acquaintances.ts';

const person = (id: string, name: string): Person => ({ id, name, role: 'editor', color: 0 });
const doc = schema.topNodeType.createAndFill();
if (!doc) throw new Error('There is no empty article.');
const review = newReview({ id: 'a', language: 'en', stage: 'desk' }, [person('tom', 'Tom')], doc);

it('[PE18] are learnt from who is seen, and what is known already is left as it is', () => {
  const known = new Acquaintances();
  expect(known.name(review)).toBe(review);
  known.meet([person('tom', 'Other')]);
  expect(known.name(review)).toBe(review);
  known.meet([person('mia', 'Mia')]);
  const named = known.name(review);
  expect(named.people.get('mia')?.name).toBe('Mia');
  expect(named.people.get('tom')?.name).toBe('Tom');
  expect(named.doc).toBe(review.doc);
});

it('[PE18] keep the review and its people the same objects until something changes', () => {
  const known = new Acquaintances();
  known.meet([person('mia', 'Mia')]);
  const named = known.name(review);
  known.meet([person('mia', 'Mia')]);
  expect(known.name(review)).toBe(named);
  const next = { ...review, rev: 1 };
  expect(known.name(next)).not.toBe(named);
  expect(known.name(next).people).toBe(named.people);
  known.meet([person('eva', 'Eva')]);
  expect(known.name(next).people.get('eva')?.name).toBe('Eva');
});
