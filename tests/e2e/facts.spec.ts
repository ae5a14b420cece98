/** A fact from mark to verdict: a source, a confirmation, and the look again when its sentence changes. */
import { expect, test } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

test('[FA10] a checker cites and confirms, the editor sees it, and a change of the sentence asks for another look', async ({
  browser,
}) => {
  const sana = await enter(browser, house, 'Sana Rafiq');
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(sana, /loggerheads/);
  await openArticle(tom, /loggerheads/);
  await select(sana, '$50 million will be withheld');
  await bubble(sana, 'Mark a fact');
  await sana.getByRole('textbox', { name: 'What needs checking?' }).fill('As announced?');
  await cards(sana).getByRole('button', { name: 'Mark', exact: true }).click();

  const verdict = sana.getByRole('form', { name: 'Your verdict' });
  await expect(sana.locator('[data-card][data-focused]:focus')).toBeVisible();
  await sana.keyboard.press('v');
  await verdict.getByRole('combobox', { name: /^Verdict/ }).selectOption('confirmed');
  await verdict.getByRole('button', { name: 'Give the verdict' }).click();
  await expect(verdict.getByRole('alert')).toContainText('needs a source');
  await verdict.getByRole('button', { name: 'Cancel' }).click();

  await cards(sana).getByRole('button', { name: 'Add a source' }).click();
  const source = sana.getByRole('form', { name: 'Add a source' });
  await source.getByRole('textbox', { name: 'Title' }).fill('Pentagon briefing');
  await source.getByRole('textbox', { name: 'Link or place' }).fill('https://example.org/briefing');
  await source.getByRole('button', { name: 'Cite', exact: true }).click();
  await expect(cards(sana).getByRole('link', { name: /Pentagon briefing/ })).toBeVisible();

  await cards(sana)
    .getByRole('button', { name: /Give a verdict/ })
    .click();
  await verdict.getByRole('combobox', { name: /^Verdict/ }).selectOption('confirmed');
  await verdict.getByRole('textbox', { name: 'Why' }).fill('Figure as reported.');
  await verdict.getByRole('button', { name: 'Give the verdict' }).click();
  await expect(cards(sana).getByText('Confirmed by Sana Rafiq')).toBeVisible();
  await expect(article(tom).locator('mark.fact-confirmed')).toBeVisible();
  await expect(tom.getByText('1 confirmed', { exact: true })).toBeVisible();

  await tom.getByRole('radio', { name: 'Edit' }).click();
  await select(tom, 'latest');
  await tom.keyboard.type('newest');
  await expect(article(sana).locator('mark.fact-recheck')).toBeVisible();
  await expect(cards(sana).getByText('To re-check').first()).toBeVisible();
  await expect(sana.getByText('1 to re-check', { exact: true })).toBeVisible();
});
