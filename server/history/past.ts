/** Reading the past of an article: who may, and the review as it stood at a revision. */
import { RefusalError } from '#core/sync/error.ts';
import type { Person } from '#core/annotate/annotation.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { peopleFor } from '#server/people/known-people.ts';
import { reviewAtPin } from '#server/review/pinned.ts';
import type { Room } from '#server/review/room.ts';
import { replayed } from '#server/store/store.ts';

/** An article's room for somebody who may read it; refused like an unknown article otherwise. */
export async function entered(
  context: Context,
  person: Person,
  articleId: string,
): Promise<{ room: Room; standing: Standing }> {
  const standing = await context.standings.of(person.id, articleId);
  if (!standing || !may(standing, 'read')) throw new RefusalError('ARTICLE_UNKNOWN');
  const room = await context.rooms.room(articleId);
  if (!room) throw new RefusalError('ARTICLE_UNKNOWN');
  return { room, standing };
}

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

/** The whole review at a revision, from the nearest snapshot and the commits after it. Not for any reader: project it. */
export async function wholeReviewAt(context: Context, room: Room, rev: number): Promise<Review> {
  const head = room.review;
  if (rev > head.rev) throw new RefusalError('NOT_FOUND');
  if (rev === head.rev) return head;
  const opened = await context.store.open(room.articleId, rev);
  if (!opened) throw new RefusalError('NOT_FOUND');
  return replayed(opened);
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
