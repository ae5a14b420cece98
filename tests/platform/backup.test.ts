// Backup and restore on a library with history.
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apply, reviewFromJson, reviewToJson } from '#core/sync/review.ts';
import { makeBackup, type Made } from '#server/backup/backup.ts';
import { linesOf } from '#server/backup/container.ts';
import { inspectBackup, type Inspected } from '#server/backup/inspect.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { migrate, migrationsFolder, readMigrations } from '#server/platform/migrate.ts';
import { openDatabase, type Database } from '#server/store/client.ts';
import { Prisma } from '#server/store/generated/client.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { query } from '#tests/platform/house-process.ts';
import { PASSWORD_HASH, SECRET, writeArticle, writeHouse } from '#tests/platform/library.ts';
import { rewritten } from '#tests/platform/rewritten.ts';
import { emptyDatabase, freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

const at = new Date('2026-02-03T04:05:06.789Z');

let folder: string;
let source: FreshDatabase;
let database: Database;
/** A backup of `source`, which no test changes. */
let file: string;
let made: Made;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-backup-'));
  source = await freshDatabase();
  database = openDatabase(source.url);
  await writeArticle(database, 'first', 11);
  await writeArticle(database, 'second', 12);
  await writeHouse(database, 'first');
  file = join(folder, 'house.galley');
  made = await makeBackup(source.url, file, at);
});
afterAll(async () => {
  await database.close();
  await source.drop();
  await rm(folder, { recursive: true, force: true });
});

async function target(make = freshDatabase): Promise<string> {
  const { url, drop } = await make();
  cleanups.push(drop);
  return url;
}

async function restore(url: string, backup: string | Inspected): Promise<void> {
  const nothing = (): Promise<void> => Promise.resolve();
  const access = { url, where: 'a test', letGo: nothing, stop: nothing };
  const inspected = typeof backup === 'string' ? await inspectBackup(backup) : backup;
  await restoreBackup(access, inspected);
}

/** Everything in the tables of a backup, as its manifest says it. */
async function sumsOf(url: string): Promise<Made['manifest']> {
  return (await makeBackup(url, join(folder, 'compare.galley'), at)).manifest;
}

const databases = (url: string): Promise<{ datname: string }[]> =>
  query(url, `SELECT datname FROM pg_database WHERE datname ~ '_(restore|before)_'`);

describe('what is in a backup', () => {
  it('[BK1] is every model of the schema, and a table that nobody told the backup of', async () => {
    const url = await target();
    await query(
      url,
      `CREATE TABLE "Planted" (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, blob bytea, list text[],
         doubled text GENERATED ALWAYS AS (n::text) STORED);
       INSERT INTO "Planted" (blob, list) VALUES ('\\x00ff', '{a,NULL,"b,c"}')`,
    );
    const { tables, leftOut } = await sumsOf(url);
    const planted = tables.find(({ name }) => name === 'Planted');
    expect(planted).toMatchObject({ rows: 1, columns: ['n', 'blob', 'list'] });
    const models = Object.keys(Prisma.ModelName);
    expect(models.length).toBeGreaterThan(20);
    expect([...tables.map(({ name }) => name), ...leftOut].toSorted()).toEqual(
      [...models, 'Planted'].toSorted(),
    );
  });

  it('[BK1] is all a database keeps: there are no counters beside the tables that would have to be saved', async () => {
    const kinds = `SELECT relname, relkind FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i', 't')`;
    expect(await query(source.url, kinds)).toEqual([]);
  });

  it('[BK7] are people and the hashes of their passwords, and nothing that opens a door', async () => {
    let text = '';
    for await (const line of linesOf(file)) text += `${line}\n`;
    expect(text).toContain(PASSWORD_HASH);
    expect(text).toContain('The Desk');
    expect(text).not.toContain(SECRET);
    expect(made.manifest.leftOut.toSorted()).toEqual([
      'Invitation',
      // Zips that are being made are made again.
      'Parcel',
      'ParcelPart',
      'PasswordReset',
      'RateLimit',
      'SearchText',
      'Session',
      'Verification',
    ]);
    // Planted: the house has all of them.
    const found = await query<{ n: number }>(
      source.url,
      `SELECT ((SELECT count(*) FROM "Session") + (SELECT count(*) FROM "Invitation")
        + (SELECT count(*) FROM "PasswordReset") + (SELECT count(*) FROM "Verification")
        + (SELECT count(*) FROM "Setting" WHERE value LIKE '${SECRET}%')
        + (SELECT count(*) FROM "Account" WHERE "refreshToken" LIKE '${SECRET}%'))::int AS n`,
    );
    expect(found).toEqual([{ n: 8 }]);
  });
});

