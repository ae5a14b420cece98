/** Who a review speaks of: a copy that leaves the house names nobody else. */
import { coveredBySuggestions } from '#core/annotate/settle.ts';
import type { Person } from '#core/annotate/annotation.ts';
import type { Review } from '#core/sync/review.ts';

/** Of `people`, those who wrote, decided or changed something in the review, or wrote the article, and those of `more`. */
export function namedPeople(
  review: Review,
  people: ReadonlyMap<string, Person>,
  more: Iterable<string> = [],
): ReadonlyMap<string, Person> {
  const ids = new Set<string | undefined>([review.article.writerId, ...more]);
  for (const note of [...review.comments.values(), ...review.occurrences.values()])
    ids.add(note.by).add(note.statusBy);
  for (const row of review.suggestions.values()) ids.add(row.by).add(row.decidedBy);
  for (const thread of [
    ...review.comments.values(),
    ...review.occurrences.values(),
    ...review.suggestions.values(),
  ])
    for (const reply of thread.replies) ids.add(reply.by);
  for (const claim of review.claims.values()) ids.add(claim.by);
  for (const { by } of coveredBySuggestions(review.doc).values()) ids.add(by);
  return new Map([...people].filter(([id]) => ids.has(id)));
}
