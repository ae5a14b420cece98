// Keeps what a bench measured beside the machine and the versions it was measured with, in bench/results.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** Writes `bench/results/NAME.json`. `how` is anything that one needs to know to measure the same again. */
export function record(name: string, figures: readonly Figure[], how: object = {}): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const kept = {
    command: `npm run bench -- ${name}`,
    at: new Date().toISOString(),
    commit,
    node: process.version,
    machine: {
      cpus: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
      memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
      // What else the machine had to do: processes that wanted to run, over the last minute.
      load: Number(loadavg()[0]?.toFixed(1)),
    },
    how,
    figures: figures.map((one) => ({ ...one, value: Number(one.value.toPrecision(4)) })),
  };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(kept, null, 2)}\n`);
}
