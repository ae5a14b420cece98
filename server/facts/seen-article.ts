/** An article with its facts, as far as one reader may see them. */
import type { Reader } from '#core/annotate/audience.ts';
import { seenFacts } from '#core/facts/seen-facts.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Facts } from '#core/sync/protocol.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';

/** The article as the reader sees it, with what is known of those facts; null when there is no such article. */
export async function seenArticle(
  context: Context,
  reader: Reader,
  articleId: string,
): Promise<{ review: Review; facts: Facts } | null> {
  const room = await context.rooms.room(articleId);
  if (!room) return null;
  const review = projectReview(room.review, reader);
  const facts = await context.claims.facts([...review.claims.keys()]);
  return { review, facts: seenFacts(facts, review.occurrences) };
}
