/** Which unfinished replies have lost the note they answer. */
import type { Review } from '#core/sync/review.ts';

/** Unfinished replies whose note is deleted, with the note's id. */
export function lostReplies(
  drafts: ReadonlyMap<string, string>,
  { comments, occurrences }: Pick<Review, 'comments' | 'occurrences'>,
): [string, string][] {
  return [...drafts].filter(
    ([id, text]) =>
      text.trim() !== '' && (comments.get(id) ?? occurrences.get(id))?.status === 'deleted',
  );
}
