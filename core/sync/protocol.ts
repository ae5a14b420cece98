/** The wire: every event between browser and server, with a parser for each that comes in. Version 1.
 *  Socket and HTTP answers that refuse are `Refusal`s of core/sync/error. */
import * as z from 'zod/mini';
import type { Person } from '#core/annotate/annotation.ts';
import { askedOpShape } from '#core/annotate/op.ts';
import { intents, type AskedCommit, type Commit, type Receipt } from '#core/sync/commit.ts';
import type { Refusal } from '#core/sync/error.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { ReviewJson } from '#core/sync/review.ts';

export const protocolVersion = 1;

/** Limits of one commit. */
export const maxSteps = 500;
export const maxOps = 200;
export const maxCommitBytes = 256 * 1024;
/** A client at most this many commits behind catches up by commits, else by a whole review. */
export const maxCatchUp = 500;
/** A commit whose base is older than this many steps is refused with RESYNC: the client rebases first. */
export const maxStepsBehind = 5000;

const articleId = z.string().check(z.regex(/^[\w-]{1,80}$/));
const clientId = z.string().check(z.regex(/^[\w-]{8,80}$/));
const count = z.int().check(z.nonnegative());

const stepShape = z.looseObject({ stepType: z.string().check(z.maxLength(40)) });

export const joinShape = z.object({
  articleId,
  clientId,
  have: z.optional(z.object({ rev: count })),
});
export const commitShape = z.object({
  articleId,
  commit: z.object({
    clientId,
    seq: count.check(z.positive()),
    base: count,
    intent: z.enum(intents),
    steps: z.array(stepShape).check(z.maxLength(maxSteps)),
    ops: z.array(askedOpShape).check(z.maxLength(maxOps)),
  }),
});
export const sinceShape = z.object({ articleId, rev: count });
export const presenceShape = z.object({
  articleId,
  at: count,
  anchor: z.nullable(count),
  head: z.nullable(count),
  mode: z.enum(['read', 'suggest', 'edit']),
});
export const leaveShape = z.object({ articleId });

/** Somebody else in the article. `at` is the revision their caret positions belong to; null while they have none. */
export interface Peer {
  clientId: string;
  person: Person;
  at: number;
  anchor: number | null;
  head: number | null;
  mode: 'read' | 'suggest' | 'edit';
}

/** The answer to a join: the commits since `have`, or the whole review; `lastSeq` is the newest known commit number of this client. */
export interface Joined {
  ok: true;
  rev: number;
  commits?: Commit[];
  review?: ReviewJson;
  lastSeq: number;
  me: Person;
  standing: Standing;
  peers: Peer[];
  serverTime: string;
}

export type Ack<T> = (answer: (T & { ok: true }) | Refusal) => void;

/** Events from the browser. Every one is answered. */
export interface ClientEvents {
  'article:join': (asked: z.infer<typeof joinShape>, ack: Ack<Joined>) => void;
  'article:commit': (
    asked: { articleId: string; commit: AskedCommit },
    ack: Ack<Receipt & { ok: true }>,
  ) => void;
  'article:since': (
    asked: z.infer<typeof sinceShape>,
    ack: Ack<{ ok: true; commits?: Commit[]; review?: ReviewJson }>,
  ) => void;
  'article:presence': (asked: z.infer<typeof presenceShape>) => void;
  'article:leave': (asked: z.infer<typeof leaveShape>) => void;
}

/** Events from the server. Frames of commits are contiguous and in order. */
export interface ServerEvents {
  'article:commits': (frame: { articleId: string; commits: Commit[] }) => void;
  'article:presence': (frame: { articleId: string; peers: Peer[] }) => void;
  'article:resync': (frame: { articleId: string; why: string }) => void;
  'session:ended': (frame: { why: string }) => void;
}