describe('what is restored', () => {
  it('[BK3] equals what was backed up, row by row and text by text', async () => {
    const url = await target();
    await restore(url, file);
    expect(await sumsOf(url)).toEqual(made.manifest);
    const rows = made.manifest.tables.filter((table) => table.rows > 0).map(({ name }) => name);
    expect(rows).toEqual(
      expect.arrayContaining(['Commit', 'Snapshot', 'Suggestion', 'Comment', 'Check', 'Citation']),
    );

    const restored = openDatabase(url);
    cleanups.push(() => restored.close());
    for (const id of ['first', 'second']) {
      const [was, is] = [new PrismaStore(database), new PrismaStore(restored)];
      const head = (await was.article(id))?.rev ?? 0;
      expect(head).toBeGreaterThan(25);
      expect(await is.commits(id, 0, 100_000)).toEqual(await was.commits(id, 0, 100_000));
      // From the very beginning, beside any snapshot: the text of every revision is there.
      const opened = await is.open(id, 0);
      if (!opened) throw new Error('no article');
      const commits = await is.commits(id, 0, 100_000);
      const replayed = commits.reduce(apply, reviewFromJson(opened.snapshot));
      const newest = await was.open(id);
      if (!newest) throw new Error('no article');
      const head2 = newest.commits.reduce(apply, reviewFromJson(newest.snapshot));
      expect(reviewToJson(replayed)).toEqual(reviewToJson(head2));
    }
    await expect(query(url, `UPDATE "Commit" SET steps = '[]'`)).rejects.toThrow(/only added/);
  });

  it('[BK7] lets nobody in who was signed in, and everybody with their password', async () => {
    const url = await target();
    await restore(url, file);
    expect(await query(url, 'SELECT id FROM "Session"')).toEqual([]);
    expect(await query(url, 'SELECT key FROM "Setting"')).toEqual([{ key: 'house-name' }]);
    expect(await query(url, 'SELECT password, "refreshToken" FROM "Account"')).toEqual([
      { password: PASSWORD_HASH, refreshToken: null },
      { password: PASSWORD_HASH, refreshToken: null },
    ]);
  });

  it('[BK5] takes the place of everything that was there, and can be restored again', async () => {
    const url = await target();
    await query(url, `INSERT INTO "Article" (id, headline, language) VALUES ('old', 'Old', 'en')`);
    await restore(url, file);
    await restore(url, file);
    expect(await query(url, 'SELECT id FROM "Article" ORDER BY id')).toEqual([
      { id: 'first' },
      { id: 'second' },
    ]);
    expect(await databases(url)).toEqual([]);
  });

  it('[BK8] of an older Galley is brought up to date', async () => {
    const old = await target(emptyDatabase);
    const [first] = await migrate(old, migrationsFolder(), 1);
    const all = (await readMigrations(migrationsFolder())).migrationDirectories.length;
    expect(all).toBeGreaterThan(1);
    await query(
      old,
      `INSERT INTO "User" (id, name, email) VALUES ('u', 'U', 'u@galley.test');
       INSERT INTO "Setting" (key, value) VALUES ('kept', 'yes')`,
    );
    const backup = join(folder, 'older.galley');
    await makeBackup(old, backup, at);
    const { header } = await inspectBackup(backup);
    expect(header.migrations.map(({ name }) => name)).toEqual([first]);

    const url = await target();
    await restore(url, backup);
    expect(await query(url, 'SELECT name, "lastSeenAt" FROM "User"')).toEqual([
      { name: 'U', lastSeenAt: null },
    ]);
    expect(await migrate(url)).toEqual([]);
  });
});

describe('a backup made while people write', () => {
  it(
    '[BK2] is one moment: of all that was written, a beginning',
    { timeout: 240_000 },
    async () => {
      const { url, drop } = await freshDatabase();
      cleanups.push(drop);
      const busy = openDatabase(url);
      cleanups.push(() => busy.close());
      const written: string[] = [];
      let enough = false;
      const writer = (async () => {
        for (let n = 0; !enough; n++) {
          await writeArticle(busy, `busy-${n}`, 100 + n, (id, rev) => written.push(`${id} ${rev}`));
        }
      })();
      await expect.poll(() => written.length, { timeout: 120_000 }).toBeGreaterThan(60);
      const before = written.length;
      const backup = join(folder, 'busy.galley');
      const { manifest } = await makeBackup(url, backup, at);
      const after = written.length;
      enough = true;
      await writer;
      expect(after).toBeGreaterThan(before);

      const elsewhere = await target();
      await restore(elsewhere, backup);
      const rows = await query<{ key: string }>(
        elsewhere,
        `SELECT "articleId" || ' ' || rev AS key FROM "Commit"`,
      );
      // What was acknowledged first is there, with nothing missing in between.
      expect(rows.length).toBeGreaterThanOrEqual(before);
      expect(rows.length).toBeLessThanOrEqual(after + 1);
      const kept = new Set(rows.map(({ key }) => key));
      expect(written.slice(0, rows.length).filter((key) => !kept.has(key))).toEqual([]);
      for (const { id, rev } of manifest.articles) {
        const heads = `SELECT (SELECT rev FROM "Article" WHERE id = '${id}') AS row,
        (SELECT count(*)::int FROM "Commit" WHERE "articleId" = '${id}') AS log`;
        expect(await query(elsewhere, heads)).toEqual([{ row: rev, log: rev }]);
      }
    },
  );
});

