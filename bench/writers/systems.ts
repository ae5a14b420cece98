// How the servers of the systems are started, each as a process of its own on its own core.
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { projectRoot } from '#server/platform/migrate.ts';
import { origin, type BenchHouse } from './house.ts';
import type { Job } from './job.ts';
import { serverCore, spawnOn } from './process.ts';
import { headline, paragraphs } from './text.ts';

const readyWithin = 30_000;

export interface RunningServer {
  url: string;
  pid: number;
  /** The process id of the database it has its own process for. */
  databasePid: number | undefined;
  articles: string[];
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it anew on its data; gives it back. */
  again(): Promise<void>;
}

export const systemNames: Record<Job['system'], string> = {
  galley: 'Galley',
  hocuspocus: 'Hocuspocus 3.4.4',
  collab: 'prosemirror-collab 1.3.1',
};

const peers = join(projectRoot(), 'bench', 'peers');

/** True when the packages of the peers are there. */
export const hasPeers = (): boolean =>
  existsSync(join(peers, 'node_modules', '@hocuspocus', 'server', 'package.json')) &&
  existsSync(join(peers, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node'));

export async function startSystem(
  system: Job['system'],
  house: BenchHouse,
  articles: number,
): Promise<RunningServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const profile = process.env['BENCH_PROFILE'];
  const first = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  let names = Array.from({ length: articles }, (_, n) => `article-${n}`);
  let args: string[];
  let env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], NODE_ENV: 'production' };
  if (system === 'galley') {
    names = [];
    for (let n = 0; n < articles; n++) names.push(await house.newArticle());
    args = [join(projectRoot(), 'dist', 'server', 'main.js')];
    env = { ...env, DATABASE_URL: house.databaseUrl, PORT: String(port), PUBLIC_URL: origin };
    env['LOG_LEVEL'] = 'warn';
  } else {
    const given = join(house.scratch, `${system}-${port}.json`);
    const database =
      system === 'collab' ? await house.otherDatabase() : join(house.scratch, `${port}.sqlite`);
    writeFileSync(given, JSON.stringify({ port, database, headline, paragraphs }));
    args = [join(peers, `${system}-server.mjs`), given];
  }
  let child = await start([...first, ...args], env, system === 'galley' ? url : null);
  return {
    url,
    get pid() {
      return child.pid ?? 0;
    },
    databasePid: system === 'hocuspocus' ? undefined : house.databasePid(),
    articles: names,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      // A server that does not stop is stopped.
      const hurry = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(hurry);
    },
    again: async () => {
      child = await start([...first, ...args], env, system === 'galley' ? url : null);
    },
  };
}

/** Resolves once it is ready: at `url` when there is one to ask, else when it says so. */
async function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  url: string | null,
): Promise<ChildProcess> {
  const child = spawnOn(serverCore, args, { env, cwd: projectRoot() });
  let out = '';
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (out += String(chunk)));
  const end = performance.now() + readyWithin;
  const isReady = async (): Promise<boolean> =>
    url === null
      ? out.includes('ready')
      : ((await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false);
  while (!(await isReady())) {
    if (child.exitCode !== null || performance.now() > end)
      throw new Error(`A server did not start: ${out.slice(-1500)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return child;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
