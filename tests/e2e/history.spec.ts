/** History in the browser: two people work, one names a version, compares, and goes back; with keys, in the dark, on a phone. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, bubble, cards, enter, reading, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const text = [
  'A headline of its own',
  '',
  'It is a safe heaven for all who come, and it was one for a long time before that.',
  '',
  'A second paragraph says that they already received $550 million from the fund last year.',
  '',
  'A third paragraph is here so that something can stay as it is while others change.',
  '',
  'A fourth paragraph does the same, and says so in a few more words than are needed.',
  '',
].join('\n');

/** A new article of this text, open on both pages. */
async function newArticle(first: Page, ...others: Page[]): Promise<void> {
  const answer = await first.request.post(`${house.url}/api/articles?name=history.txt`, {
    data: text,
    headers: { 'content-type': 'text/plain', origin: house.url },
  });
  const { id } = (await answer.json()) as { id: string };
  for (const page of [first, ...others]) {
    await page.goto(`${house.url}/a/${id}`);
    await expect(article(page)).toBeVisible();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  }
}

async function suggestFor(page: Page, words: string, other: string): Promise<void> {
  await select(page, words);
  await bubble(page, 'Suggest');
  await page.getByRole('textbox', { name: 'Replace with' }).fill(other);
  await cards(page).getByRole('button', { name: 'Suggest', exact: true }).click();
  await expect(article(page).locator('ins', { hasText: other })).toBeVisible();
}

async function openHistory(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the text' }).click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  await expect(page.getByRole('heading', { name: /^History/ })).toBeVisible();
}

const changes = (page: Page) => page.getByRole('main', { name: 'What changed' });
const list = (page: Page) => page.getByRole('navigation', { name: 'Sittings and versions' });

