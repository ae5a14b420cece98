/** Facts over HTTP: those of every article, and the log of one as a file. */
import { Router } from 'express';
import * as z from 'zod/mini';
import { factGroups } from '#core/facts/fact-filter.ts';
import type { Context } from '#server/context.ts';
import { exportFactLog, listFacts } from '#server/facts/list.ts';
import { parse } from '#server/http/answer.ts';
import { attachment } from '#server/http/attachment.ts';
import { idOr, idShape } from '#server/http/ids.ts';
import { signedIn } from '#server/http/signed-in.ts';

const listShape = z.object({
  state: z.optional(z.enum(factGroups)),
  q: z.optional(z.string().check(z.maxLength(200))),
  article: z.optional(idShape),
  after: z.optional(z.string().check(z.regex(/^[\w.:~-]{1,120}$/))),
});
/** The mark of UTF-8 at the head of the file is there unless it is refused: spreadsheets need it. */
const logShape = z.object({ bom: z._default(z.enum(['0', '1']), '1') });

export function factRoutes(context: Context): Router {
  const router = Router();
  router.param('id', idOr('ARTICLE_UNKNOWN'));

  router.get('/api/facts', async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json(await listFacts(context, person, parse(listShape, req.query)));
  });

  router.get('/api/articles/:id/facts.csv', async (req, res) => {
    const { person } = await signedIn(context, req);
    const bom = parse(logShape, req.query).bom === '1';
    const file = await exportFactLog(context, person, { articleId: req.params.id, bom });
    res.setHeader('Content-Disposition', attachment(file.name));
    res.setHeader('Content-Type', file.type);
    res.send(Buffer.from(file.content));
  });
  return router;
}
