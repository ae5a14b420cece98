/** What one reader may see of a review and of a commit. Revisions stay dense: an operation outside the reader's audience becomes `hidden`. */
import { sees, type Reader } from '#core/annotate/audience.ts';
import type { Op } from '#core/annotate/op.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { Review } from '#core/sync/review.ts';

const visible = (reader: Reader, op: Op): boolean =>
  op.op === 'hidden' || sees(reader, op.audience);

/** True for a commit of somebody else of which the reader sees nothing but that it was made. */
export const isVeiled = ({ userId, steps, ops }: Commit, reader: Reader): boolean =>
  userId !== reader.id &&
  steps.length === 0 &&
  ops.length > 0 &&
  !ops.some((op) => op.op !== 'hidden' && sees(reader, op.audience));

/** The commit as this reader gets it; the same object when nothing is hidden. Where nothing is left, it is nobody's: that
 *  somebody writes notes is a thing to know about them. */
export function projectCommit(commit: Commit, reader: Reader): Commit {
  if (commit.ops.every((op) => visible(reader, op))) return commit;
  const ops = commit.ops.map((op): Op => (visible(reader, op) ? op : { op: 'hidden' }));
  return isVeiled(commit, reader)
    ? { ...commit, ops, userId: '', clientId: '', seq: 0, dropped: [] }
    : { ...commit, ops };
}

/** The review without the annotations outside the reader's audience, their anchors, and the claims only those speak of. */
export function projectReview(review: Review, reader: Reader): Review {
  const only = <T extends { audience: Parameters<typeof sees>[1] }>(
    map: ReadonlyMap<string, T>,
  ): ReadonlyMap<string, T> => new Map([...map].filter(([, item]) => sees(reader, item.audience)));
  const comments = only(review.comments);
  const occurrences = only(review.occurrences);
  const claimIds = new Set([...occurrences.values()].map((o) => o.claimId));
  const suggestions = only(review.suggestions);
  const shown = (id: string): boolean =>
    comments.has(id) || occurrences.has(id) || suggestions.has(id);
  return {
    ...review,
    comments,
    occurrences,
    suggestions,
    claims: new Map([...review.claims].filter(([id]) => claimIds.has(id))),
    anchors: {
      byId: new Map([...review.anchors.byId].filter(([id]) => shown(id))),
      graves: review.anchors.graves.filter((grave) => shown(grave.id)),
    },
  };
}
