// `npm start` and its kin as a stranger runs them, with the server that is built.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';
import { isRunning } from '#tests/platform/house-process.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-start-'));
  await chmod(folder, 0o755);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Started {
  npm: ChildProcess;
  output: () => string;
  /** Exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
}

function npmStart(dataDir: string): Started {
  const npm = spawn('npm', ['start'], {
    cwd: projectRoot(),
    env: { PATH: process.env['PATH'], HOME: dataDir, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // A process group of its own, as a terminal gives it.
  });
  let said = '';
  npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  npm.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(npm, 'close').then(
    ([code, signal]) => (code ?? signal ?? 'gone') as number | string,
  );
  cleanups.push(async () => {
    npm.kill('SIGTERM');
    await ended;
  });
  return { npm, output: () => said, ended };
}

/** The first line of postmaster.pid. */
async function databasePid(dataDir: string): Promise<number> {
  const note = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(note.split('\n')[0]);
}

async function addressOf({ output }: Started): Promise<string> {
  await expect.poll(output, { timeout: 120_000 }).toMatch(/Galley is at http/);
  return /Galley is at (\S+)/.exec(output())?.[1] ?? '';
}

// A stale build is built first, beside everything else that runs.
describe('npm start', { timeout: 300_000 }, () => {
  it('[OS25] answers, refuses a second start, and stops with its database on SIGTERM', async () => {
    const dataDir = await scratch();
    const first = npmStart(dataDir);
    const address = await addressOf(first);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    await expect.poll(first.output).toMatch(/works once and for 30 minutes:\nhttp\S+token=\S{40,}/);
    const pid = await databasePid(dataDir);
    expect(isRunning(pid)).toBe(true);

    const second = npmStart(dataDir);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Another Galley is running on the data in ${dataDir}.`);
    expect(second.output()).not.toMatch(/\n\s+at /);

    first.npm.kill('SIGTERM');
    await first.ended;
    await expect.poll(() => isRunning(pid)).toBe(false);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });

  it('[OS25] stops with its database on Ctrl-C and when the terminal is closed', async () => {
    for (const signal of ['SIGINT', 'SIGHUP'] as const) {
      const dataDir = await scratch();
      const started = npmStart(dataDir);
      await addressOf(started);
      const pid = await databasePid(dataDir);
      // The whole group hears it, as from a terminal; the database is in a group of its own.
      process.kill(-(started.npm.pid ?? 0), signal);
      await started.ended;
      await expect.poll(() => isRunning(pid)).toBe(false);
      const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
      expect(log.match(/received fast shutdown request/g)).toHaveLength(1);
    }
  });

  it('[OS26] refuses in a sentence when it is neither built nor able to build', async () => {
    const checkout = await scratch();
    const root = projectRoot();
    for (const name of ['scripts', 'package.json']) {
      await cp(join(root, name), join(checkout, name), { recursive: true });
    }
    const { status, stderr } = run(checkout, ['scripts/start.mjs'], {});
    expect(stderr.trim()).toBe(
      'Galley is not built, and the packages for building are not installed. Run: npm ci && npm run build',
    );
    expect(status).toBe(1);
  });
});

describe('npm run demo', () => {
  it('[OS26] refuses to run in production, and options it does not know', () => {
    const production = run(projectRoot(), ['scripts/demo.mjs'], { NODE_ENV: 'production' });
    expect(production.status).toBe(1);
    expect(production.stderr).toMatch(/does not run with NODE_ENV=production/);
    const unknown = run(projectRoot(), ['scripts/demo.mjs', '--frehs'], {});
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toMatch(/Unknown option --frehs/);
  });
});

function run(
  cwd: string,
  args: string[],
  env: Record<string, string>,
): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  return { status, stderr };
}
