// Opens the database of the house: DATABASE_URL when it is set, else the embedded PostgreSQL on the
// data directory; migrated either way.
import pg from 'pg';
import { prepareDataDirectory } from '#server/platform/data-directory.ts';
import { takeLock } from '#server/platform/lock.ts';
import { migrate, projectRoot } from '#server/platform/migrate.ts';
import { removeCluster } from '#server/platform/cluster.ts';
import { startPostgres } from '#server/platform/postgres.ts';
import { announceHouse } from '#server/platform/presence.ts';
import { Refusal } from '#server/platform/refusal.ts';

/** The name of the house's database on the embedded server. */
export const DATABASE = 'galley';

export interface HouseConfig {
  /** DATABASE_URL: a PostgreSQL somebody else runs. Then no data directory and no lock is used. */
  databaseUrl?: string | undefined;
  /** DATA_DIR: where the embedded database keeps its files; `.galley` in the checkout when unset. */
  dataDir?: string | undefined;
  /** The demo keeps its data apart (`.galley-demo`) and never uses `databaseUrl`. */
  demo?: boolean | undefined;
  /** Demo only: begin again with empty data. */
  fresh?: boolean | undefined;
  /** Hears sentences meant for the person at the terminal. */
  say?: ((sentence: string) => void) | undefined;
}

export interface House {
  databaseUrl: string;
  /** Where the data is; undefined with a database of somebody else. */
  dataDir: string | undefined;
  /** Process id of the embedded server; undefined with a database of somebody else. */
  databasePid(): number | undefined;
  /** Stops what was started here. Safe to call twice. */
  stop(): Promise<void>;
}

/** Throws a `Refusal` (print its message, exit 1) for everything a person can put right. */
export async function openHouse(config: HouseConfig): Promise<House> {
  const { databaseUrl, demo = false, fresh = false, say = () => undefined } = config;
  if (databaseUrl !== undefined && databaseUrl !== '' && !demo) {
    const presence = await announceHouse(databaseUrl).catch((error: unknown) => {
      throw error instanceof Refusal ? error : notUpToDate(error);
    });
    try {
      await migrateOrRefuse(databaseUrl);
    } catch (error) {
      await presence.end();
      throw error;
    }
    return {
      databaseUrl,
      dataDir: undefined,
      databasePid: () => undefined,
      stop: () => presence.end(),
    };
  }
  const { path, identity, notice } = prepareDataDirectory(config.dataDir, projectRoot(), demo);
  if (notice !== undefined) say(notice);
  const lock = await takeLock(path);
  try {
    if (demo && fresh) await removeCluster(path);
    const postgres = await startPostgres({ dataDir: path, identity, onLost: say });
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopped ??= postgres.stop().finally(() => lock.release());
      return stopped;
    };
    try {
      await createDatabase(postgres.url('postgres'), DATABASE);
      await migrateOrRefuse(postgres.url(DATABASE));
    } catch (error) {
      await stop();
      throw error;
    }
    const url = postgres.url(DATABASE);
    return { databaseUrl: url, dataDir: path, databasePid: () => postgres.pid(), stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Creates a database unless it exists. The name is one of ours, never a person's. */
export async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${name}"`);
  } finally {
    await client.end();
  }
}

async function migrateOrRefuse(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    throw error instanceof Refusal ? error : notUpToDate(error);
  }
}

function notUpToDate(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  const why = message.split(/\n\s+\d+: /)[0]?.trim() ?? ''; // The engine adds its own call stack.
  return new Refusal(`The database could not be brought up to date: ${why}`);
}
