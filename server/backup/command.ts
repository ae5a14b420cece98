/** What the two commands share: their one argument, the place of the data, and how they end. */
import { resolve } from 'node:path';
import type { DataPlace } from '#server/platform/data-access.ts';
import { Refusal } from '#server/platform/refusal.ts';

export const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Runs a command to its end. A signal ends it at once; what it had begun is removed by the next one. */
export async function runCommand(
  usage: string,
  work: (file: string, place: DataPlace) => Promise<void>,
): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // By way of process.exit, on which a database started here is ended too.
    process.once(signal, () => process.exit(130));
  }
  try {
    const [name, ...more] = process.argv.slice(2);
    if (name === undefined || name.startsWith('-') || more.length > 0) throw new Refusal(usage);
    // Names of files are meant from where the person stands; npm moves to the checkout.
    const file = resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
    const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = process.env;
    await work(file, { databaseUrl, dataDir });
  } catch (error) {
    const words =
      error instanceof Refusal ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}
