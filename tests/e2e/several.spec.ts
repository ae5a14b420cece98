/** Many suggestions decided at once, with their number first, and taken back as one. */
import { expect, test } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, bubble, cards, enter, holdUndo, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

test('[UI90] an editor accepts what one person suggested, after being told how many, and takes it back as one', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(tom, /loggerheads/);
  await openArticle(ines, /loggerheads/);
  const change = async (page: typeof tom, from: string, to: string): Promise<void> => {
    await select(page, from);
    await bubble(page, 'Suggest');
    await page.getByRole('textbox', { name: 'Replace with' }).fill(to);
    await cards(page).getByRole('button', { name: 'Suggest', exact: true }).click();
  };
  await change(ines, 'heaven', 'haven');
  await change(ines, 'Zarb-e-Azab', 'Zarb-e-Azb');
  await change(tom, 'indiscriminate', 'indiscriminating');
  await expect(article(tom).locator('ins')).toHaveCount(3);
  await tom.getByRole('button', { name: 'Decide several…' }).click();
  await tom.getByRole('button', { name: 'Accept 2, By Ines Moreau' }).click();
  await expect(tom.getByRole('alertdialog', { name: 'Accept 2 suggestions?' })).toBeVisible();
  await tom.getByRole('button', { name: 'Accept 2', exact: true }).click();
  await holdUndo(tom);
  await expect(article(ines).locator('ins')).toHaveCount(1);
  await tom.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(article(ines).locator('ins')).toHaveCount(3);
});
