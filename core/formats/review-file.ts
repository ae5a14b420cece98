/** The shape of the lossless JSON file, for checking what comes from outside. */
import * as z from 'zod/mini';
import { claimTypes } from '#core/annotate/annotation.ts';
import { roles } from '#core/annotate/audience.ts';
import { audienceShape } from '#core/annotate/op.ts';
import { assetTypes } from '#core/formats/assets/asset.ts';
import { sourceKinds, stances } from '#core/facts/claim-file.ts';
import { certainties, verdicts } from '#core/facts/verdict.ts';
import { stages } from '#core/sync/stage.ts';

const id = z.string().check(z.minLength(1), z.maxLength(200));
const text = z.string();
const count = z.int().check(z.nonnegative());
const time = z.string().check(z.maxLength(40));

const reply = z.object({ id, by: id, at: time, text, editedAt: z.optional(time) });
const status = { statusBy: z.optional(id), statusAt: z.optional(time) };

const comment = z.object({
  id,
  by: id,
  at: time,
  text,
  editedAt: z.optional(time),
  audience: audienceShape,
  status: z.enum(['open', 'resolved', 'deleted']),
  ...status,
  replies: z.array(reply),
});

const occurrence = z.object({
  id,
  claimId: id,
  by: id,
  at: time,
  audience: audienceShape,
  status: z.enum(['open', 'deleted']),
  ...status,
  replies: z.array(reply),
});

const suggestion = z.object({
  id,
  by: id,
  at: time,
  last: time,
  reason: text,
  category: text,
  audience: audienceShape,
  status: z.enum(['pending', 'accepted', 'rejected', 'settled']),
  decidedBy: z.optional(id),
  decidedAt: z.optional(time),
  decidedRev: z.optional(count),
  deleted: text,
  inserted: text,
  replies: z.array(reply),
});

const claim = z.object({
  id,
  type: z.enum(claimTypes),
  text,
  check: text,
  by: id,
  at: time,
  version: count,
});

const anchor = z.object({
  id,
  kind: z.enum(['comment', 'occurrence', 'stet']),
  from: count,
  to: count,
  state: z.enum(['attached', 'detached']),
  good: z.object({ rev: count, from: count, to: count }),
  exact: text,
  prefix: text,
  suffix: text,
  regained: z.optional(z.enum(['moved', 'found'])),
  elsewhere: z.optional(id),
});

const home = z.object({
  exact: text,
  prefix: text,
  suffix: text,
  good: z.object({ rev: count, from: count, to: count }),
});

const grave = z.object({
  id,
  at: count,
  tokens: z.array(text),
  edges: z.array(z.object({ edge: z.enum(['from', 'to']), k: count })),
  by: z.optional(id),
  rev: z.optional(count),
  home: z.optional(home),
  get folded() {
    return z.optional(z.array(z.object({ k: count, grave })));
  },
});

const person = z.object({ id, name: text, role: z.enum(roles), color: count });

const check = z.object({
  id,
  claimId: id,
  articleId: id,
  occurrenceId: id,
  by: id,
  at: time,
  verdict: z.enum(verdicts),
  certainty: z.nullable(z.enum(certainties)),
  rationale: text,
  citationIds: z.array(id),
  rev: count,
  words: text,
  sentence: text,
});

const citation = z.object({
  id,
  claimId: id,
  sourceId: id,
  locator: text,
  stance: z.enum(stances),
  quote: text,
  by: id,
  at: time,
  audience: z.optional(audienceShape),
});

const source = z.object({
  id,
  kind: z.enum(sourceKinds),
  title: text,
  publisher: text,
  address: text,
  dated: text,
  by: id,
  at: time,
});

const asset = z.object({ type: z.enum(assetTypes), width: count, height: count, data: text });

/** The whole file. Files of before facts had verdicts lack the last three lists; files without pictures lack `assets`. */
export const reviewFileShape = z.object({
  format: z.literal('galley.review'),
  version: z.literal(1),
  article: z.object({
    id,
    language: text,
    stage: z.enum(stages),
    writerId: z.optional(id),
    source: z.optional(text),
  }),
  people: z.array(person),
  rev: count,
  doc: z.unknown(),
  comments: z.array(comment),
  occurrences: z.array(occurrence),
  suggestions: z.array(suggestion),
  claims: z.array(claim),
  anchors: z.array(anchor),
  graves: z.array(grave),
  checks: z._default(z.array(check), []),
  sources: z._default(z.array(source), []),
  citations: z._default(z.array(citation), []),
  assets: z._default(z.record(z.string().check(z.regex(/^[0-9a-f]{64}$/)), asset), {}),
});
export type ReviewFile = z.infer<typeof reviewFileShape>;
