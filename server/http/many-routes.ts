/** Many articles at once over HTTP: a zip of copies that is built in the background and downloaded in parts, and a zip that comes in. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Router, json, raw, type RequestHandler } from 'express';
import * as z from 'zod/mini';
import { manyLimits } from '#core/formats/many/unpack.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { attachment, copyPolicy } from '#server/http/attachment.ts';
import { idOr, idShape } from '#server/http/ids.ts';
import { importersOnly, signedIn } from '#server/http/signed-in.ts';
import {
  bytesOf,
  describeParcel,
  parcelLimits,
  readyParcel,
  startParcel,
} from '#server/library/many.ts';
import { importZip, unpackedParts } from '#server/library/many-import.ts';

const word = z.string().check(z.maxLength(40));
const askedShape = z.object({
  articleIds: z.array(idShape).check(z.minLength(1), z.maxLength(parcelLimits.articles)),
  preset: word,
  view: z._default(word, 'accepted'),
  format: word,
});

export function manyRoutes(context: Context): Router {
  const router = Router();
  router.param('parcel', idOr('NOT_FOUND'));

  router.post('/api/send-outs', json({ limit: '32kb' }), async (req, res) => {
    const { person } = await signedIn(context, req);
    const id = await startParcel(context, person, parse(askedShape, req.body));
    res.status(202).location(`/api/send-outs/${id}`).json({ id });
  });

  router.get('/api/send-outs/:parcel', async (req, res) => {
    const { person } = await signedIn(context, req);
    res.json(await describeParcel(context, person, req.params.parcel));
  });

  router.get('/api/send-outs/:parcel/file', async (req, res) => {
    const { person } = await signedIn(context, req);
    const id = req.params.parcel;
    const { name, bytes, digest } = await readyParcel(context, person, id);
    const tag = `"${digest}"`;
    res.setHeader('Accept-Ranges', 'bytes');
    res.setHeader('ETag', tag);
    res.setHeader('Content-Security-Policy', copyPolicy);
    res.setHeader('Content-Disposition', attachment(name));
    res.setHeader('Content-Type', 'application/zip');
    res.setHeader('Repr-Digest', `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`);
    if (req.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) {
      res.status(304).end();
      return;
    }
    // A part of another file is worth nothing: then the whole one is sent.
    const condition = req.headers['if-range'];
    const isSame = condition === undefined || condition === tag;
    const asked = isSame && req.method === 'GET' ? req.range(bytes) : undefined;
    if (asked === -1) {
      res.status(416).setHeader('Content-Range', `bytes */${bytes}`);
      res.end();
      return;
    }
    // Several ranges, or what is none, get the whole file.
    const isOne = Array.isArray(asked) && asked.type === 'bytes' && asked.length === 1;
    const part = isOne ? asked[0] : undefined;
    const { start, end } = part ?? { start: 0, end: bytes - 1 };
    if (part) res.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${bytes}`);
    res.setHeader('Content-Length', end - start + 1);
    if (req.method === 'HEAD') {
      res.end();
      return;
    }
    await pipeline(Readable.from(bytesOf(context, id, start, end)), res).catch((error: unknown) => {
      // Whoever goes away in the middle comes back for the rest.
      if (!res.destroyed) throw error;
    });
  });

  const allowed = importersOnly(context);
  const take = raw({ type: () => true, limit: manyLimits.packed });
  const body: RequestHandler = (req, res, next) =>
    take(req, res, (error?: unknown) => {
      const { type } = (error ?? {}) as { type?: unknown };
      next(type === 'entity.too.large' ? new RefusalError('ZIP_TOO_LARGE') : error);
    });
  const bytesIn = (sent: unknown): Uint8Array => {
    if (!Buffer.isBuffer(sent) || sent.length === 0) throw new RefusalError('FILE_EMPTY');
    return sent;
  };

  router.post('/api/import/unpack', allowed, body, async (req, res) => {
    const { person } = await signedIn(context, req);
    const parts = await unpackedParts(context, person, bytesIn(req.body));
    res.type('json');
    await pipeline(Readable.from(parts), res).catch((error: unknown) => {
      if (!res.destroyed) throw error;
    });
  });

  router.post('/api/import/zip', allowed, body, async (req, res) => {
    const { person } = await signedIn(context, req);
    res.status(201).json(await importZip(context, person, bytesIn(req.body)));
  });
  return router;
}
