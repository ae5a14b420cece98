// Starts tests/platform/open-house.ts as a process of its own, as a stranger's start would be.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { projectRoot } from '#server/platform/migrate.ts';

export interface HouseProcess {
  child: ChildProcess;
  url: string;
  /** Process id of the database. */
  pid: number;
  dataDir: string;
  /** Sends a signal and waits for the process to be gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface Surroundings {
  env?: Record<string, string>;
  uid?: number;
  gid?: number;
}

/** Resolves when the house is open; throws an Error with its sentence when it refuses. */
export async function startHouse(surroundings: Surroundings = {}): Promise<HouseProcess> {
  const { env = {}, ...user } = surroundings;
  const root = projectRoot();
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const child = spawn(process.execPath, [tsx, join(root, 'tests', 'platform', 'open-house.ts')], {
    cwd: '/',
    env: { PATH: process.env['PATH'], TSX_DISABLE_CACHE: '1', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...user,
  });
  const closed = once(child, 'close');
  const line = createInterface({ input: child.stdout });
  const said = await Promise.race([once(line, 'line'), closed.then(() => undefined)]);
  const answer = JSON.parse(String(said?.[0] ?? '{"refused":"it ended without a word"}')) as
    | { refused: string }
    | { url: string; pid: number; dataDir: string };
  if ('refused' in answer) {
    await closed;
    throw new Error(answer.refused);
  }
  return {
    child,
    ...answer,
    end: async (signal = 'SIGTERM') => {
      // tsx runs the program in a child of its own; the signal is meant for that one.
      const own = innermostChild(child.pid ?? 0);
      process.kill(own, signal);
      await closed;
    },
  };
}

/** The process that runs the program: tsx starts it and passes on only some signals. */
function innermostChild(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const nodes = children.filter(
    (child) =>
      child !== '' && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('open-house'),
  );
  return nodes[0] === undefined ? pid : innermostChild(Number(nodes[0]));
}

/** Whether a process exists (and is not just waiting to be collected). */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** One statement on a database. */
export async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
