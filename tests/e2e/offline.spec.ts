/** Nothing is lost without a server: tabs that are killed, browsers that crash, days without a line. Every promise with a real
 *  browser, a real server, and another person who must see every word once. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, enter, openArticle, reading, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

/** Waits until the worker holds the whole shell, so that pages open without the server. */
const shellIsKept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });

/** Types behind the first place of `words`. */
async function typeAfter(page: Page, words: string, text: string): Promise<void> {
  await select(page, words);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type(text);
}

const edit = (page: Page): Promise<void> => page.keyboard.press('Control+Alt+3');
const times = async (page: Page, words: string): Promise<number> =>
  (await reading(page)).split(words).length - 1;
/** A page that is killed: no farewell of any kind. */
const kill = (page: Page): Promise<void> => page.close({ runBeforeUnload: false });
const saved = (page: Page): Promise<void> =>
  expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 20_000 });

async function tomAt(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await expect(article(page)).toBeVisible();
  return page;
}

test('[OL1] a tab killed while offline: its words are there when the article is opened again offline, and arrive once', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(tom, /loggerheads/);
  await openArticle(ines, /loggerheads/);
  await shellIsKept(tom);
  const context = tom.context();
  const address = tom.url();
  await edit(tom);
  await context.setOffline(true);
  await typeAfter(tom, 'indiscriminate', ' KILLED-1');
  await expect(tom.getByText(/^Offline, \d+ changes? kept on this device$/)).toBeVisible();
  await kill(tom);

  const again = await tomAt(context, address);
  await expect(article(again)).toContainText('KILLED-1');
  await edit(again);
  await typeAfter(again, 'KILLED-1', ' KILLED-2');
  await kill(again);
  await context.setOffline(false);
  const last = await tomAt(context, address);
  await saved(last);
  await expect(article(ines)).toContainText('KILLED-1 KILLED-2');
  for (const page of [last, ines]) {
    expect(await times(page, 'KILLED-1')).toBe(1);
    expect(await times(page, 'KILLED-2')).toBe(1);
  }
});
