/** Articles over HTTP: the library, one article, and a new one from a file. */
import { Router } from 'express';
import * as z from 'zod/mini';
import { stages } from '#core/sync/stage.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { fileBody } from '#server/http/file-body.ts';
import { idOr } from '#server/http/ids.ts';
import { importersOnly, signedIn } from '#server/http/signed-in.ts';
import { importText } from '#server/library/import.ts';
import { listLibrary, showArticle } from '#server/library/list.ts';

const listShape = z.object({
  q: z._default(z.string().check(z.maxLength(200), z.trim()), ''),
  stage: z.optional(z.enum(stages)),
  mine: z.pipe(
    z._default(z.enum(['0', '1']), '0'),
    z.transform((flag) => flag === '1'),
  ),
  after: z.optional(z.string().check(z.maxLength(200))),
});
const uploadShape = z.object({ name: z.optional(z.string().check(z.maxLength(400))) });

export function articleRoutes(context: Context): Router {
  const router = Router();

  router.param('id', idOr('ARTICLE_UNKNOWN'));

  router.get('/api/articles', async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json(await listLibrary(context, person, parse(listShape, req.query)));
  });

  router.get('/api/articles/:id', async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json(await showArticle(context, person, req.params.id));
  });

  router.post('/api/articles', importersOnly(context), fileBody(), async (req, res) => {
    const { person } = await signedIn(context, req);
    const { name } = parse(uploadShape, req.query);
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const file = { bytes, ...(name === undefined ? {} : { name }) };
    res.status(201).json({ id: await importText(context, person, file) });
  });
  return router;
}
