/** Importing with a look before: several files, guesses changed, words put back, suggestions and comments kept. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { writeJson } from '#core/formats/write-json.ts';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, cards, enter, reading } from '#tests/e2e/words.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const text =
  'Opinion\n\nA tale of two cities and more\n\nBy Ada Lim\n\nIt was the best of times, it was the worst of times.\n\nRead 325 times\n\nIt was the age of wisdom, and it was the age of foolishness.\n';
const marked =
  '# The haven\n\nBy Ada Lim\n\nA safe {~~heaven~>haven~~}{>>@Ada Lim 2026-11-20T10:00Z: typo<<} for {==all==}{>>@Ben Ito 2026-11-20T10:00Z: who?<<}.\n';
const html =
  '<!doctype html><title>x</title><nav>Home</nav><h1>A page</h1><p onclick="alert(1)">Words <script>document.title="ran"</script>and <ins>more</ins> words.</p>';

const file = (name: string, body: string | Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(body),
});
const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const choose = (page: Page, ...files: ReturnType<typeof file>[]): Promise<void> =>
  page.locator('input[type=file]').setInputFiles(files);

test('[IP30] several files are looked at, changed, imported or skipped, and a broken one says why', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.getByRole('link', { name: 'Import…' }).click();
  await expect(page.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible();
  await choose(
    page,
    file('tale.txt', text),
    file('broken.txt', Buffer.from([0x63, 0xe9, 0x20])),
    file('marked.md', marked),
    file('page.html', html),
  );
  await expect(page.getByText('3 of 4 read. 1 could not be read.')).toBeVisible();
  await expect(card(page, 'broken.txt').getByRole('alert')).toContainText('not in UTF-8');

  await test.step('what was taken out is put back, and a guess becomes another', async () => {
    const tale = card(page, 'tale.txt');
    await expect(tale).toContainText('A tale of two cities and more');
    await tale.getByLabel('Put it back').check();
    await expect(tale.getByText('Read 325 times')).toHaveCount(2);
    await tale.getByRole('combobox', { name: 'What “Opinion” is' }).selectOption('Paragraph');
    await tale.getByLabel('Language').selectOption('German');
  });
  await test.step('a page is shown as words: nothing in it runs', async () => {
    const shown = card(page, 'page.html');
    await expect(shown).toContainText('Words and more words.');
    await expect(shown.locator('ins')).toHaveText('more');
    await expect(shown).toContainText('Navigation, left out:');
    await shown.getByText('Changed or left out').click();
    await expect(shown).toContainText('The <script> in line 1 was left out.');
    expect(await page.title()).toContain('Import');
    await shown.getByRole('button', { name: 'Skip' }).click();
    await expect(shown).toHaveCount(0);
  });
  await test.step('nothing is wrong for assistive technology, in both themes', async () => {
    await still(page);
    const light = await new AxeBuilder({ page }).analyze();
    expect(light.violations.map((one) => one.id)).toEqual([]);
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await still(page);
    const dark = await new AxeBuilder({ page }).analyze();
    expect(dark.violations.map((one) => one.id)).toEqual([]);
  });
  await card(page, 'tale.txt').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(
    card(page, 'tale.txt').getByRole('link', { name: 'Open the article' }),
  ).toBeVisible();
  await card(page, 'broken.txt').getByRole('button', { name: 'Remove' }).click();
  await card(page, 'marked.md').getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'The haven' }).click();
  await expect(article(page).locator('del', { hasText: 'heaven' })).toBeVisible();
  await expect(article(page).locator('ins', { hasText: 'haven' })).toBeVisible();
  await expect(cards(page).getByText('typo', { exact: true })).toBeVisible();
  await expect(cards(page).getByText('who?', { exact: true })).toBeVisible();
  await article(page).locator('ins', { hasText: 'haven' }).click();
  await cards(page)
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click();
  await expect.poll(() => reading(page)).toContain('A safe haven for all.');
  await page.goto(`${house.url}/`);
  await page.getByRole('link', { name: /A tale of two cities/ }).click();
  await expect(article(page)).toContainText('Read 325 times');
  await expect(article(page).locator('[data-role=kicker]')).toHaveCount(0);
});

test('[IP31] a text is pasted, looked at and imported, on a phone and without a mouse', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${house.url}/import`);
  await page.getByRole('button', { name: 'Paste text' }).press('Enter');
  await page.getByRole('textbox', { name: 'Text of the article' }).fill(marked);
  await page.getByLabel('Read it as').selectOption('Markdown');
  await page.getByRole('button', { name: 'Look at it' }).press('Enter');
  const shown = card(page, 'Pasted text');
  await expect(shown).toContainText('1 suggestion · 1 comment');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(390);
  await shown.getByRole('button', { name: 'Import', exact: true }).press('Enter');
  await expect(article(page)).toContainText('A safe');
});

test('[IP40] a review comes in with its verdicts, and the second time the page says so', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  const review = file('review.json', writeJson(sampleReview(), sampleFacts()));
  await page.goto(`${house.url}/import`);
  await choose(page, review);
  const shown = card(page, 'review.json');
  await expect(shown).toContainText('A review of Galley');
  // Where nobody has said anything yet an editor may also have it come back as it was.
  const how = shown.getByLabel('Bring it in');
  if ((await how.count()) > 0) await how.selectOption('As a new article');
  await expect(shown).toContainText(/\d+ notes stay for those they were for\./);
  await expect(shown).toContainText(/\d+ verdicts come along, signed as in the file\./);
  await shown.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(article(page)).toBeVisible();
  await page.goto(`${page.url()}/facts`);
  await expect(page.getByText(/confirmed/i).first()).toBeVisible();
  await page.goto(`${house.url}/import`);
  await choose(page, review);
  await expect(shown).toContainText('This file was imported before.');
  await choose(page, file('other.md', marked));
  const other = card(page, 'other.md');
  await other.getByLabel('Who sees the note of the file').selectOption('Everyone on the article');
  await expect(other.getByRole('alert')).toBeEmpty();
});
