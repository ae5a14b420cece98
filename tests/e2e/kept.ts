/** What browser tests of lost lines do: type, kill pages, wait for words of the state, look at what the browser keeps. */
import { readFile, readdir } from 'node:fs/promises';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { House } from '#tests/e2e/house.ts';
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

export const edit = (page: Page): Promise<void> => page.keyboard.press('Control+Alt+3');
export const times = async (page: Page, words: string): Promise<number> =>
  (await reading(page)).split(words).length - 1;
/** A page that is killed, a moment after the last key: no farewell of any kind. */
export async function kill(page: Page): Promise<void> {
  await page.waitForTimeout(1000);
  await page.close({ runBeforeUnload: false });
}
export const saved = (page: Page): Promise<void> =>
  expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 20_000 });
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
export async function processesOf(profile: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const line = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(profile) && !line.includes('--type=')) found.push(Number(entry));
  }
  return found;
}
