/** The history of an article over HTTP: its list, one revision, two compared, a name, the way back. */
import { Router, json } from 'express';
import * as z from 'zod/mini';
import { comparedTexts } from '#core/sync/compare.ts';
import { reviewToJson } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { nameVersion, renameVersion, restoreRevision } from '#server/history/change.ts';
import { compareRevisions, listHistory } from '#server/history/list.ts';
import { reviewAt } from '#server/history/past.ts';
import { parse } from '#server/http/answer.ts';
import { idOr, idShape } from '#server/http/ids.ts';
import { signedIn } from '#server/http/signed-in.ts';
import { tellElsewhere } from '#server/review/elsewhere.ts';

const newest = 2 ** 31 - 1;
const rev = z.int().check(z.nonnegative(), z.lte(newest));
/** A revision as part of an address: digits only. */
const written = z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number));
const revWritten = z.pipe(written, rev);

const pageShape = z.object({ before: z.optional(revWritten) });
const compareShape = z.object({
  from: revWritten,
  to: revWritten,
  text: z._default(z.enum(comparedTexts), 'original'),
});
const name = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(120),
  z.refine((text) => !/\p{Cc}/u.test(text)),
);
const nameShape = z.object({ rev, name });
const renameShape = z.object({ name });
const elsewhereShape = z.object({
  articleId: idShape,
  text: z.string().check(z.maxLength(20_000)),
});
const restoreShape = z.object({ rev });

export function historyRoutes(context: Context): Router {
  const router = Router();
  router.use('/api/articles/:id/history', json({ limit: '16kb' }));
  router.param('id', idOr('ARTICLE_UNKNOWN'));
  router.param('version', idOr('NOT_FOUND'));

  router.post('/api/articles/:id/elsewhere', json({ limit: '128kb' }), async (req, res) => {
    const { person } = await signedIn(context, req);
    const asked = parse(elsewhereShape, req.body);
    res.json(await tellElsewhere(context, person, req.params.id, asked));
  });

  router.get('/api/articles/:id/history', async (req, res) => {
    const { person } = await signedIn(context, req);
    const { before } = parse(pageShape, req.query);
    res.json(await listHistory(context, person, req.params.id, before));
  });

  router.get('/api/articles/:id/history/compare', async (req, res) => {
    const { person } = await signedIn(context, req);
    const asked = parse(compareShape, req.query);
    res.json(await compareRevisions(context, person, req.params.id, asked));
  });

  router.post('/api/articles/:id/history/versions', async (req, res) => {
    const { person } = await signedIn(context, req);
    const named = parse(nameShape, req.body);
    res.status(201).json(await nameVersion(context, person, req.params.id, named));
  });

  router.put('/api/articles/:id/history/versions/:version', async (req, res) => {
    const { person } = await signedIn(context, req);
    const { name } = parse(renameShape, req.body);
    const { id, version } = req.params;
    res.json(await renameVersion(context, person, id, { id: version, name }));
  });

  router.post('/api/articles/:id/history/restore', async (req, res) => {
    const { person } = await signedIn(context, req);
    const asked = parse(restoreShape, req.body);
    res.json(await restoreRevision(context, person, req.params.id, asked.rev));
  });

  router.get('/api/articles/:id/history/:rev', async (req, res) => {
    const { person } = await signedIn(context, req);
    const { rev: at } = parse(z.object({ rev: revWritten }), { rev: req.params.rev });
    res.json(reviewToJson(await reviewAt(context, person, req.params.id, at)));
  });
  return router;
}
