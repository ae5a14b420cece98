// What is done to accounts: roles, bans, sessions, on a real server with live connections.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HousePeople } from '#core/people/answers.ts';
import { LastSeen } from '#server/people/last-seen.ts';
import { comment, liveServer, soonMs, until } from '#tests/server/live-server.ts';
import {
  admin,
  ask,
  auditsOf,
  closeHouse,
  editor,
  invited,
  join,
  live,
  mail,
  meOf,
  openHouse,
  signIn,
} from '#tests/server/people-house.ts';

beforeAll(openHouse);
afterAll(closeHouse);

describe('accounts', () => {
  it('[PE8] are seen and changed by administrators only', async () => {
    const target = await live.person('Otto', 'reviewer');
    for (const role of [
      'viewer',
      'reviewer',
      'fact-checker',
      'writer',
      'legal',
      'editor',
    ] as const) {
      const as = await live.person('Pat', role);
      for (const [method, path, body] of [
        ['GET', '/api/people', undefined],
        ['PUT', `/api/people/${target}/role`, { role: 'admin' }],
        ['PUT', `/api/people/${as}/role`, { role: 'admin' }],
        ['PUT', `/api/people/${target}/banned`, { banned: true }],
        ['POST', `/api/people/${target}/sign-out`, {}],
        ['POST', `/api/people/${target}/reset-link`, {}],
      ] as const)
        expect((await ask(method, path, { as }, body)).code, `${role} ${path}`).toBe('FORBIDDEN');
      expect((await live.context.store.person(as))?.role).toBe(role);
    }
    for (const path of ['role', 'banned', 'sign-out', 'reset-link'])
      expect((await ask('PUT', `/api/people/${target}/${path}`, {}, {})).status).not.toBe(200);
    const { people } = (await ask('GET', '/api/people', { as: admin })).body as HousePeople;
    expect(people.find((one) => one.id === target)).toEqual({
      id: target,
      name: 'Otto',
      role: 'reviewer',
      color: 0,
      email: `${target}@galley.test`,
      banned: false,
      lastSeenAt: null,
    });
    expect(
      (await ask('PUT', '/api/people/nobody/role', { as: admin }, { role: 'editor' })).code,
    ).toBe('NOT_FOUND');
  });

  it('[PE8] the last administrator stays one, also when two act at the same time', async () => {
    const small = await liveServer();
    try {
      const [a, b] = [await small.person('Ann', 'admin'), await small.person('Bob', 'admin')];
      const put = async (cookie: string, path: string, body: object): Promise<number> => {
        const sent = { method: 'PUT', cookie, json: body };
        return (await small.ask(`/api/people/${path}`, sent)).status;
      };
      for (let n = 0; n < 5; n++) {
        const [first, second] = [await small.cookie(a), await small.cookie(b)];
        const both = await Promise.all([
          put(first, `${b}/banned`, { banned: true }),
          put(second, `${a}/role`, { role: 'editor' }),
        ]);
        const admins = (await small.context.people.all()).filter(
          (one) => one.role === 'admin' && !one.banned,
        );
        expect(admins, JSON.stringify(both)).toHaveLength(1);
        const [left] = admins;
        const id = left?.id ?? '';
        const cookie = await small.cookie(id);
        expect(await put(cookie, `${id}/role`, { role: 'editor' })).toBe(409);
        expect(await put(cookie, `${id}/banned`, { banned: true })).toBe(403);
        expect(await small.context.people.ban(id)).toBe('last-admin');
        await small.context.people.unban(b);
        await small.context.people.setRole(a, 'admin');
      }
    } finally {
      await small.end();
    }
  });

  it('[PE9][PE15] a ban ends sessions and live connections within two seconds and closes the door until it is lifted', async () => {
    const email = mail();
    const { cookie } = await join(await invited(email, 'editor'), email);
    const { id } = (await meOf(cookie)).person;
    const article = await live.article();
    const tab = await live.tab(id, { cookie });
    expect((await tab.join(article)).ok).toBe(true);
    const before = await auditsOf('person.ban');
    expect(
      (await ask('PUT', `/api/people/${id}/banned`, { as: admin }, { banned: true })).status,
    ).toBe(200);
    await until(() => tab.ended === 'signed-out' && !tab.socket.connected, soonMs);
    expect(live.context.activeIn(article)).toEqual([]);
    expect((await ask('GET', '/api/me', { cookie })).status).toBe(401);
    const closed = await signIn(email);
    expect(closed.status).toBe(403);
    expect(closed.body).toMatchObject({ code: 'ACCOUNT_CLOSED' });
    expect((await signIn(email, 'wrong password')).status).toBe(401);
    await expect(live.cookie(id)).rejects.toThrow();
    expect(await auditsOf('person.ban')).toBe(before + 1);
    await ask('PUT', `/api/people/${id}/banned`, { as: admin }, { banned: false });
    expect((await ask('GET', '/api/me', { cookie })).status).toBe(401);
    expect((await signIn(email)).status).toBe(200);
    expect(await auditsOf('person.unban')).toBeGreaterThan(0);
  });

  it('[PE10] everybody ends their own sessions, an administrator those of others', async () => {
    const id = await live.person('Rea', 'reviewer');
    const bystander = await live.tab(editor);
    await bystander.connect();
    for (const path of ['/api/me/sign-out', `/api/people/${id}/sign-out`]) {
      const cookies = [await live.cookie(id), await live.cookie(id)];
      const tab = await live.tab(id, { cookie: cookies[1] ?? '' });
      await tab.connect();
      const who = path.startsWith('/api/me') ? { cookie: cookies[0] ?? '' } : { as: admin };
      expect((await ask('POST', path, who, {})).status).toBe(200);
      await until(() => tab.ended === 'signed-out', soonMs);
      for (const cookie of cookies)
        expect((await ask('GET', '/api/me', { cookie })).status).toBe(401);
    }
    expect(bystander.ended).toBe('');
    const rows = await live.audits('person.sign-out');
    expect(rows.filter((row) => JSON.stringify(row.detail).includes(id))).toHaveLength(2);
  });

  it('[PE11] a change of role is judged in live connections at once, and in memberships', async () => {
    const id = await live.person('Eva', 'editor');
    const [article, own] = [await live.article(), await live.article()];
    await live.member(own, id, 'editor');
    const tab = await live.tab(id);
    await tab.join(article);
    await tab.join(own);
    const hidden = { ops: [comment('d1', 'For the desk.', 'desk')] };
    expect((await tab.commit(own, hidden)).ok).toBe(true);
    await ask('PUT', `/api/people/${id}/role`, { as: admin }, { role: 'viewer' });
    await until(() => live.context.activeIn(article).every((one) => one.id !== id), soonMs);
    await until(() => (tab.received.match(/article:resync/g) ?? []).length >= 2, soonMs);
    expect((await tab.join(article)).code).toBe('ARTICLE_UNKNOWN');
    const again = await tab.join(own);
    expect(again).toMatchObject({ ok: true, standing: { role: 'viewer', member: true } });
    expect(JSON.stringify(again.review)).not.toContain('For the desk.');
    expect((await tab.commit(own, hidden)).code).toBe('READ_ONLY');
    await ask('PUT', `/api/people/${id}/role`, { as: admin }, { role: 'reviewer' });
    await until(() => (tab.received.match(/article:resync/g) ?? []).length >= 3, soonMs);
    expect((await tab.join(article)).ok).toBe(true);
    const rows = await live.audits('person.role');
    expect(rows.filter((row) => JSON.stringify(row.detail).includes(id))).toHaveLength(2);
  });

  it('[PE16] are written down as seen, at most once a minute', async () => {
    const id = await live.person('Ute', 'reviewer');
    await ask('GET', '/api/me', { as: id });
    await expect
      .poll(async () => (await live.context.people.byId(id))?.lastSeenAt)
      .toMatch(/^\d{4}-/);
    let now = 0;
    const seen: string[] = [];
    const saw = (who: string, at: string): Promise<void> =>
      seen.push(`${who} ${at}`) > 99 ? Promise.reject(new Error('x')) : Promise.resolve();
    const times = new LastSeen({
      people: { saw },
      now: () => new Date(Date.parse('2026-01-01') + now).toISOString(),
      log: live.context.log,
    });
    for (now = 0; now < 130_000; now += 10_000) times.saw('u');
    expect(seen).toHaveLength(3);
  });
});
