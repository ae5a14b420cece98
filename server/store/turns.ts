/** What only one node at a time may do, such as filling an empty house. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#server/store/client.ts';

/** Any number that nobody else uses; those of the platform are beside it. */
const turnLock = 4715123;
const askAgainMs = 100;

/** Runs `act` while no other node runs its own. The turn ends with the process, however that ends. */
export async function inTurn<T>(database: Database, act: () => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  try {
    const take = async (): Promise<boolean> => {
      const asked = 'SELECT pg_try_advisory_lock($1) AS taken';
      const { rows } = await client.query<{ taken: boolean }>(asked, [turnLock]);
      return rows[0]?.taken === true;
    };
    while (!(await take())) await wait(askAgainMs);
    return await act();
  } finally {
    // With its connection the lock goes too.
    client.release(true);
  }
}
