// The entry file as a process: first start, SIGKILL, SIGTERM, and what is there afterwards.
import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import type { Library } from '#core/sync/answers.ts';
import { comment, cookieHeader, insertion, until, type Answer } from '#tests/server/live-server.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

const root = new URL('../..', import.meta.url).pathname;

interface Process {
  child: ChildProcess;
  address: string;
  out(): string;
  /** Sends a signal; gives the exit code (null after a signal that kills) and the milliseconds it took. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
}

const running: Process[] = [];
const sockets: Socket[] = [];
let database: FreshDatabase | undefined;
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  for (const one of running.splice(0)) await one.end('SIGKILL');
  await database?.drop();
});

async function start(databaseUrl: string): Promise<Process> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: '0', NODE_ENV: 'production' };
  const args = ['--import', 'tsx', 'server/main.ts'];
  const child = spawn(process.execPath, args, { cwd: root, env });
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (out += String(chunk)));
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await until(() => /Galley is at \S+\n/.test(out) || child.exitCode !== null, 90_000);
  const address = /Galley is at (\S+)\n/.exec(out)?.[1];
  if (address === undefined) throw new Error(`It did not start: ${out}`);
  const one: Process = {
    child,
    address,
    out: () => out,
    async end(signal) {
      const at = Date.now();
      child.kill(signal);
      return { code: await gone, ms: Date.now() - at };
    },
  };
  running.push(one);
  return one;
}

function connect(address: string, cookie: string): Promise<Socket> {
  const socket = io(address, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie, origin: address },
  });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

const say = (socket: Socket, event: string, asked: object): Promise<Answer> =>
  socket.timeout(20_000).emitWithAck(event, asked) as Promise<Answer>;

it('[PR14, LI7, AC4] a house is started, worked in, killed, started, stopped and started, and nothing is missing', async () => {
  database = await freshDatabase();
  const first = await start(database.url);
  // The link is printed a moment after the address.
  const [, token] = await until(() => /setup\?token=([\w-]+)\s/.exec(first.out()));
  const setup = await fetch(`${first.address}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.address },
    body: JSON.stringify({
      token,
      name: 'Ada',
      email: 'ada@galley.test',
      password: 'a long enough one',
    }),
  });
  expect(setup.status).toBe(201);
  const cookie = cookieHeader(setup.headers.getSetCookie());
  const library = async (address: string): Promise<Library> =>
    (await (await fetch(`${address}/api/articles`, { headers: { cookie } })).json()) as Library;
  const { articles } = await library(first.address);
  expect(articles.map((one) => one.source?.endsWith('.txt'))).toEqual([true, true]);
  const articleId = articles[0]?.id ?? '';

  const clientId = 'client-of-ada';
  const commit = (seq: number, over: object) => ({
    articleId,
    commit: { clientId, seq, base: seq - 1, intent: 'annotate', steps: [], ops: [], ...over },
  });
  let socket = await connect(first.address, cookie);
  await say(socket, 'article:join', { articleId, clientId });
  const asked = [
    commit(1, { ops: [comment('c1', 'Is this so?', 'desk')] }),
    commit(2, { intent: 'edit', steps: [insertion(1, 'NEW ')] }),
    commit(3, { ops: [{ op: 'reply', id: 'r1', on: 'c1', text: 'It is.' }] }),
  ];
  for (const one of asked) expect((await say(socket, 'article:commit', one)).ok).toBe(true);
  await first.end('SIGKILL');

  const second = await start(database.url);
  expect(second.out()).not.toContain('/setup?token=');
  socket = await connect(second.address, cookie);
  const joined = await say(socket, 'article:join', { articleId, clientId });
  expect(joined).toMatchObject({ ok: true, rev: 3, lastSeq: 3 });
  expect(joined.review?.comments).toMatchObject([
    { id: 'c1', text: 'Is this so?', audience: 'desk', replies: [{ id: 'r1', text: 'It is.' }] },
  ]);
  expect(joined.review?.anchors).toMatchObject([{ id: 'c1', from: 30, to: 34, state: 'attached' }]);
  const resent = await say(socket, 'article:commit', asked[2] ?? {});
  expect(resent).toMatchObject({ ok: true, rev: 3 });
  expect((await library(second.address)).articles).toHaveLength(2);

  // Stopped while somebody types: everything acknowledged is kept, and it stops in time.
  const acknowledged: number[] = [];
  const typing = (async () => {
    for (let seq = 4; seq < 400; seq++) {
      const answer = await say(
        socket,
        'article:commit',
        commit(seq, { intent: 'edit', steps: [insertion(1, 'x')] }),
      ).catch(() => null);
      if (!answer?.ok) return;
      acknowledged.push(answer.rev ?? 0);
    }
  })();
  await until(() => acknowledged.length > 3);
  const { code, ms } = await second.end('SIGTERM');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(45_000);
  await typing;

  const third = await start(database.url);
  const last = (await library(third.address)).articles.find((one) => one.id === articleId);
  expect(last?.rev).toBeGreaterThanOrEqual(acknowledged.at(-1) ?? 0);
  expect(last?.headline.startsWith('x'.repeat(acknowledged.length))).toBe(true);
  expect((await third.end('SIGINT')).code).toBe(0);
}, 400_000);
