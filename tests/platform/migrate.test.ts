// Migrations: applied once, whole or not at all, and equal to the schema.
import { cp, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { migrate, projectRoot } from '#server/platform/migrate.ts';
import { schemaDrift } from '#server/platform/shadow.ts';
import { emptyDatabase, freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function given(make: () => Promise<FreshDatabase>): Promise<string> {
  const { url, drop } = await make();
  cleanups.push(drop);
  return url;
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A copy of `prisma/` that a test may change. */
async function copyOfPrisma(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'galley-migrations-'));
  cleanups.push(() => rm(root, { recursive: true, force: true }));
  await cp(join(projectRoot(), 'prisma'), join(root, 'prisma'), { recursive: true });
  return root;
}

async function addMigration(root: string, name: string, sql: string): Promise<void> {
  const folder = join(root, 'prisma', 'migrations', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
}

describe('migrations', () => {
  it('[OS1] applies all of them once and nothing the second time', async () => {
    const url = await given(emptyDatabase);
    const first = await migrate(url);
    expect(first.length).toBeGreaterThan(0);
    expect(await migrate(url)).toEqual([]);
    const rows = await query<{ migration_name: string; finished_at: Date; steps: number }>(
      url,
      'SELECT migration_name, finished_at, applied_steps_count AS steps FROM _prisma_migrations ORDER BY started_at',
    );
    expect(rows.map((row) => row.migration_name)).toEqual(first);
    expect(rows.every((row) => row.finished_at !== null && row.steps === 1)).toBe(true);
  });

  it('[OS1] lets two processes migrate at the same time', async () => {
    const url = await given(emptyDatabase);
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).toHaveLength(new Set(applied.flat()).size);
    const locks = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database =
      (SELECT oid FROM pg_database WHERE datname = current_database())`;
    expect(await query(url, locks)).toEqual([]);
  });

  it('[OS2] leaves nothing of a migration that fails, and takes it once it is put right', async () => {
    const url = await given(freshDatabase);
    const root = await copyOfPrisma();
    const folder = join(root, 'prisma', 'migrations');
    await addMigration(
      root,
      '20990101000000_broken',
      'CREATE TABLE half (id int); SELECT nowhere;',
    );
    await expect(migrate(url, folder)).rejects.toThrow(/nowhere/);
    expect(await query(url, `SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);

    await addMigration(root, '20990101000000_broken', 'CREATE TABLE half (id int);');
    expect(await migrate(url, folder)).toEqual(['20990101000000_broken']);
  });

  it('[OS2] runs a migration again that was begun and never finished', async () => {
    const url = await given(emptyDatabase);
    const names = await migrate(url);
    // As a process killed right before the script's transaction leaves it.
    const root = await copyOfPrisma();
    await addMigration(root, '20990101000000_next', 'CREATE TABLE next_one (id int);');
    await query(
      url,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, applied_steps_count)
       VALUES ('x', 'y', '20990101000000_next', 0)`,
    );
    const applied = await migrate(url, join(root, 'prisma', 'migrations'));
    expect(applied).toEqual(['20990101000000_next']);
    expect(names).not.toContain('20990101000000_next');
  });

  it('[OS3] gives exactly the tables of the schema', async () => {
    expect(await schemaDrift(await given(freshDatabase))).toBe('');
  });

  it('[OS3] notices a column that no migration makes (planted)', async () => {
    const root = await copyOfPrisma();
    const path = join(root, 'prisma', 'schema', 'house.prisma');
    const schema = await readFile(path, 'utf8');
    await writeFile(
      path,
      schema.replace('model Setting {', 'model Setting {\n  planted String?\n'),
    );
    const drift = await schemaDrift(await given(freshDatabase), root);
    expect(drift).toContain('ALTER TABLE "Setting" ADD COLUMN     "planted" TEXT');
  });

  it('[OS3] compares in a throw-away database and leaves the named one untouched', async () => {
    const url = await given(freshDatabase);
    await query(url, `INSERT INTO "Setting" (key, value) VALUES ('kept', 'yes')`);
    await schemaDrift(url);
    expect(await query(url, `SELECT key, value FROM "Setting"`)).toEqual([
      { key: 'kept', value: 'yes' },
    ]);
    const shadows = `SELECT datname FROM pg_database WHERE datname LIKE 'galley_shadow_%'`;
    expect(await query(url, shadows)).toEqual([]);
  });

  it('[OS4] refuses to rewrite a commit or an audit entry', async () => {
    const url = await given(freshDatabase);
    await query(
      url,
      `INSERT INTO "Article" (id, headline, language) VALUES ('a', 'H', 'en');
       INSERT INTO "Commit" ("articleId", rev, "clientId", seq, "userId", at, intent, steps, ops)
         VALUES ('a', 1, 'c', 1, 'system', now(), 'edit', '[]', '[]');
       INSERT INTO "AuditEntry" (id, action) VALUES ('e', 'sign-in')`,
    );
    await expect(query(url, `UPDATE "Commit" SET steps = '[1]'`)).rejects.toThrow(/only added/);
    await expect(query(url, `UPDATE "AuditEntry" SET action = 'x'`)).rejects.toThrow(/only added/);
    await expect(query(url, `DELETE FROM "AuditEntry"`)).rejects.toThrow(/only added/);
    await query(url, `DELETE FROM "Article"`);
    expect(await query(url, `SELECT 1 FROM "Commit"`)).toEqual([]);
  });

  it('[OS5] has an index that begins with each foreign key', async () => {
    const url = await given(freshDatabase);
    const missing = await query<{ key: string }>(
      url,
      `SELECT conrelid::regclass || '.' || conname AS key FROM pg_constraint c
       WHERE contype = 'f' AND NOT EXISTS (
         SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid
           AND (i.indkey::int2[])[0:array_length(c.conkey, 1) - 1] = c.conkey)`,
    );
    expect(missing).toEqual([]);
    const [count] = await query<{ n: number }>(
      url,
      `SELECT count(*)::int AS n FROM pg_constraint WHERE contype = 'f'`,
    );
    expect(count?.n).toBeGreaterThan(10);
  });
});
