// The database of a house for whoever is not the house: to read it, beside a house that runs or not,
// and to have it alone. Which database it is follows from the same settings as a start.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { prepareDataDirectory } from '#server/platform/data-directory.ts';
import { createDatabase, DATABASE } from '#server/platform/database.ts';
import { takeLock, type Lock } from '#server/platform/lock.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { connectionString, startPostgres } from '#server/platform/postgres.ts';
import { takeAlone } from '#server/platform/presence.ts';
import { Refusal } from '#server/platform/refusal.ts';

export interface DataPlace {
  databaseUrl?: string | undefined;
  dataDir?: string | undefined;
}

export interface DataAccess {
  url: string;
  /** What a person would call the place: a folder, or a database by name. */
  where: string;
  /** Gives up the database but keeps its server, so that it can be renamed. */
  letGo(): Promise<void>;
  stop(): Promise<void>;
}

/** A house that is starting has its lock a moment before its database. */
const RUNNING_WITHIN_MS = 10_000;

const nothing = (): Promise<void> => Promise.resolve();

/** For reading only: through the house that runs on the data, else with the database started for the purpose. Migrates nothing. */
export async function openToRead({ databaseUrl, dataDir }: DataPlace): Promise<DataAccess> {
  if (databaseUrl !== undefined && databaseUrl !== '') {
    const where = await answering(databaseUrl);
    return { url: databaseUrl, where, letGo: nothing, stop: nothing };
  }
  if (dataDir !== undefined && dataDir !== '' && !existsSync(resolve(dataDir))) {
    throw noData(resolve(dataDir));
  }
  const { path, identity } = prepareDataDirectory(dataDir, projectRoot());
  if (!existsSync(join(path, 'postgres', 'PG_VERSION'))) throw noData(path);
  const lock = await lockUnlessRunning(path);
  if (lock === undefined) {
    return { url: await runningUrl(path), where: path, letGo: nothing, stop: nothing };
  }
  try {
    const postgres = await startPostgres({ dataDir: path, identity });
    const stop = (): Promise<void> => postgres.stop().finally(() => lock.release());
    return { url: postgres.url(DATABASE), where: path, letGo: nothing, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** For replacing what is there: refused while a house runs on the data. Makes the data directory when there is none. */
export async function openAlone({ databaseUrl, dataDir }: DataPlace): Promise<DataAccess> {
  if (databaseUrl !== undefined && databaseUrl !== '') {
    const where = await answering(databaseUrl);
    const alone = await takeAlone(databaseUrl);
    if (alone === undefined) throw running(where);
    let given: Promise<void> | undefined;
    const letGo = (): Promise<void> => (given ??= alone.end());
    return { url: databaseUrl, where, letGo, stop: letGo };
  }
  const { path, identity } = prepareDataDirectory(dataDir, projectRoot());
  const lock = await lockUnlessRunning(path);
  if (lock === undefined) throw running(path);
  try {
    const postgres = await startPostgres({ dataDir: path, identity });
    const stop = (): Promise<void> => postgres.stop().finally(() => lock.release());
    try {
      await createDatabase(postgres.url('postgres'), DATABASE);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: postgres.url(DATABASE), where: path, letGo: nothing, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function noData(path: string): Refusal {
  return new Refusal(
    `There is no Galley data in ${path}. Set DATA_DIR, or DATABASE_URL, as for the Galley you mean.`,
  );
}

function running(where: string): Refusal {
  return new Refusal(
    `Galley is running on ${where}. Stop it first; a restore needs the data to itself.`,
  );
}

/** Names a database that answers; refuses one that does not, without repeating its password. */
async function answering(databaseUrl: string): Promise<string> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return `the database ${client.database ?? ''} on ${client.host}`;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw new Refusal(`The database of DATABASE_URL does not answer (${code ?? message}).`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function lockUnlessRunning(path: string): Promise<Lock | undefined> {
  try {
    return await takeLock(path);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The address of the database a running house has: what PostgreSQL notes in postmaster.pid, and the password beside it. */
async function runningUrl(dataDir: string): Promise<string> {
  let why = 'it is not up yet';
  for (const end = Date.now() + RUNNING_WITHIN_MS; Date.now() < end; await wait(100)) {
    try {
      const note = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
      const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
      // Lines: process id, data folder, start time, port, socket folder, address, ...
      const [, , , port = '', socketFolder = '', address = ''] = note;
      const host = socketFolder.trim() === '' ? address.trim() : socketFolder.trim();
      const url = connectionString({ host, port: Number(port) }, password, DATABASE);
      await answering(url);
      return url;
    } catch (error) {
      why = error instanceof Refusal ? error.message : ((error as Error).message ?? '');
      if ((error as { code?: string }).code === 'EACCES') break;
    }
  }
  throw new Refusal(
    `Galley runs on ${dataDir}, but its database cannot be reached (${why}). ` +
      'Use the account that Galley runs as, or stop Galley and try again.',
  );
}
