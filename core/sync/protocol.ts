/** The wire: every event between browser and server, with a parser for each that comes in. Version 1.
 *  Socket and HTTP answers that refuse are `Refusal`s of core/sync/error. */
import * as z from 'zod/mini';
import { claimTypes, type Person } from '#core/annotate/annotation.ts';
import { askedOpShape } from '#core/annotate/op.ts';
import { sourceKinds, stances, type ClaimFile, type Source } from '#core/facts/claim-file.ts';
import { certainties, verdicts } from '#core/facts/verdict.ts';
import { intents, type AskedCommit, type Commit, type Receipt } from '#core/sync/commit.ts';
import type { Refusal } from '#core/sync/error.ts';
import { maxOps, maxSteps } from '#core/sync/limits.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { ReviewJson } from '#core/sync/review.ts';

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
    seen: z.optional(count),
    intent: z.enum(intents),
    steps: z.array(stepShape).check(z.maxLength(maxSteps)),
    ops: z.array(askedOpShape).check(z.maxLength(maxOps)),
  }),
});
export const sinceShape = z.object({ articleId, rev: count, steps: z.optional(z.boolean()) });
export const auditShape = z.object({
  articleId,
  rev: count,
  hash: z.string().check(z.regex(/^[0-9a-f]{1,64}$/)),
});
export const presenceShape = z.object({
  articleId,
  at: count,
  anchor: z.nullable(count),
  head: z.nullable(count),
  mode: z.enum(['read', 'suggest', 'edit']),
});
const words = (most: number): z.ZodMiniString => z.string().check(z.maxLength(most));
const noteId = z.string().check(z.regex(/^[\w~-]{1,80}$/));

/** A change of a claim, asked from one of its occurrences. Ids, author, time and the checked words are the server's. */
export const claimChangeShape = z.object({
  articleId,
  occurrenceId: noteId,
  /** The sender's name for this change: asked again under the same name, it is done once. */
  key: z.optional(z.string().check(z.regex(/^[\w-]{8,80}$/))),
  change: z.discriminatedUnion('do', [
    z.object({ do: z.literal('describe'), type: z.enum(claimTypes), check: words(400) }),
    z.object({
      do: z.literal('cite'),
      source: z.union([
        z.object({ id: noteId }),
        z.object({
          kind: z.enum(sourceKinds),
          title: words(300).check(z.refine((title) => title.trim() !== '')),
          publisher: words(200),
          address: words(2000),
          dated: words(80),
        }),
      ]),
      locator: words(120),
      stance: z.enum(stances),
      quote: words(4000),
    }),
    z.object({ do: z.literal('uncite'), citationId: noteId }),
    z.object({
      do: z.literal('check'),
      verdict: z.enum(verdicts),
      certainty: z.nullable(z.enum(certainties)),
      rationale: words(4000),
      citationIds: z.array(noteId).check(z.maxLength(50)),
    }),
  ]),
});
export type AskedClaimChange = z.infer<typeof claimChangeShape>['change'];

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

/** The claims with an occurrence a reader sees, as they stand, and the sources they cite. */
export interface Facts {
  claims: ClaimFile[];
  sources: Source[];
}

/** The answer to a join: the commits since `have`, or the whole review; `lastSeq` is the newest known commit number of this client. */
export interface Joined {
  ok: true;
  rev: number;
  commits?: Commit[];
  /** Who wrote these commits. */
  people?: Person[];
  review?: ReviewJson;
  facts: Facts;
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
    ack: Ack<{ ok: true; commits?: Commit[]; review?: ReviewJson; more?: boolean }>,
  ) => void;
  'article:audit': (
    asked: z.infer<typeof auditShape>,
    ack: Ack<{ ok: true; agrees: boolean | null }>,
  ) => void;
  'claim:change': (
    asked: z.infer<typeof claimChangeShape>,
    ack: Ack<{ ok: true; version: number }>,
  ) => void;
  'article:presence': (asked: z.infer<typeof presenceShape>) => void;
  'article:leave': (asked: z.infer<typeof leaveShape>) => void;
}

/** Events from the server. Frames of commits are contiguous and in order. */
export interface ServerEvents {
  'article:commits': (frame: { articleId: string; commits: Commit[] }) => void;
  'article:presence': (frame: { articleId: string; peers: Peer[] }) => void;
  /** A claim has changed; a version at or below the known one is old news. */
  'claim:changed': (frame: { articleId: string; facts: Facts }) => void;
  'article:resync': (frame: { articleId: string; why: string }) => void;
  'session:ended': (frame: { why: string }) => void;
}
