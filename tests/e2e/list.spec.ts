/** The annotations as a list in the browser: with the keyboard, by link, at every width, and for those who listen. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { settled, still } from '#tests/e2e/still.ts';
import { article, cards, enter, openArticle } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true, content: true });
});
test.afterAll(() => house.close());

const list = (page: Page): Locator => page.getByRole('main', { name: 'Annotations' });
const rows = (page: Page): Locator => list(page).getByRole('row');
const focusedCard = (page: Page): Locator => cards(page).locator('[data-card][data-focused]');

test('[LV6] the list is worked through with the keyboard: arrows and F8, Enter to the card, Escape back to the text', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, /loggerheads/);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('list of annotations');
  await expect(page.getByRole('option', { name: 'List of annotations' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toBeFocused();
  await expect(page).toHaveURL(/view=list/);
  const open = await rows(page).count();
  expect(open).toBeGreaterThan(10);
  await expect(list(page).getByRole('status')).toHaveText(`${open} annotations`);

  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('F8');
  await expect(rows(page).nth(2)).toBeFocused();
  await page.keyboard.press('Shift+F8');
  await page.keyboard.press('Shift+F8');
  await page.keyboard.press('Shift+F8');
  await expect(rows(page).last(), 'it goes round').toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toBeFocused();

  await test.step('no key decides here', async () => {
    const ins = await article(page).locator('ins').count();
    const heaven = rows(page).filter({ hasText: 'Replace “heaven” with “haven”' });
    await heaven.focus();
    await settled(page, 400);
    await page.keyboard.press('a');
    await page.keyboard.press('x');
    await settled(page, 300);
    await expect(heaven).toBeFocused();
    expect(await article(page).locator('ins').count()).toBe(ins);
  });
  await test.step('Enter opens the card at its words', async () => {
    await page.keyboard.press('Enter');
    await expect(list(page)).toBeHidden();
    await expect(focusedCard(page)).toBeFocused();
    await expect(focusedCard(page)).toContainText('haven');
    await expect(article(page).locator('del', { hasText: 'heaven' })).toBeInViewport();
    await expect(page).not.toHaveURL(/view=list/);
  });
  await test.step('the list comes back to it, and Escape leads to the words', async () => {
    await page.getByRole('button', { name: 'List of annotations' }).click();
    await expect(rows(page).filter({ hasText: 'Replace “heaven”' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(list(page)).toBeHidden();
    await expect(article(page)).toBeFocused();
  });
  await test.step('the steps of the bar walk through the list too', async () => {
    await page.getByRole('button', { name: 'List of annotations' }).click();
    await expect(rows(page).filter({ hasText: 'Replace “heaven”' })).toBeFocused();
    await page.getByRole('button', { name: 'Next annotation' }).click();
    await expect(rows(page).filter({ hasText: 'Replace “heaven”' })).not.toBeFocused();
    await expect(list(page).locator('[role=row]:focus')).toHaveCount(1);
  });
  await page.context().close();
});

test('[LV2] what is settled and what needs a place is reached from the list', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, /loggerheads/);
  await page.goto(`${page.url()}?view=list`);
  await expect(rows(page).first()).toBeFocused();
  await page
    .getByRole('button', { name: /^Settled/ })
    .first()
    .click();
  await expect(rows(page).first()).toContainText(/Resolved|Stet|Accepted/);
  await rows(page).filter({ hasText: 'Resolved' }).first().click();
  await expect(focusedCard(page)).toContainText('Resolved by');
  await expect(focusedCard(page)).toBeFocused();
  await page.goBack();
  await page.goto(`${page.url().split('?')[0]}?view=list`);
  await page
    .getByRole('button', { name: /^Needs a place/ })
    .first()
    .click();
  await rows(page).first().click();
  await expect(focusedCard(page)).toContainText('This text was deleted.');
  await page.context().close();
});

test('[LV9] what others do changes the list; the keyboard stays in it, at the next row', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(tom, /loggerheads/);
  await openArticle(ines, /loggerheads/);
  await tom.getByRole('button', { name: 'List of annotations' }).click();
  await expect(rows(tom).first()).toBeFocused();
  const before = await rows(tom).count();
  const gone = rows(tom).filter({ hasText: 'Delete “harden”' });
  await gone.focus();
  await article(ines).locator('del', { hasText: 'harden' }).first().click();
  await focusedCard(ines)
    .getByRole('button', { name: /^(Stet|Withdraw)/ })
    .first()
    .click();
  await expect(gone).toHaveCount(0);
  await expect(rows(tom)).toHaveCount(before - 1);
  await expect(list(tom).getByRole('status')).toHaveText(`${before - 1} annotations`);
  await expect(list(tom).locator('[role=row]:focus')).toHaveCount(1);
  await tom.keyboard.press('ArrowDown');
  await expect(list(tom).locator('[role=row]:focus')).toHaveCount(1);
  await tom.context().close();
  await ines.context().close();
});

test('[LV7] each row has a name that says all of it; the text behind is out of reach', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, /loggerheads/);
  await page.goto(`${page.url()}?view=list`);
  const row = page.getByRole('row', {
    name: /^Suggestion, Ines Moreau: Replace “heaven” with “haven”\. Pending\. In the text: The United States .*‘safe haven’/,
  });
  await expect(row).toBeVisible();
  await expect(
    page.getByRole('grid', { name: 'Annotations in the order of the text' }),
  ).toBeVisible();
  await article(page).evaluate((text: HTMLElement) => text.focus());
  await expect(article(page)).not.toBeFocused();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('F6');
    const where = await page.evaluate(() => !!document.activeElement?.closest('[inert]'));
    expect(where).toBe(false);
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours are measured once they have stopped fading; the dark theme is the same page in other colours.
    await still(page);
    const axe = new AxeBuilder({ page });
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.context().close();
});

test('[LV8] at every width each row is whole, nothing lies over anything, and nothing scrolls sideways', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, /loggerheads/);
  await page.goto(`${page.url()}?view=list`);
  for (const width of [1440, 1200, 1000, 720, 375, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(rows(page).first()).toBeVisible();
    await still(page);
    const faults = await list(page).evaluate((region) => {
      const found: string[] = [];
      if (region.scrollWidth > region.clientWidth) found.push('it scrolls sideways');
      for (const row of region.querySelectorAll('[role=row]')) {
        const frame = row.getBoundingClientRect();
        const parts = [...row.querySelectorAll('[role=gridcell] > *')].map((part) =>
          part.getBoundingClientRect(),
        );
        for (const [i, a] of parts.entries()) {
          if (a.left < frame.left || a.right > frame.right || a.bottom > frame.bottom)
            found.push('a part is outside');
          for (const b of parts.slice(i + 1))
            if (
              a.left < b.right - 1 &&
              b.left < a.right - 1 &&
              a.top < b.bottom - 1 &&
              b.top < a.bottom - 1
            )
              found.push(`parts overlap in “${row.textContent?.slice(0, 40)}”`);
        }
      }
      return [...new Set(found)];
    });
    expect(faults, `${width}`).toEqual([]);
  }
  await test.step('on a phone it opens from the menu and leads to the sheet', async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    await list(page).getByRole('button', { name: 'Back to the text' }).click();
    await expect(list(page)).toBeHidden();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'List of annotations' }).click();
    await list(page)
      .getByRole('button', { name: /^Comments/ })
      .click();
    await rows(page).first().click();
    await expect(page.getByRole('region', { name: 'Annotation', exact: true })).toBeVisible();
  });
  await page.context().close();
});
