/** Operations as the log will hold them: allowed, placed at the head, with the audience set by the server. */
import { sees, type Audience } from '#core/annotate/audience.ts';
import type { AskedOp, Op } from '#core/annotate/op.ts';
import type { Quote } from '#core/annotate/quote.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import { RefusalError } from '#core/sync/error.ts';
import { refusesOp, type Standing } from '#core/sync/policy.ts';
import type { Rebased } from '#core/sync/rebase.ts';
import type { Review } from '#core/sync/review.ts';

const audienceOf = (review: Review, id: string): Audience | undefined =>
  (review.comments.get(id) ?? review.occurrences.get(id) ?? review.suggestions.get(id))?.audience;

function placed<T extends { from: number; to: number; quote: Quote }>(
  op: T,
  asked: AskedCommit,
  head: Review,
  rebased: Rebased,
): T {
  const alone = asked.base === head.rev;
  const from = alone ? op.from : rebased.mapping.map(op.from, 1);
  const to = alone ? op.to : Math.max(from, rebased.mapping.map(op.to, -1));
  // A note whose words went before it was sent comes in detached, by its quote.
  const somewhere = op.from < op.to || (op.from === op.to && op.quote.exact !== '');
  if (!somewhere || to > rebased.doc.content.size) throw new RefusalError('BAD_RANGE');
  return { ...op, from, to };
}

/** The operations of a commit in order. Throws RefusalError for the first that is not allowed: a commit stands or falls whole. */
export function settleOps(
  head: Review,
  asked: AskedCommit,
  rebased: Rebased,
  actor: Standing,
): Op[] {
  const reader = { id: actor.userId, role: actor.role };
  const openedHere = new Map<string, Audience>();
  return asked.ops.map((op: AskedOp): Op => {
    if (op.op === 'decide' || op.op === 'undecide') throw new RefusalError('BAD_MESSAGE');
    if ('on' in op) {
      const here = openedHere.get(op.on);
      const audience = here ?? audienceOf(head, op.on);
      // A note outside the actor's audience does not exist for them.
      if (!audience || !sees(reader, audience)) throw new RefusalError('NOTE_UNKNOWN');
      const no = here === undefined ? refusesOp(head, actor, op) : null;
      if (no) throw new RefusalError(no);
      return op.op === 'place'
        ? { ...placed(op, asked, head, rebased), audience }
        : { ...op, audience };
    }
    const no = openedHere.has(op.id) ? 'BAD_MESSAGE' : refusesOp(head, actor, op);
    if (no) throw new RefusalError(no);
    const audience = op.op === 'suggestion.open' ? 'all' : op.audience;
    if (!sees(reader, audience)) throw new RefusalError('FORBIDDEN');
    openedHere.set(op.id, audience);
    if (op.op === 'suggestion.open') return { ...op, audience };
    return placed(op, asked, head, rebased);
  });
}
