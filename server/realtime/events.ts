/** Every event a browser may send: its shape, the right it needs, its limit, and what it does. One row each; an event
 *  without a row is refused. The actor is the session's person; who they are to the article comes with each call. */
import type * as z from 'zod/mini';
import { factsFor } from '#core/facts/seen-facts.ts';
import type { AskedCommit } from '#core/sync/commit.ts';
import { refusal, RefusalError, type ErrorCode } from '#core/sync/error.ts';
import { may, type Right, type Standing } from '#core/sync/policy.ts';
import { maxCommitBytes } from '#core/sync/limits.ts';
import { projectCommit, projectReview } from '#core/sync/project.ts';
import { digest } from '#core/sync/digest.ts';
import {
  auditShape,
  claimChangeShape,
  commitShape,
  joinShape,
  leaveShape,
  presenceShape,
  sinceShape,
  type ClientEvents,
  type Facts,
  type Peer,
} from '#core/sync/protocol.ts';
import { reviewToJson, type ReviewJson } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { changeFact } from '#server/facts/change-claim.ts';
import { authorsOf, peopleFor } from '#server/people/known-people.ts';
import type { Hall, Seat } from '#server/realtime/hall.ts';
import type { Halls } from '#server/realtime/halls.ts';
import type { Kind } from '#server/realtime/limits.ts';
import {
  auditPinned,
  joinPinned,
  sincePinned,
  type PinnedCall,
} from '#server/realtime/pinned-events.ts';
import { namedOf } from '#server/realtime/presence.ts';
import { lagsBehind, type Socket } from '#server/realtime/wire.ts';

/** What an event is handled with. */
export interface Call {
  context: Context;
  halls: Halls;
  socket: Socket;
  standing: Standing;
  /** Other nodes have to be told. */
  claimChanged(claimId: string): void;
}

/** One event. `right` is what the person needs on the article; `without` is the refusal when they lack it. */
interface EventRow<T extends { articleId: string }> {
  shape: z.ZodMiniType<T>;
  right: Right;
  without: ErrorCode;
  limit: Kind;
  /** The answer may hold a whole article. */
  answersAtLength?: true;
  run(asked: T, call: Call): Promise<object> | object;
  /** In place of `run` for somebody who is pinned to a hand-over; an event without it is refused to them. */
  atPin?(asked: T, call: PinnedCall): Promise<object> | object;
}

const row = <T extends { articleId: string }>(
  event: EventRow<T>,
): EventRow<{ articleId: string }> => event as unknown as EventRow<{ articleId: string }>;

const readerOf = ({ userId, role }: Standing): Seat['reader'] => ({ id: userId, role });

/** The head as this reader may see it, with the names they are told. */
async function headFor(call: Call, hall: Hall, facts: Facts): Promise<ReviewJson> {
  const { context, socket, standing } = call;
  const people = await peopleFor(context, socket.data.person, hall.room.articleId);
  // The head is read after the last wait: a frame that is sent from here on follows it.
  const review = projectReview(hall.room.review, readerOf(standing));
  return { ...reviewToJson(review), people: people(review, facts) };
}

/** The facts of the article that this reader may see. */
async function factsIn({ context, standing }: Call, hall: Hall): Promise<Facts> {
  const reader = readerOf(standing);
  const { occurrences } = projectReview(hall.room.review, reader);
  const ids = new Set([...occurrences.values()].map((one) => one.claimId));
  return factsFor(await context.claims.facts([...ids]), occurrences, reader);
}

/** U+0000 cannot be stored. It is replaced rather than removed, so that positions stay what they were. */
function withoutNul<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd') as T;
  if (Array.isArray(value)) return value.map(withoutNul) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withoutNul(v)])) as T;
  return value;
}

function seatOf({ socket }: Call, articleId: string): Seat {
  const seat = socket.data.seats.get(articleId);
  // Nothing is taken from a connection that has not joined: it would not hear what came of it.
  if (!seat) throw new RefusalError('OUT_OF_ORDER');
  return seat;
}

