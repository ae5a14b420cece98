/** What every request passes: a request id, the security headers, and the check of where it comes from. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { fromUs } from '#server/auth/origins.ts';
import { idsOf, refuse } from '#server/http/answer.ts';
import type { Logger } from '#server/log.ts';
import type { Meter } from '#server/metrics.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The article a path speaks of. */
const articleOf = (path: string): string | undefined =>
  /^\/api\/articles\/([\w-]{1,80})(?:\/|$)/.exec(path)?.[1];

/** Gives the request an id and logs how it ended: method, path without query, article, person, status, time. */
export function logRequests(log: Logger, meter: Pick<Meter, 'request'>): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID();
    const start = performance.now();
    // Express shortens req.url inside routers, so the path is read now. The query can hold a token.
    const { method, path } = req;
    const articleId = articleOf(path);
    res.locals['requestId'] = requestId;
    res.locals['articleId'] = articleId;
    res.setHeader('X-Request-Id', requestId);
    res.on('close', () => {
      const level = safeMethods.has(method) && res.statusCode < 500 ? 'debug' : 'info';
      const ms = Math.round(performance.now() - start);
      log[level]({ ...idsOf(res), method, path, status: res.statusCode, ms }, 'request');
      meter.request(method, res.statusCode, ms / 1000);
    });
    next();
  };
}

/** Headers that hold for every answer. Answers of the API are never kept by anybody. */
export const secureHeaders =
  (https: boolean): RequestHandler =>
  (req, res, next) => {
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('X-Frame-Options', 'DENY');
    res.setHeader('Referrer-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
    res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    if (https) res.setHeader('Strict-Transport-Security', 'max-age=31536000');
    if (req.path.startsWith('/api/')) res.setHeader('Cache-Control', 'no-store');
    next();
  };

/** Refuses unsafe methods from elsewhere. */
export function checkOrigin(origins: readonly string[]): RequestHandler {
  return (req, res, next) => {
    if (safeMethods.has(req.method) || fromUs(origins, req.headers.origin)) next();
    else refuse(res, 'WRONG_ADDRESS');
  };
}
