// Many annotations: what 1,000 and 5,000 of them on 2,000, 20,000 and 100,000 words cost the server with each commit, and the browser
// to open and with each key. `SIZES=20000x5000` measures some of them; `PROFILE=1` prints the functions that took the most time.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Page } from '@playwright/test';
import type { Standing } from '#core/sync/policy.ts';
import type { AskedCommit, StepJson } from '#core/sync/commit.ts';
import { open, openScene, stepped, typed, type Scene, type Size } from './article-scene.ts';
import { percentile, type Figure } from './figure.ts';
import { profiled } from './profile.ts';
import { record } from './record.ts';

const all = [2_000, 20_000, 100_000].flatMap((words) =>
  [0, 1_000, 5_000].map((notes) => ({ words, notes })),
);
const asked = process.env['SIZES']
  ?.split(',')
  .map((one) => one.split('x').map(Number))
  .map(([words = 0, notes = 0]) => ({ words, notes }));
const sizes: readonly Size[] = asked ?? all;
const keys = 40;
const commits = 60;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const mebi = 2 ** 20;

/** A letter typed into the third paragraph, as one commit. */
function letter(base: number, seq: number): AskedCommit {
  const slice = { content: [{ type: 'text', text: 'x' }] };
  const step: StepJson = { stepType: 'replace', from: 800, to: 800, slice };
  return { clientId: 'bench', seq, base, intent: 'edit', steps: [step], ops: [] };
}

interface Cost {
  /** CPU of the server's process for each commit, the database's apart, and the time until it is durable. */
  cpu: number;
  durable: number;
  opened: number;
  memory: number;
}

async function server({ context }: Scene, id: string): Promise<Cost> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const room = await context.rooms.room(id);
  const opened = performance.now() - start;
  if (!room) throw new Error(`There is no article ${id}.`);
  collect();
  const memory = (process.memoryUsage().heapUsed - before) / mebi;
  const standing: Standing = {
    userId: 'bench-editor',
    role: 'editor',
    stage: 'desk',
    member: true,
    restricted: false,
    writer: false,
  };
  const durable: number[] = [];
  let used = process.cpuUsage();
  for (let i = 1; i <= commits + 20; i++) {
    // The first ones warm up.
    if (i === 21) used = process.cpuUsage();
    const sent = performance.now();
    const answer = await room.commit(letter(room.review.rev, i), standing);
    if (!('rev' in answer)) throw new Error(JSON.stringify(answer));
    if (i > 20) durable.push(performance.now() - sent);
  }
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1000 / commits;
  return { cpu, durable: percentile(durable, 0.5), opened, memory };
}

/** When the first card stood beside the text, from the address on; 0 where there is none. */
const firstCard = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    for (let i = 0; i < 500; i++) {
      if (document.querySelector('[data-card][data-standing]')) return performance.now();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return 0;
  });

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );

const heap = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize /
      2 ** 20,
  );

/** Times in milliseconds, memory in MB. */
export async function measure(): Promise<Figure[]> {
  const scene = await openScene();
  const figures: Figure[] = [];
  try {
    for (const size of sizes) {
      const url = await scene.add(size);
      const what = `${size.words.toLocaleString('en')} words, ${size.notes.toLocaleString('en')} comments`;
      const add = (name: string, value: number, unit = 'ms', aim?: string): void =>
        void figures.push({ what: `${name} (${what})`, value, unit, ...(aim ? { aim } : {}) });
      const cost = await server(scene, url.split('/').at(-1) ?? '');
      add('server: open', cost.opened);
      add('server: memory of the open article', cost.memory, 'MB');
      add('server: CPU for each commit', cost.cpu);
      add('server: a commit until durable, p50', cost.durable);
      const context = await scene.signedIn();
      const { page, ms } = await open(context, url);
      add('browser: first paint', await firstPaint(page));
      add('browser: opened to write', ms);
      if (size.notes > 0) add('browser: first card', await firstCard(page));
      await page.waitForTimeout(1500);
      add('browser: memory of scripts', await heap(page), 'MB');
      const aim = size.words <= 20_000 ? 50 : 80;
      const type = (): Promise<number[]> => typed(page, keys);
      const latency =
        process.env['PROFILE'] === undefined ? await type() : await profiled(page, what, type);
      add('browser: key to paint, p50', percentile(latency, 0.5));
      add('browser: key to paint, p95', percentile(latency, 0.95), 'ms', `at most ${aim} ms`);
      if (size.notes > 0)
        add(
          'browser: J to the next card, p95',
          percentile(await stepped(page), 0.95),
          'ms',
          'at most 100 ms',
        );
      await context.close();
    }
    if (!asked) record('annotations', figures, { keys, commits, browser: scene.browser.version() });
    return figures;
  } finally {
    await scene.close();
  }
}