describe('a restore that fails', () => {
  const old = `INSERT INTO "Setting" (key, value) VALUES ('present', 'kept')`;
  const stillThere = async (url: string): Promise<void> => {
    expect(await query(url, 'SELECT value FROM "Setting"')).toEqual([{ value: 'kept' }]);
    expect(await databases(url)).toEqual([]);
  };

  it('[BK5] because a row does not fit leaves everything as it was', async () => {
    const url = await target();
    await query(url, old);
    // A file that agrees with itself and holds a row twice, as no database could.
    const double = await rewritten(file, (lines) => {
      const at = lines.findIndex((line) => line.includes('The Desk'));
      const rows = lines.toSpliced(at, 0, lines[at] ?? '');
      const end = JSON.parse(rows.at(-1) ?? '') as { manifest: Made['manifest'] };
      const settings = end.manifest.tables.find(({ name }) => name === 'Setting');
      if (!settings) throw new Error('no settings');
      settings.rows += 1;
      settings.sha256 = createHash('sha256').update(`${lines[at]}\n${lines[at]}\n`).digest('hex');
      return [...rows.slice(0, -1), JSON.stringify(end)];
    });
    await expect(restore(url, double)).rejects.toThrow(
      /could not be restored: .*duplicate key.* Nothing was changed/,
    );
    await stillThere(url);
  });

  it('[BK5] because an article does not open as the manifest says leaves everything as it was', async () => {
    const url = await target();
    await query(url, old);
    const inspected = await inspectBackup(file);
    const articles = inspected.manifest.articles.map((one) => ({ ...one, docHash: 'other' }));
    const unlike = { ...inspected, manifest: { ...inspected.manifest, articles } };
    await expect(restore(url, unlike)).rejects.toThrow(
      /not what the backup says \(article first\)/,
    );
    await stillThere(url);
  });

  it(
    '[BK5] because somebody else is connected leaves everything as it was',
    { timeout: 240_000 },
    async () => {
      const url = await target();
      await query(url, old);
      const other = openDatabase(url);
      cleanups.push(() => other.close());
      const held = await other.pool.connect();
      await expect(restore(url, file)).rejects.toThrow(/Other programs are connected/);
      held.release();
      await other.close();
      await stillThere(url);
    },
  );

  it('[BK5] because it was killed is cleared away by the next', async () => {
    const url = await target();
    const name = new URL(url).pathname.slice(1);
    const stem = name.slice(0, 40);
    await query(url, `CREATE DATABASE "${stem}_restore_0123abcd"`);
    await query(url, `CREATE DATABASE "${stem}_before_0123abcd"`);
    await restore(url, file);
    expect(await databases(url)).toEqual([]);
  });
});

describe('an article that cannot be opened', () => {
  it('[BK9] is named, and comes back as it is with all others', async () => {
    const url = await target();
    await restore(url, file);
    await query(url, `DELETE FROM "Commit" WHERE "articleId" = 'first' AND rev = 1`);
    const backup = join(folder, 'gap.galley');
    const { broken, manifest } = await makeBackup(url, backup, at);
    expect(broken).toMatchObject([{ id: 'first', docHash: null, problem: 'Its log has a gap.' }]);
    const again = await target();
    await restore(again, backup);
    expect(await sumsOf(again)).toEqual(manifest);
  });
});

describe('the file', () => {
  it('[BK10] is private, and replaces nothing but another backup', async () => {
    const name = join(folder, 'mine.galley');
    await makeBackup(source.url, name, at);
    expect((await stat(name)).mode & 0o777).toBe(0o600);
    await makeBackup(source.url, name, at);
    const text = join(folder, 'article.txt');
    await writeFile(text, 'Mine.');
    await expect(makeBackup(source.url, text, at)).rejects.toThrow(/is not a backup of Galley/);
    expect(await readFile(text, 'utf8')).toBe('Mine.');
    const nowhere = join(folder, 'none', 'x.galley');
    await expect(makeBackup(source.url, nowhere, at)).rejects.toThrow(/does not exist/);
  });

  it('[BK10] keeps its name until a new one is whole', async () => {
    const name = join(folder, 'kept.galley');
    await copyFile(file, name);
    const url = await target();
    // All tables can be read, but not the heads of the articles after them.
    await query(url, `ALTER TABLE "Article" RENAME COLUMN rev TO revision`);
    await expect(makeBackup(url, name, at)).rejects.toThrow();
    expect((await readFile(name)).equals(await readFile(file))).toBe(true);
    expect((await readdir(folder)).filter((one) => one.endsWith('.part'))).toEqual([]);
  });
});
