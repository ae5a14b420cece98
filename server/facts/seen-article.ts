/** An article with its facts, as far as one reader may see them. */
import { factsFor } from '#core/facts/seen-facts.ts';
import type { Standing } from '#core/sync/policy.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Facts } from '#core/sync/protocol.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { factsAtPin, reviewAtPin } from '#server/review/pinned.ts';

/** The article as somebody who may read it sees it, with what is known of those facts; null when there is no such article. */
export async function seenArticle(
  context: Context,
  { userId, role, pin }: Standing,
  articleId: string,
): Promise<{ review: Review; facts: Facts } | null> {
  const reader = { id: userId, role };
  if (pin) {
    const review = projectReview(await reviewAtPin(context, articleId, pin), reader);
    const facts = await factsAtPin(context, review, pin);
    return { review, facts: factsFor(facts, review.occurrences, reader) };
  }
  const room = await context.rooms.room(articleId);
  if (!room) return null;
  const review = projectReview(room.review, reader);
  const facts = await context.claims.facts([...review.claims.keys()]);
  return { review, facts: factsFor(facts, review.occurrences, reader) };
}
