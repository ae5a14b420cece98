/** For whoever watches over the process: is it alive, and can it work? */
import { Router } from 'express';
import type { Context } from '#server/context.ts';
import { codeOf } from '#server/store/failure.ts';

const patienceMs = 2000;

export function healthRoutes(context: Context): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => void res.json({ ok: true }));
  router.get('/readyz', async (_req, res) => {
    if (context.stopping()) {
      res.status(503).json({ ok: false, why: 'The server is stopping.' });
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('late')), patienceMs);
    });
    try {
      await Promise.race([context.store.ping(), late]);
      res.json({ ok: true });
    } catch (error) {
      const code = codeOf(error);
      const why = `The database does not answer${code === undefined ? '' : ` (${code})`}.`;
      res.status(503).json({ ok: false, why });
    } finally {
      clearTimeout(timer);
    }
  });
  return router;
}
