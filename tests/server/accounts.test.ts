// Who gets in: the first admin, passwords, the demo, and what ends a session.
import { afterEach, describe, expect, it } from 'vitest';
import { refusal, type Refusal } from '#core/sync/error.ts';
import type { DemoPeople, Library, Me } from '#core/sync/answers.ts';
import { makeAdminLink } from '#server/auth/admin-link.ts';
import { Attempts } from '#server/auth/attempts.ts';
import { seedDemo } from '#server/auth/demo.ts';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/store/client.ts';
import { cookieHeader, liveServer, text, type LiveServer } from '#tests/server/live-server.ts';
import { freshDatabase } from '#tests/support/database.ts';

const open: LiveServer[] = [];
const start = async (...options: Parameters<typeof liveServer>): Promise<LiveServer> => {
  const live = await liveServer(...options);
  open.push(live);
  return live;
};
afterEach(async () => {
  for (const live of open.splice(0)) await live.end();
});

const post = (live: LiveServer, path: string, body: object, cookie = ''): Promise<Response> =>
  live.ask(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    cookie,
  });
const password = 'a long enough one';
const admin = { name: 'Ada', email: 'Ada@Galley.test', password };
const bare = { GALLEY_DEMO: '0' };

const linkOf = async (live: LiveServer, now = new Date()): Promise<string> => {
  const token = await makeAdminLink(live.context.accounts, now);
  if (token === null) throw new Error('There is no link.');
  return token;
};

describe('the first admin', () => {
  it('[AC4] is made by the link, signed in at once, and can sign in again by password', async () => {
    const live = await start(bare);
    const token = await linkOf(live);
    expect(await live.context.store.setting('admin-link')).not.toContain(token);
    const answer = await post(live, '/api/setup', { ...admin, token });
    expect(answer.status).toBe(201);
    const cookie = cookieHeader(answer.headers.getSetCookie());
    const me = (await (await live.ask('/api/me', { cookie })).json()) as Me;
    expect(me).toMatchObject({ person: { name: 'Ada', role: 'admin' }, demo: false });
    const again = await post(live, '/api/auth/sign-in/email', {
      email: 'ada@galley.test',
      password,
    });
    expect(again.status).toBe(200);
    expect(await live.audits('account.sign-in')).toHaveLength(2);
    expect(await live.audits('account.first-admin')).toHaveLength(1);
    expect(await makeAdminLink(live.context.accounts, new Date())).toBeNull();
  });

  it('[AC4] a link works once, for 30 minutes, and an older one not at all', async () => {
    const live = await start(bare);
    const setup = async (token: string): Promise<Refusal> =>
      (await (await post(live, '/api/setup', { ...admin, token })).json()) as Refusal;
    const old = await linkOf(live, new Date(Date.now() - 30 * 60 * 1000 - 1000));
    expect(await setup(old)).toEqual(refusal('LINK_EXPIRED'));
    const second = await linkOf(live);
    expect(await setup(old)).toEqual(refusal('LINK_EXPIRED'));
    expect(await setup('')).toEqual(refusal('LINK_EXPIRED'));
    const both = await Promise.all([setup(second), setup(second)]);
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
    expect(both.filter((answer) => answer.code === 'LINK_EXPIRED')).toHaveLength(1);
    expect(await live.context.accounts.count()).toBe(1);
  });

  it('[AC4] a link is looked at without being used, and one that does not work is said to before anything is asked', async () => {
    const live = await start(bare);
    const look = async (token: string): Promise<unknown> =>
      (await post(live, '/api/setup/look', { token })).json();
    const old = await linkOf(live, new Date(Date.now() - 30 * 60 * 1000 - 1000));
    expect(await look(old)).toEqual(refusal('LINK_EXPIRED'));
    const token = await linkOf(live);
    for (const other of ['', old, 'nothing'])
      expect(await look(other), other).toEqual(refusal('LINK_EXPIRED'));
    for (let i = 0; i < 3; i++) expect(await look(token)).toEqual({ ok: true });
    expect((await post(live, '/api/setup', { ...admin, token })).status).toBe(201);
    expect(await look(token)).toEqual(refusal('LINK_EXPIRED'));
  });

  it('[AC4] a form that is not filled in is refused and the link still works', async () => {
    const live = await start(bare);
    const token = await linkOf(live);
    for (const wrong of [{ name: ' ' }, { email: 'x' }, { password: 'short' }, { name: 'a\nb' }])
      expect((await post(live, '/api/setup', { ...admin, token, ...wrong })).status).toBe(400);
    expect((await post(live, '/api/setup', { ...admin, token })).status).toBe(201);
  });
});

