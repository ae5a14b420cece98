/** The parser of a hand-over that is asked for; apart from the words of the desk, so that pages need no parser. */
import * as z from 'zod/mini';
import { workingStages } from '#core/sync/desk.ts';

/** What is asked of POST /api/articles/:id/hand-over. */
export const handOverShape = z.object({
  stage: z.enum(workingStages),
  to: z.nullable(z.string().check(z.maxLength(80))),
  dueAt: z.nullable(z.iso.datetime()),
  note: z.string().check(z.maxLength(4000)),
});
export type AskedHandOver = z.infer<typeof handOverShape>;
