// An article with many notes, a server that holds it and a browser to look at it: what page and annotations measure in.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { Comment } from '#core/annotate/annotation.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { schema } from '#core/article/schema.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { projectRoot } from '#server/platform/migrate.ts';
import { openServer } from './server.ts';

export interface Size {
  words: number;
  notes: number;
}

const paragraph = 60;
const lexicon = 'turtles nest on warm sand along the coast and nobody counts them twice'.split(' ');
const person = { id: 'bench-editor', name: 'Edda', role: 'editor' as const, color: 1 };
const chromiums = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** An article of so many words in paragraphs of 60, with comments on single words spread evenly over it. */
export function reviewOf({ words, notes }: Size): Review {
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
  const step = (doc.content.size - 200) / notes;
  for (let i = 0; i < notes; i++) {
    const from = doc.resolve(60 + Math.floor(i * step)).start() + 5;
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
  const info = { id: `page-${words}-${notes}`, language: 'en', stage: 'desk' as const };
  return { ...newReview(info, [person], doc), comments, anchors: { byId, graves: [] } };
}

export interface Scene {
  context: Context;
  browser: Browser;
  address: string;
  /** Stores an article; gives its address. */
  add(size: Size): Promise<string>;
  /** A browser of its own for the one person there is. */
  signedIn(): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Needs a Chromium, and a build (made when there is none). */
export async function openScene(): Promise<Scene> {
  const pages = join(projectRoot(), 'dist', 'web');
  if (!existsSync(pages)) execFileSync('node', [join(projectRoot(), 'scripts', 'build.mjs')]);
  const { server, close } = await openServer({ pages });
  const browserPath = chromiums.find((path) => path !== undefined && existsSync(path));
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--enable-precise-memory-info'],
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
  });
  const { context } = server;
  const address = `http://localhost:${server.port}`;
  await context.accounts.seed([{ ...person, email: 'e@bench.test' }]);
  const cookies = await context.auth.signInAs(person.id, new Headers());
  return {
    context,
    browser,
    address,
    async add(size) {
      const review = reviewOf(size);
      const { article: info, doc } = review;
      const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
      const made = { info, doc, review, importFlags: [], createdBy: 'bench', at };
      await context.store.createArticle(made);
      return `${address}/a/${info.id}`;
    },
    async signedIn() {
      const own = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await own.addCookies(
        cookies.map((cookie) => {
          const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
          return { name, value, url: address };
        }),
      );
      return own;
    },
    async close() {
      await browser.close();
      await close();
    },
  };
}

/** From the address to a text with a caret in it, in milliseconds. */
export async function open(
  context: BrowserContext,
  url: string,
): Promise<{ page: Page; ms: number }> {
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('.ProseMirror[contenteditable="true"]').waitFor();
  return { page, ms: performance.now() - start };
}

/** From each keydown to the frame after the one that shows it. */
export async function typed(page: Page, keys: number): Promise<number[]> {
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
export async function stepped(page: Page): Promise<number[]> {
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
