// The tests of bad days and limits, on servers that do wrong: each is found out. What the sound server does in the same scene stands
// in the tests beside this one (kills, bad-days, limits).
import { afterEach, expect, it } from 'vitest';
import type { Planted } from '#tests/nodes/build.ts';
import { faultsIn } from '#tests/nodes/checks.ts';
import { NodeProcess } from '#tests/nodes/node-process.ts';
import { Scene, until } from '#tests/nodes/scene.ts';
import { readSlowly } from '#tests/nodes/slow-reader.ts';
import { query } from '#tests/platform/house-process.ts';
import { Line } from '#tests/support/line.ts';

const nodes: NodeProcess[] = [];
const cleanups: (() => unknown)[] = [];
let scene: Scene | undefined;
afterEach(async () => {
  await scene?.end();
  scene = undefined;
  for (const node of nodes.splice(0)) await node.end('SIGKILL');
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** People who type, on so many nodes that have these faults. */
async function start(planted: readonly Planted[], count = 1): Promise<Scene> {
  const people = await Scene.open(4);
  scene = people;
  const { databaseUrl } = people;
  for (let n = 0; n < count; n++) nodes.push(await NodeProcess.start({ databaseUrl, planted }));
  await people.sitDown(nodes);
  people.type(12);
  return people;
}

/** What was acknowledged and is nowhere. */
async function lost(people: Scene): Promise<string[]> {
  const { opening, log, receipts } = await people.evidence();
  const faults = faultsIn({ opening, log, receipts, views: [], typed: [] });
  return faults.filter((fault) => /acknowledged/.test(fault));
}

it('[NO11] planted: a server that answers before it has stored, killed', async () => {
  const people = await start(['answers-early']);
  await people.work(6);
  await nodes[0]?.end('SIGKILL');
  expect(await lost(people)).not.toEqual([]);
}, 180_000);

it('[NO12] planted: two nodes that do not look whether the other was first', async () => {
  const people = await start(['takes-conflicts'], 2);
  await until(() => people.receipts > 20, 45_000, 'too few were acknowledged');
  for (let round = 0; round < 8 && (await lost(people)).length === 0; round++)
    await people.work(10);
  expect(await lost(people)).not.toEqual([]);
}, 180_000);

it('[NO13] a stop waits for what was answered; planted: one that does not', async () => {
  for (const [planted, isFound] of [
    [['answers-early'], false],
    [['answers-early', 'leaves-at-once'], true],
  ] as const) {
    const people = await start(planted);
    await people.work(6);
    expect((await nodes[0]?.end('SIGTERM'))?.code).toBe(0);
    expect((await lost(people)).length > 0, planted.join(' and ')).toBe(isFound);
    await people.end();
    nodes.splice(0);
  }
  scene = undefined;
}, 240_000);

it('[NO14][NO15] planted: a node that works on without its database', async () => {
  const people = await Scene.open(2);
  scene = people;
  const line = new Line(people.databaseUrl);
  cleanups.push(() => line.cut());
  const databaseUrl = await line.open();
  nodes.push(await NodeProcess.start({ databaseUrl, planted: ['works-alone'] }));
  await people.sitDown(nodes);
  people.type(10);
  await people.work(10);
  line.cut();
  await people.work(6);
  await nodes[0]?.end('SIGKILL');
  expect(await lost(people)).not.toEqual([]);
}, 180_000);

it('[NO16] planted: a node that takes a full disk for a stored commit', async () => {
  const people = await start(['works-alone']);
  await people.work(10);
  await query(
    people.databaseUrl,
    `CREATE FUNCTION no_room() RETURNS trigger AS $$
     BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;
     CREATE TRIGGER no_room BEFORE INSERT ON "Commit" EXECUTE FUNCTION no_room();`,
  );
  await people.work(10);
  await nodes[0]?.end('SIGKILL');
  expect(await lost(people)).not.toEqual([]);
}, 180_000);

it('[PR16] a reader who takes nothing, on a real process; planted: one that sends on and on', async () => {
  for (const planted of [[], ['holds-nothing-back']] as const) {
    const people = await Scene.open(3);
    scene = people;
    const node = await NodeProcess.start({ databaseUrl: people.databaseUrl, planted });
    nodes.push(node);
    const { received, why, written } = await readSlowly(people, node);
    const held = await node.metric('galley_slow_readers_total');
    if (planted.length === 0) {
      expect([why, held]).toEqual([['behind'], 1]);
      expect(received).toBeLessThan(written);
    } else expect([why, held, received]).toEqual([[], 0, written]);
    await people.end();
    await node.end('SIGKILL');
    nodes.splice(0);
  }
  scene = undefined;
}, 240_000);
