/** Pictures in the text: put in by every way, shown where they stand, described, refused in words, and not taken without the server. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { keptHere, shellIsKept } from '#tests/e2e/kept.ts';
import { settled, still } from '#tests/e2e/still.ts';
import { article, enter } from '#tests/e2e/words.ts';
import { png } from '#tests/formats/assets/pictures.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const file = (name: string, buffer: Buffer, mimeType = 'image/png') => ({ name, mimeType, buffer });
const figures = (page: Page): Locator => article(page).locator('figure');
const dialog = (page: Page): Locator => page.getByRole('dialog');
/** No dialog is open any more, and the last has given the keyboard back to the text, which it does some frames later. */
async function closed(page: Page): Promise<void> {
  await expect(dialog(page)).toHaveCount(0);
  await settled(page);
  await expect(article(page)).toBeFocused();
}

async function open(page: Page, words: string): Promise<void> {
  const done = await page.request.post(`${house.url}/api/articles?name=a.txt`, {
    data: Buffer.from(words),
    headers: { Origin: house.url, 'Content-Type': 'text/plain' },
  });
  const { id } = (await done.json()) as { id: string };
  await page.goto(`${house.url}/a/${id}`);
  await expect(article(page)).toContainText('first paragraph');
}

const words =
  'A house by the water\n\nThe first paragraph says that it is here and has been.\n\nThe second one says no more than that, and it says it twice.\n';

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Style of the text' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function caretIn(page: Page, text: string): Promise<void> {
  await article(page).getByText(text).click();
  await page.keyboard.press('End');
}

test('[AS17] a picture is put in from the menu, described, and is there for the next reader', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await open(page, words);
  await page.getByRole('radio', { name: 'Edit' }).click();
  await caretIn(page, 'first paragraph');
  await choose(page, 'Insert picture…');
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles(file('lake.png', png(600, 300, [70, 120, 160])));
  await expect(dialog(page)).toContainText('The picture is here.');
  await expect(dialog(page)).toContainText('lake.png · 600 × 300');
  await still(page);
  const results = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(results.violations).toEqual([]);
  await dialog(page).getByLabel('What is seen on it').fill('A lake at noon');
  await dialog(page).getByLabel('Caption').fill('The lake. Photograph: the county.');
  await dialog(page).getByRole('button', { name: 'Insert the picture' }).click();
  const image = figures(page).getByRole('img', { name: 'A lake at noon' });
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(600);
  await expect(figures(page).locator('figcaption')).toHaveText('The lake. Photograph: the county.');
  await expect(article(page).locator(':scope > *')).toHaveText([
    /^A house/,
    /^The first/,
    /The lake\. Photograph/,
    /^The second/,
  ]);
  await figures(page).getByRole('button', { name: 'Description' }).click();
  await dialog(page).getByLabel('What is seen on it').fill('A lake in the evening');
  await dialog(page).getByRole('button', { name: 'Keep the description' }).click();
  await expect(figures(page).getByRole('img', { name: 'A lake in the evening' })).toBeVisible();
  await expect(page.getByText('Saved')).toBeVisible();

  const ines = await enter(browser, house, 'Ines Moreau');
  await ines.goto(page.url());
  await expect(figures(ines).getByRole('img', { name: 'A lake in the evening' })).toBeVisible();
  // Who does not edit may suggest other pictures, but no other description of this one.
  await expect(figures(ines).getByRole('button')).toHaveCount(0);
  await ines.getByRole('button', { name: 'Style of the text' }).click();
  await expect(ines.getByRole('menuitem', { name: 'Insert picture…' })).toBeEnabled();
  await ines.close();
  await page.close();
});

/** Gives files to the text as a paste or a drop would. */
const give = (page: Page, kind: 'paste' | 'drop', bytes: Buffer, at: string): Promise<void> =>
  article(page)
    .getByText(at)
    .evaluate(
      (element, { type, data }) => {
        const list = new DataTransfer();
        const raw = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
        list.items.add(new File([raw], 'pasted.png', { type: 'image/png' }));
        const { left, top } = element.getBoundingClientRect();
        const event =
          type === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: list, bubbles: true, cancelable: true })
            : new DragEvent('drop', {
                dataTransfer: list,
                bubbles: true,
                cancelable: true,
                clientX: left + 30,
                clientY: top + 10,
              });
        element.dispatchEvent(event);
      },
      { type: kind, data: bytes.toString('base64') },
    );

