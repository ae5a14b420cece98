/** What browser tests of lost lines do: type, kill pages, wait for words of the state, look at what the browser keeps. */
import { readFile, readdir } from 'node:fs/promises';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { House } from '#tests/e2e/house.ts';
import { settled } from '#tests/e2e/still.ts';
import { article, reading, select } from '#tests/e2e/words.ts';

/** Waits until the worker holds the whole shell, so that pages open without the server. */
export const shellIsKept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });

/** Types behind the first place of `words`. */
export async function typeAfter(page: Page, words: string, text: string): Promise<void> {
  await select(page, words);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type(text);
}

export async function edit(page: Page): Promise<void> {
  await page.keyboard.press('Control+Alt+3');
  await expect(page.getByRole('radio', { name: 'Edit' })).toBeChecked();
}
export const times = async (page: Page, words: string): Promise<number> =>
  (await reading(page)).split(words).length - 1;
/** Words of unsent work on the device, letters typed one after another in one, and of what is half written. */
const writtenHere = async (page: Page): Promise<string> => {
  interface Row {
    text?: string;
    changes?: { changes: { step?: object; op?: object }[] };
  }
  const [stores] = JSON.parse(await keptHere(page)) as [Record<string, Row[]>[], string[]];
  const rows = (name: string): Row[] => stores.flatMap((store) => store[name] ?? []);
  const typed = rows('outbox').map(({ changes }) =>
    [...JSON.stringify(changes?.changes).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
      .map(([, text]) => text)
      .join(''),
  );
  return [...typed, ...rows('drafts').map(({ text }) => text)].join('\n');
};
/** Waits until the device holds words that were written on this page and are not on the server. */
export const written = (page: Page, words: string): Promise<void> =>
  expect.poll(() => writtenHere(page)).toContain(words);
/** A page that is killed once the device holds the last `words` written on it: no farewell of any kind. */
export async function kill(page: Page, ...words: string[]): Promise<void> {
  for (const one of words) await written(page, one);
  await page.close({ runBeforeUnload: false });
}
/** Waits until everything is saved. That something is not yet is said after 400 ms only. */
export async function saved(page: Page): Promise<void> {
  await settled(page, 500);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 60_000 });
}
export const offline = (page: Page): Promise<void> =>
  expect(page.getByText(/^Offline, \d+ changes? kept on this device$/)).toBeVisible();

export async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await expect(article(page)).toBeVisible();
  return page;
}

export async function signIn(page: Page, house: House, name: string): Promise<void> {
  await page.goto(`${house.url}/`);
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
}

/** Everything this browser keeps, as one text: the database and what the worker holds. */
export const keptHere = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('galley');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error as DOMException);
    });
    const names = [...database.objectStoreNames];
    const tx = database.transaction(names);
    const rows = await Promise.all(
      names.map(
        (name) =>
          new Promise<unknown>((resolve) => {
            const all = tx.objectStore(name).getAll();
            all.onsuccess = () => resolve({ [name]: all.result as unknown });
          }),
      ),
    );
    database.close();
    const paths: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(url);
    return JSON.stringify([rows, paths]);
  });

/** The browser that runs on a profile of ours: found by the profile's name, which nothing else has. */
async function processesOf(profile: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const line = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(profile) && !line.includes('--type=')) found.push(Number(entry));
  }
  return found;
}

/** Shoots down the browser that runs on a profile of ours. */
export async function shootDown(profile: string): Promise<void> {
  for (const pid of await processesOf(profile))
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // A process of the browser may go by itself once another has gone.
    }
}
