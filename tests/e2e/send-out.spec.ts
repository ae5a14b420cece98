/** Copies go out by audience: counted, previewed, held back while something is open, and told afterwards. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectClean } from '#tests/e2e/axe.ts';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, enter, openArticle } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true, content: true });
});
test.afterAll(() => house.close());

const loggerheads = /loggerheads/;
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Send out' });

async function openDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Send out', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Send out…' }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('radio', { name: /working copy/ })).toBeChecked();
  return dialog;
}

test('[SO12] a copy for the writer goes out by keyboard alone, counted and previewed, and everybody is told', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(tom, loggerheads);
  await tom.getByRole('button', { name: 'Send out', exact: true }).focus();
  await tom.keyboard.press('Enter');
  await expect(tom.getByRole('menuitem', { name: 'Send out…' })).toBeFocused();
  await tom.keyboard.press('Enter');
  const dialog = dialogOf(tom);
  await expect(dialog.getByText('Holds no notes and no names.')).toBeVisible();
  await expect(dialog.getByText('Nothing was sent out of this article yet.')).toBeVisible();
  const preview = dialog.frameLocator('iframe');
  await expect(preview.getByText(/^NOT CLEARED · version \d+ · \d+ open$/)).toBeVisible();
  await dialog.getByRole('radio', { name: /working copy/ }).focus();
  for (const _ of [1, 2]) await tom.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'The writer' })).toBeChecked();
  // A copy that may hold notes is marked unless another view is chosen.
  await tom.keyboard.press('Tab');
  await expect(dialog.getByRole('radio', { name: 'Marked' })).toBeChecked();
  await expect(dialog.getByRole('status')).toHaveText(
    /^Holds \d+ notes and \d+ facts; 1 desk-only note stays out\./,
  );
  await expect(preview.locator('ins').first()).toBeVisible();
  await tom.keyboard.press('Tab');
  for (const _ of [1, 2, 3]) await tom.keyboard.press('ArrowRight');
  await tom.keyboard.press('Enter');
  const coming = tom.waitForEvent('download');
  for (const _ of [1, 2, 3]) {
    await tom.keyboard.press('Tab');
    if (await dialog.getByRole('button', { name: /^Send out/ }).evaluate(isFocused)) break;
  }
  await tom.keyboard.press('Enter');
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/\(for the writer\)\.txt$/);
  const words = await readFile(await file.path(), 'utf8');
  expect(words).toMatch(/^NOT CLEARED/);
  expect(words).not.toContain('Very close to a sentence of the wire report');
  await expect(dialog).toBeHidden();
  await expect(tom.getByText(/^Sent out: .*\(for the writer\)\.txt/).first()).toBeVisible();
  await expect(tom.getByRole('button', { name: 'Send out', exact: true })).toBeFocused();
  // Somebody else finds it told, in the command palette's dialog too.
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(ines, loggerheads);
  await article(ines).press('ControlOrMeta+k');
  await ines.getByRole('combobox').fill('Send out');
  await ines.keyboard.press('Enter');
  await expect(dialogOf(ines)).toContainText(
    /Sent to the writer by Tom Whelan, \d\d:\d\d, version \d+/,
  );
});

const isFocused = (element: Element): boolean => element === document.activeElement;

test('[SO12] what holds a release back is listed and leads to its note; when it is gone the copy goes out', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(tom, loggerheads);
  const dialog = await openDialog(tom);
  await dialog.getByRole('radio', { name: /release copy/ }).check();
  await expect(dialog.getByRole('heading', { name: /\d+ things hold/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Send out/ })).toBeDisabled();
  await expect(dialog.getByText('The article is with the writer.')).toBeVisible();
  await expect(dialog.frameLocator('iframe').getByText(/^NOT CLEARED/)).toBeVisible();
  await dialog.getByRole('link', { name: /already received \$550 million.*queried/ }).click();
  await expect(dialog).toBeHidden();
  await expect(tom.locator('[data-focused]').first()).toContainText('Do the parts make $900m?');
  // An article without anything open.
  const made = await tom.request.post(`${house.url}/api/articles?name=clear.txt`, {
    data: 'A clear one\n\nNothing in this article is open, and nothing was asked of anybody.\n',
    headers: { origin: house.url, 'content-type': 'text/plain' },
  });
  const { id } = (await made.json()) as { id: string };
  await tom.goto(`${house.url}/a/${id}`);
  await expect(article(tom)).toBeVisible();
  const free = await openDialog(tom);
  await free.getByRole('radio', { name: /release copy/ }).check();
  await expect(free.getByText('Nothing is open.')).toBeVisible();
  const coming = tom.waitForEvent('download');
  await free.getByRole('button', { name: 'Send out Word file' }).click();
  expect((await coming).suggestedFilename()).toBe('A clear one (release, version 0).docx');
});

for (const theme of ['light', 'dark'] as const)
  test(`[SO13] the dialog has no fault and fits a wide page and a phone, ${theme}`, async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    await tom.emulateMedia({ colorScheme: theme });
    await openArticle(tom, loggerheads);
    const dialog = await openDialog(tom);
    await expect(dialog.locator('iframe')).toBeVisible();
    await expectClean(tom, 'working copy');
    await dialog.getByRole('radio', { name: /release copy/ }).check();
    await expect(dialog.getByRole('heading', { name: /\d+ things hold/ })).toBeVisible();
    await expectClean(tom, 'held back');
    await tom.setViewportSize({ width: 390, height: 844 });
    await expect(dialog.locator('iframe')).toBeHidden();
    await expectClean(tom, 'on a phone');
    await dialog.getByRole('radio', { name: 'The file' }).check();
    await expect(dialog.getByRole('status')).toContainText('Holds');
    await still(tom);
    const box = await dialog.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(390);
    const isCut = await dialog.evaluate(({ parentElement: box }) => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth || (box && box.scrollWidth > box.clientWidth);
    });
    expect(isCut).toBe(false);
  });
