/** An article for somebody who may read it, and the whole of it at any revision. */
import type { Person } from '#core/annotate/annotation.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import type { Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
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

/** The whole review at a revision, from the nearest snapshot and the commits after it. Not for any reader: project it. */
export async function wholeReviewAt(context: Context, room: Room, rev: number): Promise<Review> {
  const head = room.review;
  if (rev > head.rev) throw new RefusalError('NOT_FOUND');
  if (rev === head.rev) return head;
  const opened = await context.store.open(room.articleId, rev);
  if (!opened) throw new RefusalError('NOT_FOUND');
  return replayed(opened);
}
