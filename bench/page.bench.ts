// The article page in a browser: how soon it can be written in, how soon a key is seen, a card is reached, a colleague's word
// arrives, and whether anything jumps. Needs a Chromium, and a build (made when there is none).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import type { Comment } from '#core/annotate/annotation.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema } from '#core/article/schema.ts';
import { newReview } from '#core/sync/review.ts';
import { startServer } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { makeLog } from '#server/log.ts';
import { openHouse } from '#server/platform/database.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { percentile, type Figure } from './figure.ts';
import { record } from './record.ts';

const sizes = [
  { words: 1_000, notes: 20, editable: 1000, key: 50 },
  { words: 8_000, notes: 1_000, editable: 1000, key: 50 },
  { words: 50_000, notes: 1_000, editable: 2500, key: 80 },
] as const;
const paragraph = 60;
const keys = 60;
const lexicon = 'turtles nest on warm sand along the coast and nobody counts them twice'.split(' ');
const person = { id: 'bench-editor', name: 'Edda', role: 'editor' as const, color: 1 };
const chromiums = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];

async function fill({ store }: Context, { words, notes }: (typeof sizes)[number]): Promise<string> {
  const doc = schema.node('doc', null, [
    schema.node('headline', null, [schema.text(`Counted in ${words} words`)]),
    ...Array.from({ length: words / paragraph }, (_, p) => {
      const say = (_: unknown, w: number): string =>
        lexicon[(p * 5 + w * 3) % lexicon.length] ?? '';
      return schema.node('block', null, [
        schema.text(`${Array.from({ length: paragraph }, say).join(' ')}.`),
      ]);
    }),
  ]);
  const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
  const comments = new Map<string, Comment>();
  const byId = new Map<string, Anchor>();
  const step = Math.floor((doc.content.size - 200) / notes);
  for (let i = 0; i < notes; i++) {
    const from = doc.resolve(60 + i * step).start() + 5;
    const id = `c${i}`;
    const base = { id, by: person.id, at, audience: 'all' as const, replies: [] };
    comments.set(id, { ...base, text: `Is this so? Number ${i}.`, status: 'open' });
    const place = { from: from + (i % 20) * 9, to: from + (i % 20) * 9 + 8 };
    byId.set(id, {
      id,
      kind: 'comment',
      ...place,
      state: 'attached',
      good: { rev: 0, ...place },
      ...quoteAt(doc, place.from, place.to),
    });
  }
  const info = { id: `page-${words}`, language: 'en', stage: 'desk' as const };
  const review = { ...newReview(info, [person], doc), comments, anchors: { byId, graves: [] } };
  await store.createArticle({ info, doc, review, importFlags: [], createdBy: 'bench', at });
  return info.id;
}

/** From the address to a text with a caret in it, in milliseconds. */
async function open(context: BrowserContext, url: string): Promise<{ page: Page; ms: number }> {
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('.ProseMirror[contenteditable="true"]').waitFor();
  return { page, ms: performance.now() - start };
}

/** From each keydown to the frame after the one that shows it. */
async function typed(page: Page): Promise<number[]> {
  await page.locator('.ProseMirror > p').nth(3).click();
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    addEventListener(
      'keydown',
      () => {
        const start = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => seen.push(performance.now() - start);
          port2.postMessage(0);
        });
      },
      { capture: true },
    );
  });
  for (let i = 0; i < keys; i++) {
    await page.keyboard.press('x');
    await page.waitForTimeout(60);
  }
  return page.evaluate(() => (window as unknown as { seen: number[] }).seen);
}

/** From J to the next card in focus and painted. */
async function stepped(page: Page): Promise<number[]> {
  await page.keyboard.press('Escape');
  await page
    .locator('header')
    .first()
    .click({ position: { x: 400, y: 5 } });
  const times: number[] = [];
  for (let i = 0; i < 15; i++) {
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            const was = document.querySelector('[data-card][data-focused="true"]');
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
            const timer = setInterval(() => {
              const is = document.querySelector('[data-card][data-focused="true"]');
              if ((!is || is === was) && performance.now() - start < 2000) return;
              clearInterval(timer);
              requestAnimationFrame(() => resolve(performance.now() - start));
            }, 2);
          }),
      ),
    );
    await page.waitForTimeout(100);
  }
  return times;
}

/** All times in milliseconds. */
export async function measure(): Promise<Figure[]> {
  const pages = join(projectRoot(), 'dist', 'web');
  if (!existsSync(pages)) execFileSync('node', [join(projectRoot(), 'scripts', 'build.mjs')]);
  const scratch = await mkdtemp(join(tmpdir(), 'galley-bench-'));
  const house = await openHouse({ dataDir: scratch });
  const log = makeLog('error', new Writable({ write: (_chunk, _encoding, done) => done() }));
  const config = readConfig({ PORT: '0', GALLEY_DEMO: '1' });
  const server = await startServer({ config, databaseUrl: house.databaseUrl, pages, log });
  const browserPath = chromiums.find((path) => path !== undefined && existsSync(path));
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
  });
  const figures: Figure[] = [];
  try {
    const address = `http://localhost:${server.port}`;
    await server.context.accounts.seed([{ ...person, email: 'e@bench.test' }]);
    const cookies = await server.context.auth.signInAs(person.id, new Headers());
    const signedIn = async (): Promise<BrowserContext> => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addCookies(
        cookies.map((cookie) => {
          const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
          return { name, value, url: address };
        }),
      );
      return context;
    };
    const wanted = Number(process.env['WORDS'] ?? Infinity);
    for (const size of sizes.filter(({ words }) => words <= wanted)) {
      const id = await fill(server.context, size);
      const url = `${address}/a/${id}`;
      const what = `${size.words.toLocaleString('en')} words, ${size.notes.toLocaleString('en')} comments`;
      const add = (name: string, value: number, aim?: string, unit = 'ms'): void =>
        void figures.push({ what: `${name} (${what})`, value, unit, ...(aim ? { aim } : {}) });
      const opened: number[] = [];
      for (let i = 0; i < 3; i++) {
        const context = await signedIn();
        opened.push((await open(context, url)).ms);
        await context.close();
      }
      add(
        'opened to write, median of 3 first visits',
        percentile(opened, 0.5),
        `at most ${size.editable} ms`,
      );
      const [mine, theirs] = [await signedIn(), await signedIn()];
      const { page } = await open(mine, url);
      await page.waitForTimeout(1500);
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries())
                sum += (entry as unknown as { value: number }).value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 200);
          }),
      );
      add('layout shift', shift, 'below 0.02', '');
      const latency = await typed(page);
      add('key to paint, p50', percentile(latency, 0.5));
      add('key to paint, p95', percentile(latency, 0.95), `at most ${size.key} ms`);
      const { page: other } = await open(theirs, url);
      const arrived: number[] = [];
      for (let i = 0; i < 15; i++) {
        const word = `w${size.words}n${i}`;
        const there = other.getByText(word).first().waitFor();
        const start = performance.now();
        await page.keyboard.insertText(word);
        await there;
        arrived.push(performance.now() - start);
      }
      add('a word in another browser, p95', percentile(arrived, 0.95), 'at most 300 ms');
      add('J to the next card, p95', percentile(await stepped(page), 0.95), 'at most 100 ms');
      await mine.close();
      await theirs.close();
    }
    record('page', figures, { keys, browser: browser.version() });
    return figures;
  } finally {
    await browser.close();
    await server.close();
    await house.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}
