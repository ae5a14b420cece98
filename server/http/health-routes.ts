/** For whoever watches over the process: is it alive, can it work, and what has it done? */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/http/answer.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function healthRoutes(context: Context): Router {
  const { config, health, meter } = context;
  const router = Router();
  router.get('/healthz', (_req, res) => void res.json({ ok: true }));
  router.get('/readyz', async (_req, res) => {
    const complaints = await health.complaints();
    if (complaints.length === 0) res.json({ ok: true });
    else res.status(503).json({ ok: false, why: complaints.join(' ') });
  });
  const { metricsToken } = config;
  const wanted = metricsToken === undefined ? null : digest(`Bearer ${metricsToken}`);
  router.get('/metrics', async (req, res) => {
    // Without the token it is as if there were no such address.
    if (!wanted || !timingSafeEqual(digest(req.get('authorization') ?? ''), wanted))
      refuse(res, 'NOT_FOUND');
    else res.type(meter.contentType).send(await meter.text());
  });
  return router;
}
