/** Importing over HTTP: a preview of what a file would become, and the article itself with the choices made. */
import { json, Router, type Request, type RequestHandler } from 'express';
import * as z from 'zod/mini';
import { blockRoles } from '#core/formats/import/choices.ts';
import { importFormats } from '#core/formats/article-formats.ts';
import { largestFile } from '#core/formats/read-bytes.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { fileBody } from '#server/http/file-body.ts';
import { importersOnly, signedIn } from '#server/http/signed-in.ts';
import { importText, previewImport, type ImportFile } from '#server/library/import.ts';

const most = 10_000;
const nameShape = z.string().check(z.maxLength(400));
const choicesShape = z.object({
  language: z.optional(
    z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)),
  ),
  restore: z.optional(z.array(z.int().check(z.nonnegative())).check(z.maxLength(most))),
  blocks: z.optional(z.record(z.string().check(z.regex(/^\d{1,6}$/)), z.enum(blockRoles))),
  sources: z.optional(
    z.object({
      footnotes: z._default(z.enum(['stay', 'leave']), 'stay'),
      except: z._default(
        z.array(z.string().check(z.regex(/^[cf]\d{1,6}$/))).check(z.maxLength(most)),
        [],
      ),
    }),
  ),
});
const asShape = z.optional(z.enum(['whole', 'new']));
const audienceShape = z.optional(z.enum(['all', 'desk']));
const queryShape = z.object({
  name: z.optional(nameShape),
  as: asShape,
  audience: audienceShape,
  language: choicesShape.shape.language,
});
const pastedShape = z.object({
  /** The text of a file, or the bytes of one that is no text. */
  text: z._default(z.string(), ''),
  base64: z.optional(z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/))),
  name: z.optional(nameShape),
  format: z.optional(z.enum(importFormats)),
  choices: z.optional(choicesShape),
  audience: audienceShape,
  as: asShape,
});

/** The file of a request: its bytes with the name in the query, or JSON with the text or bytes, a name and choices. */
function fileOf(req: Request): ImportFile {
  if (Buffer.isBuffer(req.body) || req.is('json') === false) {
    const { language, ...about } = parse(queryShape, req.query);
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    return { bytes, ...about, ...(language === undefined ? {} : { choices: { language } }) };
  }
  const { text, base64, ...rest } = parse(pastedShape, req.body);
  const bytes = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
  return { bytes, ...rest };
}

export function importRoutes(context: Context): Router {
  const router = Router();
  const isJson = (type: string | undefined): boolean => /^application\/json\b/i.test(type ?? '');
  const body: RequestHandler[] = [
    importersOnly(context),
    json({ limit: largestFile }),
    fileBody((type) => !isJson(type)),
  ];

  router.post('/api/import/preview', ...body, async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json(await previewImport(context, person, fileOf(req)));
  });

  router.post('/api/import', ...body, async (req, res) => {
    const { person } = await signedIn(context, req);
    res.status(201).json({ id: await importText(context, person, fileOf(req)) });
  });
  return router;
}
