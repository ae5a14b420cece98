/** Find and replace in the browser: one place, every place, the question before many, one undo, and what each mode allows. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { saved } from '#tests/e2e/kept.ts';
import { still } from '#tests/e2e/still.ts';
import { article, cards, enter, holdUndo, openArticle, reading, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const bar = (page: Page): Locator => page.getByRole('search');
const field = (page: Page): Locator => bar(page).getByRole('textbox', { name: 'Replace with' });
const words = (page: Page): Locator => bar(page).getByRole('textbox', { name: 'Find in the text' });
const all = (page: Page): Locator => bar(page).getByRole('button', { name: /^Replace all/ });
const own = (page: Page): Locator => page.locator('[data-region="own"]');
const count = (text: string, part: RegExp): number => text.match(part)?.length ?? 0;

test('[FR4] words are replaced everywhere as suggestions of their own, each decided for itself', async ({
  browser,
}) => {
  const ines = await enter(browser, house, 'Ines Moreau');
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(ines, /loggerheads/);
  await openArticle(tom, /loggerheads/);
  const before = await reading(ines);
  const places = count(before, /Pakistan/g);
  expect(places).toBeGreaterThan(2);

  await ines.keyboard.press('Control+h');
  await expect(words(ines)).toBeFocused();
  await ines.keyboard.type('Pakistan');
  await expect(bar(ines).getByText(`1 of ${places}`)).toBeVisible();
  await field(ines).fill('Pakistan itself');
  await test.step('one place, and on to the next', async () => {
    await field(ines).press('Enter');
    await expect(article(ines).locator('ins')).toHaveCount(1);
    await expect(own(ines)).toHaveText(`Replaced 1. ${places - 1} left.`);
    await expect(all(ines)).toHaveText(`Replace all (${places - 1})`);
  });
  await test.step('all the rest; what was put there is not replaced again', async () => {
    await all(ines).click();
    if (places > 21)
      await ines
        .getByRole('button', { name: /^Replace all/ })
        .last()
        .click();
    await holdUndo(ines);
    await expect(article(ines).locator('ins')).toHaveCount(places);
    await expect(own(ines)).toContainText(`Replaced ${places - 1}.`);
    await expect(all(ines)).toHaveText('Replace all (0)');
    await expect(all(ines)).toBeDisabled();
  });
  await test.step('the editor has each of them and decides one', async () => {
    await expect(article(tom).locator('ins')).toHaveCount(places);
    await article(tom).locator('ins').first().click();
    await cards(tom)
      .locator('[data-card][data-focused]')
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect(article(ines).locator('ins')).toHaveCount(places - 1);
  });
  await test.step('and the rest is undone in one', async () => {
    await ines.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(article(tom).locator('ins')).toHaveCount(0);
    await expect.poll(async () => count(await reading(ines), /Pakistan itself/g)).toBe(1);
  });
  await ines.context().close();
  await tom.context().close();
});

test('[FR7] many places are asked about first, and are undone as one from the text', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Ines Moreau');
  await openArticle(page, /loggerheads/);
  const before = await reading(page);
  const places = count(before, /\bthe\b/g);
  expect(places).toBeGreaterThan(20);
  await page.keyboard.press('Control+Shift+h');
  await expect(words(page)).toBeFocused();
  await page.keyboard.type('the');
  await bar(page).getByRole('button', { name: 'Match case' }).click();
  await bar(page).getByRole('button', { name: 'Whole words' }).click();
  await field(page).fill('THE');
  await expect(all(page)).toHaveText(`Replace all (${places})`);
  await all(page).click();
  const question = page.getByRole('alertdialog', {
    name: `Replace “the” with “THE” in ${places} places?`,
  });
  await expect(question).toBeVisible();
  await still(page);
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id }) => id)).toEqual([]);
  await question.getByRole('button', { name: 'Back' }).click();
  expect(await reading(page)).toBe(before);
  await all(page).click();
  await question.getByRole('button', { name: `Replace all (${places})` }).click();
  await expect(article(page).locator('ins')).toHaveCount(places);
  await saved(page);
  await page.keyboard.press('Escape');
  await expect(article(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(article(page).locator('ins')).toHaveCount(0);
  await expect.poll(() => reading(page)).toBe(before);
  await saved(page);
  await page.reload();
  await expect.poll(() => reading(page)).toBe(before);
  await page.context().close();
});

test('[FR3] in Read mode the row says why it is off; in Edit mode the words are changed at once', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, /loggerheads/);
  const mode = page.getByRole('radiogroup', { name: 'Mode' });
  await mode.getByRole('radio', { name: 'Read' }).click();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('find and replace');
  await page.keyboard.press('Enter');
  await expect(words(page)).toBeFocused();
  await page.keyboard.type('vexed');
  await expect(
    bar(page).getByText('Read mode does not change the text. Switch to Suggest to replace words.'),
  ).toBeVisible();
  await expect(field(page)).toBeDisabled();
  await expect(all(page)).toBeDisabled();
  await mode.getByRole('radio', { name: 'Edit' }).click();
  await field(page).fill('troubled');
  await field(page).press('Control+Enter');
  await expect.poll(() => reading(page)).toContain('troubled');
  expect(await reading(page)).not.toContain('vexed');
  await expect(article(page).locator('ins')).toHaveCount(0);
  await page.context().close();
});

test('[FR9] the search begins with the selected words, and does not find struck ones', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Ines Moreau');
  await openArticle(page, /loggerheads/);
  await select(page, 'nadir');
  await page.keyboard.press('Control+h');
  await expect(words(page)).toHaveValue('nadir');
  await expect(bar(page).getByText('1 of 1')).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('low');
  await page.keyboard.press('Enter');
  await expect(article(page).locator('del', { hasText: 'nadir' })).toBeVisible();
  await expect(bar(page).getByText('Not found')).toBeVisible();
  for (const width of [1440, 800, 360, 320]) {
    await page.setViewportSize({ width, height: 700 });
    await still(page);
    await expect(async () => {
      const box = await bar(page).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width, `${width}`).toBe(true);
      const inside = await bar(page).evaluate((root) =>
        [...root.querySelectorAll('button, input')].every((part) => {
          const [a, b] = [part.getBoundingClientRect(), root.getBoundingClientRect()];
          return a.left >= b.left && a.right <= b.right && a.width > 0;
        }),
      );
      expect(inside, `everything is inside the bar at ${width}`).toBe(true);
    }).toPass({ timeout: 30_000 });
  }
  await test.step('the bar never covers what it has found, also in the first line', async () => {
    await words(page).fill('loggerheads');
    await expect(bar(page).getByText('1 of 1')).toBeVisible();
    await expect
      .poll(() =>
        bar(page).evaluate((root) => {
          const [place] = CSS.highlights.get('galley-found') ?? [];
          if (!(place instanceof Range)) return false;
          return place.getBoundingClientRect().top > root.getBoundingClientRect().bottom;
        }),
      )
      .toBe(true);
  });
  await page.context().close();
});
