/** Whether a server can work, and if not, why: for whoever sends people to it. */
import type { Health } from '#server/context.ts';
import type { Watch } from '#server/review/watch.ts';

export interface HealthDeps {
  stopping(): boolean;
  watch(): Watch;
  /** Names of migrations this server was started on and the database has not had. */
  missingMigrations(): Promise<string[]>;
  /** False while what other nodes say does not arrive. */
  hearsNodes(): boolean;
}

export function makeHealth({ stopping, watch, missingMigrations, hearsNodes }: HealthDeps): Health {
  return {
    // While it is known to be away each question looks anew, all of them at once, so that work begins again at once.
    databaseAnswers: async () => watch().databaseAnswers || (await watch().look()),
    async complaints() {
      if (stopping()) return ['The server is stopping.'];
      const found: string[] = [];
      if (!(await watch().look())) {
        const { code } = watch();
        found.push(`The database does not answer${code === '' ? '' : ` (${code})`}.`);
        return found;
      }
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
