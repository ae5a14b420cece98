// Two servers on one database: what is done on one is seen on the other.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Library } from '#core/sync/answers.ts';
import type { Facts } from '#core/sync/protocol.ts';
import { inParts } from '#server/realtime/neighbours.ts';
import {
  comment,
  insertion,
  liveServer,
  soonMs,
  until,
  type LiveServer,
  type Tab,
} from '#tests/server/live-server.ts';
import { query } from '#tests/platform/house-process.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

let database: FreshDatabase;
let near: LiveServer;
let far: LiveServer;
let [tom, ines, maria, boss] = ['', '', '', ''];
const tabs: Tab[] = [];

/** One address for both nodes, as behind a proxy. */
const env = { PUBLIC_URL: 'http://galley.test' };

beforeAll(async () => {
  database = await freshDatabase();
  near = await liveServer(env, database);
  far = await liveServer(env, database);
  tom = await near.person('Tom', 'editor');
  ines = await near.person('Ines', 'reviewer');
  maria = await near.person('Maria', 'writer');
  boss = await near.person('Boss', 'admin');
  await until(() => nodesOf(near) === 2 && nodesOf(far) === 2);
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close();
});
afterAll(async () => {
  await near.end();
  await far.end();
  await database.drop();
});

async function sit(live: LiveServer, userId: string, articleId: string): Promise<Tab> {
  const tab = await live.tab(userId);
  tabs.push(tab);
  expect(await tab.join(articleId)).toMatchObject({ ok: true });
  return tab;
}

/** What a node says of how many there are; its own meter counts the same. */
const nodesOf = (live: LiveServer): number => live.context.nodes();

it('[NO1] what is written on one node reaches the readers of the other in order, without their doing anything', async () => {
  const article = await near.article();
  const a = await sit(near, tom, article);
  const b = await sit(far, ines, article);
  for (let n = 0; n < 5; n++)
    expect(
      (await a.commit(article, { base: n, intent: 'edit', steps: [insertion(1, String(n))] })).ok,
    ).toBe(true);
  await until(() => b.commits.length === 5);
  expect(b.commits.map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5]);
});

it('[NO2] both nodes write one article at once: every commit is taken once, under dense numbers, and neither starves', async () => {
  const article = await near.article();
  const a = await sit(near, tom, article);
  const b = await sit(far, ines, article);
  const write = async (tab: Tab, name: string): Promise<void> => {
    for (let n = 0; n < 25; n++) {
      const answer = await tab.commit(article, { ops: [comment(`${name}${n}`, 'Why?')] });
      expect(answer).toMatchObject({ ok: true });
    }
  };
  await Promise.all([write(a, 'a'), write(b, 'b')]);
  await until(() => a.commits.length === 50 && b.commits.length === 50, 30_000);
  const revs = Array.from({ length: 50 }, (_, i) => i + 1);
  for (const tab of [a, b]) expect(tab.commits.map(({ rev }) => rev)).toEqual(revs);
  // At the middle of the log both have got in: none had to wait for the other to end.
  const half = a.commits.slice(0, 25).filter(({ userId }) => userId === tom).length;
  expect(half).toBeGreaterThan(2);
  expect(half).toBeLessThan(23);
});

it('[NO3] who goes over to another node finds there everything they were told, and goes on with their numbers', async () => {
  const article = await near.article();
  const reader = await sit(far, ines, article);
  reader.close();
  const a = await sit(near, tom, article);
  const made = a.made({ intent: 'edit', steps: [insertion(1, 'x')] });
  expect(await a.say('article:commit', { articleId: article, commit: made })).toMatchObject({
    ok: true,
    rev: 1,
  });
  a.close();
  const over = await far.tab(tom, { clientId: a.clientId });
  tabs.push(over);
  const joined = await over.join(article, { rev: 1 });
  expect(joined).toMatchObject({ ok: true, rev: 1, lastSeq: made.seq, commits: [] });
  const again = await over.say('article:commit', { articleId: article, commit: made });
  expect(again).toMatchObject({ ok: true, rev: 1 });
});