async function faults(page: Page): Promise<string[]> {
  await still(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('[HI12] sittings are listed, a version is named, two are compared with the keyboard, and one is restored', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const ines = await enter(browser, house, 'Ines Moreau');
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(ines, tom);
  await suggestFor(ines, 'heaven', 'haven');
  await expect(article(tom).locator('ins', { hasText: 'haven' })).toBeVisible();
  await cards(tom).getByText('haven', { exact: true }).first().click();
  await cards(tom)
    .getByRole('button', { name: /Accept/ })
    .first()
    .click();
  await expect(article(tom).locator('ins', { hasText: 'haven' })).toHaveCount(0);
  await expect.poll(() => reading(tom)).toContain('safe haven');

  await openHistory(tom);
  await test.step('both sittings are there, with what they held', async () => {
    await expect(list(tom).getByRole('button', { name: /Tom Whelan.*1 accepted/ })).toBeVisible();
    await expect(
      list(tom).getByRole('button', { name: /Ines Moreau.*1 suggestion/ }),
    ).toBeVisible();
    await expect(changes(tom).locator('del')).toContainText('heaven');
    await expect(changes(tom).locator('ins')).toContainText('haven');
    await expect(
      changes(tom).getByText(/1 paragraph changed, 1 word in, 1 word out by Tom/),
    ).toBeVisible();
  });

  await test.step('a version gets a name', async () => {
    await changes(tom)
      .getByRole('button', { name: /^Name v/ })
      .click();
    await tom.getByRole('textbox', { name: 'Name' }).fill('Copy-edited');
    await tom.keyboard.press('Enter');
    await expect(tom.getByText(/is now named Copy-edited\./)).toBeVisible();
    await expect(list(tom).getByRole('button', { name: /Copy-edited/ })).toBeVisible();
    await changes(tom).getByRole('button', { name: 'Rename “Copy-edited”…' }).click();
    const dialog = tom.getByRole('dialog', { name: 'Rename “Copy-edited”' });
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await tom.keyboard.type('Ready for checking');
    await tom.keyboard.press('Enter');
    await expect(list(tom).getByRole('button', { name: /Ready for checking/ })).toBeVisible();
    await expect(list(tom).getByRole('button', { name: /Copy-edited/ })).toBeHidden();
  });

  await test.step('with what was filed, in two columns, change by change', async () => {
    await changes(tom).getByRole('combobox', { name: 'Compare' }).selectOption('0');
    await expect(tom).toHaveURL(/history\/0\.\.\d+/);
    await changes(tom).getByRole('radio', { name: 'Split' }).press('Enter');
    await expect(changes(tom).getByRole('columnheader', { name: 'v0' })).toBeVisible();
    await tom.keyboard.press('F8');
    await expect(changes(tom).locator('tr:focus')).toContainText('heaven');
    await expect(changes(tom).getByText(/Change 1 of 1/)).toBeVisible();
    const fold = changes(tom)
      .getByRole('button', { name: /paragraphs unchanged/ })
      .first();
    await fold.press('Enter');
    await expect(fold).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('restoring asks first, and everybody sees what came back', async () => {
    await changes(tom).getByRole('button', { name: 'Restore v0…' }).click();
    const question = tom.getByRole('alertdialog', { name: 'Restore v0?' });
    await tom.keyboard.press('Escape');
    await expect(question).toBeHidden();
    expect(await reading(ines)).toContain('safe haven');
    await changes(tom).getByRole('button', { name: 'Restore v0…' }).click();
    await question.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(tom.getByText(/^v0 is restored, as v\d+\.$/)).toBeVisible();
    await expect(list(tom).getByRole('button', { name: /back to v0/ })).toBeVisible();
    await expect.poll(() => reading(ines)).toContain('safe heaven');
  });

  await test.step('a copy editor reads and names, but is not offered to restore', async () => {
    await openHistory(ines);
    await expect(changes(ines).getByRole('button', { name: /^Name v/ })).toBeVisible();
    await expect(changes(ines).getByRole('button', { name: /^Restore/ })).toHaveCount(0);
  });
});

test('[HI13] the page has no fault of accessibility in light and dark, and fits 390 pixels', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom);
  await suggestFor(tom, 'fund', 'bank');
  await openHistory(tom);
  await expect(tom.getByText(/Without pending suggestions/)).toBeVisible();
  await tom.getByRole('button', { name: 'Compare as edited' }).click();
  await expect(changes(tom).locator('ins')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await tom.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await faults(tom), colorScheme).toEqual([]);
    await changes(tom).getByRole('button', { name: 'Restore v0…' }).click();
    await expect(tom.getByRole('alertdialog')).toBeVisible();
    expect(await faults(tom), `${colorScheme}, the question`).toEqual([]);
    await tom.keyboard.press('Escape');
    await expect(tom.getByRole('alertdialog')).toBeHidden();
  }
  await tom.setViewportSize({ width: 390, height: 844 });
  await expect
    .poll(() => tom.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(390);
  expect(await faults(tom)).toEqual([]);
  await expect(changes(tom).getByRole('radio', { name: 'Split' })).toHaveCount(0);
});

test('[HI16] the other reading is there while a key is held, with bars beside what is pending', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom);
  await suggestFor(tom, 'heaven', 'haven');
  const sheet = tom.locator('.article-sheet');
  await article(tom).click({ position: { x: 40, y: 40 } });
  await tom.keyboard.down('Control');
  await tom.keyboard.down('Alt');
  await tom.keyboard.down('Digit0');
  await expect(sheet).toHaveAttribute('data-view', 'accepted');
  await expect(article(tom).locator('del').first()).toBeHidden();
  const changed = article(tom)
    .locator('p', { has: tom.locator('ins') })
    .first();
  await expect
    .poll(() => changed.evaluate((block) => getComputedStyle(block, '::after').width))
    .toBe('3px');
  await tom.keyboard.up('Digit0');
  await expect(sheet).toHaveAttribute('data-view', 'marked');
  await tom.keyboard.up('Alt');
  await tom.keyboard.up('Control');

  await tom.getByRole('button', { name: 'Show the text' }).focus();
  await tom.keyboard.down('`');
  await expect(sheet).toHaveAttribute('data-view', 'accepted');
  await tom.keyboard.up('`');
  await expect(sheet).toHaveAttribute('data-view', 'marked');
  expect(await reading(tom)).not.toContain('`');
});

test('[HI17] a view joins the paragraphs of a pending split or join, and opens no gap in place of hidden words', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom);
  const paragraph = (words: string) => article(tom).locator('p', { hasText: words });
  await tom.getByRole('radio', { name: 'Suggest' }).click();
  await paragraph('A third').click({ position: { x: 2, y: 10 } });
  await tom.keyboard.press('Home');
  await tom.keyboard.press('Backspace');
  await expect(paragraph('A third')).toHaveAttribute('data-sugg-kinds', 'del');
  await suggestFor(tom, 'heaven', 'haven');
  const show = async (view: string): Promise<void> => {
    await tom.getByRole('button', { name: 'Show the text' }).click();
    await tom.getByRole('menuitem', { name: view }).click();
  };
  await expect(paragraph('A third')).toHaveCSS('display', 'block');
  await show('As edited');
  await expect(paragraph('A third')).toHaveCSS('display', 'inline');
  await expect(paragraph('A second')).toHaveCSS('display', 'inline');
  await expect(paragraph('A fourth')).toHaveCSS('display', 'block');
  await show('As filed');
  await expect(paragraph('A third')).toHaveCSS('display', 'block');
  const struck = article(tom).locator('del', { hasText: 'heaven' });
  await expect(struck).toBeVisible();
  const gaps = await article(tom)
    .locator('.air-before, .air-after')
    .evaluateAll((all) =>
      all.map(
        (one) => getComputedStyle(one).marginInlineStart + getComputedStyle(one).marginInlineEnd,
      ),
    );
  expect(gaps.every((gap) => gap === '0px0px')).toBe(true);
});
