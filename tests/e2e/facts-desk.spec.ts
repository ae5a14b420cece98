/** The list of facts beside the article: filters, a verdict given in the panel, live news, the log as a file, and the page of all articles. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { settled, still } from '#tests/e2e/still.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true, content: true });
});
test.afterAll(() => house.close());

/** Words that no annotation of the demo is on, each with a check of its own. */
const facts = [
  ['remained low over the past decade', 'Since which year?'],
  ['strict policy towards Pakistan', 'Whose word is strict?'],
] as const;

async function mark(page: Page, words: string, check: string): Promise<void> {
  await select(page, words);
  await bubble(page, 'Mark a fact');
  await page.getByRole('textbox', { name: 'What needs checking?' }).fill(check);
  await cards(page).getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(page.locator('[data-card][data-focused]')).toContainText(check);
}

const rows = (page: Page): ReturnType<Page['locator']> =>
  page.getByRole('table', { name: 'Facts' }).locator('tbody tr');
const row = (page: Page, text: string): ReturnType<Page['locator']> =>
  rows(page).filter({ hasText: text });

test('[FA15] facts are listed, filtered and checked beside the article, live for others, and found across articles', async ({
  browser,
}) => {
  const sana = await enter(browser, house, 'Sana Rafiq');
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(sana, /loggerheads/);
  for (const [words, check] of facts) await mark(sana, words, check);
  const address = new URL(sana.url()).pathname;
  await sana.goto(`${house.url}${address}/facts`);
  await tom.goto(`${house.url}${address}/facts`);
  for (const [, check] of facts) await expect(row(sana, check)).toContainText('Open');
  const total = await rows(sana).count();
  const line = sana.getByText(/^(?=.*\d+ open)[^.]*$/).first();
  await expect(line).toBeVisible();

  // One fact in the panel, with its sentence and the forms of its card.
  const [words, check] = facts[0];
  await row(sana, check)
    .getByRole('button', { name: `“${words}”` })
    .click();
  const panel = sana.getByRole('complementary', { name: 'The fact' });
  await expect(panel.locator('mark')).toHaveText(words);
  await panel.getByRole('button', { name: 'Add a source' }).click();
  const source = panel.getByRole('form', { name: 'Add a source' });
  await source.getByRole('textbox', { name: 'Title' }).fill('=HYPERLINK("http://example.org")');
  await source.getByRole('button', { name: 'Cite', exact: true }).click();
  await expect(source).toBeHidden();
  await expect(panel.getByText('Supports', { exact: true })).toBeVisible();
  await sana.keyboard.press('v');
  const verdict = panel.getByRole('form', { name: 'Your verdict' });
  await verdict.getByRole('combobox', { name: /^Verdict/ }).selectOption('confirmed');
  await verdict.getByRole('combobox', { name: /^Certainty/ }).selectOption('primary');
  await verdict.getByRole('textbox', { name: 'Why' }).fill('As reported at the desk.');
  await verdict.getByRole('button', { name: 'Give the verdict' }).click();
  await expect(panel.getByText('Confirmed by Sana Rafiq')).toBeVisible();
  await expect(row(tom, check)).toContainText('Confirmed');
  await expect(row(tom, check)).toContainText('Sana Rafiq');

  // The keyboard goes back to the row it came from.
  await sana.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(row(sana, check).getByRole('button')).toBeFocused();

  // Filters narrow the list and stand in the address.
  await sana.getByRole('combobox', { name: 'State' }).selectOption('Confirmed');
  await expect(row(sana, check)).toBeVisible();
  await expect(row(sana, facts[1][1])).toBeHidden();
  await expect(sana).toHaveURL(/state=Confirmed/);
  await sana.reload();
  await expect(row(sana, check)).toBeVisible();
  await expect(row(sana, facts[1][1])).toBeHidden();
  await sana.getByRole('combobox', { name: 'State' }).selectOption({ label: 'All' });
  await sana.getByRole('checkbox', { name: 'Mine' }).check();
  await expect(row(sana, check)).toBeVisible();
  await sana.getByRole('checkbox', { name: 'Mine' }).uncheck();
  await expect(rows(sana)).toHaveCount(total);
  await sana.getByRole('combobox', { name: 'Sort by' }).selectOption('newest');
  await expect(rows(sana).first()).toContainText(check);

  // The log.
  const arriving = sana.waitForEvent('download');
  await sana.getByRole('link', { name: 'Download as CSV' }).click();
  const file = await arriving;
  expect(file.suggestedFilename()).toMatch(/\(facts\)\.csv$/);
  const log = await readFile(await file.path(), 'utf8');
  expect(log).toContain('"As reported at the desk."');
  expect(log).toContain('"Supports: =HYPERLINK(""http://example.org"")"');
  expect(log).not.toMatch(/"[=+@-]/);

  // From the row into the text.
  await row(sana, check)
    .getByRole('link', { name: /Show in the text/ })
    .click();
  await expect(article(sana)).toBeVisible();
  await expect(sana.locator('[data-card][data-focused]')).toContainText(check);

  // All articles, from the library.
  await tom.goto(`${house.url}/`);
  await tom.getByRole('link', { name: 'Facts', exact: true }).click();
  await expect(row(tom, check)).toContainText(/loggerheads/);
  await tom.getByRole('searchbox', { name: 'Search the facts' }).fill('since WHICH year?');
  await tom.keyboard.press('Enter');
  await expect(rows(tom)).toHaveCount(1);
  await row(tom, check)
    .getByRole('link', { name: /loggerheads/ })
    .click();
  await expect(tom).toHaveURL(`${house.url}${address}/facts`);
});

/** What axe finds, by the standard and by good practice. */
async function faults(page: Page): Promise<string[]> {
  await still(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const theme of ['light', 'dark'] as const)
  test(`[FA17] axe finds nothing on the pages of facts, ${theme}, wide and on a phone`, async ({
    browser,
  }) => {
    const page = await enter(browser, house, 'Sana Rafiq');
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(`${house.url}/facts`);
    await expect(rows(page).first()).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await rows(page).first().getByRole('link').first().click();
    const panel = page.getByRole('complementary', { name: 'The fact' });
    await expect(panel).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('v');
    await expect(panel.getByRole('form', { name: 'Your verdict' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await faults(page)).toEqual([]);
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBe(width);
    }
    // The list under the panel does not take the keyboard.
    await panel.getByRole('button', { name: 'Close' }).click();
    await expect(panel).toBeHidden();
    await rows(page).first().getByRole('button').click();
    await expect(panel).toBeVisible();
    await settled(page);
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('main') === null)).toBe(
        true,
      );
    }
    await page.keyboard.press('Escape');
    await expect(rows(page).first().getByRole('button')).toBeFocused();
    await page.close();
  });
