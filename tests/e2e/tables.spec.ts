/** An article with tables and figures: previewed, imported, read at two widths, edited in a cell, exported. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, enter } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const html = `<!doctype html><html lang="en"><title>x</title><article><h1>Water for the valley</h1><p class="byline">By Ines Roth</p>
<p>The canal was dug in three stages, and each of them cost more than the one before.</p>
<table><caption>What the canal cost</caption><tr><th>Stage</th><th colspan="2">Cost, in millions</th></tr>
<tr><td rowspan="2">Upper valley</td><td>$<del>12</del><ins>14</ins> planned</td><td>$19 paid, of which four were for the bridge at the mill that nobody had thought of</td></tr>
<tr><td>$2</td><td>late</td></tr><tr><td>Lower valley</td><td>$7</td><td>$7</td></tr></table>
<p>Nobody on the board would say who signed for the difference.</p>
<figure><img src="https://pictures.example.org/canal/map.png" alt="A map of the canal"><figcaption>The canal in 2019. Drawing: the county.</figcaption></figure>
<p>A wide table follows.</p>
<table><tr><th>Year</th><th>Rain</th><th>Level</th><th>Fields</th><th>Complaints</th><th>Fines</th></tr>
<tr><td>2017</td><td>412 mm</td><td>3.2 m</td><td>1,204</td><td>31</td><td>$1,200</td></tr>
<tr><td>2018</td><td>388 mm</td><td>2.9 m</td><td>1,310</td><td>47</td><td>none were collected</td></tr></table>
<figure><img src="data:image/png;base64,AAAA" alt="Chart"></figure><p>End of the text.</p></article></html>`;

interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
  row: boolean;
  words: string;
}

/** Where the cells are, in the order of the text. */
const boxes = (page: Page): Promise<Box[]> =>
  article(page).evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>(':scope > [data-cell]')].map((one) => {
      const { top, bottom, left, right } = one.getBoundingClientRect();
      const row = one.dataset['cell'] !== 'next';
      return { top, bottom, left, right, row, words: one.textContent ?? '' };
    }),
  );

test('[TB6] tables and figures are previewed, imported and read at two widths', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));

  await test.step('the preview counts them and shows them', async () => {
    await page.getByRole('link', { name: 'Import…' }).click();
    const buffer = Buffer.from(html);
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'canal.html', mimeType: 'text/html', buffer }]);
    const card = page.getByRole('region', { name: 'canal.html' });
    await expect(card).toContainText('2 figures · 2 tables');
    await expect(card.getByRole('table').first().getByRole('row')).toHaveCount(4);
    await expect(card.getByRole('columnheader')).toHaveCount(8);
    await expect(card).toContainText('at pictures.example.org');
    await card.getByText('Changed or left out').click();
    await expect(card).toContainText('is no PNG, JPEG, GIF or WebP file');
    await card.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(article(page)).toContainText('End of the text.');
  });

  await test.step('wide: the cells of a row stand side by side, and no row overlaps another', async () => {
    await still(page);
    const all = await boxes(page);
    expect(all).toHaveLength(11 + 18);
    let bottom = 0;
    let top = 0;
    let right = 0;
    for (const box of all) {
      if (box.row) {
        expect(box.top).toBeGreaterThanOrEqual(bottom - 0.5);
        top = box.top;
      } else {
        expect(Math.abs(box.top - top), box.words).toBeLessThan(0.5);
        expect(box.left).toBeGreaterThanOrEqual(right - 0.5);
      }
      right = box.right;
      bottom = Math.max(bottom, box.bottom);
    }
    await expect(page.getByRole('group', { name: 'Row 3, column 2' }).first()).toHaveText('$2');
  });

  await test.step('a figure names its picture, and nothing is loaded from there', async () => {
    const link = page.getByRole('link', {
      name: 'Open picture at pictures.example.org in a new tab',
    });
    await expect(link).toHaveAttribute('href', 'https://pictures.example.org/canal/map.png');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(page.locator('.picture').last()).toContainText('Chartnot in the file');
    expect(asked.filter((url) => !url.startsWith(house.url))).toEqual([]);
  });

  await test.step('words in a cell are suggested, and Tab goes on to the next', async () => {
    const late = article(page).getByText('late', { exact: true });
    await late.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' again');
    await expect(article(page).locator('ins', { hasText: 'again' })).toHaveText(' again');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Lower end');
    await expect(article(page).locator('del', { hasText: 'Lower valley' })).toBeVisible();
    await expect(article(page).locator('ins', { hasText: 'Lower end' })).toBeVisible();
  });

  await test.step('nothing is wrong for assistive technology, in both themes', async () => {
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
      await still(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => `${one.id} ${one.nodes[0]?.html}`)).toEqual([]);
    }
  });

  await test.step('on a phone a table of six columns is a list of its rows', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await still(page);
    const all = await boxes(page);
    for (const box of all) expect(box.right, box.words).toBeLessThanOrEqual(390);
    const wide = all.slice(-6);
    const [head, ...values] = wide;
    expect((head?.right ?? 0) - (head?.left ?? 0)).toBeGreaterThan(300);
    for (const box of values) {
      expect(box.right - box.left, box.words).toBeGreaterThan(150);
      expect(box.top).toBeGreaterThanOrEqual((head?.bottom ?? 0) - 0.5);
    }
    const label = await article(page).evaluate((root) => {
      const cell = [...root.querySelectorAll('.of-wide-table')].at(-1);
      return cell ? getComputedStyle(cell, '::before').content : '';
    });
    expect(label).toContain('Fines');
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wider).toBe(false);
  });
});
