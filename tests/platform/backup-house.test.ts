// Backup and restore beside houses that run, that do not, and that were killed; and the two commands.
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeBackup } from '#server/backup/backup.ts';
import { inspectBackup } from '#server/backup/inspect.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { openAlone, openToRead, type DataPlace } from '#server/platform/data-access.ts';
import { migrate, projectRoot } from '#server/platform/migrate.ts';
import { announceHouse, takeAlone } from '#server/platform/presence.ts';
import { isRunning, query, startHouse, type HouseProcess } from '#tests/platform/house-process.ts';
import { freshDatabase } from '#tests/support/database.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-house-'));
  await chmod(folder, 0o755);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(env: Record<string, string>): Promise<HouseProcess> {
  const house = await startHouse({ env });
  cleanups.push(async () => {
    if (house.child.exitCode === null && house.child.signalCode === null) await house.end();
  });
  return house;
}

async function backUp(place: DataPlace, file: string): Promise<void> {
  const access = await openToRead(place);
  await makeBackup(access.url, file, new Date(0)).finally(() => access.stop());
}

async function restore(place: DataPlace, file: string): Promise<void> {
  const access = await openAlone(place);
  await restoreBackup(access, await inspectBackup(file)).finally(() => access.stop());
}

const put = `INSERT INTO "Setting" (key, value) VALUES ('word', 'haven')`;
const get = `SELECT value FROM "Setting" WHERE key = 'word'`;

describe.runIf(process.platform === 'linux')('the data of a house', { timeout: 240_000 }, () => {
  it('[BK6] are saved while it runs, when it was killed, and without it; restored only without it', async () => {
    const folder = await scratch();
    const dataDir = join(folder, 'data');
    const file = join(folder, 'a.galley');
    await expect(backUp({ dataDir }, file)).rejects.toThrow(/There is no Galley data in/);
    const house = await start({ DATA_DIR: dataDir });
    await query(house.url, put);
    await backUp({ dataDir }, file);
    await expect(restore({ dataDir }, file)).rejects.toThrow(
      /Galley is running on .* Stop it first/,
    );
    expect(await query(house.url, get)).toEqual([{ value: 'haven' }]);

    await house.end('SIGKILL');
    expect(isRunning(house.pid)).toBe(true);
    await backUp({ dataDir }, file);
    expect(isRunning(house.pid)).toBe(false);
    await backUp({ dataDir }, file);

    const elsewhere = join(folder, 'new', 'data');
    await restore({ dataDir: elsewhere }, file);
    const second = await start({ DATA_DIR: elsewhere });
    expect(await query(second.url, get)).toEqual([{ value: 'haven' }]);
    await second.end();
    await restore({ dataDir: elsewhere }, file);
    const third = await start({ DATA_DIR: elsewhere });
    expect(await query(third.url, get)).toEqual([{ value: 'haven' }]);
  });

  it('[BK6] are guarded in a database of DATABASE_URL too, by all houses that use it', async () => {
    const { url: databaseUrl, drop } = await freshDatabase();
    cleanups.push(drop);
    const file = join(await scratch(), 'a.galley');
    await query(databaseUrl, put);
    const houses = [
      await start({ DATABASE_URL: databaseUrl }),
      await start({ DATABASE_URL: databaseUrl }),
    ];
    await backUp({ databaseUrl }, file);
    for (const house of houses) {
      await expect(restore({ databaseUrl }, file)).rejects.toThrow(
        /Galley is running on the database/,
      );
      await house.end();
    }
    const access = await openAlone({ databaseUrl });
    await expect(startHouse({ env: { DATABASE_URL: databaseUrl } })).rejects.toThrow(
      /A backup is being restored into this database/,
    );
    await expect(openAlone({ databaseUrl })).rejects.toThrow(/Galley is running on the database/);
    await restoreBackup(access, await inspectBackup(file));
    await access.stop();
    expect(await migrate(databaseUrl)).toEqual([]);
    expect(await query(databaseUrl, get)).toEqual([{ value: 'haven' }]);
  });

  it('[BK6] stay guarded when the connection that guards them is lost', async () => {
    const { url, drop } = await freshDatabase();
    cleanups.push(drop);
    const presence = await announceHouse(url);
    cleanups.push(() => presence.end());
    expect(await takeAlone(url)).toBeUndefined();
    const ended = `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'galley'`;
    expect(await query(url, ended)).toEqual([{ ended: true }]);
    const isGuarded = async (): Promise<boolean> => {
      const alone = await takeAlone(url);
      await alone?.end();
      return alone === undefined;
    };
    await expect.poll(isGuarded, { timeout: 60_000, interval: 200 }).toBe(true);
    await presence.end();
    expect(await isGuarded()).toBe(false);
  });
});

describe('the commands', { timeout: 240_000 }, () => {
  it('[BK4][BK6] say what they did, or in one sentence why not, and end with 0 or 1', async () => {
    const folder = await scratch();
    const run = (
      name: string,
      args: string[],
      dataDir: string,
    ): { status: number; said: string } => {
      const script = join(projectRoot(), 'scripts', `${name}.mjs`);
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'], DATA_DIR: join(folder, dataDir) },
        encoding: 'utf8',
      });
      return { status: status ?? -1, said: `${stdout}${stderr}`.replace(/^Building.*\n/, '') };
    };
    expect(run('backup', [], 'one')).toEqual({ status: 1, said: 'Usage: npm run backup FILE\n' });
    expect(run('restore', ['a', 'b'], 'one')).toEqual({
      status: 1,
      said: 'Usage: npm run restore FILE\n',
    });
    expect(run('restore', ['none'], 'one').said).toBe(
      `There is no file ${join(folder, 'none')}.\n`,
    );
    const migrated = run('migrate', [], 'one');
    expect(migrated).toMatchObject({ status: 0 });
    expect(migrated.said).toMatch(/The database is up to date/);
    const made = run('backup', ['house.galley'], 'one');
    expect(made).toMatchObject({ status: 0 });
    expect(made.said).toMatch(/house\.galley holds 0 articles: 0 rows of \d+ tables/);
    const restored = run('restore', ['house.galley'], 'two');
    expect(restored).toMatchObject({ status: 0 });
    expect(restored.said).toMatch(/two holds 0 articles again, as of \d{4}-/);
    expect(restored.said).toMatch(/Everybody has to sign in again/);
  });
});
