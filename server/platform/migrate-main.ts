/** npm run migrate, or `node dist/server/migrate.js`: brings the database up to date and leaves. */
import { openHouse } from '#server/platform/database.ts';
import { Refusal } from '#server/platform/refusal.ts';

try {
  const house = await openHouse({
    databaseUrl: process.env['DATABASE_URL'],
    dataDir: process.env['DATA_DIR'],
    say: (sentence) => void process.stdout.write(`${sentence}\n`),
  });
  await house.stop();
  const where = house.dataDir === undefined ? '' : ` (${house.dataDir})`;
  process.stdout.write(`The database is up to date${where}.\n`);
} catch (error) {
  const words =
    error instanceof Refusal ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}
