// A long day of two nodes: people type, erase, leave and come back; memory must not grow. `npm run soak` runs it, for half an hour
// unless SOAK_MINUTES says otherwise, and prints what was measured each minute.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';
import { growth, mostGrowth } from '#tests/nodes/growth.ts';
import { ownPostgres, type OwnPostgres } from '#tests/nodes/own-postgres.ts';
import { NodeProcess } from '#tests/nodes/node-process.ts';
import { Scene } from '#tests/nodes/scene.ts';
import { query } from '#tests/platform/house-process.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 0);
const writers = 6;
const perSecond = 3;
/** Letters in the article at which people erase as much as they type. */
const enough = 6000;
const megabyte = 1024 * 1024;

interface Sample {
  minute: number;
  /** Of each node: megabytes of memory and of heap, seconds of CPU so far. */
  rss: number[];
  heap: number[];
  cpu: number[];
  /** Seconds of CPU of PostgreSQL, all its processes together. */
  databaseCpu: number;
  commits: number;
  databaseMegabytes: number;
  /** What PostgreSQL has written to its log so far; it keeps the newest of it. */
  logMegabytes: number;
}

const nodes: NodeProcess[] = [];
let scene: Scene | undefined;
let postgres: OwnPostgres | undefined;
afterEach(async () => {
  await scene?.end();
  for (const node of nodes.splice(0)) await node.end('SIGKILL');
  await postgres?.end();
});

async function sample(minute: number, { url, cpuSeconds }: OwnPostgres): Promise<Sample> {
  const read = (name: string): Promise<number[]> =>
    Promise.all(nodes.map((node) => node.metric(name)));
  const [found] = await query<{ size: string; commits: string; log: string }>(
    url,
    `SELECT pg_database_size(current_database()) AS size, (SELECT count(*) FROM "Commit") AS commits,
       pg_current_wal_lsn() - '0/0'::pg_lsn AS log`,
  );
  const inMegabytes = (values: number[]): number[] =>
    values.map((value) => Math.round((value / megabyte) * 10) / 10);
  return {
    minute,
    rss: inMegabytes(await read('process_resident_memory_bytes')),
    heap: inMegabytes(await read('nodejs_heap_size_used_bytes')),
    cpu: (await read('process_cpu_seconds_total')).map((value) => Math.round(value * 10) / 10),
    databaseCpu: Math.round(cpuSeconds() * 10) / 10,
    commits: Number(found?.commits ?? 0),
    databaseMegabytes: Math.round((Number(found?.size ?? 0) / megabyte) * 10) / 10,
    logMegabytes: Math.round((Number(found?.log ?? 0) / megabyte) * 10) / 10,
  };
}

it.runIf(minutes > 0)(
  '[NO22] memory does not grow over a long day of two nodes',
  async () => {
    const own = await ownPostgres();
    postgres = own;
    const databaseUrl = own.url;
    const people = await Scene.open(writers, { url: own.url, drop: () => Promise.resolve() });
    scene = people;
    const env = { LOG_LEVEL: 'info' };
    nodes.push(await NodeProcess.start({ databaseUrl, env }));
    nodes.push(await NodeProcess.start({ databaseUrl, env }));
    await people.sitDown(nodes);
    const begun = performance.now();
    const samples: Sample[] = [];
    const act = setInterval(() => {
      for (const writer of people.writers) {
        if (!writer.isReady) continue;
        if (writer.doc.content.size > enough && Math.random() < 0.55) writer.erase();
        else writer.type();
      }
    }, 1000 / perSecond);
    people.writers.forEach((writer) => writer.session.setMode('edit'));
    for (let minute = 1; minute <= minutes; minute++) {
      while (performance.now() - begun < minute * 60_000) {
        await wait(10_000);
        // Somebody closes the tab and opens it again.
        await people.leaveAndReturn(nodes);
      }
      samples.push(await sample(minute, own));
      console.log(JSON.stringify(samples.at(-1)));
    }
    clearInterval(act);
    await people.settle();
    const evidence = await people.evidence();
    const faults = await people.faults({ ...evidence, typed: [] });
    const folder = join(projectRoot(), 'bench', 'results');
    mkdirSync(folder, { recursive: true });
    const grown = nodes.map((_node, n) => ({
      rss: growth(samples.map(({ rss }) => rss[n] ?? 0)),
      heap: growth(samples.map(({ heap }) => heap[n] ?? 0)),
    }));
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? '?'}`;
    const result = { minutes, writers, perSecond, machine, node: process.version, grown, samples };
    writeFileSync(join(folder, 'soak.json'), `${JSON.stringify(result, null, 2)}\n`);
    expect(faults).toEqual([]);
    if (minutes >= 15)
      for (const { rss, heap } of grown) {
        expect(heap).toBeLessThan(mostGrowth.heap);
        expect(rss).toBeLessThan(mostGrowth.rss);
      }
  },
  (minutes + 5) * 60_000,
);
