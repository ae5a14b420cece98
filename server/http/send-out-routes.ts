/** Sending copies out over HTTP: what may go, what it would hold, how it looks, and the sending itself. */
import { Router, json } from 'express';
import * as z from 'zod/mini';
import { statusOf } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { attachment, sendFile } from '#server/http/attachment.ts';
import { idOr } from '#server/http/ids.ts';
import { signedIn } from '#server/http/signed-in.ts';
import {
  describeCopy,
  describeSendOut,
  isRefused,
  previewOfCopy,
  sendOut,
} from '#server/library/send-out.ts';

const word = z.string().check(z.maxLength(40));
const askedShape = z.object({ preset: word, view: z._default(word, 'accepted'), format: word });
const quickShape = z.object({
  preset: z._default(word, 'file'),
  view: z._default(word, 'marked'),
  format: word,
});

/** A preview stands in a frame of our own page and can do nothing there. */
const previewPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

export function sendOutRoutes(context: Context): Router {
  const router = Router();
  const path = '/api/articles/:id/send-out';
  router.param('id', idOr('ARTICLE_UNKNOWN'));

  router.get(path, async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json(await describeSendOut(context, person, req.params.id));
  });

  router.get(`${path}/contents`, async (req, res) => {
    const { person } = await signedIn(context, req);
    const id = req.params['id'] ?? '';
    res.json(await describeCopy(context, person, id, parse(askedShape, req.query)));
  });

  router.get(`${path}/preview`, async (req, res) => {
    const { person } = await signedIn(context, req);
    const id = req.params['id'] ?? '';
    const { type, content } = await previewOfCopy(
      context,
      person,
      id,
      parse(askedShape, req.query),
    );
    res.setHeader('Content-Security-Policy', previewPolicy);
    res.setHeader('X-Frame-Options', 'SAMEORIGIN');
    res.setHeader('Content-Type', type);
    res.send(content);
  });

  router.post(path, json({ limit: '4kb' }), async (req, res) => {
    const { person } = await signedIn(context, req);
    const answer = await sendOut(
      context,
      person,
      req.params['id'] ?? '',
      parse(askedShape, req.body),
    );
    if (isRefused(answer)) res.status(statusOf(answer.code)).json(answer);
    else sendFile(res, answer);
  });

  // Looking whether a copy is there is no sending.
  router.head('/api/articles/:id/export', async (req, res) => {
    const { person } = await signedIn(context, req);
    const asked = parse(quickShape, req.query);
    const { fileName, bytes } = await describeCopy(context, person, req.params.id, asked);
    res.setHeader('Content-Disposition', attachment(fileName));
    res.setHeader('Content-Length', bytes);
    res.end();
  });

  // The quick way: a link that gives the copy at once, by default what one sees oneself.
  router.get('/api/articles/:id/export', async (req, res) => {
    const { person } = await signedIn(context, req);
    const answer = await sendOut(context, person, req.params.id, parse(quickShape, req.query));
    if (isRefused(answer)) res.status(statusOf(answer.code)).json(answer);
    else sendFile(res, answer);
  });
  return router;
}
