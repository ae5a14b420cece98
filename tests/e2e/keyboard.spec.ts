/** A whole review without a mouse. After signing in, nothing here clicks. */
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { settled } from '#tests/e2e/still.ts';
import { article, cards, enter, openArticle, reading } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

/** Goes to the words by the search, then selects them from there with Shift and arrows. */
async function selectByKeys(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+f');
  const field = page.getByRole('textbox', { name: 'Find in the text' });
  await expect(field).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole('search').getByText('1 of 1')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(article(page)).toBeFocused();
  // Leaving the search leaves its place selected.
  await expect
    .poll(() => page.evaluate(() => String(getSelection()).replace(/\s+/g, ' ')))
    .toBe(words);
}

const focused = (page: Page) => cards(page).locator('[data-card][data-focused]');
const own = (page: Page) => page.locator('[data-region="own"]');

test('[UI85] a whole review is done with the keyboard alone', async ({ browser }) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, /loggerheads/);

  await test.step('F6 goes round bar, rail, text and annotations', async () => {
    const inside = (selector: string) =>
      page.evaluate((part) => !!document.activeElement?.closest(part), selector);
    await page.keyboard.press('F6');
    for (const part of ['header[data-bar]', '[data-rail]', '.ProseMirror', '#annotations']) {
      await expect.poll(() => inside(part), part).toBe(true);
      await page.keyboard.press('F6');
    }
    await expect.poll(() => inside('header[data-bar]')).toBe(true);
    await page.keyboard.press('Shift+F6');
    await expect.poll(() => inside('#annotations')).toBe(true);
  });

  await test.step('comment', async () => {
    await selectByKeys(page, 'vexed');
    await page.keyboard.press('Control+Alt+m');
    await expect(page.getByRole('textbox', { name: 'Write a comment' })).toBeFocused();
    await page.keyboard.type('Too strong?');
    await page.keyboard.press('Control+Enter');
    await expect(focused(page).getByText('Too strong?')).toBeVisible();
    await expect(focused(page)).toBeFocused();
  });

  await test.step('reply, and back to the card', async () => {
    await page.keyboard.press('r');
    await expect(focused(page).getByRole('textbox', { name: /Reply/ })).toBeFocused();
    await page.keyboard.type('I would keep it.');
    await page.keyboard.press('Control+Enter');
    await expect(focused(page).getByText('I would keep it.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(focused(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(article(page)).toBeFocused();
  });

  await test.step('suggest', async () => {
    await selectByKeys(page, 'drone strikes');
    await page.keyboard.press('Control+Alt+g');
    await expect(page.getByRole('textbox', { name: 'Replace with' })).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('air strikes');
    await page.keyboard.press('Control+Enter');
    await expect(article(page).locator('ins', { hasText: 'air strikes' })).toBeVisible();
  });

  await test.step('accept with a key, hear it, and undo', async () => {
    await expect(focused(page)).toBeFocused();
    // A key decides only what has been on the screen for a moment.
    await settled(page, 400);
    await page.keyboard.press('a');
    await expect.poll(() => reading(page)).not.toContain('drone strikes');
    await expect(own(page)).toContainText('Accepted');
    await page.keyboard.press('F6');
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).focus();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(article(page).locator('ins', { hasText: 'air strikes' })).toBeVisible();
  });

  await test.step('mark a fact', async () => {
    await selectByKeys(page, 'neighbouring Afghanistan');
    await page.keyboard.press('Control+Alt+k');
    await expect(page.getByRole('textbox', { name: 'What needs checking?' })).toBeFocused();
    await page.keyboard.type('From which side?');
    await page.keyboard.press('Control+Enter');
    await expect(focused(page).getByText('From which side?')).toBeVisible();
  });

  await test.step('step through what is open; each is said with its place', async () => {
    const before = await focused(page).getAttribute('data-card');
    await page.keyboard.press('j');
    await expect(own(page)).toContainText(/\d+ of \d+\./);
    await expect.poll(() => focused(page).getAttribute('data-card')).not.toBe(before);
    await expect(focused(page)).toBeFocused();
    await page.keyboard.press('k');
    await expect.poll(() => focused(page).getAttribute('data-card')).toBe(before);
    const outline = await focused(page).evaluate((card) => getComputedStyle(card).outlineStyle);
    expect(outline, 'the focus is seen').not.toBe('none');
  });

  await test.step('the palette goes to an annotation by its words', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Go to or do' });
    await expect(palette.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('too strong');
    await expect(palette.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(focused(page).getByText('Too strong?')).toBeVisible();
    await expect(focused(page)).toBeFocused();
  });
});
