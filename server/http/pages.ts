/** The built screens: files of dist/web, and index.html for every address that is a screen. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router } from 'express';
import { refuse } from '#server/http/answer.ts';

const placeholder = '__CSP_NONCE__';

/** The policy of the screens. No inline script runs; style elements need the nonce of their page. */
function contentPolicy(nonce: string, origins: readonly string[]): string {
  const sockets = origins.map((origin) => origin.replace(/^http/, 'ws'));
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${sockets.join(' ')}`,
    // How a copy reads, in a frame in which nothing runs.
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

function withNonce(html: string, nonce: string): string {
  const filled = html.replaceAll(placeholder, nonce);
  if (filled.includes('property="csp-nonce"')) return filled;
  return filled.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}" />`);
}

/** `folder` is dist/web. Its index is read at the first request, since the build may come after the start. */
export function pageRoutes(folder: string, origins: readonly string[]): Router {
  const router = Router();
  let index: Promise<string> | undefined;
  const readIndex = (): Promise<string> =>
    (index ??= readFile(join(folder, 'index.html'), 'utf8').catch((error: unknown) => {
      index = undefined;
      throw error;
    }));

  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  router.use('/assets', (_req, res) => refuse(res, 'NOT_FOUND'));
  router.get('/sw.js', (_req, res, next) => {
    // The worker goes by the policy of its own file: it fetches from here and does nothing else.
    res.setHeader('Content-Security-Policy', workerPolicy);
    res.setHeader('Cache-Control', 'no-cache');
    next();
  });
  router.use(express.static(folder, { index: false, redirect: false }));
  router.get('/{*path}', async (req, res, next) => {
    if (!req.accepts('html')) {
      next();
      return;
    }
    let html: string;
    try {
      html = await readIndex();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      res.status(503).type('text').send('The screens are not built yet. Run: npm run build');
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    res.setHeader('Content-Security-Policy', contentPolicy(nonce, origins));
    res.setHeader('Cache-Control', 'no-store');
    res.type('html').send(withNonce(html, nonce));
  });
  return router;
}
