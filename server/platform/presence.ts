// Who works on a database that DATABASE_URL names. There is no data directory to lock there, so each
// house holds a shared advisory lock for as long as it runs, and whoever wants the database to
// itself (a restore) takes the same lock alone. It ends with its connection, however that ends.
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '#server/platform/refusal.ts';

/** Any number that nobody else uses; the one beside it is for migrations. */
const HOUSE_LOCK = 4715121;
const AGAIN_AFTER_MS = 1_000;

export interface Presence {
  end(): Promise<void>;
}

async function take(databaseUrl: string, how: 'shared' | 'alone'): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'galley',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined); // Also fails the query in flight, and 'end' follows.
  const verb = how === 'shared' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(`SELECT ${verb}($1) AS taken`, [
      HOUSE_LOCK,
    ]);
    if (rows[0]?.taken === true) return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
  return undefined;
}

/** Says that a house works on this database until `end`; refused while a restore has it. A lost connection is made again. */
export async function announceHouse(databaseUrl: string): Promise<Presence> {
  let client = await take(databaseUrl, 'shared');
  if (client === undefined) {
    throw new Refusal(
      'A backup is being restored into this database. Start Galley when that is done.',
    );
  }
  let ended = false;
  const watch = (held: pg.Client): void => void held.once('end', () => void again());
  const again = async (): Promise<void> => {
    while (!ended) {
      await wait(AGAIN_AFTER_MS, undefined, { ref: false });
      if (ended) return;
      const held = await take(databaseUrl, 'shared').catch(() => undefined);
      if (held === undefined) continue;
      if (ended) return held.end();
      client = held;
      return watch(held);
    }
  };
  watch(client);
  return {
    end: async () => {
      ended = true;
      await client?.end().catch(() => undefined);
    },
  };
}

/** Takes a database alone; undefined when a house, or another restore, works on it. */
export async function takeAlone(databaseUrl: string): Promise<Presence | undefined> {
  const client = await take(databaseUrl, 'alone');
  return client && { end: () => client.end() };
}