export const events = {
  'article:join': row({
    shape: joinShape,
    right: 'read',
    without: 'ARTICLE_UNKNOWN',
    limit: 'ask',
    answersAtLength: true,
    atPin: joinPinned,
    async run({ articleId, clientId, have }: z.infer<typeof joinShape>, call) {
      const { context, halls, socket, standing } = call;
      socket.data.pins.delete(articleId);
      const hall = await halls.enter(articleId, socket, clientId, readerOf(standing));
      if (!hall) throw new RefusalError('ARTICLE_UNKNOWN');
      seatOf(call, articleId).stage = standing.stage;
      const person = { ...socket.data.person, role: standing.role };
      const peer: Peer = { clientId, person, at: 0, anchor: null, head: null, mode: 'read' };
      const lastSeq = await hall.room.lastSeq(clientId);
      const missed = have ? await hall.room.since(have.rev) : null;
      const facts = await factsIn(call, hall);
      const review = missed ? null : await headFor(call, hall, facts);
      const commits = missed?.map((commit) => projectCommit(commit, readerOf(standing)));
      const rev = missed ? (have?.rev ?? 0) + missed.length : (review?.rev ?? 0);
      hall.presence.put(socket.id, { ...peer, at: rev });
      return {
        ok: true,
        rev,
        ...(commits ? { commits, people: await authorsOf(context, commits) } : { review }),
        facts,
        lastSeq,
        me: person,
        standing,
        peers: namedOf(hall.presence.peers.filter((one) => one.clientId !== clientId)),
        serverTime: context.now(),
      };
    },
  }),
  'article:commit': row({
    shape: commitShape,
    right: 'comment',
    without: 'READ_ONLY',
    limit: 'commit',
    run({ articleId, commit }: z.infer<typeof commitShape>, call) {
      const seat = seatOf(call, articleId);
      const bytes = Buffer.byteLength(JSON.stringify(commit));
      if (bytes > maxCommitBytes) throw new RefusalError('MESSAGE_TOO_LARGE');
      if (commit.clientId !== seat.clientId) throw new RefusalError('FORGED_AUTHOR');
      return seat.hall.room.commit(withoutNul(commit) as AskedCommit, call.standing, bytes);
    },
  }),
  'article:since': row({
    shape: sinceShape,
    right: 'read',
    without: 'ARTICLE_UNKNOWN',
    limit: 'ask',
    answersAtLength: true,
    atPin: sincePinned,
    async run({ articleId, rev, steps }: z.infer<typeof sinceShape>, call) {
      const seat = seatOf(call, articleId);
      const { room } = seat.hall;
      // Who asks has perhaps heard of commits from another node that are not known here yet.
      await room.freshen();
      const missed = steps ? await room.page(rev) : await room.since(rev);
      seat.behind = false;
      if (!missed) {
        const facts = await factsIn(call, seat.hall);
        return { ok: true, review: await headFor(call, seat.hall, facts) };
      }
      const reader = readerOf(call.standing);
      const commits = missed.map((commit) => projectCommit(commit, reader));
      return { ok: true, commits, more: rev + missed.length < room.review.rev };
    },
  }),
  'article:audit': row({
    shape: auditShape,
    right: 'read',
    without: 'ARTICLE_UNKNOWN',
    limit: 'ask',
    atPin: auditPinned,
    run({ articleId, rev, hash }: z.infer<typeof auditShape>, call) {
      const { hall, clientId } = seatOf(call, articleId);
      const { review } = hall.room;
      if (review.rev !== rev) return { ok: true, agrees: null };
      const agrees = digest(JSON.stringify(review.doc)) === hash;
      const { log } = call.context;
      if (!agrees) log.warn({ articleId, rev, clientId }, 'a copy differs from the article');
      return { ok: true, agrees };
    },
  }),
  'claim:change': row({
    shape: claimChangeShape,
    right: 'markFact',
    without: 'FORBIDDEN',
    limit: 'commit',
    async run({ articleId, occurrenceId, key, change }: z.infer<typeof claimChangeShape>, call) {
      const { context, halls, standing } = call;
      const { review } = seatOf(call, articleId).hall.room;
      const article = await context.store.article(articleId);
      const place = { review, occurrenceId, writerId: article?.writerId };
      const changed = await changeFact(context, place, withoutNul(change), standing, key);
      halls.tellOfClaim(changed.occurrences, changed.facts);
      for (const { claim } of changed.facts.claims) call.claimChanged(claim.id);
      return { ok: true, version: changed.version };
    },
  }),
  'article:presence': row({
    shape: presenceShape,
    right: 'read',
    without: 'ARTICLE_UNKNOWN',
    limit: 'presence',
    atPin: () => ({ ok: true }),
    run({ articleId, ...where }: z.infer<typeof presenceShape>, call) {
      const { clientId, hall } = seatOf(call, articleId);
      const person = { ...call.socket.data.person, role: call.standing.role };
      hall.presence.put(call.socket.id, { clientId, person, ...where });
      return { ok: true };
    },
  }),
  'article:leave': row({
    shape: leaveShape,
    right: 'read',
    without: 'ARTICLE_UNKNOWN',
    limit: 'ask',
    atPin({ articleId }: z.infer<typeof leaveShape>, { socket }) {
      socket.data.pins.delete(articleId);
      return { ok: true };
    },
    run({ articleId }: z.infer<typeof leaveShape>, { halls, socket }) {
      halls.leave(articleId, socket);
      return { ok: true };
    },
  }),
} as const satisfies Record<keyof ClientEvents, EventRow<{ articleId: string }>>;

/** The row of an event by the name that came over the wire. */
export const eventRow = (name: string): EventRow<{ articleId: string }> | undefined =>
  Object.hasOwn(events, name) ? events[name as keyof typeof events] : undefined;

/** What the event answers, or the refusal. Throws for faults of ours. */
export async function answerEvent(
  name: string,
  asked: unknown,
  call: Omit<Call, 'standing'>,
): Promise<object> {
  const event = eventRow(name);
  const read = event?.shape.safeParse(asked);
  if (!event || !read?.success) return refusal('BAD_MESSAGE');
  const { context, socket } = call;
  if (context.stopping()) return refusal('STOPPING');
  // Answers to the article as a whole are large. Who has not taken the last ones is not given another.
  if (event.answersAtLength && lagsBehind(socket))
    return { ...refusal('THROTTLED'), retryMs: 1000 };
  // Nothing is begun that cannot be finished: without its database a node neither takes changes nor tells what may be old.
  if (!(await context.health.databaseAnswers()))
    return { ...refusal('UNAVAILABLE'), retryMs: 1000 };
  const standing = await context.standings.of(socket.data.person.id, read.data.articleId);
  if (!standing || !may(standing, 'read')) return refusal('ARTICLE_UNKNOWN');
  if (!may(standing, event.right)) return refusal(event.without);
  const { pin } = standing;
  // A seat from before they were pinned is one too many.
  if (pin) call.halls.leave(read.data.articleId, socket);
  try {
    if (!pin) return await event.run(read.data, { ...call, standing });
    if (!event.atPin) return refusal(event.without);
    return await event.atPin(read.data, { context, socket, standing, pin });
  } catch (error) {
    if (error instanceof RefusalError) return refusal(error.code);
    throw error;
  }
}
