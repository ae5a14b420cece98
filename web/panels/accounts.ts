/** The books of an article: every note that ever came in, and where it is now. */
import type { Review } from '#core/sync/review.ts';

/** The numbers of one kind. `in` is all that came; the others are where they went, each once. */
export interface Account {
  in: number;
  open: number;
  settled: number;
  deleted: number;
  /** Open ones whose words are not in the text. */
  detached: number;
}

/** A note somebody deleted. */
export interface Deletion {
  id: string;
  kind: 'comment' | 'fact';
  by: string;
  at: string;
  text: string;
}

const isDetached = (review: Review, id: string): boolean =>
  review.anchors.byId.get(id)?.state === 'detached';

function accountOf(
  review: Review,
  rows: Iterable<{ id: string; state: 'open' | 'settled' | 'deleted' }>,
): Account {
  const account: Account = { in: 0, open: 0, settled: 0, deleted: 0, detached: 0 };
  for (const { id, state } of rows) {
    account.in++;
    account[state]++;
    if (state === 'open' && isDetached(review, id)) account.detached++;
  }
  return account;
}

export function accountsOf(review: Review): Record<'comment' | 'fact' | 'suggestion', Account> {
  const state = { open: 'open', resolved: 'settled', deleted: 'deleted' } as const;
  const row = ({ id, status }: { id: string; status: keyof typeof state }) => ({
    id,
    state: state[status],
  });
  return {
    comment: accountOf(review, [...review.comments.values()].map(row)),
    fact: accountOf(review, [...review.occurrences.values()].map(row)),
    suggestion: accountOf(
      review,
      [...review.suggestions.values()].map(({ id, status }) => ({
        id,
        state: status === 'pending' ? 'open' : 'settled',
      })),
    ),
  };
}

/** How many notes of a kind the books do not account for: 0, or something is wrong. */
export const missingFrom = ({ in: all, open, settled, deleted }: Account): number =>
  all - open - settled - deleted;

/** What was deleted, the newest first. */
export function deletionsOf(review: Review): Deletion[] {
  const found: Deletion[] = [];
  for (const { id, status, statusBy, statusAt, by, at, text } of review.comments.values())
    if (status === 'deleted')
      found.push({ id, kind: 'comment', by: statusBy ?? by, at: statusAt ?? at, text });
  for (const { id, status, statusBy, statusAt, by, at, claimId } of review.occurrences.values())
    if (status === 'deleted') {
      const text = review.claims.get(claimId)?.text ?? '';
      found.push({ id, kind: 'fact', by: statusBy ?? by, at: statusAt ?? at, text });
    }
  return found.toSorted((a, b) => b.at.localeCompare(a.at));
}
