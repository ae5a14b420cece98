/** The past of an article as one person may see it. */
import { RefusalError } from '#core/sync/error.ts';
import type { Person } from '#core/annotate/annotation.ts';
import type { Standing } from '#core/sync/policy.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { peopleFor } from '#server/people/known-people.ts';
import { entered, wholeReviewAt } from '#server/review/entered.ts';
import { reviewAtPin } from '#server/review/pinned.ts';
import type { Room } from '#server/review/room.ts';

/** The newest review that somebody sees something of: the head, or that of the hand-over they are pinned to. Project it. */
export async function newestFor(
  context: Context,
  { room, standing }: { room: Room; standing: Standing },
): Promise<Review> {
  const { pin } = standing;
  return pin ? reviewAtPin(context, room.articleId, pin) : room.review;
}

/** Refuses a revision that is none yet, for this person. */
export function needReached({ pin }: Standing, rev: number): void {
  if (pin && rev > pin.rev) throw new RefusalError('NOT_FOUND');
}

/** The review at a revision as far as this person may see it. */
export async function reviewAt(
  context: Context,
  person: Person,
  articleId: string,
  rev: number,
): Promise<Review> {
  const { room, standing } = await entered(context, person, articleId);
  needReached(standing, rev);
  const [whole, people] = await Promise.all([
    wholeReviewAt(context, room, rev),
    peopleFor(context, person, articleId, standing.pin),
  ]);
  const review = projectReview(whole, { id: person.id, role: standing.role });
  const named = people(review, { claims: [], sources: [] });
  return { ...review, people: new Map(named.map((one) => [one.id, one])) };
}
