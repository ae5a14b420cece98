/** The entry file, the only one with side effects: opens the database, starts the server, and stops both on a signal. */
import { join } from 'node:path';
import { startServer, type GalleyServer } from '#server/app.ts';
import { makeAdminLink } from '#server/auth/admin-link.ts';
import { seedDemo } from '#server/auth/demo.ts';
import { readConfig } from '#server/config.ts';
import { sweepPictures } from '#server/library/sweep-pictures.ts';
import { atDayBreak, seedDemoContent } from '#server/demo/seed.ts';
import { importFirstArticles } from '#server/library/first-articles.ts';
import { makeLog } from '#server/log.ts';
import { openHouse, type House } from '#server/platform/database.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { Refusal } from '#server/platform/refusal.ts';

/** A stop that takes longer than this is cut short; what was acknowledged is in the database anyway. */
const stopWithinMs = 9000;

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

let house: House | undefined;
let server: GalleyServer | undefined;
let stopping: Promise<void> | undefined;

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  await server?.close();
  await house?.stop();
}

/** Begins to stop, once; a second signal changes nothing. */
function end(code: number): void {
  stopping ??= stop().then(
    () => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const { dataDir, databaseUrl, demo, demoContent, fresh } = config;
  const log = makeLog(config.logLevel);
  house = await openHouse({ dataDir, databaseUrl, demo, fresh, say });
  const root = projectRoot();
  server = await startServer({
    config,
    databaseUrl: house.databaseUrl,
    pages: join(root, 'dist', 'web'),
    log,
  });
  const { context, address } = server;
  context.converter.warm();
  // Of several nodes that start on an empty database one fills it.
  const token = await context.inTurn(async () => {
    const importing = demoContent ? atDayBreak(context) : context;
    await sweepPictures(context);
    const first = join(root, 'content', 'articles');
    for (const sentence of await importFirstArticles(importing, first)) say(sentence);
    if (demo) await seedDemo(context);
    if (demoContent) (await seedDemoContent(context, join(root, 'content', 'demo'))).forEach(say);
    return makeAdminLink(context.accounts, new Date(context.now()));
  });
  say(`Galley is at ${address}`);
  if (demo) say('This is the demo: anybody who opens it can sign in as one of its four people.');
  if (token !== null)
    say(
      `There is no account yet. This link makes the first one; it works once and for 30 minutes:\n${address}/setup?token=${token}`,
    );
}

process.on('SIGTERM', () => end(0));
process.on('SIGINT', () => end(0));
// The terminal was closed; without this the database would be left running.
process.on('SIGHUP', () => end(0));

try {
  await start();
} catch (error) {
  if (stopping === undefined) {
    const words =
      error instanceof Refusal ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${words}\n`);
    end(1);
  }
}
