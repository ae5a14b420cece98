/** Passing an article on. The stage decides who may do what, so every open page of the article is told to ask again who it is. */
import type { Person } from '#core/annotate/annotation.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { HandOver } from '#core/sync/desk.ts';
import type { AskedHandOver } from '#core/sync/hand-over.ts';
import { may } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';

/** Hands an article over as `person`; refused when they may not, when the receiver could not read it, or when somebody was faster. */
export async function handOver(
  context: Context,
  person: Person,
  articleId: string,
  asked: AskedHandOver,
): Promise<HandOver> {
  const { desk, standings, store, now, newId } = context;
  const [article, standing] = await Promise.all([
    store.article(articleId),
    standings.of(person.id, articleId),
  ]);
  if (!article || !standing || !may(standing, 'read')) throw new RefusalError('ARTICLE_UNKNOWN');
  if (!may(standing, 'handOver')) throw new RefusalError('FORBIDDEN');
  if (asked.to !== null) {
    const receiver = await standings.of(asked.to, articleId);
    if (!receiver || !may(receiver, 'read')) throw new RefusalError('RECEIVER_CANNOT_READ');
  }
  const over: HandOver = {
    ...asked,
    id: newId(),
    by: person.id,
    at: now(),
    fromStage: article.stage,
    rev: article.rev,
  };
  if (!(await desk.handOver(articleId, over))) throw new RefusalError('STAGE_CHANGED');
  const detail = { from: over.fromStage, stage: over.stage, to: over.to, rev: over.rev };
  await store.audit({
    at: over.at,
    userId: person.id,
    action: 'article.hand-over',
    articleId,
    detail,
  });
  standings.forget();
  context.recheckSessions();
  return over;
}
