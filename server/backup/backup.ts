/** Writes everything a house holds, as it is at one moment, into one file. The house may go on working meanwhile. */
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { articleHeads, type OpenedHead } from '#server/backup/articles.ts';
import { firstLineOf, seal } from '#server/backup/container.ts';
import { beginMoment, tableLines } from '#server/backup/export.ts';
import { format, formatOf, type Header, type Manifest } from '#server/backup/manifest.ts';
import { isLeftOut, type Table } from '#server/backup/tables.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { Refusal } from '#server/platform/refusal.ts';

export interface Made {
  manifest: Manifest;
  /** Articles that cannot be opened; they are in the file as they are. */
  broken: OpenedHead[];
}

/** Writes `file`. It has its name once it is complete and on disk; what it replaces must be a backup itself. */
export async function makeBackup(databaseUrl: string, file: string, at: Date): Promise<Made> {
  await checkTarget(file);
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'galley backup',
  });
  client.on('error', () => undefined); // A lost connection also fails the query in flight.
  await client.connect();
  const part = `${file}.${process.pid}.part`;
  const removePart = (): void => void rm(part, { force: true });
  try {
    const tables = await beginMoment(client);
    if (tables.every(({ name }) => name !== 'Commit')) {
      throw new Refusal('This database is not one of Galley: it has none of its tables.');
    }
    const made: Made = { manifest: { tables: [], leftOut: [], articles: [] }, broken: [] };
    // For the owner alone: it holds texts, and hashes of passwords.
    const target = createWriteStream(part, { mode: 0o600, flush: true });
    await pipeline(Readable.from(lines(client, tables, at, made)), createGzip(), seal(), target);
    await rename(part, file);
    await syncFolder(dirname(file));
    return made;
  } catch (error) {
    removePart();
    const { code, path } = error as NodeJS.ErrnoException;
    // Of the file, not of the connection.
    if (code !== undefined && (path !== undefined || code === 'ENOSPC')) {
      throw new Refusal(`The backup could not be written to ${file} (${code}).`);
    }
    throw error;
  } finally {
    await client.end();
  }
}

async function* lines(
  client: pg.Client,
  tables: readonly Table[],
  at: Date,
  { manifest, broken }: Made,
): AsyncGenerator<string> {
  const header: Header = {
    galley: 'backup',
    format,
    at: at.toISOString(),
    version: ownVersion(),
    migrations: await appliedMigrations(client),
  };
  yield `${JSON.stringify(header)}\n`;
  for (const table of tables) {
    if (isLeftOut(table.name)) {
      manifest.leftOut.push(table.name);
      continue;
    }
    const columns = table.columns.map(({ name }) => name);
    yield `${JSON.stringify({ table: table.name, columns })}\n`;
    manifest.tables.push(yield* tableLines(client, table));
  }
  for await (const head of articleHeads(client)) {
    const { id, rev, docHash } = head;
    manifest.articles.push({ id, rev, docHash });
    if (docHash === null) broken.push(head);
  }
  yield `${JSON.stringify({ manifest })}\n`;
}

/** The migrations a database has, in order. */
export async function appliedMigrations(client: pg.ClientBase): Promise<Header['migrations']> {
  const { rows } = await client.query<Header['migrations'][number]>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows;
}

function ownVersion(): string {
  const manifest = readFileSync(join(projectRoot(), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** A slip of the hand must not replace a file of another kind. */
async function checkTarget(file: string): Promise<void> {
  if (!existsSync(file)) {
    if (!existsSync(dirname(file)))
      throw new Refusal(`The folder ${dirname(file)} does not exist.`);
    return;
  }
  const first = await firstLineOf(file).catch(() => undefined);
  if (first === undefined || formatOf(first) === undefined) {
    throw new Refusal(`${file} exists and is not a backup of Galley. Choose another name.`);
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
