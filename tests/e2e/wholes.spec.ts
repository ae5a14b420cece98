/** Figures, rows and tables suggested as wholes: put in and taken out, told on cards, seen in the views, decided. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectClean } from '#tests/e2e/axe.ts';
import { House } from '#tests/e2e/house.ts';
import { saved } from '#tests/e2e/kept.ts';
import { mode, show } from '#tests/e2e/input-page.ts';
import { settled } from '#tests/e2e/still.ts';
import { article, cards, enter } from '#tests/e2e/words.ts';
import { png } from '#tests/formats/assets/pictures.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const picture = (red: number): string =>
  `data:image/png;base64,${png(480, 200, [red, 120, 140]).toString('base64')}`;

const html = `<!doctype html><html lang="en"><title>x</title><article><h1>Water for the valley</h1>
<p>The canal was dug in three stages, and each of them cost more than the one before.</p>
<table><tr><th>Stage</th><th>Planned</th><th>Paid</th></tr>
<tr><td>Upper valley</td><td>$12</td><td>$19, of which four were for the bridge at the mill that nobody had thought of</td></tr>
<tr><td>Middle valley</td><td>$8</td><td>$9</td></tr>
<tr><td>Lower valley</td><td>$7</td><td>$7</td></tr></table>
<p>Nobody on the board would say who signed for the difference.</p>
<figure><img src="${picture(60)}" alt="A canal"><figcaption>The canal in 2019.</figcaption></figure>
<p>The last paragraph stays as it is.</p></article></html>`;

async function open(page: Page): Promise<void> {
  const done = await page.request.post(`${house.url}/api/articles?name=a.html`, {
    data: Buffer.from(html),
    headers: { Origin: house.url, 'Content-Type': 'text/html' },
  });
  const { id } = (await done.json()) as { id: string };
  await page.goto(`${house.url}/a/${id}`);
  await expect(article(page)).toContainText('The last paragraph');
}

const card = (page: Page, words: string): Locator =>
  cards(page).getByRole('article').filter({ hasText: words });
const dialog = (page: Page): Locator => page.getByRole('dialog');

async function caretIn(page: Page, words: string): Promise<void> {
  await article(page).getByText(words).first().click();
  await page.keyboard.press('End');
}

async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Style of the text' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** A command gives the keyboard back to the text, some frames after its dialog or menu has gone. */
async function inText(page: Page): Promise<void> {
  await settled(page);
  await expect(article(page)).toBeFocused();
}

