// Nodes that are killed, stopped and started while people type. FUZZ_KILLS sets how often (a short run unless told otherwise).
// Servers that do wrong in these scenes are in planted.test.ts.
import { afterEach, describe, expect, it } from 'vitest';
import { NodeProcess } from '#tests/nodes/node-process.ts';
import { Scene } from '#tests/nodes/scene.ts';

const kills = Number(process.env['FUZZ_KILLS'] ?? 10);
const isLong = process.env['FUZZ_KILLS'] !== undefined;

const nodes: NodeProcess[] = [];
let scene: Scene | undefined;
afterEach(async () => {
  await scene?.end();
  scene = undefined;
  for (const node of nodes.splice(0)) await node.end('SIGKILL');
});

async function start(count: number): Promise<Scene> {
  const opened = await Scene.open(4);
  scene = opened;
  const { databaseUrl } = opened;
  const started = Array.from({ length: count }, () => NodeProcess.start({ databaseUrl }));
  nodes.push(...(await Promise.all(started)));
  await opened.sitDown(nodes);
  return opened;
}

describe('a server that is killed while people type', () => {
  it(
    '[NO11] loses nothing it has acknowledged, and people go on as soon as it is back',
    async () => {
      const people = await start(1);
      people.type(12);
      const [node] = nodes;
      for (let round = 0; round < kills; round++) {
        await people.work(8 + (round % 7));
        await node?.end('SIGKILL');
        const ms = (await node?.start()) ?? 0;
        if (isLong && round % 20 === 0)
          console.log(`kill ${round}: back after ${Math.round(ms)} ms`);
      }
      await people.work(8);
      await people.settle();
      expect(await people.faults()).toEqual([]);
      expect(people.receipts).toBeGreaterThan(kills * 8);
    },
    180_000 + kills * 20_000,
  );
});

describe('two nodes, killed by turns and then told to stop', () => {
  it(
    '[NO12][NO13] lose nothing, whichever node somebody is with; people go over by themselves; a stop drains and ends in time',
    async () => {
      const people = await start(2);
      people.type(12);
      const rounds = isLong ? kills : 3;
      for (let round = 0; round < rounds; round++) {
        await people.work(12);
        const node = nodes[round % 2];
        await node?.end('SIGKILL');
        // Meanwhile the other one carries everybody.
        await people.work(12);
        await node?.start();
      }
      await people.work(20);
      const [first] = nodes;
      const { code, ms } = (await first?.end('SIGTERM')) ?? { code: null, ms: 0 };
      expect(code).toBe(0);
      expect(ms).toBeLessThan(30_000);
      await people.work(12);
      await people.settle();
      expect(await people.faults()).toEqual([]);
      const { log } = await people.evidence();
      expect(new Set(log.map(({ userId }) => userId)).size).toBe(4);
      const said = first?.out ?? '';
      expect(said).toContain('"msg":"stopping"');
      expect(said).toContain('"msg":"stopped"');
      expect(said).not.toContain('commits were not stored');
    },
    180_000 + kills * 20_000,
  );
});
