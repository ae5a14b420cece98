// The embedded PostgreSQL: a child process in a session of its own (Ctrl-C reaches only us), on a
// local socket in a private folder, stopped with us and started again should it ever die.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, truncateSync } from 'node:fs';
import { chown, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '#server/platform/binaries.ts';
import { databaseEnvironment, DATABASE_USER, openCluster } from '#server/platform/cluster.ts';
import { asUser, canEnter, type Identity } from '#server/platform/identity.ts';
import { stopOrphan } from '#server/platform/orphan.ts';
import { Refusal } from '#server/platform/refusal.ts';

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const LOG_LIMIT_BYTES = 10_000_000;
/** A socket's path may hold 107 bytes, of which PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const LONGEST_SOCKET_FOLDER = 80;

export interface PostgresOptions {
  dataDir: string;
  identity: Identity;
  /** For throw-away databases of tests: faster, and lost when the machine fails. */
  throwAway?: boolean;
  /** Called with a sentence when the database died and is being started again. */
  onLost?: (sentence: string) => void;
}

export interface Postgres {
  /** Process id of the running server. */
  pid(): number;
  /** Connection string for a database of this server. */
  url(database: string): string;
  /** Ends sessions, writes everything down and stops; at most about 15 s. */
  stop(): Promise<void>;
}

interface Address {
  /** A folder for the socket, or a host name. */
  host: string;
  port: number;
  remove(): Promise<void>;
  removeSync(): void;
}

/** Starts PostgreSQL on a data directory whose lock is held. Makes the cluster on first use. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = await realpath(options.dataDir);
  const { identity } = options;
  const binaries = await findBinaries(dataDir, identity);
  const cluster = await openCluster(dataDir, binaries, identity);
  await stopOrphan(cluster.folder);
  const address = await openAddress(dataDir, identity);
  const logFile = join(dataDir, 'postgres.log');
  const args = serverArguments(cluster.folder, address, options.throwAway === true);
  const url = (database: string): string => connectionString(address, cluster.password, database);

  let child = launch(binaries.postgres, args, logFile, identity);
  let stopping = false;
  // Reached by process.exit() and uncaught errors, where nothing can be waited for.
  const endWithUs = (): void => {
    child.kill('SIGINT');
    address.removeSync();
  };
  process.once('exit', endWithUs);

  const watch = (started: ChildProcess): void => {
    const onExit = (): void => {
      if (!stopping) void restart();
    };
    if (hasEnded(started)) onExit();
    else started.once('exit', onExit);
  };
  const restart = async (): Promise<void> => {
    options.onLost?.('The database stopped unexpectedly and is being started again.');
    // The killed server's own children may hold the files for a moment longer.
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 5_000)) {
      await wait(pause);
      if (stopping) return;
      child = launch(binaries.postgres, args, logFile, identity);
      const now = child;
      const isUp = await untilReady(url('postgres'), now, logFile).then(
        () => true,
        () => false,
      );
      if (isUp) return watch(now);
    }
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    await end(child);
    await address.remove();
    process.off('exit', endWithUs);
  };
  try {
    await untilReady(url('postgres'), child, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  watch(child);
  return { pid: () => child.pid ?? 0, url, stop };
}

/** A private folder for the socket, short enough, that the database's user can reach. */
async function openAddress(dataDir: string, identity: Identity): Promise<Address> {
  if (process.platform === 'win32') {
    return {
      host: '127.0.0.1',
      port: await freePort(),
      remove: () => Promise.resolve(),
      removeSync: () => undefined,
    };
  }
  for (const parent of new Set([tmpdir(), '/tmp', dataDir])) {
    if (Buffer.byteLength(parent) > LONGEST_SOCKET_FOLDER - 'galley-123456/'.length) continue;
    try {
      if (!canEnter(parent, identity)) continue;
      const host = await mkdtemp(join(parent, 'galley-'));
      if (identity !== undefined) await chown(host, identity.uid, identity.gid);
      return {
        host,
        port: 5432,
        remove: () => rm(host, { recursive: true, force: true }),
        removeSync: () => rmSync(host, { recursive: true, force: true }),
      };
    } catch (error) {
      if (error instanceof Refusal) throw error;
    }
  }
  throw new Refusal(
    `No folder was found for the database's socket: ${tmpdir()} and /tmp cannot be written. ` +
      'Set TMPDIR to a short path that can.',
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}

function serverArguments(folder: string, address: Address, throwAway: boolean): string[] {
  const overTcp = process.platform === 'win32';
  const settings: Record<string, string | number> = {
    port: address.port,
    listen_addresses: overTcp ? address.host : '',
    ...(overTcp ? {} : { unix_socket_directories: address.host, unix_socket_permissions: '0700' }),
    max_connections: throwAway ? 300 : 100,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and row values hold article text, which does not belong in a log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', folder, ...flags];
}

/** The connection string for a database of an embedded server. */
export function connectionString(
  address: Pick<Address, 'host' | 'port'>,
  password: string,
  database: string,
): string {
  const login = `${DATABASE_USER}:${encodeURIComponent(password)}`;
  const name = encodeURIComponent(database);
  return process.platform === 'win32'
    ? `postgresql://${login}@${address.host}:${address.port}/${name}`
    : `postgresql://${login}@localhost:${address.port}/${name}?host=${encodeURIComponent(address.host)}`;
}

function launch(
  program: string,
  args: string[],
  logFile: string,
  identity: Identity,
): ChildProcess {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) truncateSync(logFile);
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(program, args, {
      cwd: '/',
      detached: true,
      env: databaseEnvironment(),
      stdio: ['ignore', log, log],
      ...asUser(identity),
    });
    child.on('error', () => undefined); // Told by untilReady, which sees no process.
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const endAt = Date.now() + START_WITHIN_MS;
  for (;;) {
    if (hasEnded(child)) {
      throw new Refusal(`The database did not start. What it said is in ${logFile}.`);
    }
    try {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > endAt) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Refusal(`The database does not answer (${why}). What it said is in ${logFile}.`);
      }
      await wait(15);
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref(); // Or the process could end while it waits for nothing else.
  child.kill('SIGINT');
  const isLate = await Promise.race([gone, wait(STOP_WITHIN_MS, 'late', { ref: false })]);
  if (isLate !== 'late') return;
  child.kill('SIGQUIT'); // Recovers from its log at the next start; nothing acknowledged is lost.
  await gone;
}