async function fromPalette(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill(name);
  await expect(page.getByRole('option', { name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
}

/** The blocks that are seen, a row of a table on one line, a picture as `(caption)`. */
const seen = (page: Page): Promise<string[]> =>
  article(page).evaluate((root) => {
    const lines: string[] = [];
    const isSeen = (one: Element): boolean => getComputedStyle(one).display !== 'none';
    for (const block of root.children) {
      if (!isSeen(block) || block.matches('[aria-hidden]')) continue;
      const words: string[] = [];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const within = node.parentElement?.closest('ins, del, button, [aria-hidden]');
        if (!within || (isSeen(within) && within.matches('ins, del')))
          words.push(node.textContent ?? '');
      }
      const text = words.join('').trim();
      if (block.localName === 'figure') lines.push(`(${text})`);
      else if (block.classList.contains('cell') && !block.classList.contains('row-start'))
        lines.push(`${lines.pop() ?? ''} | ${text}`);
      else lines.push(text);
    }
    return lines;
  });

const filed = [
  'Water for the valley',
  'The canal was dug in three stages, and each of them cost more than the one before.',
  'Stage | Planned | Paid',
  'Upper valley | $12 | $19, of which four were for the bridge at the mill that nobody had thought of',
  'Middle valley | $8 | $9',
  'Lower valley | $7 | $7',
  'Nobody on the board would say who signed for the difference.',
  '(The canal in 2019.)',
  'The last paragraph stays as it is.',
];
const table = 'Add a table: Who | What';
const row = 'Add a row: Delta';
const top = 'Add a row: All stages';
const struck = 'Delete the row: Middle valley | $8 | $9';
const gone = 'Delete the picture: The canal in 2019.';
const ship = 'Add a picture: The board';
const accept = /^Accept/;
const stet = /^(Stet|Withdraw)/;

test('[TB10] a table, rows and pictures are suggested by the menu and the palette, told on cards and decided', async ({
  browser,
}) => {
  test.setTimeout(360_000);
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  await mode(tom, 'Suggest');

  await test.step('a table is put in, and its words belong to it', async () => {
    await caretIn(tom, 'Nobody on the board');
    await fromMenu(tom, 'Insert table…');
    await dialog(tom).getByRole('spinbutton', { name: 'Rows' }).fill('2');
    await dialog(tom).getByRole('spinbutton', { name: 'Columns' }).fill('2');
    await dialog(tom).getByRole('button', { name: 'Insert the table' }).click();
    await expect(article(tom).locator('.row-ins')).toHaveCount(4);
    await inText(tom);
    await tom.keyboard.type('Who');
    await tom.keyboard.press('Tab');
    await tom.keyboard.type('What');
    await expect(card(tom, table)).toBeVisible();
  });

  await test.step('rows come and go', async () => {
    await caretIn(tom, 'Lower valley');
    await fromMenu(tom, 'Row below');
    await expect(article(tom).locator('.row-ins')).toHaveCount(7);
    await inText(tom);
    await tom.keyboard.type('Delta');
    await expect(card(tom, row)).toBeVisible();
    await caretIn(tom, 'Middle valley');
    await fromPalette(tom, 'Delete the row');
    await expect(article(tom).locator('.row-del')).toHaveCount(3);
    await expect(card(tom, struck)).toBeVisible();
    await caretIn(tom, 'Planned');
    await fromPalette(tom, 'Row above');
    await expect(article(tom).locator('.row-ins')).toHaveCount(10);
    await inText(tom);
    await tom.keyboard.type('All stages');
    await expect(card(tom, top)).toBeVisible();
  });

  await test.step('pictures come and go', async () => {
    await caretIn(tom, 'The canal in 2019.');
    await fromMenu(tom, 'Delete the picture');
    await expect(card(tom, gone)).toBeVisible();
    await caretIn(tom, 'The last paragraph');
    await fromMenu(tom, 'Insert picture…');
    const file = {
      name: 'board.png',
      mimeType: 'image/png',
      buffer: png(400, 180, [150, 110, 70]),
    };
    await dialog(tom).locator('input[type=file]').setInputFiles(file);
    await dialog(tom).getByLabel('Caption').fill('The board');
    await dialog(tom).getByRole('button', { name: 'Insert the picture' }).click();
    await expect(card(tom, ship)).toBeVisible();
    await expect(cards(tom).getByRole('article')).toHaveCount(6);
    await saved(tom);
  });

  await test.step('as filed and as edited show the rows and pictures there are', async () => {
    await show(tom, 'As filed');
    await expect.poll(() => seen(tom)).toEqual(filed);
    await show(tom, 'As edited');
    const edited = [
      ...filed.slice(0, 2),
      'All stages |  | ',
      ...filed.slice(2, 4),
      filed[5],
      'Delta |  | ',
      filed[6],
      'Who | What',
      ' | ',
      filed[8],
      '(The board)',
      '',
    ];
    await expect.poll(() => seen(tom)).toEqual(edited);
    await show(tom, 'Marked');
    await expect(tom.getByRole('menu')).toHaveCount(0);
    await expectClean(tom, 'wholes suggested');
  });

  const sana = await enter(browser, house, 'Sana Rafiq');
  await sana.goto(tom.url());
  await test.step('accepting and keeping as is both do what they say, for everybody', async () => {
    for (const [words, button] of [
      [struck, accept],
      [row, stet],
      [top, accept],
      [table, stet],
      [gone, accept],
      [ship, accept],
    ] as const) {
      await card(tom, words).click();
      await card(tom, words).getByRole('button', { name: button }).first().click();
      await expect(card(tom, words)).toHaveCount(0);
    }
    const after = [
      ...filed.slice(0, 2),
      'All stages |  | ',
      ...filed.slice(2, 4),
      ...filed.slice(5, 7),
      filed[8],
      '(The board)',
      '',
    ];
    await expect.poll(() => seen(sana)).toEqual(after);
    await expect(article(tom).locator('.row-ins, .row-del, ins, del')).toHaveCount(0);
  });
  await sana.close();
  await tom.close();
});
