/** Words that were cut from this article and put into another: notes that wait for a place learn where their words are. */
import type { Person } from '#core/annotate/annotation.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { projectReview } from '#core/sync/project.ts';
import type { Context } from '#server/context.ts';
import { entered } from '#server/review/entered.ts';

/** Shorter quotations are not taken for words that moved. */
const shortest = 4;

/** Writes on every note of `articleId` that lost its words, as far as the person sees it, that `text` stands in the article
 *  `into` now. Gives how many were told. Throws RefusalError when the person may not read both or not comment here. */
export async function tellElsewhere(
  context: Context,
  person: Person,
  articleId: string,
  { articleId: into, text }: { articleId: string; text: string },
): Promise<{ told: number }> {
  const { room, standing } = await entered(context, person, articleId);
  if (!may(standing, 'comment')) throw new RefusalError('READ_ONLY');
  await entered(context, person, into);
  const head = room.review;
  const { anchors, comments, occurrences } = projectReview(head, {
    id: person.id,
    role: standing.role,
  });
  const ops = [...anchors.byId.values()].flatMap(({ id, state, exact, elsewhere }): AskedOp[] => {
    const note = comments.get(id) ?? occurrences.get(id);
    const moved = state === 'detached' && exact.length >= shortest && text.includes(exact);
    return moved && note && note.status !== 'deleted' && elsewhere !== into
      ? [{ op: 'elsewhere', on: id, articleId: into }]
      : [];
  });
  if (ops.length === 0) return { told: 0 };
  const answer = await room.commit(
    {
      clientId: `elsewhere-${context.newId()}`,
      seq: 1,
      base: head.rev,
      intent: 'annotate',
      steps: [],
      ops,
    },
    standing,
  );
  if (!answer.ok) throw new RefusalError(answer.code);
  return { told: ops.length };
}
