/** Annotation operations: what a commit carries beside its steps, and the parser for what comes over the wire. */
import * as z from 'zod/mini';
import { claimTypes } from '#core/annotate/annotation.ts';

const id = z.string().check(z.regex(/^[\w~-]{1,80}$/));
const text = z.string().check(
  z.maxLength(20_000),
  z.refine((value) => value.trim() !== ''),
);
const short = z.string().check(z.maxLength(400));
const position = z.int().check(z.nonnegative());

export const audienceShape = z.union([
  z.enum(['all', 'desk', 'legal']),
  z.object({ people: z.array(id).check(z.minLength(1), z.maxLength(50)) }),
]);

/** Where a new annotation goes. Positions are those of the document after the commit's own steps; the quote is used when the words are gone by then. */
const place = {
  from: position,
  to: position,
  quote: z.object({
    exact: z.string().check(z.maxLength(20_000)),
    prefix: z.string().check(z.maxLength(200)),
    suffix: z.string().check(z.maxLength(200)),
  }),
};

const verdict = z.enum(['accept', 'reject']);

/** What a client may ask for. */
export const askedOpShape = z.discriminatedUnion('op', [
  z.object({ op: z.literal('comment.open'), id, ...place, text, audience: audienceShape }),
  z.object({ op: z.literal('reply'), id, on: id, text }),
  z.object({ op: z.literal('edit'), id, on: id, text }),
  z.object({ op: z.literal('resolve'), on: id }),
  z.object({ op: z.literal('reopen'), on: id }),
  z.object({ op: z.literal('place'), on: id, ...place }),
  /** Its words were put into another article. */
  z.object({ op: z.literal('elsewhere'), on: id, articleId: id }),
  z.object({ op: z.literal('delete'), on: id }),
  z.object({ op: z.literal('restore'), on: id }),
  z.object({
    op: z.literal('occurrence.open'),
    id,
    ...place,
    claim: z.object({ id, type: z.enum(claimTypes), text, check: short }),
    audience: audienceShape,
  }),
  z.object({ op: z.literal('suggestion.open'), id, reason: short, category: short }),
  z.object({ op: z.literal('suggestion.reason'), on: id, reason: short }),
  z.object({
    op: z.literal('decide'),
    ids: z.array(id).check(z.minLength(1), z.maxLength(5000)),
    verdict,
  }),
  z.object({ op: z.literal('undecide'), rev: position }),
]);
export type AskedOp = z.infer<typeof askedOpShape>;

/** An operation as the log keeps it: the server has set who may see it and, for decisions, what came of it. */
export type Op =
  | (Exclude<AskedOp, { op: 'decide' | 'undecide' }> & { audience: z.infer<typeof audienceShape> })
  | {
      op: 'decide';
      ids: string[];
      verdict: 'accept' | 'reject';
      audience: z.infer<typeof audienceShape>;
      outcome: { id: string; verdict: 'accept' | 'reject' | 'settled' }[];
    }
  | { op: 'undecide'; rev: number; ids: string[]; audience: z.infer<typeof audienceShape> }
  /** Stands in a reader's copy of a commit for what is outside their audience. */
  | { op: 'hidden' };