describe('signing in', () => {
  it('[AC5] nobody signs up or changes their own role', async () => {
    const live = await start();
    const id = await live.person('Vera', 'viewer');
    const cookie = await live.cookie(id);
    const body = { name: 'X', email: 'x@galley.test', password, role: 'admin' };
    for (const path of ['sign-up/email', 'update-user', 'change-email', 'admin/set-role'])
      expect((await post(live, `/api/auth/${path}`, body, cookie)).status, path).toBe(404);
    expect(await live.context.accounts.count()).toBe(1);
    expect((await live.context.store.person(id))?.role).toBe('viewer');
  });

  it('[AC6] cookies are for this site and not for scripts; with https they are for https only', async () => {
    const live = await start();
    const id = await live.person('Vera', 'viewer');
    const cookies = await live.context.auth.signInAs(id, new Headers());
    for (const cookie of cookies) {
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('SameSite=Lax');
      expect(cookie).not.toContain('Secure');
    }
    const secure = await start({ PUBLIC_URL: 'https://galley.example' });
    const other = await secure.person('Vera', 'viewer');
    for (const cookie of await secure.context.auth.signInAs(other, new Headers()))
      expect(cookie).toContain('Secure');
  });

  it('[AC6] tries are limited by the address we see, not the one the client claims', async () => {
    const live = await start(bare);
    const statuses: number[] = [];
    for (let n = 0; n < 24; n++) {
      const answer = await live.ask('/api/auth/sign-in/email', {
        method: 'POST',
        body: JSON.stringify({ email: `a${n}@galley.test`, password }),
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `10.0.0.${n}`,
          'x-galley-address': `10.0.1.${n}`,
        },
      });
      statuses.push(answer.status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  });

  it('[AC6] tries on one account are limited whatever the address', async () => {
    let now = 0;
    const attempts = new Attempts(() => now);
    for (let n = 0; n < 10; n++) {
      expect(attempts.isBlocked('Ada@galley.test')).toBe(false);
      attempts.failed('ada@galley.test');
    }
    expect(attempts.isBlocked('Ada@galley.test')).toBe(true);
    expect(attempts.isBlocked('ben@galley.test')).toBe(false);
    now += 15 * 60 * 1000;
    expect(attempts.isBlocked('ada@galley.test')).toBe(false);

    const live = await start({ ...bare, TRUSTED_PROXIES: '127.0.0.1' });
    const token = await linkOf(live);
    await post(live, '/api/setup', { ...admin, token });
    const from = (n: number, word: string): Promise<Response> =>
      live.ask('/api/auth/sign-in/email', {
        method: 'POST',
        body: JSON.stringify({ email: 'ada@galley.test', password: word }),
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${n}` },
      });
    for (let n = 0; n < 10; n++) expect((await from(n, 'wrong password')).status).toBe(401);
    expect((await from(11, password)).status).toBe(429);
  });

  it('[AC9] a banned person has no session any more', async () => {
    const database = await freshDatabase();
    const live = await start({}, database);
    const id = await live.person('Bo', 'editor');
    const cookie = await live.cookie(id);
    const tab = await live.tab(id, { cookie });
    await tab.join(await live.article());
    const { prisma, close } = openDatabase(database.url);
    await prisma.user.update({ where: { id }, data: { banned: true } });
    await close();
    expect((await live.ask('/api/me', { cookie })).status).toBe(401);
    live.context.recheckSessions();
    await expect.poll(() => tab.ended).toBe('signed-out');
  });
});

describe('the demo', () => {
  it('[AC7] four people can be picked, and the writer has the one article that is hers', async () => {
    const live = await start();
    const own = await live.article(
      'USA and Pakistan are at loggerheads over it all\n\nBy Maria Amjad\n\nA paragraph of some length.\n',
    );
    await live.article(text);
    await seedDemo(live.context);
    await seedDemo(live.context);
    const { people } = (await (await live.ask('/api/demo')).json()) as DemoPeople;
    expect(people.map((one) => one.what)).toEqual([
      'Copy editor',
      'Fact-checker',
      'Editor',
      'Writer',
    ]);
    expect(JSON.stringify(people)).not.toContain('@');
    for (const { id, role } of people) {
      const answer = await post(live, '/api/demo/sign-in', { userId: id });
      const cookie = cookieHeader(answer.headers.getSetCookie());
      const me = (await (await live.ask('/api/me', { cookie })).json()) as Me;
      expect(me).toMatchObject({ person: { id, role }, demo: true });
      const { articles } = (await (await live.ask('/api/articles', { cookie })).json()) as Library;
      expect(articles).toHaveLength(role === 'writer' ? 1 : 2);
      if (role === 'writer') expect(articles[0]).toMatchObject({ id: own, writerId: id });
    }
    const stranger = await live.person('Other', 'admin');
    expect((await post(live, '/api/demo/sign-in', { userId: stranger })).status).toBe(404);
  });

  it('[AC7] without the demo there is no way in without a password', async () => {
    const live = await start(bare);
    await seedDemo(live.context);
    expect((await live.ask('/api/demo')).status).toBe(404);
    const answer = await post(live, '/api/demo/sign-in', { userId: 'demo-tom-whelan' });
    expect(answer.status).toBe(404);
    await expect(live.cookie('demo-tom-whelan')).rejects.toThrow();
    for (const word of ['', 'demo', 'password', 'demo-tom-whelan']) {
      const body = { email: 'tom.whelan@demo.invalid', password: word };
      expect((await post(live, '/api/auth/sign-in/email', body)).status).not.toBe(200);
    }
    expect(() => readConfig({ GALLEY_DEMO: '1', NODE_ENV: 'production' })).toThrow(/NODE_ENV/);
  });
});

describe('the secret', () => {
  it('[AC8] is made once: a session goes on after a restart, and another secret ends it', async () => {
    const database = await freshDatabase();
    const first = await liveServer({}, database);
    const id = await first.person('Ada', 'editor');
    const cookie = await first.cookie(id);
    await first.end();
    const second = await liveServer({}, database);
    expect((await second.ask('/api/me', { cookie })).status).toBe(200);
    await second.end();
    const third = await liveServer({ BETTER_AUTH_SECRET: 'x'.repeat(40) }, database);
    expect((await third.ask('/api/me', { cookie })).status).toBe(401);
    await third.end();
    await database.drop();
  });
});
