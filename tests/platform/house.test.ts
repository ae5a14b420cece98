// Starting and stopping the embedded database, as processes of their own: what is kept, what is
// refused, and what a kill leaves behind. The processes are looked at in /proc.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  isRunning,
  query,
  startHouse,
  type HouseProcess,
  type Surroundings,
} from '#tests/platform/house-process.ts';
import { freshDatabase } from '#tests/support/database.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function scratch(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-house-'));
  await chmod(folder, mode);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(surroundings: Surroundings): Promise<HouseProcess> {
  const house = await startHouse(surroundings);
  cleanups.push(async () => {
    if (house.child.exitCode === null && house.child.signalCode === null) await house.end();
  });
  return house;
}

const put = `INSERT INTO "Setting" (key, value) VALUES ('word', 'haven')`;
const get = `SELECT value FROM "Setting" WHERE key = 'word'`;

describe.runIf(process.platform === 'linux')('the embedded database', { timeout: 240_000 }, () => {
  it('[OS6][OS7] is made on the first start, keeps everything, and stops with its process', async () => {
    const env = { DATA_DIR: join(await scratch(), 'new', 'data') };
    const first = await start({ env });
    await query(first.url, put);
    await first.end('SIGTERM');
    expect(isRunning(first.pid)).toBe(false);

    const second = await start({ env });
    expect(await query(second.url, get)).toEqual([{ value: 'haven' }]);
    await second.end('SIGINT');
    expect(isRunning(second.pid)).toBe(false);
    const left = readdirSync(env.DATA_DIR).filter((name) => name.startsWith('lock'));
    expect(left).toEqual([]);
    expect(existsSync(socketFolder(second.url))).toBe(false);
  });

  it('[OS8] is refused to a second process, which leaves the first alone', async () => {
    const env = { DATA_DIR: await scratch() };
    const first = await start({ env });
    await expect(startHouse({ env })).rejects.toThrow(/Another Galley is running on the data in/);
    await query(first.url, put);
    expect(isRunning(first.pid)).toBe(true);
  });

  it('[OS8] is given to one of several that start at once', async () => {
    const env = { DATA_DIR: await scratch() };
    const starts = await Promise.allSettled([1, 2, 3].map(() => start({ env })));
    const open = starts.filter(({ status }) => status === 'fulfilled');
    expect(open).toHaveLength(1);
  });

  it('[OS9] is recovered by the next start after the process was killed', async () => {
    const env = { DATA_DIR: await scratch() };
    const first = await start({ env });
    await query(first.url, put);
    await first.end('SIGKILL');
    expect(isRunning(first.pid)).toBe(true); // The orphan, which the next start ends.

    const second = await start({ env });
    expect(isRunning(first.pid)).toBe(false);
    expect(existsSync(socketFolder(first.url))).toBe(false);
    expect(await query(second.url, get)).toEqual([{ value: 'haven' }]);
  });

  it('[OS9] is recovered when both were killed and the process id belongs to another', async () => {
    const env = { DATA_DIR: await scratch() };
    const first = await start({ env });
    await query(first.url, put);
    const pidFile = join(env.DATA_DIR, 'postgres', 'postmaster.pid');
    const note = await readFile(pidFile, 'utf8');
    await first.end('SIGKILL');
    process.kill(first.pid, 'SIGKILL');
    await expect.poll(() => isRunning(first.pid)).toBe(false);
    // This very test process stands for the stranger; it must survive.
    await writeFile(pidFile, note.replace(/^\d+/, String(process.pid)));

    const second = await start({ env });
    expect(await query(second.url, get)).toEqual([{ value: 'haven' }]);
  });

  it('[OS10] is started again under the same address when it dies', async () => {
    const house = await start({ env: { DATA_DIR: await scratch() } });
    await query(house.url, put);
    process.kill(house.pid, 'SIGKILL');
    await expect
      .poll(() => query(house.url, get).catch(() => 'down'), { timeout: 60_000, interval: 50 })
      .toEqual([{ value: 'haven' }]);
  });

  it('[OS11] is made again when making it was cut short', async () => {
    const dataDir = await scratch();
    await mkdir(join(dataDir, 'postgres.part'));
    await writeFile(join(dataDir, 'postgres.part', 'PG_VERSION'), '18\n');
    const house = await start({ env: { DATA_DIR: dataDir } });
    expect(await query(house.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('[OS11] is refused with a sentence when another version of PostgreSQL wrote it', async () => {
    const dataDir = await scratch();
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9\n');
    await expect(startHouse({ env: { DATA_DIR: dataDir } })).rejects.toThrow(/PostgreSQL 9, but/);
  });

  it('[OS12] keeps its files private and its password from everybody else', async () => {
    const dataDir = await scratch();
    const house = await start({ env: { DATA_DIR: dataDir } });
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect(mode(join(dataDir, 'postgres'))).toBe('700');
    expect(mode(join(dataDir, 'postgres.password'))).toBe('600');
    expect(mode(join(dataDir, 'postgres.log'))).toBe('600');
    expect(mode(dataDir)).toBe(isRoot ? '711' : '700');
    expect(mode(socketFolder(house.url))).toBe('700');
    const wrong = new URL(house.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('[OS12] keeps row values out of its log', async () => {
    const dataDir = await scratch();
    const house = await start({ env: { DATA_DIR: dataDir } });
    await query(house.url, put);
    const again = put.replace('haven', 'planted-secret');
    await expect(query(house.url, again)).rejects.toThrow(/duplicate key/);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toMatch(/planted-secret|haven/);
  });

  it('[OS13] takes a data directory with a path longer than a socket may have', async () => {
    const deep = join(await scratch(), 'a'.repeat(60), 'b'.repeat(60));
    const env = { DATA_DIR: deep, TMPDIR: await scratch() };
    const house = await start({ env });
    await expect(startHouse({ env })).rejects.toThrow(/Another Galley/);
    await query(house.url, put);
  });

  it('[OS13] uses a database of somebody else when DATABASE_URL names one', async () => {
    const { url, drop } = await freshDatabase();
    cleanups.push(drop);
    const dataDir = join(await scratch(), 'unused');
    const env = { DATABASE_URL: url, DATA_DIR: dataDir };
    const [one, two] = [await start({ env }), await start({ env })];
    await query(one.url, put);
    expect(await query(two.url, get)).toEqual([{ value: 'haven' }]);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('[OS14] keeps the data of the demo apart and empties it when asked', async () => {
    const base = join(await scratch(), 'data');
    const env = { DATA_DIR: base, GALLEY_DEMO: '1', DATABASE_URL: 'postgresql://nowhere/at-all' };
    const first = await start({ env });
    expect(basename(first.dataDir)).toBe('data-demo');
    await query(first.url, put);
    await expect(startHouse({ env: { ...env, GALLEY_FRESH: '1' } })).rejects.toThrow(/Another/);
    await first.end();
    const kept = await start({ env });
    expect(await query(kept.url, get)).toEqual([{ value: 'haven' }]);
    await kept.end();
    const emptied = await start({ env: { ...env, GALLEY_FRESH: '1' } });
    expect(await query(emptied.url, get)).toEqual([]);
  });

  it('[OS15] is refused with a sentence when DATA_DIR is a file', async () => {
    const file = join(await scratch(), 'file');
    await writeFile(file, '');
    await expect(startHouse({ env: { DATA_DIR: file } })).rejects.toThrow(/is not a folder/);
  });
});

describe.runIf(process.platform === 'linux' && isRoot)(
  'started by root',
  { timeout: 240_000 },
  () => {
    it('[OS16] runs the database as somebody else', async () => {
      const house = await start({ env: { DATA_DIR: await scratch() } });
      const status = await readFile(`/proc/${house.pid}/status`, 'utf8');
      expect(status).toMatch(/^Uid:\s+[1-9]\d*\s/m);
    });

    it('[OS16] opens a private folder that is empty or its own, as mktemp makes them', async () => {
      const env = { DATA_DIR: await scratch(0o700) };
      await (await start({ env })).end();
      await chmod(env.DATA_DIR, 0o700);
      await start({ env });
    });

    it('[OS15] refuses a folder that the database could not reach, with the command to run', async () => {
      const closed = await scratch(0o700);
      const env = { DATA_DIR: join(closed, 'data') };
      await expect(startHouse({ env })).rejects.toThrow(`chmod o+x '${closed}'`);
      await chmod(closed, 0o711);
      await start({ env });
    });

    it('[OS16] lets an ordinary user start it too, in a private home', async () => {
      const home = await scratch(0o700);
      const user = { uid: NOBODY, gid: NOBODY };
      const { chown } = await import('node:fs/promises');
      await chown(home, NOBODY, NOBODY);
      const env = { DATA_DIR: join(home, 'data'), HOME: home };
      const house = await start({ env, ...user });
      await query(house.url, put);
      const status = await readFile(`/proc/${house.pid}/status`, 'utf8');
      expect(status).toMatch(new RegExp(`^Uid:\\s+${NOBODY}\\s`, 'm'));
    });

    it('[OS15] tells an ordinary user whose folder it is not', async () => {
      const closed = await scratch(0o700);
      const user = { uid: NOBODY, gid: NOBODY };
      await expect(startHouse({ env: { DATA_DIR: closed }, ...user })).rejects.toThrow(
        /may not be used by this user/,
      );
    });
  },
);

function socketFolder(url: string): string {
  return new URL(url).searchParams.get('host') ?? '';
}
