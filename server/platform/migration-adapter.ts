// The driver adapter the schema engine works through, with two cures.
//
// The adapter of @prisma/adapter-pg cuts a script at every semicolon, also inside a function body.
// Here a script is one message to the server, which therefore applies it whole or not at all; and
// the note that it was applied is written in that same message. So a migration that was interrupted
// at any moment is either done or not begun.
import { PrismaPg } from '@prisma/adapter-pg';
import {
  DriverAdapterError,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

export type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

const MARK_APPLIED = `
;UPDATE "_prisma_migrations" SET "finished_at" = now()
  WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL`;

/**
 * An adapter on a pool of one connection; `migrationScripts` are those that count as applied.
 */
export async function connectAdapter(
  config: pg.PoolConfig,
  migrationScripts: ReadonlySet<string>,
): Promise<{ adapter: Adapter; pool: pg.Pool }> {
  const pool = new pg.Pool({ ...config, max: 1 });
  const adapter = await new PrismaPg(pool, { onPoolError: () => undefined }).connect();
  adapter.executeScript = async (script) => {
    const whole = migrationScripts.has(script) ? script + MARK_APPLIED : script;
    await pool.query(whole).catch((error: unknown) => {
      throw inEngineTerms(error);
    });
  };
  adapter.dispose = async () => {
    if (!pool.ended) await pool.end();
  };
  return { adapter, pool };
}

/**
 * A factory for the engine. `close` ends every connection it gave out: the engine itself leaves them
 * open, and with them the advisory lock it took.
 */
export function engineFactory(
  databaseUrl: string,
  migrationScripts: ReadonlySet<string>,
  openShadow: () => Promise<Adapter> = () =>
    Promise.reject(new Error('Applying migrations needs no shadow database.')),
): { factory: SqlMigrationAwareDriverAdapterFactory; close(): Promise<void> } {
  const opened: Adapter[] = [];
  const remember = (adapter: Adapter): Adapter => {
    opened.push(adapter);
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: async () => {
      const config = { connectionString: databaseUrl };
      return remember((await connectAdapter(config, migrationScripts)).adapter);
    },
    connectToShadowDb: async () => remember(await openShadow()),
  };
  return {
    factory,
    close: async () => {
      for (const adapter of opened) await adapter.dispose();
    },
  };
}

/** The engine reports the server's own words only when they come in its own kind of error. */
function inEngineTerms(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'XX000',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
