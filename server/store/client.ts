// Opens the pool and the Prisma client on it. Everything that touches the database goes through one
// of the two, so that a lost connection is heard in one place and never ends the process.
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '#server/store/generated/client.ts';

export interface Database {
  prisma: PrismaClient;
  /** The pool under the client, for the few statements written by hand. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Hears of idle connections that were lost; the pool replaces them by itself. */
  onError?: (error: Error) => void;
  /** Connections at most; 10 unless told. */
  max?: number;
}

/** Longer than any statement of ours takes on a machine that works. */
const answerWithinMs = 15_000;

/** Connects lazily: the first query opens the first connection. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { onError = () => undefined, max = 10 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // A database behind a dead line answers nothing and refuses nothing; without an end, everything would wait for it.
    query_timeout: answerWithinMs,
    application_name: 'galley',
  });
  pool.on('error', onError);
  // A checked-out connection that dies emits on itself, not on the pool.
  pool.on('connect', (client) => void client.on('error', onError));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
