/** An article with hundreds of comments, in a browser: what is drawn, what a key measures, and that everything can be reached. */
import { expect, test, type Page } from '@playwright/test';
import { find, Hand } from '#tests/e2e/hand.ts';
import { House } from '#tests/e2e/house.ts';
import { saved } from '#tests/e2e/kept.ts';
import { still } from '#tests/e2e/still.ts';
import { article, cards, enter, openArticle } from '#tests/e2e/words.ts';

let house: House;
let count = 0;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
  count = await crowd();
});
test.afterAll(() => house.close());

const loggerheads = /loggerheads/;

/** A comment on each of the first 260 words of some length. */
async function crowd(): Promise<number> {
  const ines = await Hand.open(house.url, 'Ines Moreau', loggerheads);
  const words: { word: string; at: number }[] = [];
  ines.review.doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    for (const match of node.textContent.matchAll(/\p{L}{5,}/gu))
      words.push({ word: match[0], at: pos + match.index });
    return false;
  });
  for (const { word, at } of words.slice(0, 260)) {
    const range = find(ines.review.doc, word, at);
    if (range) await ines.comment(range, `Who says “${word}”?`);
  }
  const { size } = ines.review.comments;
  ines.close();
  return size;
}

const drawn = (page: Page): Promise<number> => cards(page).locator('[data-card]').count();

/** How far each card that can be seen is from its words, in pixels. */
const distances = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#annotations [data-card]')].flatMap((card) => {
      const { top, bottom } = card.getBoundingClientRect();
      const isSeen = bottom > 0 && top < window.innerHeight;
      if (!isSeen || getComputedStyle(card).visibility === 'hidden') return [];
      const id = CSS.escape(card.dataset['card'] ?? '');
      const mark = document.querySelector(`.ProseMirror [data-annotation~="${id}"]`);
      const words = mark?.getClientRects()[0];
      return words ? [Math.abs(top - words.top)] : [];
    }),
  );

test('[PF6] only cards near the window are drawn; scrolling, the counts and the keys lead to all others', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, loggerheads);
  expect(count).toBeGreaterThan(200);
  await expect(cards(page).locator('[data-card]').first()).toBeVisible();
  expect(await drawn(page)).toBeLessThan(80);

  const scroller = page.locator('#article');
  for (const part of [0.3, 0.7, 0.1, 0.5]) {
    await scroller.evaluate((area, share) => area.scrollTo(0, area.scrollHeight * share), part);
    await expect.poll(async () => (await distances(page)).length).toBeGreaterThan(2);
    // Cards slide for a moment.
    await still(page);
    for (const far of await distances(page)) expect(far).toBeLessThan(400);
    expect(await drawn(page)).toBeLessThan(80);
  }

  await scroller.evaluate((area) => area.scrollTo(0, 0));
  await cards(page)
    .getByRole('button', { name: /\d+ below/ })
    .click();
  const focused = cards(page).locator('[data-card][data-focused]');
  await expect(focused).toBeInViewport();
  const first = await focused.getAttribute('data-card');
  await page.keyboard.press('j');
  await expect(focused).not.toHaveAttribute('data-card', first ?? '');
  await expect(focused).toBeFocused();

  // The one in focus stays where its words are, with the keyboard, however far the window goes.
  const id = (await focused.getAttribute('data-card')) ?? '';
  await scroller.evaluate((area) => area.scrollTo(0, area.scrollHeight));
  await expect.poll(async () => (await distances(page)).length).toBeGreaterThan(0);
  await expect(focused).toHaveAttribute('data-card', id);
  await expect(focused).toBeFocused();
  await expect(focused).not.toBeInViewport();
  await page.keyboard.press('k');
  await expect(focused).toHaveAttribute('data-card', first ?? '');
  await expect(focused).toBeInViewport();
  await expect.poll(async () => Math.max(0, ...(await distances(page)))).toBeLessThan(400);
});

test('[PF1] a key in the text measures no more words than its paragraph has marks', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, loggerheads);
  await page.getByRole('radio', { name: 'Edit' }).click();
  const paragraph = article(page).locator('> p').nth(4);
  await paragraph.click();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await saved(page);
  await still(page);
  const marks = await paragraph.locator('mark').count();
  expect(marks).toBeGreaterThan(2);
  await page.evaluate(() => {
    const counter = { measured: 0 };
    Object.assign(window, { counter });
    const { getClientRects } = Range.prototype;
    Range.prototype.getClientRects = function (this: Range) {
      // An empty stretch is the caret, which the editor looks for by itself.
      if (!this.collapsed) counter.measured += 1;
      return getClientRects.call(this);
    };
  });
  await page.keyboard.type('y');
  await expect(paragraph).toContainText('xy');
  const counted = (): Promise<number> =>
    page.evaluate(() => (window as unknown as { counter: { measured: number } }).counter.measured);
  await expect.poll(counted).toBeGreaterThan(0);
  await saved(page);
  await still(page);
  const measured = await counted();
  // Once for the key, once for the receipt of it, and what the editor itself looks at around the caret.
  expect(measured).toBeLessThanOrEqual(2 * marks + 6);
  expect(measured).toBeLessThan(count / 2);
});
