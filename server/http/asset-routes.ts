/** Pictures over HTTP: one is brought to an article, taken over from another, and shown to those who may read one that has it. */
import { raw, Router, type RequestHandler } from 'express';
import { assetLimits, endingOf } from '#core/formats/assets/asset.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import { idOr } from '#server/http/ids.ts';
import { signedIn } from '#server/http/signed-in.ts';
import { bringPicture, mayBring, showPicture, takeOver } from '#server/library/assets.ts';

/** A picture opened by itself can do nothing but be seen. */
const picturePolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

export function assetRoutes(context: Context): Router {
  const router = Router();

  router.param('id', idOr('ARTICLE_UNKNOWN'));
  router.param('hash', (_req, _res, next, hash: string) => {
    next(/^[0-9a-f]{64}$/.test(hash) ? undefined : new RefusalError('NOT_FOUND'));
  });

  // Rights are checked before the body is read; the parser still drains what it refuses, so that the answer arrives.
  const allowed: RequestHandler = async (req, _res, next) => {
    const { person } = await signedIn(context, req);
    await mayBring(context, person.id, String(req.params['id']));
    next();
  };

  router.post(
    '/api/articles/:id/assets',
    allowed,
    raw({ type: () => true, limit: assetLimits.bytes }),
    async (req, res) => {
      const { person } = await signedIn(context, req);
      const bytes: unknown = req.body;
      const file = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
      res.status(201).json(await bringPicture(context, person.id, String(req.params['id']), file));
    },
  );

  router.put('/api/articles/:id/assets/:hash', allowed, async (req, res) => {
    const { person } = await signedIn(context, req);
    await takeOver(context, person.id, String(req.params['id']), String(req.params['hash']));
    res.status(204).end();
  });

  router.get('/api/assets/:hash', async (req, res) => {
    const { person } = await signedIn(context, req);
    const { hash } = req.params;
    const tag = `"${hash}"`;
    const known = req.headers['if-none-match'] === tag;
    const page = /\/a\/([\w-]{1,80})(?:[/?#]|$)/.exec(req.headers.referer ?? '')?.[1];
    const shown = await showPicture(context, person.id, hash, { known, page });
    // The bytes of a hash are the same for ever; whether one may see them is asked whenever they are fetched.
    res.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
    res.setHeader('ETag', tag);
    res.setHeader('Content-Security-Policy', picturePolicy);
    if (shown === 'known') return void res.status(304).end();
    res.setHeader('Content-Type', shown.type);
    res.setHeader('Content-Disposition', `inline; filename="picture.${endingOf(shown.type)}"`);
    res.send(Buffer.from(shown.bytes.buffer, shown.bytes.byteOffset, shown.bytes.byteLength));
  });
  return router;
}