it('[NO4] a commit on a revision this node has not read yet is taken, and never refused for it', async () => {
  const article = await near.article();
  const b = await sit(far, ines, article);
  const room = await far.context.rooms.room(article);
  // As if no notice came and no look was due: the far room hears of nothing by itself.
  if (room) room.freshen = () => Promise.resolve();
  const a = await sit(near, tom, article);
  const first = await a.commit(article, { intent: 'edit', steps: [insertion(1, 'x')] });
  expect(first).toMatchObject({ ok: true, rev: 1 });
  expect(room?.review.rev).toBe(0);
  const late = await b.commit(article, { base: 1, ops: [comment('late', 'Seen.')] });
  expect(late).toMatchObject({ ok: true, rev: 2 });
});

it('[NO5] who is here and where their caret is crosses nodes, until they go; the library knows it too', async () => {
  const article = await near.article();
  const a = await sit(near, tom, article);
  const b = await sit(far, ines, article);
  const where = { articleId: article, at: 0, anchor: 7, head: 9, mode: 'suggest' };
  b.socket.emit('article:presence', where);
  const seen = await until(() =>
    a.peers.find(({ clientId, head }) => clientId === b.clientId && head === 9),
  );
  expect(seen).toMatchObject({ person: { id: ines }, anchor: 7, mode: 'suggest' });
  await near.member(article, maria, 'writer');
  const c = await sit(near, maria, article);
  await until(() => c.peers.length === 3);
  await until(() => far.context.activeIn(article).length === 3);
  const cookie = await far.cookie(tom);
  const library = (await (await far.ask('/api/articles', { cookie })).json()) as Library;
  const row = library.articles.find(({ id }) => id === article);
  expect(row?.active.map(({ id }) => id).toSorted()).toEqual([ines, maria, tom].toSorted());
  b.close();
  await until(() => !a.peers.some(({ clientId }) => clientId === b.clientId));
});

it('[NO5] nobody takes a client’s name that is in use on another node', async () => {
  const article = await near.article();
  const a = await sit(near, tom, article);
  await until(() => far.context.activeIn(article).length === 1);
  const thief = await far.tab(ines, { clientId: a.clientId });
  tabs.push(thief);
  expect(await thief.join(article)).toMatchObject({ code: 'FORGED_AUTHOR' });
});

it('[NO6] a ban on one node ends the connections on the other within two seconds', async () => {
  const article = await near.article();
  const guest = await near.person('Guest', 'reviewer');
  const b = await sit(far, guest, article);
  const cookie = await near.cookie(boss);
  const answer = await near.ask(`/api/people/${guest}/banned`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ banned: true }),
    cookie,
  });
  expect(answer.status).toBe(200);
  await until(() => b.ended !== '' && !b.socket.connected, soonMs);
});

it('[NO6] another role is judged on the other node at once', async () => {
  const article = await near.article();
  const guest = await near.person('Guest', 'editor');
  const b = await sit(far, guest, article);
  const why: string[] = [];
  b.socket.on('article:resync', (frame: { why: string }) => why.push(frame.why));
  const answer = await near.ask(`/api/people/${guest}/role`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'viewer' }),
    cookie: await near.cookie(boss),
  });
  expect(answer.status).toBe(200);
  await until(() => why.length > 0, soonMs);
  expect(await b.commit(article, { ops: [comment('no', 'No.')] })).toMatchObject({ ok: false });
});

