/** What the decisions of a commit came to. Apart from the parser of operations, which browsers do not need. */
import type { Op } from '#core/annotate/op.ts';

/** The suggestions that the decisions among `ops` accept, or reject. */
export const decidedIn = (ops: readonly Op[], as: 'accept' | 'reject'): ReadonlySet<string> =>
  new Set(
    ops.flatMap((op) =>
      op.op === 'decide'
        ? op.outcome.flatMap(({ id, verdict: given }) => (given === as ? [id] : []))
        : [],
    ),
  );
