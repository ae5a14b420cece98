/** A comment whose words were deleted for good is put where they stand elsewhere, with one press. */
import { expect, test } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

test('[OP8] a note without a place is offered the words most like its own and stands on them after one press', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(tom, /loggerheads/);
  await select(tom, 'Operation Zarb-e-Azab');
  await bubble(tom, 'Comment');
  await tom.getByRole('textbox', { name: 'Write a comment' }).fill('Spelled otherwise above.');
  await cards(tom).getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(cards(tom).locator('[data-card][data-focused]')).toContainText('Spelled otherwise');
  await tom.getByRole('radio', { name: 'Edit' }).click();
  await select(tom, 'Operation Zarb-e-Azab');
  await tom.keyboard.press('Delete');
  await tom.getByRole('button', { name: /Needs a place/ }).click();
  const card = cards(tom).getByRole('article', { name: /Comment/ });
  await card.click();
  await card.getByRole('button', { name: 'Operation Zarb-e-Azb' }).click();
  await expect(article(tom).locator('mark', { hasText: 'Operation Zarb-e-Azb' })).toBeVisible();
  await expect(tom.getByRole('button', { name: /Needs a place/ })).toBeHidden();
});
