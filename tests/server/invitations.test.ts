// Links that work once: invitations to the house and to an article, and new passwords, on a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HousePeople, MadeLink } from '#core/people/answers.ts';
import type { Library } from '#core/sync/answers.ts';
import { refusal } from '#core/sync/error.ts';
import { comment, soonMs, until } from '#tests/server/live-server.ts';
import {
  account,
  admin,
  ask,
  auditsOf,
  closeHouse,
  database,
  editor,
  guest,
  hour,
  invited,
  join,
  live,
  mail,
  meOf,
  openHouse,
  password,
  signIn,
  type Told,
} from '#tests/server/people-house.ts';

beforeAll(openHouse);
afterAll(closeHouse);

describe('invitations to the house', () => {
  it('[PE1][PE2][PE15] a link makes the account it was made for, once, and signs in', async () => {
    const email = mail();
    const before = [await auditsOf('person.invite'), await auditsOf('person.join')];
    const told = await ask(
      'POST',
      '/api/invitations',
      { as: admin },
      {
        email: email.toUpperCase(),
        role: 'fact-checker',
      },
    );
    const { token, expiresAt } = told.body as MadeLink;
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const days = (Date.parse(expiresAt) - Date.now()) / (24 * hour);
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);
    const look = await ask('POST', '/api/join/look', {}, { token });
    expect(look.body).toEqual({
      email,
      role: 'fact-checker',
      article: null,
      endsAt: null,
      asOf: null,
      hasAccount: false,
      isMe: false,
    });
    const joined = await join(token, email, { role: 'admin', articleId: 'x' });
    expect(joined).toMatchObject({ status: 201, body: { articleId: null } });
    const me = await meOf(joined.cookie);
    expect(me).toMatchObject({ person: { name: 'Nina', role: 'fact-checker' } });
    expect(me.rights).toEqual({ import: true, people: false });
    expect((await signIn(email)).status).toBe(200);
    expect((await join(token, email)).body).toEqual(refusal('LINK_EXPIRED'));
    expect(await auditsOf('person.invite')).toBe((before[0] ?? 0) + 1);
    expect(await auditsOf('person.join')).toBe((before[1] ?? 0) + 1);

    const tables = ['Invitation', 'PasswordReset', 'AuditEntry', 'Setting'];
    for (const table of tables) {
      const rows = await database.prisma.$queryRawUnsafe(`SELECT * FROM "${table}"`);
      expect(JSON.stringify(rows), table).not.toContain(token);
    }
    expect(live.logged()).not.toContain(token);
  });

  it('[PE1] of two who use a link at the same time one gets in', async () => {
    const email = mail();
    const token = await invited(email);
    const both = await Promise.all([join(token, email), join(token, email)]);
    expect(both.map((one) => one.status).toSorted()).toEqual([201, 410]);
  });

  it('[PE1][PE3] unknown, older, expired, withdrawn and foreign links are refused with the same sentence', async () => {
    const gone = refusal('LINK_EXPIRED');
    const email = mail();
    expect((await join('x'.repeat(43), email)).body).toEqual(gone);
    const older = await invited(email);
    const newer = await invited(email);
    expect((await join(older, email)).body).toEqual(gone);
    expect((await ask('POST', '/api/join/look', {}, { token: older })).body).toEqual(gone);
    expect((await join(newer, mail())).body).toEqual(gone);
    await database.prisma.invitation.updateMany({
      where: { email },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect((await join(newer, email)).body).toEqual(gone);
    expect((await ask('POST', '/api/join/look', {}, { token: newer })).body).toEqual(gone);

    const other = mail();
    const taken = await invited(other);
    const { invitations } = (await ask('GET', '/api/people', { as: admin })).body as HousePeople;
    const shown = invitations.find((one) => one.email === other);
    expect(shown).toMatchObject({ role: 'reviewer', by: 'Ada', article: null });
    const id = shown?.id ?? '';
    expect((await ask('DELETE', `/api/invitations/${id}`, { as: editor })).status).toBe(404);
    expect((await ask('DELETE', `/api/invitations/${id}`, { as: admin })).status).toBe(200);
    expect((await ask('DELETE', `/api/invitations/${id}`, { as: admin })).status).toBe(404);
    expect((await join(taken, other)).body).toEqual(gone);
    expect(await live.audits('person.invite.withdraw')).toHaveLength(1);
    expect(await database.prisma.user.count({ where: { email: { in: [email, other] } } })).toBe(0);
  });

  it('[PE3] whoever tries links is stopped after ten, and others are not', async () => {
    const email = mail();
    const token = await invited(email);
    const from = '10.9.9.9';
    const attempt = (n: number): Promise<Told> =>
      n % 2 === 0
        ? ask('POST', '/api/join/look', { from }, { token: `guess-${n}` })
        : ask('POST', '/api/reset/look', { from }, { token: `guess-${n}` });
    for (let n = 0; n < 10; n++) expect((await attempt(n)).status, String(n)).toBe(410);
    const stopped = await ask('POST', '/api/join', { from }, { token, email, account: account() });
    expect(stopped.body).toEqual(refusal('TOO_MANY_TRIES'));
    expect((await join(token, email)).status).toBe(201);
  });

  it('[PE4] the link of somebody who lost the right does not work', async () => {
    const second = await live.person('Bea', 'admin');
    const [one, two] = [mail(), mail()];
    const [first, banned] = [
      await invited(one, 'editor', second),
      await invited(two, 'editor', second),
    ];
    await ask('PUT', `/api/people/${second}/role`, { as: admin }, { role: 'editor' });
    expect((await join(first, one)).code).toBe('LINK_EXPIRED');
    await ask('PUT', `/api/people/${second}/role`, { as: admin }, { role: 'admin' });
    await ask('PUT', `/api/people/${second}/banned`, { as: admin }, { banned: true });
    expect((await join(banned, two)).code).toBe('LINK_EXPIRED');
    await ask('PUT', `/api/people/${second}/banned`, { as: admin }, { banned: false });
    expect((await join(banned, two)).status).toBe(201);
    await ask('PUT', `/api/people/${second}/banned`, { as: admin }, { banned: true });
  });

  it('[PE1][PE5] only administrators invite to the house, and nobody who is there already', async () => {
    for (const role of ['viewer', 'reviewer', 'writer', 'legal', 'editor'] as const) {
      const id = await live.person('Pat', role);
      const body = { email: mail(), role: 'viewer' };
      expect((await ask('POST', '/api/invitations', { as: id }, body)).code, role).toBe(
        'FORBIDDEN',
      );
    }
    expect((await ask('POST', '/api/invitations', {}, {})).code).toBe('NOT_SIGNED_IN');
    const person = await live.person('Pat', 'viewer');
    const body = { email: `${person}@galley.test`, role: 'editor' };
    expect((await ask('POST', '/api/invitations', { as: admin }, body)).code).toBe('ALREADY_HERE');
    for (const wrong of [{ email: 'x' }, { role: 'king' }, { role: undefined }])
      expect(
        (await ask('POST', '/api/invitations', { as: admin }, { ...body, ...wrong })).code,
      ).toBe('BAD_REQUEST');
  });
});

describe('guests', () => {
  it('[PE5] a guest reads and writes in one article until the end that was set', async () => {
    const [article, other] = [await live.article(), await live.article()];
    const email = mail();
    const endsAt = new Date(Date.now() + 2 * hour).toISOString();
    const told = await guest(article, email, { endsAt });
    const { token, expiresAt } = told.body as MadeLink;
    expect(expiresAt).toBe(endsAt);
    const look = await ask('POST', '/api/join/look', {}, { token });
    expect(look.body).toMatchObject({ article: 'A headline of its own', role: 'writer', endsAt });
    const joined = await join(token, email);
    expect(joined.body).toEqual({ articleId: article });
    const me = await meOf(joined.cookie);
    expect(me).toMatchObject({ person: { role: 'viewer' }, rights: { import: false } });
    const mine = await ask('GET', '/api/articles', { cookie: joined.cookie });
    expect((mine.body as Library).articles.map((one) => one.id)).toEqual([article]);
    expect((await ask('GET', `/api/articles/${other}`, { cookie: joined.cookie })).status).toBe(
      404,
    );
    const tab = await live.tab(me.person.id, { cookie: joined.cookie });
    expect(await tab.join(article)).toMatchObject({ ok: true, standing: { role: 'writer' } });
    const said = await tab.commit(article, { ops: [comment('g1', 'From outside.')] });
    expect(said.ok).toBe(true);
    await database.prisma.membership.updateMany({
      where: { userId: me.person.id },
      data: { endsAt: new Date(Date.now() - 1000) },
    });
    live.context.standings.forget();
    const late = await tab.commit(article, { ops: [comment('g2', 'Too late.')] });
    expect(late.code).toBe('ARTICLE_UNKNOWN');
    expect((await ask('GET', `/api/articles/${article}`, { cookie: joined.cookie })).status).toBe(
      404,
    );
  });

  it('[PE5][PE12] editors invite readers and writers, administrators anybody but an administrator, others nobody', async () => {
    const article = await live.article();
    for (const role of ['reviewer', 'fact-checker', 'legal', 'editor', 'admin'] as const) {
      expect((await guest(article, mail(), { role })).code, role).toBe('FORBIDDEN');
      const told = await guest(article, mail(), { role }, admin);
      expect(told.status, role).toBe(role === 'admin' ? 403 : 201);
    }
    const checker = await live.person('Sana', 'fact-checker');
    expect((await guest(article, mail(), {}, checker)).code).toBe('FORBIDDEN');
    const outsider = await live.person('Vera', 'viewer');
    expect((await guest(article, mail(), {}, outsider)).code).toBe('ARTICLE_UNKNOWN');
    expect((await guest('none', mail())).code).toBe('ARTICLE_UNKNOWN');
    const endsAt = new Date(Date.now() - 1000).toISOString();
    expect((await guest(article, mail(), { endsAt })).code).toBe('BAD_REQUEST');
  });

  it('[PE6] who has an account accepts signed in; the link alone does nothing to it', async () => {
    const [one, two] = [await live.article(), await live.article()];
    const email = mail();
    const tokens = [await guest(one, email), await guest(two, email)].map(
      (told) => (told.body as MadeLink).token,
    );
    const first = await join(tokens[0] ?? '', email);
    const token = tokens[1] ?? '';
    expect((await ask('POST', '/api/join/look', {}, { token })).body).toMatchObject({
      hasAccount: true,
      isMe: false,
    });
    const taken = await join(token, email, {
      account: { name: 'Mallory', password: 'another one' },
    });
    expect(taken.code).toBe('LINK_EXPIRED');
    expect((await signIn(email, 'another one')).status).toBe(401);
    const body = { token, email };
    expect((await ask('POST', '/api/join', { as: editor }, body)).code).toBe('LINK_EXPIRED');
    const { cookie } = first;
    expect((await ask('POST', '/api/join/look', { cookie }, { token })).body).toMatchObject({
      isMe: true,
    });
    const accepted = await ask('POST', '/api/join', { cookie }, body);
    expect(accepted).toMatchObject({ status: 201, body: { articleId: two }, cookie: '' });
    expect((await ask('GET', `/api/articles/${two}`, { cookie })).status).toBe(200);
  });
});

describe('a new password', () => {
  it('[PE7][PE15] comes by a link that works once, and ends what was signed in', async () => {
    const email = mail();
    const { cookie } = await join(await invited(email), email);
    const { id } = (await meOf(cookie)).person;
    const tab = await live.tab(id, { cookie });
    await tab.join(await live.article());
    for (const as of [editor, id])
      expect((await ask('POST', `/api/people/${id}/reset-link`, { as })).code).toBe('FORBIDDEN');
    const made = await ask('POST', `/api/people/${id}/reset-link`, { as: admin });
    const older = (made.body as MadeLink).token;
    const { token, expiresAt } = (await ask('POST', `/api/people/${id}/reset-link`, { as: admin }))
      .body as MadeLink;
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - hour)).toBeLessThan(60_000);
    const gone = refusal('LINK_EXPIRED');
    expect((await ask('POST', '/api/reset/look', {}, { token: older })).body).toEqual(gone);
    expect((await ask('POST', '/api/reset/look', {}, { token })).body).toEqual({
      name: 'Nina',
      email,
    });
    const next = 'quite another one';
    const short = await ask('POST', '/api/reset', {}, { token, password: 'short' });
    expect(short.code).toBe('BAD_REQUEST');
    const done = await ask('POST', '/api/reset', {}, { token, password: next });
    expect(done.status).toBe(200);
    expect((await meOf(done.cookie)).person.id).toBe(id);
    await until(() => tab.ended === 'signed-out', soonMs);
    expect((await ask('GET', '/api/me', { cookie })).status).toBe(401);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, next)).status).toBe(200);
    expect((await ask('POST', '/api/reset', {}, { token, password: next })).body).toEqual(gone);
    expect(await live.audits('person.reset-link')).toHaveLength(2);
    expect(await live.audits('person.password')).toHaveLength(1);
    expect(live.logged()).not.toContain(token);
  });

  it('[PE7][PE4] does not work after an hour, for a closed account, or when its maker is no administrator', async () => {
    const boss = await live.person('Cem', 'admin');
    const id = await live.person('Nils', 'reviewer');
    const link = async (): Promise<string> =>
      ((await ask('POST', `/api/people/${id}/reset-link`, { as: boss })).body as MadeLink).token;
    const use = (token: string): Promise<Told> =>
      ask('POST', '/api/reset', {}, { token, password });
    const old = await link();
    await database.prisma.passwordReset.updateMany({
      where: { userId: id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await use(old)).code).toBe('LINK_EXPIRED');
    const token = await link();
    await ask('PUT', `/api/people/${id}/banned`, { as: admin }, { banned: true });
    expect((await use(token)).code).toBe('LINK_EXPIRED');
    expect((await ask('POST', `/api/people/${id}/reset-link`, { as: boss })).code).toBe(
      'NOT_FOUND',
    );
    await ask('PUT', `/api/people/${id}/banned`, { as: admin }, { banned: false });
    await ask('PUT', `/api/people/${boss}/role`, { as: admin }, { role: 'editor' });
    expect((await use(token)).code).toBe('LINK_EXPIRED');
  });
});
