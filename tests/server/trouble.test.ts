// Bad days: the database goes away and comes back, a reader takes nothing, somebody floods the server.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Refusal } from '#core/sync/error.ts';
import {
  comment,
  insertion,
  liveServer,
  until,
  type LiveServer,
} from '#tests/server/live-server.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';
import { Line } from '#tests/support/line.ts';

let live: LiveServer;
let database: FreshDatabase;
let line: Line;
let tom: string;
let ines: string;
beforeAll(async () => {
  database = await freshDatabase();
  line = new Line(database.url);
  live = await liveServer({}, { url: await line.open(), drop: () => Promise.resolve() });
  tom = await live.person('Tom', 'editor');
  ines = await live.person('Ines', 'reviewer');
});
afterAll(async () => {
  await live.end();
  line.cut();
  await database.drop();
});

it('[PR15] without its database the server refuses, says so, loses nothing, and goes on when it is back', async () => {
  const article = await live.article();
  const cookie = await live.cookie(tom);
  const tab = await live.tab(tom, { cookie });
  await tab.join(article);
  const before = tab.made({ intent: 'edit', steps: [insertion(1, 'a')] });
  expect(await tab.say('article:commit', { articleId: article, commit: before })).toMatchObject({
    ok: true,
    rev: 1,
  });
  line.cut();
  const during = tab.made({ base: 1, intent: 'edit', steps: [insertion(1, 'b')] });
  const asked = { articleId: article, commit: during };
  expect(await tab.say('article:commit', asked)).toMatchObject({
    ok: false,
    code: 'UNAVAILABLE',
    retryable: true,
  });
  const library = await live.ask('/api/articles', { cookie });
  expect([library.status, ((await library.json()) as Refusal).code]).toEqual([503, 'UNAVAILABLE']);
  expect((await live.ask('/readyz')).status).toBe(503);
  expect((await live.ask('/healthz')).status).toBe(200);
  expect(tab.commits.map((commit) => commit.rev)).toEqual([1]);
  live.context.recheckSessions();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(tab.socket.connected).toBe(true);
  await line.restore();
  await expect
    .poll(() => tab.say('article:commit', asked), { timeout: 30_000 })
    .toMatchObject({ ok: true, rev: 2 });
  expect(await tab.say('article:commit', asked)).toMatchObject({ ok: true, rev: 2 });
  expect((await live.context.store.article(article))?.headline.startsWith('ba')).toBe(true);
  await expect.poll(async () => (await live.ask('/readyz')).status, { timeout: 30_000 }).toBe(200);
});

it('[PR15] behind a dead line nobody is told of a fault of ours, and who comes then waits a few seconds at most', async () => {
  const article = await live.article();
  const cookie = await live.cookie(tom);
  const tab = await live.tab(tom, { cookie });
  await tab.join(article);
  const newcomer = await live.tab(ines);
  const asked = { articleId: article, commit: tab.made({ ops: [comment('c1', 'Late?')] }) };
  const told = async (path: string): Promise<unknown> => {
    const answer = await live.ask(path, { cookie });
    return [answer.status, ((await answer.json()) as Partial<Refusal>).code];
  };
  const away = [503, 'UNAVAILABLE'];
  line.stall();
  try {
    // These are under way before it is known.
    const before = [told('/api/articles'), told('/api/me')];
    const commit = tab.say('article:commit', asked);
    await expect
      .poll(async () => (await live.ask('/readyz')).status, { timeout: 30_000 })
      .toBe(503);
    const late = newcomer.connect();
    expect(await told('/api/articles')).toEqual(away);
    expect(await Promise.all(before)).toEqual([away, away]);
    expect(await commit).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(await late).toBe('UNAVAILABLE');
    expect(live.logged()).not.toContain('"code":"INTERNAL"');
  } finally {
    await line.restore();
  }
  await expect.poll(() => told('/api/me'), { timeout: 30_000 }).toEqual([200, undefined]);
  await expect
    .poll(() => tab.say('article:commit', asked), { timeout: 30_000 })
    .toMatchObject({ ok: true, rev: 1 });
}, 180_000);

it('[PR16] a reader that takes nothing is sent no more than a megabyte, others go on, and it catches up', async () => {
  const article = await live.article();
  const [writer, other, slow] = [await live.tab(tom), await live.tab(ines), await live.tab(ines)];
  for (const tab of [writer, other, slow]) await tab.join(article);
  const why: string[] = [];
  slow.socket.on('article:resync', (frame: { why: string }) => why.push(frame.why));
  // The socket under the client's websocket: paused, it lets nothing through.
  const transport = slow.socket.io.engine.transport as unknown as {
    ws: { _socket: { pause(): void; resume(): void } };
  };
  const wire = transport.ws._socket;
  wire.pause();
  const words = 'word '.repeat(4000);
  // Long notes: eight megabytes, more than the buffers of the machine take in on the way.
  for (let n = 0; n < 40; n++) {
    const ops = Array.from({ length: 10 }, (_, i) => comment(`c${n}-${i}`, words));
    expect((await writer.commit(article, { base: n, ops })).ok).toBe(true);
  }
  const head = (await live.context.store.article(article))?.rev ?? 0;
  await until(() => other.commits.at(-1)?.rev === head);
  wire.resume();
  await until(() => why.length > 0);
  expect(why).toEqual(['behind']);
  const got = slow.commits.length;
  expect(got).toBeLessThan(head);
  const since = await slow.say('article:since', { articleId: article, rev: got });
  expect(got + (since.commits?.length ?? 0)).toBe(head);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await writer.commit(article, { base: head, ops: [comment('last', 'Last.')] })).ok).toBe(
    true,
  );
  await until(() => slow.commits.at(-1)?.rev === head + 1);
}, 180_000);

it('[PR17] somebody who floods the server is cut off, and others are answered meanwhile', async () => {
  const article = await live.article();
  const [flood, calm] = [await live.tab(ines), await live.tab(tom)];
  await flood.join(article);
  await calm.join(article);
  for (let n = 0; n < 20_000; n++)
    flood.socket.emit('article:since', { articleId: article, rev: 0 });
  expect((await calm.commit(article, { ops: [comment('c1', 'Calm.')] })).ok).toBe(true);
  await until(() => !flood.socket.connected);
});

it('[PR18] nobody opens more than twenty connections', async () => {
  const id = await live.person('Many', 'reviewer');
  const cookie = await live.cookie(id);
  const answers: (string | null)[] = [];
  for (let n = 0; n < 21; n++) answers.push(await (await live.tab(id, { cookie })).connect());
  expect(answers).toEqual([...Array<null>(20).fill(null), 'TOO_MANY_CONNECTIONS']);
});

it('[PR19] the server stops in time although a reader answers nothing', async () => {
  const second = await liveServer();
  const tab = await second.tab(await second.person('Still', 'editor'));
  await tab.join(await second.article());
  const transport = tab.socket.io.engine.transport as unknown as {
    ws: { _socket: { pause(): void } };
  };
  transport.ws._socket.pause();
  // Without the cut it would wait for ever.
  const start = performance.now();
  await second.server.close();
  expect(performance.now() - start).toBeLessThan(60_000);
  await second.end();
});
