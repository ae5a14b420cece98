// Opens the house's database, which migrates it, and closes it again.
import { openHouse } from '#server/platform/database.ts';
import { Refusal } from '#server/platform/refusal.ts';

try {
  const house = await openHouse({
    databaseUrl: process.env['DATABASE_URL'],
    dataDir: process.env['DATA_DIR'],
    say: console.log,
  });
  await house.stop();
  console.log(`The database is up to date${house.dataDir ? ` (${house.dataDir})` : ''}.`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
