/** Several articles at once: selected in the library, sent in one zip, and a zip brought in. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expectClean } from '#tests/e2e/axe.ts';
import { House } from '#tests/e2e/house.ts';
import { article, enter } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true, content: true });
});
test.afterAll(() => house.close());

async function addFree(page: Page): Promise<void> {
  const made = await page.request.post(`${house.url}/api/articles?name=clear.txt`, {
    data: 'A clear one\n\nNothing in this article is open, and nothing was asked of anybody.\n',
    headers: { origin: house.url, 'content-type': 'text/plain' },
  });
  expect(made.status()).toBe(201);
  await page.reload();
}

test('[MZ7] articles are selected, sent out for release by keyboard, and what is held back leads to its notes', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await addFree(tom);
  await tom.getByRole('checkbox', { name: 'Select A clear one' }).focus();
  await tom.keyboard.press('Space');
  await tom.getByRole('checkbox', { name: /^Select USA and Pakistan/ }).focus();
  await tom.keyboard.press('Space');
  const bar = tom.getByRole('region', { name: 'Selected articles' });
  await expect(bar).toContainText('2 articles selected');
  await expectClean(tom, 'selected');
  await bar.getByRole('button', { name: 'Send out…' }).focus();
  await tom.keyboard.press('Enter');
  const dialog = tom.getByRole('dialog', { name: 'Send out 2 articles' });
  await dialog.getByRole('radio', { name: /working copy/ }).focus();
  await tom.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /release copy/ })).toBeChecked();
  await expectClean(tom, 'dialog');
  await dialog.getByRole('button', { name: 'Make the zip file' }).focus();
  await tom.keyboard.press('Enter');
  await expect(tom).toHaveURL(/\/send-out\/[\w-]+$/);
  await expect(tom.getByRole('status')).toHaveText(
    'The zip file is ready. 1 article was held back.',
  );
  await expectClean(tom, 'ready');
  await tom.emulateMedia({ colorScheme: 'dark' });
  await expectClean(tom, 'ready, dark');
  // The page comes back as it was.
  await tom.reload();
  const coming = tom.waitForEvent('download');
  await tom.getByRole('link', { name: /^Download zip file/ }).focus();
  await tom.keyboard.press('Enter');
  const file = await coming;
  const zip = unzipSync(await readFile(await file.path()));
  expect(Object.keys(zip)).toEqual(['A clear one (release, version 0).docx', 'manifest.json']);
  const manifest = JSON.parse(strFromU8(zip['manifest.json'] ?? new Uint8Array())) as {
    held: { code: string }[];
  };
  expect(manifest.held).toMatchObject([{ code: 'GATE_CLOSED' }]);
  await tom.setViewportSize({ width: 390, height: 844 });
  await expectClean(tom, 'ready, on a phone');
  await tom
    .getByRole('link', { name: /is queried/ })
    .first()
    .click();
  await expect(article(tom)).toBeVisible();
});

test('[MZ7] the bar of the selection fits a phone, and nothing selected has none', async ({
  browser,
}) => {
  const ines = await enter(browser, house, 'Ines Moreau');
  await ines.setViewportSize({ width: 390, height: 844 });
  const boxes = ines.getByRole('checkbox', { name: /^Select (?!all)/ });
  await boxes.first().check();
  const bar = ines.getByRole('region', { name: 'Selected articles' });
  await expectClean(ines, 'selected on a phone');
  expect(await ines.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await bar.getByRole('button', { name: 'Select none' }).click();
  await expect(bar).toBeHidden();
});

test('[MZ8] a zip is opened into its files, each looked at, and those that stay out are told', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await tom.getByRole('link', { name: 'Import' }).click();
  const zip = zipSync({
    'one.txt': strToU8('The first of two\n\nA paragraph of the first one, long enough to read.\n'),
    'folder/two.md': strToU8('# The second of two\n\nA paragraph of the second one.\n'),
    'photo.png': strToU8('no article'),
  });
  await tom.locator('input[type=file]').setInputFiles({
    name: 'both.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zip),
  });
  const card = (name: string) => tom.getByRole('region', { name });
  await expect(card('photo.png')).toContainText('Files of this kind are no articles.');
  await expect(card('folder/two.md')).toContainText('The second of two');
  await expectClean(tom, 'opened zip');
  await tom.getByRole('button', { name: /^Import .*2/ }).click();
  await expect(card('one.txt')).toContainText('Imported');
  await expect(card('folder/two.md')).toContainText('Imported');
  await tom.goto(`${house.url}/`);
  for (const name of ['The first of two', 'The second of two'])
    await expect(tom.getByRole('link', { name })).toBeVisible();
});
