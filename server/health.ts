/** Whether a server can work, and if not, why: for whoever sends people to it. */
import type { Health } from '#server/context.ts';
import { within, type Watch } from '#server/review/watch.ts';
import { codeOf } from '#server/store/failure.ts';

/** How long whoever asks for readiness waits for the database. */
const patienceMs = 4000;

export interface HealthDeps {
  stopping(): boolean;
  watch(): Watch;
  /** Asks the database on the way that work takes. */
  ping(): Promise<void>;
  /** Names of migrations this server was started on and the database has not had. */
  missingMigrations(): Promise<string[]>;
  /** False while what other nodes say does not arrive. */
  hearsNodes(): boolean;
}

export function makeHealth({
  stopping,
  watch,
  ping,
  missingMigrations,
  hearsNodes,
}: HealthDeps): Health {
  return {
    // While it is known to be away each question looks anew, all of them at once, so that work begins again at once.
    databaseAnswers: async () => watch().databaseAnswers || (await watch().look()),
    async complaints() {
      if (stopping()) return ['The server is stopping.'];
      const found: string[] = [];
      const code = (await watch().look()) ? await failureOf(ping) : watch().code;
      if (code !== null) return [`The database does not answer${code === '' ? '' : ` (${code})`}.`];
      if (!hearsNodes())
        found.push(
          'Notices of the database do not arrive (LISTEN); it needs a direct connection, past any pooler.',
        );
      const missing = await missingMigrations().catch(() => []);
      if (missing.length > 0)
        found.push(`The database lacks ${missing.join(', ')}; start Galley anew to migrate it.`);
      return found;
    },
  };
}

/** The code with which the database refuses, empty when it gave none; null when it answers. */
const failureOf = (ping: () => Promise<void>): Promise<string | null> =>
  within(ping(), patienceMs).then(
    () => null,
    (error: unknown) => codeOf(error) ?? '',
  );
