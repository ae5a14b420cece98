/** The HTTP side of a server, as one Express application. */
import { toNodeHandler } from 'better-auth/node';
import express, { type Express } from 'express';
import { addressHeader, authPaths } from '#server/auth/auth.ts';
import type { Context } from '#server/context.ts';
import { accountRoutes } from '#server/http/account-routes.ts';
import { answerErrors, refuse, unknownRoute } from '#server/http/answer.ts';
import { assetRoutes } from '#server/http/asset-routes.ts';
import { articleRoutes } from '#server/http/article-routes.ts';
import { factRoutes } from '#server/http/fact-routes.ts';
import { checkOrigin, logRequests, secureHeaders } from '#server/http/guard.ts';
import { healthRoutes } from '#server/http/health-routes.ts';
import { importRoutes } from '#server/http/import-routes.ts';
import { deskRoutes } from '#server/http/desk-routes.ts';
import { historyRoutes } from '#server/http/history-routes.ts';
import { pageRoutes } from '#server/http/pages.ts';
import { peopleRoutes } from '#server/http/people-routes.ts';
import { returnRoutes } from '#server/http/return-routes.ts';
import { manyRoutes } from '#server/http/many-routes.ts';
import { sendOutRoutes } from '#server/http/send-out-routes.ts';

/** `pages` is the folder of the built screens. */
export function makeHttp(context: Context, pages: string): Express {
  const { config, log, origins } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies.length > 0 ? config.trustedProxies : false);
  app.use(logRequests(log, context.meter));
  app.use(secureHeaders((origins[0] ?? '').startsWith('https:')));
  app.use(healthRoutes(context));
  app.use((_req, res, next) => {
    if (context.stopping()) refuse(res, 'STOPPING');
    else next();
  });
  app.use(checkOrigin(origins));
  // Nothing is begun that cannot be finished, and nobody waits for a database that is known to be away.
  app.use('/api', async (_req, res, next) => {
    if (await context.health.databaseAnswers()) next();
    else refuse(res, 'UNAVAILABLE');
  });

  const authHandler = toNodeHandler(context.auth.engine);
  app.all('/api/auth/*splat', async (req, res) => {
    if (!authPaths.has(req.path)) {
      refuse(res, 'NOT_FOUND');
      return;
    }
    if (req.ip === undefined) delete req.headers[addressHeader];
    else req.headers[addressHeader] = req.ip;
    // A sign-out ends the live connections of that session as well.
    if (req.method === 'POST' && req.path === '/api/auth/sign-out')
      res.on('finish', () => context.recheckSessions());
    await authHandler(req, res);
  });
  app.use(accountRoutes(context));
  app.use(peopleRoutes(context));
  app.use(articleRoutes(context));
  app.use(assetRoutes(context));
  app.use(sendOutRoutes(context));
  app.use(manyRoutes(context));
  app.use(importRoutes(context));
  app.use(returnRoutes(context));
  app.use(historyRoutes(context));
  app.use(deskRoutes(context));
  app.use(factRoutes(context));
  app.use('/api', unknownRoute);
  app.use(pageRoutes(pages, origins));
  app.use(unknownRoute);
  app.use(answerErrors(log));
  return app;
}
