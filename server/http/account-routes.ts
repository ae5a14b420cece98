/** Who I am, the first admin, and the people of the demo. */
import { Router, json, type Request, type Response } from 'express';
import * as z from 'zod/mini';
import type { DemoPeople, Me } from '#core/sync/answers.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayImport, mayManagePeople } from '#core/sync/policy.ts';
import { adminLinkWorks, setupShape, useAdminLink } from '#server/auth/admin-link.ts';
import { demoPeople } from '#server/auth/demo.ts';
import type { Context } from '#server/context.ts';
import { parse } from '#server/http/answer.ts';
import { authHeaders, signedIn } from '#server/http/signed-in.ts';

const setCookies = (res: Response, cookies: readonly string[]): void => {
  for (const cookie of cookies) res.append('Set-Cookie', cookie);
};

export function accountRoutes(context: Context): Router {
  const { accounts, auth, config, newId, now, store } = context;
  const router = Router();
  // Of these paths alone: a file that is imported is larger.
  router.use(['/api/setup', '/api/demo'], json({ limit: '16kb' }));

  router.get('/api/me', async (req, res) => {
    const { person } = await signedIn(context, req);
    const rights = { import: mayImport(person.role), people: mayManagePeople(person.role) };
    const me: Me = { person, demo: config.demo, rights };
    res.json(me);
  });

  router.post('/api/setup/look', async (req, res) => {
    const { token } = parse(z.pick(setupShape, { token: true }), req.body);
    if (!(await adminLinkWorks(accounts, new Date(now()), token)))
      throw new RefusalError('LINK_EXPIRED');
    res.json({ ok: true });
  });

  router.post('/api/setup', async (req, res) => {
    const setup = parse(setupShape, req.body);
    const made = await useAdminLink({ accounts, auth, now: new Date(now()), newId }, setup);
    if (!made) throw new RefusalError('LINK_EXPIRED');
    const { userId } = made;
    await store.audit({ at: now(), userId, action: 'account.first-admin', detail: {} });
    setCookies(res, await auth.signIn(setup.email, setup.password, authHeaders(req)));
    res.status(201).json({ ok: true });
  });

  if (config.demo && !config.production) {
    const people: DemoPeople = { people: demoPeople.map(({ email: _none, ...one }) => one) };
    router.get('/api/demo', (_req, res) => void res.json(people));
    router.post('/api/demo/sign-in', async (req: Request, res) => {
      const { userId } = parse(z.object({ userId: z.string() }), req.body);
      if (!demoPeople.some((one) => one.id === userId)) throw new RefusalError('NOT_FOUND');
      setCookies(res, await auth.signInAs(userId, authHeaders(req)));
      res.json({ ok: true });
    });
  }
  return router;
}
