/** Reads what a file says of its own way back: which comment is a fact or belongs to a change. What is not there, or
 *  does not fit, is passed over: the file has been in other hands. */
import * as z from 'zod/mini';
import type { WordPackage } from '#core/formats/docx/open-package.ts';
import { child } from '#core/formats/docx/read-xml.ts';

const text = z.string();
const shape = z.object({
  format: z.literal('galley.docx'),
  version: z.literal(1),
  article: z.object({ id: text, rev: z.number(), language: text }),
  notes: z.array(
    z.object({
      id: text,
      kind: z.enum(['comment', 'fact', 'suggestion']),
      comment: z.optional(text),
      resolved: z.optional(z.boolean()),
      messages: z.optional(
        z.array(z.object({ id: text, paragraph: text, author: text, at: text, text })),
      ),
      bookmark: z.optional(text),
      quote: z.optional(text),
    }),
  ),
  occurrences: z.array(z.object({ id: text, claimId: text })),
  claims: z.array(z.object({ id: text, type: text, text, check: text })),
});

/** What is known of a file that Galley wrote. */
export type WayBack = z.infer<typeof shape>;

/** The way back, or null for a file of another program. */
export function readWayBack(file: WordPackage): WayBack | null {
  for (const { type, target, external } of file.relations(file.main).values()) {
    if (type !== 'customXml' || external) continue;
    const root = file.part(target);
    const data = root?.name === 'galley:review' ? child(root, 'galley:data') : undefined;
    if (!data) continue;
    try {
      const read = shape.safeParse(JSON.parse(data.text));
      if (read.success) return read.data;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}
