// What the schema says against what the migrations give, worked out in a throw-away database.
// Used to write a new migration and by the drift test; never by the running server.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { NO_FILTER, projectRoot, readMigrations } from '#server/platform/migrate.ts';
import { connectAdapter, engineFactory, type Adapter } from '#server/platform/migration-adapter.ts';
import { withSchemaEngine } from '#server/platform/schema-engine.ts';

/** PostgreSQL's one-byte "char", which the adapter cannot read but the engine asks for. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * The SQL that leads from the migrations to the schema in `prisma/schema`; empty when they agree. Uses the
 * server of `databaseUrl` for a throw-away database and leaves the named database alone.
 */
export async function schemaDrift(
  databaseUrl: string,
  root: string = projectRoot(),
): Promise<string> {
  const folder = join(root, 'prisma', 'schema');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).toSorted();
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, content: await readFile(path, 'utf8') };
    }),
  );
  const migrations = await readMigrations(join(root, 'prisma', 'migrations'));
  const { factory, close } = engineFactory(databaseUrl, new Set(), () => openShadow(databaseUrl));
  const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
  const drift = withSchemaEngine(factory, datamodels, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
  return drift.finally(close);
}

/**
 * A database that is truly another one, gone when the adapter is disposed. The adapter's own version
 * adds `database` beside a connection string, where it is ignored: it would empty the configured one.
 */
async function openShadow(databaseUrl: string): Promise<Adapter> {
  const server = separateFields(databaseUrl);
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client(server);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const database = `galley_shadow_${randomUUID().replaceAll('-', '')}`;
  await admin(`CREATE DATABASE "${database}" TEMPLATE template0`);
  const { adapter, pool } = await connectAdapter({ ...server, database }, new Set());
  readCharColumns(pool, adapter);
  adapter.dispose = async () => {
    if (!pool.ended) await pool.end();
    await admin(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
  };
  return adapter;
}

/** The parts of a connection string as fields, read by the driver itself. */
function separateFields(databaseUrl: string): pg.ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({
    connectionString: databaseUrl,
  });
  return {
    host,
    port,
    ssl,
    ...(user === undefined ? {} : { user }),
    ...(password == null ? {} : { password }),
    ...(database === undefined ? {} : { database }),
  };
}

/** Lets the adapter read "char" columns as text, then tells the engine what they were. */
function readCharColumns(pool: pg.Pool, adapter: Adapter): void {
  const charColumns = new AsyncLocalStorage<Set<number>>();

  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
  const queryAsText = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
    const result = await query(config);
    // A script of several statements gives a list of results, of which nobody reads the fields.
    for (const [i, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue;
      field.dataTypeID = TEXT_OID;
      charColumns.getStore()?.add(i);
    }
    return result;
  };
  Object.assign(pool, { query: queryAsText });

  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = (sql): Promise<SqlResultSet> =>
    charColumns.run(new Set(), async () => {
      const result = await queryRaw(sql);
      const found = charColumns.getStore();
      const columnTypes = result.columnTypes.map((type, i) =>
        found?.has(i) === true ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    });
}
