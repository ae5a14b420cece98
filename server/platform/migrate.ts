// Applies prisma/migrations to a database, one process at a time. The rows written to
// _prisma_migrations are Prisma's own, so `prisma migrate deploy` can take over at any time.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MigrationList, SchemaFilter } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { engineFactory } from '#server/platform/migration-adapter.ts';
import { Refusal } from '#server/platform/refusal.ts';
import { withSchemaEngine } from '#server/platform/schema-engine.ts';

/** Held by whoever migrates; any number that nobody else uses. */
const ADVISORY_LOCK = 4715120;
const LOCK_TIMEOUT_MS = 60_000;

/** The engine looks at every table; nothing lives outside it. */
export const NO_FILTER: SchemaFilter = { externalTables: [], externalEnums: [] };

/** The directory that holds `prisma/`: this file runs both from server/platform and from dist/server. */
export function projectRoot(from: string = import.meta.dirname): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'prisma', 'migrations', 'migration_lock.toml'))) return dir;
    if (dir === dirname(dir)) {
      throw new Refusal(
        'The folder prisma/migrations is missing. Keep it beside dist when you copy Galley.',
      );
    }
  }
}

/** The migrations that came with this Galley. */
export function migrationsFolder(): string {
  return join(projectRoot(), 'prisma', 'migrations');
}

/** All migrations of a `prisma/migrations` folder, in order, as the engine wants them. */
export async function readMigrations(baseDir: string): Promise<MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const directories = names.toSorted().map(async (path) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: {
        tag: 'ok' as const,
        value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8'),
      },
    },
  }));
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  };
}

/**
 * Brings the database to the newest migration and returns the names of those applied now (none when
 * it was up to date). Concurrent callers wait for each other. Throws the engine's words when a
 * migration fails or an applied one was edited. `upTo` limits it to the first so many migrations.
 */
export async function migrate(
  databaseUrl: string,
  baseDir: string = migrationsFolder(),
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<string[]> {
  const all = await readMigrations(baseDir);
  const migrationDirectories = all.migrationDirectories.slice(0, upTo);
  const migrationsList = { ...all, migrationDirectories };
  return withAdvisoryLock(databaseUrl, async (client) => {
    await forgetUnfinished(client);
    const { factory, close } = engineFactory(databaseUrl, scriptsOf(migrationsList));
    const applied = withSchemaEngine(factory, undefined, async (engine) => {
      const done = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
      return done.appliedMigrationNames;
    });
    return applied.finally(close);
  });
}

/** The SQL of each migration of a list. */
function scriptsOf(list: MigrationList): Set<string> {
  const contents = list.migrationDirectories.map(({ migrationFile }) => migrationFile.content);
  return new Set(contents.map((content) => content.value));
}

/**
 * Removes the notes of migrations that were begun and not finished. A script and the note that it
 * was applied are one transaction, so such a script left nothing behind and can run again.
 */
async function forgetUnfinished(client: pg.Client): Promise<void> {
  const found = await client.query(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  );
  if ((found.rows as { exists: boolean }[])[0]?.exists !== true) return;
  await client.query(
    'DELETE FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}

async function withAdvisoryLock<T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // A lost connection also fails the query in flight.
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}
