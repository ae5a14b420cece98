// The database goes away under people who type, for all nodes or for one; clocks are wrong; the disk is full.
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { NodeProcess } from '#tests/nodes/node-process.ts';
import { ownPostgres } from '#tests/nodes/own-postgres.ts';
import { Scene, until } from '#tests/nodes/scene.ts';
import { query } from '#tests/platform/house-process.ts';
import { Line } from '#tests/support/line.ts';

const isLong = process.env['FUZZ_KILLS'] !== undefined;

const nodes: NodeProcess[] = [];
const cleanups: (() => unknown)[] = [];
let scene: Scene | undefined;
afterEach(async () => {
  await scene?.end();
  scene = undefined;
  for (const node of nodes.splice(0)) await node.end('SIGKILL');
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

describe('the database', () => {
  it(
    '[NO14][NO16] is stopped, killed and full while people type: changes are put off and said to be, nothing is lost, and work goes on by itself',
    async () => {
      const postgres = await ownPostgres();
      cleanups.push(() => postgres.end());
      const { url } = postgres;
      const people = await Scene.open(3, { url, drop: () => Promise.resolve() });
      scene = people;
      nodes.push(await NodeProcess.start({ databaseUrl: url }));
      await people.sitDown(nodes);
      people.type(10);
      const signals = ['SIGINT', 'SIGKILL'] as const;
      for (let round = 0; round < (isLong ? 40 : 2); round++) {
        await people.work(10);
        const begun = performance.now();
        process.kill(postgres.pid(), signals[round % 2]);
        await until(() => people.writers.some(({ unsent }) => unsent > 1), 60_000, 'nobody waits');
        await people.work(5);
        console.log(
          `the database was away: people went on after ${Math.round(performance.now() - begun)} ms`,
        );
      }
      // Now its disk is full: it answers, and takes nothing.
      await query(
        url,
        `CREATE FUNCTION no_room() RETURNS trigger AS $$
         BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;
         CREATE TRIGGER no_room BEFORE INSERT ON "Commit" EXECUTE FUNCTION no_room();`,
      );
      await until(
        () => people.writers.every(({ put }) => put.includes('STORAGE_FULL')),
        30_000,
        'not everybody is told',
      );
      const before = people.receipts;
      await wait(300);
      expect(people.receipts).toBe(before);
      await query(url, 'DROP TRIGGER no_room ON "Commit"');
      await people.work(6);
      await people.settle();
      expect(await people.faults()).toEqual([]);
    },
    isLong ? 900_000 : 400_000,
  );

  it('[NO15] is cut off from one node: it refuses changes, is not ready and says why; the other goes on; nothing forks', async () => {
    const people = await Scene.open(4);
    scene = people;
    const line = new Line(people.databaseUrl);
    cleanups.push(() => line.cut());
    const [near, far] = await Promise.all([
      NodeProcess.start({ databaseUrl: people.databaseUrl }),
      NodeProcess.start({ databaseUrl: await line.open() }),
    ]);
    nodes.push(near, far);
    await people.sitDown(nodes);
    people.type(10);
    await people.work(16);
    for (const how of ['cut', 'stall'] as const) {
      line[how]();
      await expect
        .poll(async () => (await far.ready()).status, { timeout: 60_000, interval: 100 })
        .toBe(503);
      expect(await (await far.ready()).json()).toMatchObject({
        ok: false,
        why: expect.stringMatching(/^The database does not answer/) as string,
      });
      const stored = await query<{ rev: number }>(
        people.databaseUrl,
        'SELECT max(rev) AS rev FROM "Commit"',
      );
      // Those with the near node go on; those with the far one wait, with all they typed.
      await people.work(6);
      await until(
        () => people.writers.filter(({ unsent }) => unsent > 3).length === 2,
        30_000,
        'those on the far node do not wait',
      );
      expect((await near.ready()).status).toBe(200);
      const later = await query<{ rev: number }>(
        people.databaseUrl,
        'SELECT max(rev) AS rev FROM "Commit"',
      );
      expect(later[0]?.rev).toBeGreaterThan(stored[0]?.rev ?? 0);
      await line.restore();
      await expect
        .poll(async () => (await far.ready()).status, { timeout: 60_000, interval: 100 })
        .toBe(200);
      await people.work(8);
    }
    await people.settle();
    expect(await people.faults()).toEqual([]);
    expect(people.writers.flatMap(({ put }) => put)).toContain('UNAVAILABLE');
  }, 480_000);
});

describe('clocks', () => {
  it('[NO17] that are ten minutes wrong on each node change no order: the log goes by revision, and everybody sees the same', async () => {
    const people = await Scene.open(4);
    scene = people;
    const { databaseUrl } = people;
    const tenMinutes = 600_000;
    nodes.push(
      ...(await Promise.all([
        NodeProcess.start({ databaseUrl, skewMs: tenMinutes }),
        NodeProcess.start({ databaseUrl, skewMs: -tenMinutes }),
      ])),
    );
    await people.sitDown(nodes);
    people.type(10);
    await people.work(60);
    await people.settle();
    expect(await people.faults()).toEqual([]);
    // Planted: a log that goes by time is another one, and is found out.
    const evidence = await people.evidence();
    const byTime = evidence.log.toSorted((a, b) => a.at.localeCompare(b.at) || a.rev - b.rev);
    expect(await people.faults({ ...evidence, log: byTime })).not.toEqual([]);
  }, 120_000);
});
