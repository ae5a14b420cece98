/** The desk over HTTP: handing an article over, and how far one has read. */
import { Router, json } from 'express';
import * as z from 'zod/mini';
import { handOverShape } from '#core/sync/hand-over.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import { handOver } from '#server/desk/hand-over.ts';
import { parse } from '#server/http/answer.ts';
import { idOr } from '#server/http/ids.ts';
import { signedIn } from '#server/http/signed-in.ts';

const readShape = z.object({ rev: z.int().check(z.nonnegative(), z.lte(2 ** 31 - 1)) });

export function deskRoutes(context: Context): Router {
  const router = Router();
  router.param('id', idOr('ARTICLE_UNKNOWN'));

  router.post('/api/articles/:id/hand-over', json({ limit: '32kb' }), async (req, res) => {
    const { person } = await signedIn(context, req);
    const over = await handOver(
      context,
      person,
      req.params['id'] ?? '',
      parse(handOverShape, req.body),
    );
    res.status(201).json({ ok: true, handOver: over });
  });

  router.post('/api/articles/:id/read', json({ limit: '1kb' }), async (req, res) => {
    const { person } = await signedIn(context, req);
    const id = req.params['id'] ?? '';
    const { rev } = parse(readShape, req.body);
    const standing = await context.standings.of(person.id, id);
    if (!standing || !may(standing, 'read')) throw new RefusalError('ARTICLE_UNKNOWN');
    await context.desk.markRead(id, person.id, rev, context.now());
    res.json({ ok: true });
  });
  return router;
}
