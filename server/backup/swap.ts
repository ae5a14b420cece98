/** Databases beside the one in use: made, put in its place in one step, and removed. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { quoted } from '#server/backup/tables.ts';
import { Refusal } from '#server/platform/refusal.ts';

const SWITCH_WITHIN_MS = 5_000;

export interface Place {
  /** The name of the database in use. */
  name: string;
  /** Connects to a database of the same server. */
  url(database: string): string;
}

export function placeOf(databaseUrl: string): Place {
  const { database = '' } = new pg.Client({ connectionString: databaseUrl });
  const url = (name: string): string => {
    const other = new URL(databaseUrl);
    other.pathname = `/${encodeURIComponent(name)}`;
    return other.href;
  };
  return { name: database, url };
}

export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'galley restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs on a database of the server that is not the one in use. */
function beside<T>(place: Place, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(place.url(place.name === 'postgres' ? 'template1' : 'postgres'), work);
}

const stem = ({ name }: Place): string => name.slice(0, 40);

/** Makes an empty database beside the one in use. What an earlier restore left behind when it was killed is removed. */
export async function makeBeside(place: Place): Promise<string> {
  const name = `${stem(place)}_restore_${randomBytes(4).toString('hex')}`;
  await beside(place, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE left(datname, length($1)) = $1
       AND substr(datname, length($1) + 1) ~ '^_(restore|before)_[0-9a-f]{8}$'`,
      [stem(place)],
    );
    for (const { datname } of rows) await drop(client, datname);
    try {
      await client.query(`CREATE DATABASE ${quoted(name)} ENCODING 'UTF8' TEMPLATE template0`);
    } catch (error) {
      if ((error as { code?: string }).code !== '42501') throw error;
      throw new Refusal(
        'The user of DATABASE_URL may not make databases, which a restore needs. ' +
          'Give it that right (ALTER ROLE ... CREATEDB) and try again. Nothing was changed.',
      );
    }
  });
  return name;
}

export function removeBeside(place: Place, name: string): Promise<void> {
  return beside(place, (client) => drop(client, name));
}

async function drop(client: pg.Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`);
}

/** Puts a database in the place of the one in use, both or neither; returns the name the old one has now. */
export async function switchTo(place: Place, name: string): Promise<string> {
  const old = name.replace('_restore_', '_before_');
  await beside(place, async (client) => {
    for (const end = Date.now() + SWITCH_WITHIN_MS; ; await wait(100)) {
      try {
        await client.query(
          `BEGIN; ALTER DATABASE ${quoted(place.name)} RENAME TO ${quoted(old)};
           ALTER DATABASE ${quoted(name)} RENAME TO ${quoted(place.name)}; COMMIT`,
        );
        return;
      } catch (error) {
        await client.query('ROLLBACK');
        // 55006: somebody is connected, perhaps only for a moment longer.
        if ((error as { code?: string }).code !== '55006') throw error;
        if (Date.now() < end) continue;
        throw new Refusal(
          `Other programs are connected to the database ${place.name}. End them (Galley, psql and ` +
            'others), then restore again. Nothing was changed.',
        );
      }
    }
  });
  return old;
}

/** Undoes `switchTo`. */
export async function switchBack(place: Place, old: string): Promise<void> {
  const name = old.replace('_before_', '_restore_');
  await beside(place, (client) =>
    client.query(
      `BEGIN; ALTER DATABASE ${quoted(place.name)} RENAME TO ${quoted(name)};
       ALTER DATABASE ${quoted(old)} RENAME TO ${quoted(place.name)}; COMMIT`,
    ),
  );
}
