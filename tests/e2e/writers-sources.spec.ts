/** Notes of a file as the writer's sources: chosen, looked at note by note, and found again as facts in the article. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, enter } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const text = `# The canal and its keepers

By Ada Lim

The canal has {==thirty-seven locks==}{>>@Ben Ito 2026-11-19T09:00Z: Smith, The Canal (2010), p. 12<<}. It opened in 1904[^a], and it cost two million dollars.[^b] Ships came.[^c]

It has not been dredged since.

[^a]: Jones, History, https://a.example/history, pp. 3–5 (archived at https://web.archive.org/web/2020/https://a.example/history).
[^b]: Ibid., p. 9; Ledger of the canal company, 1905, p. 2
[^c]: Interview with Ann Lee, 12:34.
`;
const card = (page: Page): Locator => page.getByRole('region', { name: 'canal.md', exact: true });

test('[WS8] each note is shown with what it becomes, can be left a note, and is found as a fact', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.goto(`${house.url}/import`);
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'canal.md', mimeType: 'text/markdown', buffer: Buffer.from(text) }]);
  const choice = card(page).getByRole('checkbox', { name: 'These notes are the writer’s sources' });
  await choice.focus();
  await page.keyboard.press('Space');
  await expect(card(page)).toContainText('4 of 4 become facts');
  const notes = card(page).getByRole('group', { name: 'What becomes of each note' });
  await expect(notes).toContainText('Jones, History');
  await expect(notes).toContainText('The source before · p. 9');
  await expect(notes).toContainText('Recording · 12:34');
  await notes.getByRole('checkbox', { name: 'A fact: “Ships came”' }).uncheck();
  await expect(card(page)).toContainText('3 of 4 become facts');
  await card(page).getByLabel('Footnotes that become facts').selectOption('Leave the text');
  await expect(card(page)).toContainText('1 footnote · 3 facts');
  const look = async (name: string): Promise<void> => {
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png`, fullPage: true });
  };
  await still(page);
  await look('light');
  const light = await new AxeBuilder({ page }).analyze();
  expect(light.violations.map((one) => one.id)).toEqual([]);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await still(page);
  await look('dark');
  const dark = await new AxeBuilder({ page }).analyze();
  expect(dark.violations.map((one) => one.id)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await look('phone');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });
  await card(page).getByRole('button', { name: 'Import', exact: true }).click();
  await expect(article(page)).toContainText('It opened in 1904, and');
  await expect(article(page).locator('[data-footnote]')).toHaveCount(1);
  await look('article');
});
