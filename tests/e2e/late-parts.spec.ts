/** Parts of the page that come after it: a key pressed before such a part is here is answered when it has come. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, bubble, cards, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

/** A page whose scripts of this name do not come before they are let through. */
async function enterHolding(
  browser: Browser,
  part: string,
): Promise<{ page: Page; asked: () => number; release: () => void }> {
  // The service worker would have them all from the first page on.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  await page.route(`**/assets/${part}-*.js`, async (route) => {
    asked += 1;
    await gate;
    await route.continue();
  });
  await page.goto(`${house.url}/`);
  await page.getByRole('button', { name: /Sana Rafiq/ }).click();
  await openArticle(page, /loggerheads/);
  return { page, asked: () => asked, release };
}

test('[UI113] the search asked for before it is here opens when it comes, with the keyboard in it', async ({
  browser,
}) => {
  const { page, asked, release } = await enterHolding(browser, 'find-bar');
  await expect.poll(asked).toBeGreaterThan(0);
  await article(page).focus();
  await page.keyboard.press('Control+f');
  const search = page.getByRole('search');
  await expect(search).toHaveCount(0);
  release();
  await expect(search.getByRole('textbox', { name: 'Find in the text' })).toBeFocused();
});

test('[UI113] the verdict asked for before the file of a fact is here opens when it comes', async ({
  browser,
}) => {
  const { page, asked, release } = await enterHolding(browser, 'fact-file');
  await expect.poll(asked).toBeGreaterThan(0);
  await select(page, '$50 million will be withheld');
  await bubble(page, 'Mark a fact');
  await page.getByRole('textbox', { name: 'What needs checking?' }).fill('As announced?');
  await cards(page).getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(page.locator('[data-card][data-focused]:focus')).toBeVisible();
  await page.keyboard.press('v');
  const verdict = page.getByRole('form', { name: 'Your verdict' });
  await expect(verdict).toHaveCount(0);
  release();
  await expect(verdict).toBeVisible();
});
