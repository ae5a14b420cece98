// A process that opens a house and holds it until it is told to stop; run with tsx by the tests.
// Says one line of JSON: { url, pid, dataDir, uid } or { refused }.
import { openHouse } from '#server/platform/database.ts';
import { Refusal } from '#server/platform/refusal.ts';

try {
  const house = await openHouse({
    dataDir: process.env['DATA_DIR'],
    databaseUrl: process.env['DATABASE_URL'],
    demo: process.env['GALLEY_DEMO'] === '1',
    fresh: process.env['GALLEY_FRESH'] === '1',
  });
  const stop = (): void => void house.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The tests end these processes; should a test run be killed, its end of the pipe closes.
  process.stdin.resume().once('close', stop);
  say({
    url: house.databaseUrl,
    pid: house.databasePid(),
    dataDir: house.dataDir,
    uid: process.getuid?.(),
  });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  say({ refused: error.message });
  process.exitCode = 1;
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
