/** Bringing a sent copy back over HTTP: which article it belongs to, what it brings, and the writing of what was chosen. */
import { json, raw, Router, type Request, type RequestHandler } from 'express';
import * as z from 'zod/mini';
import { largestFile } from '#core/formats/read-bytes.ts';
import { returnChoices } from '#core/formats/return/return-plan.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { idShape } from '#server/http/ids.ts';
import { signedIn } from '#server/http/signed-in.ts';
import { bringBack } from '#server/library/return-write.ts';
import { offerReturn, previewReturn } from '#server/library/return.ts';

const name = z.string().check(z.maxLength(400));
const queryShape = z.object({ name: z._default(name, ''), article: z.optional(idShape) });
const bringShape = z.object({
  base64: z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  name: z._default(name, ''),
  article: z.optional(idShape),
  choices: z._default(z.record(idShape, z.enum(returnChoices)), {}),
  audience: z.optional(z.enum(['all', 'desk'])),
});

export function returnRoutes(context: Context): Router {
  const router = Router();
  // Who is asking is known before the body is read.
  const known: RequestHandler = async (req, _res, next) => {
    await signedIn(context, req);
    next();
  };
  const bytes: RequestHandler[] = [known, raw({ type: () => true, limit: largestFile })];
  const bytesOf = (req: Request): Uint8Array =>
    Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);

  router.post('/api/return/offer', ...bytes, async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json({ offer: await offerReturn(context, person, bytesOf(req)) });
  });

  router.post('/api/return/preview', ...bytes, async (req, res) => {
    const { person } = await signedIn(context, req);
    const query = parse(queryShape, req.query);
    const asked = { bytes: bytesOf(req), name: query.name, articleId: query.article };
    res.json(await previewReturn(context, person, asked));
  });

  router.post('/api/return', known, json({ limit: largestFile * 1.4 }), async (req, res) => {
    const { person } = await signedIn(context, req);
    const { base64, article, ...rest } = parse(bringShape, req.body);
    const asked = { ...rest, bytes: Buffer.from(base64, 'base64'), articleId: article };
    res.json(await bringBack(context, person, asked));
  });
  return router;
}
