// People at work on one article, and on many, beside others' ways of doing it: how long until the last other client shows a keystroke,
// what that costs the server, and whether everything arrives once. `npm run bench -- writers --help` tells the options.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#server/platform/migrate.ts';
import type { Figure } from './figure.ts';
import { openBenchHouse, type BenchHouse } from './writers/house.ts';
import type { Job } from './writers/job.ts';
import { readOptions, type Options } from './writers/options.ts';
import { pins } from './writers/process.ts';
import { rowOf, type Results, type Row } from './writers/rows.ts';
import { runOnce, type Run } from './writers/run.ts';
import type { Scenario } from './writers/scenarios.ts';
import { hasPeers } from './writers/systems.ts';
import { headOf, lineOf } from './writers/table.ts';

const results = join(projectRoot(), 'bench', 'results', 'writers.json');
const peers = join(projectRoot(), 'bench', 'peers');

/** Installs the peers where they are missing; false, with a sentence, when that cannot be done. */
function peersAreThere(): boolean {
  if (hasPeers()) return true;
  console.log(
    'Installing what Galley is measured beside (bench/peers); this can take some minutes.',
  );
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: peers, encoding: 'utf8' });
  if (hasPeers()) return true;
  const why = done.stderr?.trim().split('\n').at(-1) ?? String(done.error);
  console.log(`The peers could not be installed, so Galley is measured alone: ${why}`);
  return false;
}

function versions(): Record<string, string> {
  const own = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const theirs = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8')) as typeof own;
  const picked = ['socket.io', 'pg', 'prosemirror-model', 'prosemirror-transform'];
  return {
    ...Object.fromEntries(picked.map((name) => [name, own.dependencies[name] ?? '?'])),
    ...theirs.dependencies,
  };
}

function readKept(): Row[] {
  if (!existsSync(results)) return [];
  return (JSON.parse(readFileSync(results, 'utf8')) as Results).rows;
}

/** Puts a row in the place of the one that was kept of the same scenario and system. */
function keep(row: Row, order: readonly string[]): void {
  const place = (one: Row): number => order.indexOf(one.scenario) * 10 + systemOrder(one.system);
  const others = readKept().filter(
    (one) => one.scenario !== row.scenario || one.system !== row.system,
  );
  const kept: Results = {
    command: 'npm run bench -- writers',
    node: process.version,
    machine: {
      cpus: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
      memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
      pinned: pins,
    },
    versions: versions(),
    rows: [...others, row].toSorted((a, b) => place(a) - place(b)),
  };
  mkdirSync(join(results, '..'), { recursive: true });
  writeFileSync(results, `${JSON.stringify(kept, null, 1)}\n`);
}

const systemOrder = (system: Job['system']): number =>
  ['galley', 'hocuspocus', 'collab'].indexOf(system);

async function rowFor(
  scenario: Scenario,
  system: Job['system'],
  house: BenchHouse,
  commit: string,
): Promise<Row> {
  const kept = {
    at: new Date().toISOString(),
    commit,
    how: {
      runs: scenario.runs,
      seconds: scenario.stages[0]?.seconds ?? 0,
      // What else the machine had to do: processes that wanted to run, over the last minute.
      load: Number(loadavg()[0]?.toFixed(1)),
    },
  };
  const runs: Run[] = [];
  try {
    for (let run = 0; run < scenario.runs; run++) runs.push(await runOnce(scenario, system, house));
  } catch (error) {
    const { name, what, aims } = scenario;
    return { scenario: name, what, system, ...kept, aims, failed: String(error) };
  }
  return rowOf(scenario, system, runs, kept);
}

/** Prints its own table as it goes, and keeps each row as soon as it is there. */
export async function measure(args: readonly string[] = []): Promise<Figure[]> {
  let options: Options;
  try {
    options = readOptions(args);
  } catch (error) {
    console.log((error as Error).message);
    return [];
  }
  const { buildIfStale } = (await import('../scripts/build.mjs' as string)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
  const systems = peersAreThere()
    ? options.systems
    : options.systems.filter((system) => system === 'galley');
  if (!pins) console.log('Processes cannot be kept on cores of their own here (taskset).');
  const people = options.scenarios.map((one) => (one.writersEach + one.readersEach) * one.articles);
  const house = await openBenchHouse(Math.max(...people, 1) + 1);
  // Whoever interrupts it leaves no database behind.
  process.once('SIGINT', () => void house.end().finally(() => process.exit(130)));
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const order = readOptions([]).scenarios.map(({ name }) => name);
  console.log(headOf());
  try {
    for (const scenario of options.scenarios)
      for (const system of scenario.systems) {
        if (!systems.includes(system)) continue;
        const row = await rowFor(scenario, system, house, commit);
        console.log(lineOf(row));
        if (!options.short) keep(row, order);
      }
  } finally {
    await house.end();
  }
  return [];
}