test('[AS17] a picture is pasted and dropped, and refused in words where it cannot be kept', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await open(page, words);
  await page.getByRole('radio', { name: 'Edit' }).click();
  await caretIn(page, 'first paragraph');
  await give(page, 'paste', png(80, 40), 'first paragraph');
  await expect(dialog(page)).toContainText('The picture is here.');
  await dialog(page).getByRole('button', { name: 'Insert the picture' }).click();
  await expect(figures(page)).toHaveCount(1);
  await expect(dialog(page)).toHaveCount(0);
  await give(page, 'drop', png(90, 40), 'second one');
  await expect(dialog(page)).toContainText('The picture is here.');
  await dialog(page).getByRole('button', { name: 'Insert the picture' }).click();
  await expect(figures(page)).toHaveCount(2);
  await expect(figures(page).getByRole('button', { name: 'Describe it' })).toHaveCount(2);
  await closed(page);

  await choose(page, 'Insert picture…');
  const input = dialog(page).locator('input[type=file]');
  await input.setInputFiles(file('lie.png', Buffer.from('<html><script>alert(1)</script>')));
  await expect(dialog(page).getByRole('alert')).toContainText(
    'none of them, whatever its name says',
  );
  await input.setInputFiles(file('huge.png', png(50_000, 50_000, [0, 0, 0], false)));
  await expect(dialog(page).getByRole('alert')).toContainText('more points than can be shown');
  await input.setInputFiles(file('a.png', Buffer.from('<svg xmlns="x"/>')));
  await expect(dialog(page).getByRole('alert')).toContainText('SVG drawings can hold scripts');
  await expect(dialog(page).getByRole('button', { name: 'Insert the picture' })).toBeDisabled();
  // Without the server none is taken, and that is said.
  await page.context().setOffline(true);
  await input.setInputFiles(file('good.png', png(20, 20)));
  await expect(dialog(page).getByRole('alert')).toContainText('Galley cannot be reached');
  await page.context().setOffline(false);
  await input.setInputFiles(file('good.png', png(20, 20)));
  await expect(dialog(page)).toContainText('The picture is here.');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await closed(page);
  await expect(figures(page)).toHaveCount(2);

  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill('insert table');
  await expect(page.getByRole('option', { name: 'Insert table' })).toBeVisible();
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('spinbutton', { name: 'Rows' }).fill('2');
  await dialog(page).getByRole('spinbutton', { name: 'Columns' }).fill('4');
  await dialog(page).getByRole('button', { name: 'Insert the table' }).click();
  await expect(article(page).locator('[data-cell]')).toHaveCount(8);
  await closed(page);
  await page.keyboard.type('Year');
  await expect(article(page).getByRole('group', { name: 'Row 1, column 1' })).toHaveText('Year');
  await page.close();
});

test('[AS15] a picture moves nothing when it comes, and its description stands in its place without it', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  const bytes = png(500, 250, [40, 90, 60]);
  const html = `<h1>A picture</h1><p>The first paragraph says that it is here.</p><figure><img alt="A green field" src="data:image/png;base64,${bytes.toString('base64')}"><figcaption>A field</figcaption></figure><figure><img alt="Far away" src="https://pictures.example.org/a.png"></figure><p>The last one.</p>`;
  const done = await page.request.post(`${house.url}/api/articles?name=a.html`, {
    data: Buffer.from(html),
    headers: { Origin: house.url, 'Content-Type': 'text/html' },
  });
  const { id } = (await done.json()) as { id: string };
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).host));
  await page.route('**/api/assets/*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${house.url}/a/${id}`);
  const image = figures(page).getByRole('img', { name: 'A green field' });
  await expect(image).toBeVisible();
  const last = article(page).getByText('The last one.');
  await still(page);
  const before = { image: await image.boundingBox(), last: await last.boundingBox() };
  expect(before.image).toMatchObject({ width: 500, height: 250 });
  release();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(500);
  await still(page);
  expect({ image: await image.boundingBox(), last: await last.boundingBox() }).toEqual(before);
  await expect(figures(page).nth(1)).toContainText('Far away');
  expect(new Set(asked)).toEqual(new Set([new URL(house.url).host]));

  const other = await enter(browser, house, 'Tom Whelan');
  await other.route('**/api/assets/*', (route) => route.abort());
  await other.goto(page.url());
  await expect(figures(other).first()).toContainText('A green field');
  await expect(figures(other).first()).toContainText('not to be had just now');
  await other.close();

  // What was seen once is there without the server.
  await page.unroute('**/api/assets/*');
  await shellIsKept(page);
  await page.reload();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(500);
  await expect.poll(() => keptHere(page)).toContain('The last one.');
  await house.kill();
  await page.reload();
  await expect(last).toBeVisible();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(500);
  await house.start();
  await page.close();
});
