/** axe finds nothing, in any state of the main pages and in both themes. */
import { expect, test } from '@playwright/test';
import { expectClean } from '#tests/e2e/axe.ts';
import { find, Hand } from '#tests/e2e/hand.ts';
import { House } from '#tests/e2e/house.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
  await mark();
});
test.afterAll(() => house.close());

const loggerheads = /loggerheads/;

/** One annotation of every kind and state that needs no source. */
async function mark(): Promise<void> {
  const ines = await Hand.open(house.url, 'Ines Moreau', loggerheads);
  const sana = await Hand.open(house.url, 'Sana Rafiq', loggerheads);
  const place = (hand: Hand, words: string): { from: number; to: number } => {
    const found = find(hand.review.doc, words);
    if (!found) throw new Error(`The article does not say “${words}”.`);
    return found;
  };
  await ines.comment(place(ines, 'oust'), 'Which word do they use?');
  await ines.suggest(place(ines, 'heaven'), 'haven', 'Wrong word');
  await expect.poll(() => sana.review.rev).toBe(ines.review.rev);
  await sana.fact(place(sana, 'drone'), 'How many?');
  await sana.verdict(
    await sana.fact(place(sana, 'Waziristan'), 'North or South?'),
    'needs-context',
    'Both are named elsewhere.',
  );
  await sana.verdict(await sana.fact(place(sana, 'nadir'), 'Is it?'), 'wrong', 'It went lower.');
  ines.close();
  sana.close();
}

const themes = ['light', 'dark'] as const;

test('[UI83] axe finds a fault that is planted', async ({ page }) => {
  await page.goto(`${house.url}/sign-in`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<button></button>');
  });
  await expect(expectClean(page, 'planted')).rejects.toThrow('button-name');
});

for (const theme of themes) {
  test(`[UI83] axe finds nothing at the door and in the library, ${theme}`, async ({ browser }) => {
    const door = await (await browser.newContext({ colorScheme: theme })).newPage();
    await door.goto(`${house.url}/sign-in`);
    await expect(door.getByRole('button', { name: /Tom Whelan/ })).toBeVisible();
    await expectClean(door, 'sign-in');
    const page = await enter(browser, house, 'Tom Whelan');
    await page.emulateMedia({ colorScheme: theme });
    await expectClean(page, 'library');
  });

  test(`[UI83] axe finds nothing in the article, whatever is open, ${theme}`, async ({
    browser,
  }) => {
    test.setTimeout(300_000);
    const page = await enter(browser, house, 'Tom Whelan');
    await page.emulateMedia({ colorScheme: theme });
    await openArticle(page, loggerheads);
    await expectClean(page, 'resting');

    await select(page, 'launching strikes');
    await expectClean(page, 'bubble');
    await bubble(page, 'Mark a fact');
    await expectClean(page, 'draft of a fact');
    await page.getByRole('textbox', { name: 'What needs checking?' }).fill('How many?');
    await cards(page).getByRole('button', { name: 'Mark', exact: true }).click();
    await expect(cards(page).locator('[data-card][data-focused]')).toBeVisible();
    await expectClean(page, 'fact');
    await cards(page).getByRole('button', { name: 'Add a source' }).click();
    await expectClean(page, 'form of a source');
    await page.keyboard.press('Escape');

    await select(page, 'Pakistan’s inaction');
    await bubble(page, 'Suggest');
    await page.getByRole('textbox', { name: 'Replace with' }).fill('Islamabad’s inaction');
    await cards(page).getByRole('button', { name: 'Suggest', exact: true }).click();
    await expect(article(page).locator('ins', { hasText: 'Islamabad’s inaction' })).toBeVisible();
    await expectClean(page, 'suggestion');
    await cards(page).getByRole('button', { name: 'More', exact: true }).click();
    await expectClean(page, 'menu of a card');
    await page.keyboard.press('Escape');
    await cards(page).locator('[data-focused]').getByRole('button', { name: 'Stet' }).click();

    await select(page, 'vexed');
    await bubble(page, 'Comment');
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('Too strong?');
    await cards(page).getByRole('button', { name: 'Comment', exact: true }).click();
    await expectClean(page, 'comment');
    await page.getByRole('button', { name: 'Send out', exact: true }).click();
    await expectClean(page, 'menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Settled/ }).click();
    await expectClean(page, 'settled');
    await page.getByRole('button', { name: /^Everything/ }).click();
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await expectClean(page, 'dialog');
    // Its caret would stand in the words of the next test.
    await page.context().close();
  });

  test(`[UI83] axe finds nothing on a tablet and on a phone, ${theme}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const page = await enter(browser, house, 'Tom Whelan');
    await page.emulateMedia({ colorScheme: theme });
    await openArticle(page, loggerheads);
    for (const width of [1200, 820, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expectClean(page, `${width}, resting`);
      await page.getByRole('button', { name: 'Next annotation' }).click();
      await expect(cards(page).locator('[data-card][data-focused]')).toBeVisible();
      await expectClean(page, `${width}, focused`);
    }
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await expectClean(page, 'menu of a phone');
    await page.getByRole('menuitem', { name: 'Filters and sections' }).click();
    await expect(page.getByRole('dialog', { name: 'Filters and sections' })).toBeVisible();
    await expectClean(page, 'drawer');
  });
}

test('[UI84] with the system’s colours every kind of mark keeps a line of its own', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.emulateMedia({ forcedColors: 'active' });
  await openArticle(page, loggerheads);
  const look = (root: Element): (string | undefined)[] => {
    const of = (selector: string): string | undefined => {
      const found = root.querySelector(selector);
      if (!found) return undefined;
      const { textDecorationLine, textDecorationStyle } = getComputedStyle(found);
      return `${textDecorationLine} ${textDecorationStyle}`;
    };
    return ['.mark-comment', '.fact-open', '.fact-queried', '.fact-wrong', 'ins', 'del'].map(of);
  };
  await expect.poll(() => article(page).evaluate(look)).not.toContain(undefined);
  const lines = await article(page).evaluate(look);
  for (const line of lines) expect(line).not.toMatch(/^none/);
  expect(lines[0]).toBe('underline double');
  expect(new Set(lines).size).toBe(6);
});
