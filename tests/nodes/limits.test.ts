// Somebody who sends far too much, on a real process: what it costs the others, and the memory.
import { afterEach, expect, it } from 'vitest';
import { Bucket } from '#server/realtime/bucket.ts';
import {
  Limits,
  maxConnectionsPerPerson,
  perConnection,
  perPerson,
} from '#server/realtime/limits.ts';
import { Flood } from '#tests/nodes/flood.ts';
import { NodeProcess } from '#tests/nodes/node-process.ts';
import { Scene, until } from '#tests/nodes/scene.ts';
import { Desk, start, Tab } from '#tests/sync/simulation.ts';

const nodes: NodeProcess[] = [];
let scene: Scene | undefined;
let flood: Flood | undefined;
afterEach(async () => {
  flood?.end();
  await scene?.end();
  scene = undefined;
  for (const node of nodes.splice(0)) await node.end('SIGKILL');
});

const megabyte = 1024 * 1024;

const floods: [
  what: string,
  event: (articleId: string) => unknown[],
  perBlock: number,
  aim: number,
][] = [
  ['events', (articleId) => ['article:since', { articleId, rev: 0 }], 500, 100_000],
  ['large events', (articleId) => ['article:since', { articleId, x: 'x'.repeat(200_000) }], 5, 400],
];

it('[NO19] a flood from one person, of events or of large ones, leaves the others answered and the memory bounded', async () => {
  const people = await Scene.open(4);
  scene = people;
  const node = await NodeProcess.start({ databaseUrl: people.databaseUrl });
  nodes.push(node);
  await people.sitDown(nodes);
  const cookie = people.people[0]?.cookie ?? '';
  people.writers.shift()?.close();
  const memory = (): Promise<number> => node.metric('process_resident_memory_bytes');
  people.type(10);
  await people.work(15);
  const before = await memory();
  let most = before;
  for (const [what, event, perBlock, aim] of floods) {
    const cut = await node.metric('galley_disconnects_total');
    const source = new Flood(node.port, cookie, event(people.articleId), perBlock);
    flood = source;
    await until(() => source.sent >= aim, 60_000, `only ${source.sent} ${what} were sent`);
    for (let round = 0; round < 5; round++) {
      most = Math.max(most, await memory());
      await people.work(3);
    }
    await expect
      .poll(() => node.metric('galley_disconnects_total'), { timeout: 60_000 })
      .toBeGreaterThan(cut);
    source.end();
  }
  await people.settle();
  most = Math.max(most, await memory());
  expect(await people.faults()).toEqual([]);
  expect(most - before).toBeLessThan(250 * megabyte);
  expect(node.out).toContain('a connection that floods was cut off');
}, 600_000);

it('[NO20] a person has buckets over all connections, which coming back does not fill, and so many connections', () => {
  const limits = new Limits();
  const [atOnce] = perConnection.commit;
  let passed = 0;
  for (let n = 0; n < 10; n++) {
    const own = limits.enter('tom');
    if (typeof own === 'string') throw new Error(own);
    for (let i = 0; i < atOnce; i++) if (limits.take(own, 'tom', 'commit') === 0) passed++;
    limits.left('tom');
  }
  expect(passed).toBeGreaterThanOrEqual(perPerson.commit[0]);
  expect(passed).toBeLessThan(perPerson.commit[0] + 40);
  const other = limits.enter('ines');
  expect(typeof other === 'string' ? other : limits.take(other, 'ines', 'commit')).toBe(0);
  const answers = Array.from({ length: maxConnectionsPerPerson }, () => limits.enter('ines'));
  expect(answers.at(-1)).toBe('TOO_MANY_CONNECTIONS');
  limits.close();
});

it('[NO20] a bucket gives so many at once and so many a second, of bytes too', () => {
  let now = 0;
  const bucket = new Bucket(10, 2, () => now);
  expect(bucket.take(8)).toBe(0);
  expect(bucket.take(4)).toBe(1000);
  now += 1000;
  expect(bucket.take(4)).toBe(0);
  expect(bucket.isFull).toBe(false);
  now += 60_000;
  expect(bucket.isFull).toBe(true);
});

it('[NO21] an article takes 2,000 waiting commits or 32 MB of them, and refuses more with a code and the time to wait', async () => {
  const desk = await Desk.open(start('one'));
  const room = await desk.room();
  const tom = new Tab(desk, room, 'tom', 'editor');
  const note = (seq: number) => ({
    clientId: 'client-many',
    seq,
    base: 0,
    intent: 'annotate' as const,
    steps: [],
    ops: [],
  });
  const answers = Array.from({ length: 2100 }, (_, n) =>
    room.commit(note(n + 1), tom.standing, 100),
  );
  const busy = (await Promise.all(answers)).filter((one) => !one.ok && one.code === 'ARTICLE_BUSY');
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.length).toBeLessThanOrEqual(100);
  expect(busy[0]).toMatchObject({ retryable: true, retryMs: 1000 });
  const large = Array.from({ length: 40 }, (_, n) =>
    room.commit(note(n + 1), tom.standing, megabyte),
  );
  const full = (await Promise.all(large)).filter((one) => !one.ok && one.code === 'ARTICLE_BUSY');
  expect(full.length).toBeGreaterThanOrEqual(7);
});

it('[NO21] no change makes an article larger than 2 MB', async () => {
  const desk = await Desk.open(start('one'));
  const room = await desk.room();
  const tom = new Tab(desk, room, 'tom', 'editor');
  const adding = (seq: number, length: number) => ({
    clientId: 'client-large',
    seq,
    base: seq - 1,
    intent: 'edit' as const,
    steps: [
      {
        stepType: 'replace',
        from: 11,
        to: 11,
        slice: { content: [{ type: 'text', text: 'x'.repeat(length) }] },
      },
    ],
    ops: [],
  });
  expect(await room.commit(adding(1, 1_900_000), tom.standing)).toMatchObject({ ok: true, rev: 1 });
  expect(await room.commit(adding(2, 200_000), tom.standing)).toMatchObject({
    ok: false,
    code: 'DOCUMENT_TOO_LARGE',
    retryable: false,
  });
  expect(room.review.rev).toBe(1);
});