it('[NO7] a guest’s end reaches their open page within seconds, on whatever node it is', async () => {
  const article = await near.article();
  const guest = await near.person('Guest', 'writer');
  await near.member(article, guest, 'writer');
  const b = await sit(far, guest, article);
  const ending = { articleId: article, userId: guest, role: 'writer' as const };
  const a = await sit(near, tom, article);
  const why: string[] = [];
  b.socket.on('article:resync', (frame: { why: string }) => why.push(frame.why));
  const endsAt = new Date(Date.now() + 500).toISOString();
  await near.context.store.putMembership({ ...ending, endsAt });
  await until(() => why.includes('rights'), soonMs);
  const told = b.commits.length;
  expect((await a.commit(article, { ops: [comment('after', 'After the end.')] })).ok).toBe(true);
  await until(() => a.commits.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(b.commits.length).toBe(told);
  expect(await b.join(article)).toMatchObject({ code: 'ARTICLE_UNKNOWN' });
});

it('[NO8] a changed fact reaches the readers of the other node, and only those who see it', async () => {
  const article = await near.article();
  const sana = await near.person('Sana', 'fact-checker');
  const checker = await sit(near, sana, article);
  const desk = await sit(far, tom, article);
  await near.member(article, maria, 'writer');
  const writer = await sit(far, maria, article);
  const open = (id: string, audience: string): Promise<unknown> => {
    const claim = { id: `k-${id}`, type: 'money', text: '$550', check: 'Says who?' };
    const quote = { exact: 'x', prefix: '', suffix: '' };
    const op = { op: 'occurrence.open', id, from: 32, to: 43, quote, claim, audience };
    return checker.commit(article, { base: 0, ops: [op] });
  };
  expect(await open('o-all', 'all')).toMatchObject({ ok: true });
  expect(await open('o-desk', 'desk')).toMatchObject({ ok: true });
  const heard = (tab: Tab): string[] => {
    const ids: string[] = [];
    tab.socket.on('claim:changed', ({ facts }: { facts: Facts }) =>
      ids.push(...facts.claims.map(({ claim }) => `${claim.id} ${claim.version}`)),
    );
    return ids;
  };
  const [deskHeard, writerHeard] = [heard(desk), heard(writer)];
  for (const occurrenceId of ['o-desk', 'o-all']) {
    const change = { do: 'describe', type: 'number', check: 'Ask the fund.' };
    const asked = { articleId: article, occurrenceId, change };
    expect(await checker.say('claim:change', asked)).toMatchObject({ ok: true, version: 2 });
  }
  await until(() => writerHeard.length > 0 && deskHeard.length > 1);
  expect(deskHeard.toSorted()).toEqual(['k-o-all 2', 'k-o-desk 2']);
  expect(writerHeard).toEqual(['k-o-all 2']);
  expect(writer.received).not.toContain('k-o-desk');
});

it('[NO9] a note for the desk stays with the desk on every node', async () => {
  const article = await near.article();
  const a = await sit(near, tom, article);
  const desk = await sit(far, boss, article);
  await near.member(article, maria, 'writer');
  const writer = await sit(far, maria, article);
  const planted = 'Zyzzyva-7c1';
  const note = comment('c1', `${planted} is for the desk`, 'desk');
  expect((await a.commit(article, { ops: [note] })).ok).toBe(true);
  await until(() => desk.commits.length === 1 && writer.commits.length === 1);
  expect(desk.received).toContain(planted);
  expect(writer.received).not.toContain(planted);
  expect(near.logged() + far.logged()).not.toContain(planted);
});

it('[NO10] planted: a node that neither hears nor looks leaves its readers behind', async () => {
  const article = await near.article();
  const { rooms } = far.context;
  const b = await sit(far, ines, article);
  const a = await sit(near, tom, article);
  const { freshen } = rooms;
  rooms.freshen = () => Promise.resolve();
  expect((await a.commit(article, { ops: [comment('c1', 'Heard?')] })).ok).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2200));
  expect(b.commits).toEqual([]);
  rooms.freshen = freshen;
  await until(() => b.commits.length === 1);
});

it('[NO10] a node that hears nothing is told by its own look at the database, and hears again soon', async () => {
  const article = await near.article();
  const a = await sit(near, tom, article);
  const b = await sit(far, ines, article);
  const guest = await near.person('Guest', 'reviewer');
  const banned = await sit(far, guest, article);
  const cut = await query<{ n: boolean }>(
    database.url,
    `SELECT pg_terminate_backend(pid) AS n FROM pg_stat_activity
     WHERE application_name = 'galley nodes' AND datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  expect(cut).toHaveLength(2);
  expect((await a.commit(article, { ops: [comment('c1', 'Heard?')] })).ok).toBe(true);
  expect(
    (
      await near.ask(`/api/people/${guest}/banned`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ banned: true }),
        cookie: await near.cookie(boss),
      })
    ).status,
  ).toBe(200);
  await until(() => b.commits.length === 1);
  // What was said while nobody listened is made up for as soon as somebody does.
  await until(() => banned.ended !== '', 25_000);
  const listeners = async (): Promise<number> =>
    (
      await query(
        database.url,
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'galley nodes'
         AND datname = current_database() AND query LIKE 'LISTEN%'`,
      )
    ).length;
  await expect.poll(listeners, { timeout: 30_000 }).toBe(2);
});

it('[NO10] what nodes say is cut to fit a notice', () => {
  const items = Array.from({ length: 300 }, (_, n) => ({ n, name: 'é'.repeat(60) }));
  const parts = inParts(items);
  expect(parts.flat()).toEqual(items);
  expect(parts.length).toBeGreaterThan(5);
  for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(7000);
});
