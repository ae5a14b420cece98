// What whoever runs Galley sees of it: two starts on one empty database, readiness, metrics, logs.
import { afterEach, expect, it } from 'vitest';
import { metricsToken, NodeProcess, publicUrl } from '#tests/nodes/node-process.ts';
import { liveServer, comment, until } from '#tests/server/live-server.ts';
import { query } from '#tests/platform/house-process.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

const nodes: NodeProcess[] = [];
let database: FreshDatabase | undefined;
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.end('SIGKILL');
  await database?.drop();
  database = undefined;
});

it('[NO23][NO24] two starts at once on one empty database make one house; each node says how it is and what it has done, to who may know', async () => {
  database = await freshDatabase();
  const { url } = database;
  const start = (): Promise<NodeProcess> => NodeProcess.start({ databaseUrl: url });
  nodes.push(...(await Promise.all([start(), start()])));
  await expect
    .poll(() => nodes.every(({ out }) => out.includes('Galley is at')), { timeout: 45_000 })
    .toBe(true);
  const [articles] = await query<{ n: string }>(url, 'SELECT count(*) AS n FROM "Article"');
  expect(Number(articles?.n)).toBe(2);
  const count = (): Promise<number[]> =>
    Promise.all(nodes.map((node) => node.metric('galley_nodes')));
  await expect.poll(count, { timeout: 30_000 }).toEqual([2, 2]);

  const [node] = nodes;
  const ask = (authorization?: string): Promise<Response> =>
    fetch(
      `${node?.url}/metrics`,
      authorization === undefined ? {} : { headers: { authorization } },
    );
  expect((await ask()).status).toBe(404);
  expect((await ask('Bearer wrong')).status).toBe(404);
  const text = await (await ask(`Bearer ${metricsToken}`)).text();
  for (const name of [
    'galley_commit_seconds_bucket',
    'galley_commits_total',
    'galley_connections',
    'galley_database_up 1',
    'galley_nodes_heard 1',
    'galley_request_seconds_count',
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
  ])
    expect(text).toContain(name);
  // A house that is gone for one is gone for the other too, and a stop tells the rest.
  expect((await nodes[1]?.end('SIGTERM'))?.code).toBe(0);
  await expect.poll(() => node?.metric('galley_nodes'), { timeout: 30_000 }).toBe(1);
}, 90_000);

it('[NO24] without a token there are no metrics at all', async () => {
  const live = await liveServer();
  expect((await live.ask('/metrics')).status).toBe(404);
  const headers = { authorization: 'Bearer ' };
  expect((await live.ask('/metrics', { headers })).status).toBe(404);
  await live.end();
});

it('[NO25] a node that hears no notices is not ready, and says what to look for', async () => {
  const live = await liveServer();
  const { notices } = live.context;
  expect((await live.ask('/readyz')).status).toBe(200);
  // A pulse of its own may come in between; then once more.
  const deaf = async (): Promise<Response> => {
    notices.heardAt = performance.now() - 60_000;
    return live.ask('/readyz');
  };
  let answer = await deaf();
  for (let i = 0; i < 5 && answer.status !== 503; i++) answer = await deaf();
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    ok: false,
    why: 'Notices of the database do not arrive (LISTEN); it needs a direct connection, past any pooler.',
  });
  // Its next own pulse is heard.
  await expect.poll(async () => (await live.ask('/readyz')).status, { timeout: 25_000 }).toBe(200);
  await live.end();
});

it('[NO25] a node whose database has lost a migration is not ready, and names it', async () => {
  database = await freshDatabase();
  const live = await liveServer({}, database);
  await query(
    database.url,
    'DELETE FROM "_prisma_migrations" WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")',
  );
  const answer = await live.ask('/readyz');
  expect(answer.status).toBe(503);
  expect(((await answer.json()) as { why: string }).why).toMatch(
    /^The database lacks \d+\S+; start/,
  );
  await live.end();
});

it('[NO26] a line in the log names request, article and person, and holds no text', async () => {
  const live = await liveServer({ PUBLIC_URL: publicUrl });
  const tom = await live.person('Tom', 'editor');
  const article = await live.article();
  const cookie = await live.cookie(tom);
  const answer = await live.ask(`/api/articles/${article}`, { cookie });
  expect(answer.status).toBe(200);
  const tab = await live.tab(tom, { cookie });
  await tab.join(article);
  const planted = 'Zyzzyva-9d4';
  await tab.commit(article, { ops: [comment('c1', planted)] });
  // A fault of ours, planted: the log has it with all its ids.
  live.context.rooms.room = () => Promise.reject(new TypeError('planted'));
  expect(
    await tab.say('article:join', { articleId: article, clientId: tab.clientId }),
  ).toMatchObject({
    ok: false,
    code: 'INTERNAL',
  });
  const line = (part: object): Record<string, unknown> | undefined =>
    live
      .logged()
      .split('\n')
      .filter((one) => one.startsWith('{'))
      .map((one) => JSON.parse(one) as Record<string, unknown>)
      .find((one) => Object.entries(part).every(([key, value]) => one[key] === value));
  const request = await until(() => line({ msg: 'request', path: `/api/articles/${article}` }));
  expect(request).toMatchObject({
    articleId: article,
    userId: tom,
    requestId: answer.headers.get('x-request-id'),
  });
  expect(line({ msg: 'an event failed' })).toMatchObject({
    articleId: article,
    userId: tom,
    event: 'article:join',
    requestId: expect.stringMatching(/.{8}/) as string,
  });
  expect(line({ msg: 'connected' })).toMatchObject({ userId: tom });
  expect(live.logged()).not.toContain(planted);
  await live.end();
});
