/** People over HTTP: the house's list, one article's list, invitations, and links that work once. */
import { Router, json, type Request, type Response } from 'express';
import * as z from 'zod/mini';
import { roles } from '#core/annotate/audience.ts';
import { RefusalError } from '#core/sync/error.ts';
import { Attempts } from '#server/auth/attempts.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { idOr, idShape } from '#server/http/ids.ts';
import { authHeaders, signedIn } from '#server/http/signed-in.ts';
import {
  putOnArticle,
  restrict,
  showArticlePeople,
  takeOffArticle,
} from '#server/people/article-people.ts';
import { invite, join, lookAtInvitation, withdraw } from '#server/people/invite.ts';
import { changeRole, listPeople, setBanned, signOutEverywhere } from '#server/people/manage.ts';
import { lookAtReset, makeResetLink, resetPassword } from '#server/people/reset-password.ts';

const email = z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200));
const name = z.string().check(z.trim(), z.regex(/^\P{Cc}{1,100}$/u));
const password = z.string().check(z.minLength(8), z.maxLength(128));
const token = z.string().check(z.maxLength(200));
const role = z.enum(roles);
const endsAt = z._default(z.nullable(z.iso.datetime()), null);

const roleShape = z.object({ role });
const bannedShape = z.object({ banned: z.boolean() });
const inviteShape = z.object({ email, role });
const pin = z._default(z.nullable(idShape), null);
const guestShape = z.object({ email, role, endsAt, pin });
const memberShape = z.object({ role, endsAt, pin });
const restrictedShape = z.object({ restricted: z.boolean() });
const tokenShape = z.object({ token });
const joinShape = z.object({
  token,
  email,
  account: z._default(z.nullable(z.object({ name, password })), null),
});
const resetShape = z.object({ token, password });

/** An end as the database sorts it, whatever form it was sent in. */
const ending = (end: string | null): string | null =>
  end === null ? null : new Date(end).toISOString();

const setCookies = (res: Response, cookies: readonly string[]): void => {
  for (const cookie of cookies) res.append('Set-Cookie', cookie);
};

/** Where a small JSON body is read; a file that is imported is larger. */
const ownPaths = [
  '/api/people',
  '/api/me',
  '/api/invitations',
  '/api/join',
  '/api/reset',
  '/api/articles/:id/people',
  '/api/articles/:id/restricted',
  '/api/articles/:id/invitations',
];

export function peopleRoutes(context: Context): Router {
  const { auth } = context;
  const router = Router();
  router.use(ownPaths, json({ limit: '16kb' }));
  router.param('id', idOr('NOT_FOUND'));
  router.param('userId', idOr('NOT_FOUND'));
  const me = async (req: Request) => (await signedIn(context, req)).person;

  router.get('/api/people', async (req, res) => {
    res.json(await listPeople(context, await me(req)));
  });
  router.put('/api/people/:id/role', async (req, res) => {
    const by = await me(req);
    await changeRole(context, by, req.params.id, parse(roleShape, req.body).role);
    res.json({ ok: true });
  });
  router.put('/api/people/:id/banned', async (req, res) => {
    const by = await me(req);
    await setBanned(context, by, req.params.id, parse(bannedShape, req.body).banned);
    res.json({ ok: true });
  });
  router.post('/api/people/:id/sign-out', async (req, res) => {
    await signOutEverywhere(context, await me(req), req.params.id);
    res.json({ ok: true });
  });
  router.post('/api/people/:id/reset-link', async (req, res) => {
    res.status(201).json(await makeResetLink(context, await me(req), req.params.id));
  });
  router.post('/api/me/sign-out', async (req, res) => {
    const by = await me(req);
    await signOutEverywhere(context, by, by.id);
    res.json({ ok: true });
  });

  router.post('/api/invitations', async (req, res) => {
    const by = await me(req);
    const asked = { ...parse(inviteShape, req.body), articleId: null, endsAt: null, pin: null };
    res.status(201).json(await invite(context, by, asked));
  });
  router.delete('/api/invitations/:id', async (req, res) => {
    await withdraw(context, await me(req), req.params.id);
    res.json({ ok: true });
  });

  router.get('/api/articles/:id/people', async (req, res) => {
    res.json(await showArticlePeople(context, await me(req), req.params.id));
  });
  router.put('/api/articles/:id/people/:userId', async (req, res) => {
    const by = await me(req);
    const { id: articleId, userId } = req.params;
    const asked = parse(memberShape, req.body);
    await putOnArticle(context, by, { articleId, userId, ...asked, endsAt: ending(asked.endsAt) });
    res.json({ ok: true });
  });
  router.delete('/api/articles/:id/people/:userId', async (req, res) => {
    const { id: articleId, userId } = req.params;
    await takeOffArticle(context, await me(req), { articleId, userId });
    res.json({ ok: true });
  });
  router.put('/api/articles/:id/restricted', async (req, res) => {
    const by = await me(req);
    const { restricted } = parse(restrictedShape, req.body);
    await restrict(context, by, { articleId: req.params.id, restricted });
    res.json({ ok: true });
  });
  router.post('/api/articles/:id/invitations', async (req, res) => {
    const by = await me(req);
    const asked = parse(guestShape, req.body);
    const articleId = req.params.id;
    const made = await invite(context, by, { ...asked, articleId, endsAt: ending(asked.endsAt) });
    res.status(201).json(made);
  });

  // Nobody can guess 32 bytes; whoever tries is stopped all the same, by the address we see.
  const tries = new Attempts();
  const counted = async <T>(req: Request, run: () => Promise<T>): Promise<T> => {
    const from = req.ip;
    if (from !== undefined && tries.isBlocked(from)) throw new RefusalError('TOO_MANY_TRIES');
    try {
      return await run();
    } catch (error) {
      const missed = error instanceof RefusalError && error.code === 'LINK_EXPIRED';
      if (missed && from !== undefined) tries.failed(from);
      throw error;
    }
  };
  const maybeMe = async (req: Request) => (await auth.identify(authHeaders(req)))?.person ?? null;

  router.post('/api/join/look', async (req, res) => {
    const asked = parse(tokenShape, req.body);
    const who = await maybeMe(req);
    res.json(await counted(req, () => lookAtInvitation(context, who, asked.token)));
  });
  router.post('/api/join', async (req, res) => {
    const asked = parse(joinShape, req.body);
    const who = await maybeMe(req);
    const joined = await counted(req, () => join(context, who, asked));
    if (asked.account && joined.isNew)
      setCookies(res, await auth.signIn(asked.email, asked.account.password, authHeaders(req)));
    res.status(201).json({ articleId: joined.articleId });
  });
  router.post('/api/reset/look', async (req, res) => {
    const asked = parse(tokenShape, req.body);
    res.json(await counted(req, () => lookAtReset(context, asked.token)));
  });
  router.post('/api/reset', async (req, res) => {
    const asked = parse(resetShape, req.body);
    const done = await counted(req, () => resetPassword(context, asked));
    setCookies(res, await auth.signIn(done.email, asked.password, authHeaders(req)));
    res.json({ ok: true });
  });
  return router;
}
