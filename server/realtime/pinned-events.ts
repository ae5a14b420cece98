/** What a browser is answered whose person is pinned to a hand-over. They take no seat in the article: no frame, no caret and no claim
 *  of today is on its way to them, and nobody sees them there. */
import type * as z from 'zod/mini';
import { factsFor } from '#core/facts/seen-facts.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { digest } from '#core/sync/digest.ts';
import type { Standing } from '#core/sync/policy.ts';
import { projectReview } from '#core/sync/project.ts';
import type { auditShape, Facts, Joined, joinShape, sinceShape } from '#core/sync/protocol.ts';
import { reviewToJson, type ReviewJson } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { peopleFor } from '#server/people/known-people.ts';
import type { Socket } from '#server/realtime/wire.ts';
import { factsAtPin, reviewAtPin } from '#server/review/pinned.ts';

/** What such an event is handled with. */
export interface PinnedCall {
  context: Context;
  socket: Socket;
  standing: Standing;
  pin: HandOver;
}

/** The article as it stood, as far as this reader sees it. */
async function momentFor(
  { context, socket, standing, pin }: PinnedCall,
  articleId: string,
): Promise<{ review: ReviewJson; facts: Facts }> {
  const [whole, people] = await Promise.all([
    reviewAtPin(context, articleId, pin),
    peopleFor(context, socket.data.person, articleId, pin),
  ]);
  const reader = { id: standing.userId, role: standing.role };
  const review = projectReview(whole, reader);
  const facts = factsFor(await factsAtPin(context, review, pin), review.occurrences, reader);
  return { review: { ...reviewToJson(review), people: people(review, facts) }, facts };
}

export async function joinPinned(
  { articleId, clientId, have }: z.infer<typeof joinShape>,
  call: PinnedCall,
): Promise<Joined> {
  const { context, socket, standing } = call;
  socket.data.pins.set(articleId, standing);
  const { review, facts } = await momentFor(call, articleId);
  return {
    ok: true,
    rev: review.rev,
    // Whoever has another revision has perhaps a later one, and is to forget it.
    ...(have?.rev === review.rev ? { commits: [], people: [] } : { review }),
    facts,
    lastSeq: await context.store.lastSeq(articleId, clientId),
    me: { ...socket.data.person, role: standing.role },
    standing,
    peers: [],
    serverTime: context.now(),
  };
}

export async function sincePinned(
  { articleId, rev }: z.infer<typeof sinceShape>,
  call: PinnedCall,
): Promise<object> {
  if (rev === call.pin.rev) return { ok: true, commits: [], more: false };
  return { ok: true, review: (await momentFor(call, articleId)).review };
}

export async function auditPinned(
  { articleId, rev, hash }: z.infer<typeof auditShape>,
  { context, pin }: PinnedCall,
): Promise<object> {
  if (rev !== pin.rev) return { ok: true, agrees: null };
  const { doc } = await reviewAtPin(context, articleId, pin);
  return { ok: true, agrees: digest(JSON.stringify(doc)) === hash };
}
