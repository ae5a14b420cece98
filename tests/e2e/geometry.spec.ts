/** Where cards stand when an article is marked on every line: measured in the browser, at every width. */
import { expect, test, type Page } from '@playwright/test';
import { find, Hand } from '#tests/e2e/hand.ts';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, cards, enter, openArticle } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
  await crowd();
});
test.afterAll(() => house.close());

const loggerheads = /loggerheads/;

/** One mark for every few words: small corrections, reasons, comments and doubted facts, as a careful edit leaves them. */
async function crowd(): Promise<void> {
  const ines = await Hand.open(house.url, 'Ines Moreau', loggerheads);
  const sana = await Hand.open(house.url, 'Sana Rafiq', loggerheads);
  const words: { word: string; at: number }[] = [];
  ines.review.doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    for (const match of node.textContent.matchAll(/\p{L}{6,}/gu))
      words.push({ word: match[0], at: pos + match.index });
    return false;
  });
  // From the end, so that the places before stay where they are.
  const chosen = words.filter((_, i) => i % 2 === 0).toReversed();
  for (const [i, { word, at }] of chosen.entries()) {
    const hand = i % 3 === 1 ? sana : ines;
    await expect.poll(() => hand.review.rev).toBe(Math.max(ines.review.rev, sana.review.rev));
    const range = find(hand.review.doc, word, at - 1);
    if (!range) continue;
    if (i % 3 === 0) await hand.suggest(range, word.toUpperCase());
    else if (i % 3 === 2)
      await hand.comment(range, `Who says “${word}”, and can we name them here?`);
    else if (i % 2 === 0) await hand.fact(range, `Is ${word} right?`);
    else
      await hand.verdict(await hand.fact(range, `Is ${word} right?`), 'wrong', 'Not what it says.');
  }
  ines.close();
  sana.close();
}

interface Card {
  id: string;
  top: number;
  bottom: number;
  words: number;
  kind: 'card' | 'row';
  clipped: boolean;
  focused: boolean;
}

/** Every card and line of the margin that can be seen, with the first line of its words. */
const measure = (page: Page): Promise<Card[]> =>
  page.evaluate(() => {
    const found: Card[] = [];
    const margin = document.querySelector('#annotations');
    for (const card of margin?.querySelectorAll<HTMLElement>('[data-card], [data-row]') ?? []) {
      if (getComputedStyle(card).visibility === 'hidden') continue;
      if (!card.hasAttribute('data-standing')) continue;
      const box = card.getBoundingClientRect();
      const id = card.dataset['card'] ?? '';
      const mark = document.querySelector(`.ProseMirror [data-annotation~="${CSS.escape(id)}"]`);
      const words = mark?.getClientRects()[0]?.top ?? Number.NaN;
      found.push({
        id,
        top: box.top,
        bottom: box.bottom,
        words,
        kind: id === '' ? 'row' : 'card',
        clipped: card.scrollWidth > card.clientWidth + 1,
        focused: card.hasAttribute('data-focused'),
      });
    }
    return found;
  });

function expectLaw(found: readonly Card[], least: number): void {
  const sorted = found.toSorted((a, b) => a.top - b.top);
  let measured = 0;
  sorted.forEach((card, i) => {
    const next = sorted[i + 1];
    if (next) expect(next.top, `${card.id} and ${next.id}`).toBeGreaterThanOrEqual(card.bottom - 1);
    expect(card.clipped, card.id).toBe(false);
    if (card.kind === 'row' || Number.isNaN(card.words)) return;
    measured += 1;
    const off = Math.max(card.top - card.words, card.words - card.bottom);
    expect(off, `${card.id} and its words`).toBeLessThan(400);
  });
  expect(measured).toBeGreaterThanOrEqual(least);
}

test('[UI79] in a crowded article every card is near its words, none touch, and the one in focus stands at its words', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, loggerheads);
  await expect(
    cards(page)
      .getByText(/small correction/)
      .first(),
  ).toBeVisible();
  await still(page);
  for (const width of [1440, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    await still(page);
    expectLaw(await measure(page), 8);
    for (let i = 0; i < 6; i++) {
      await page.getByRole('button', { name: 'Next annotation' }).click();
      await still(page);
      const found = await measure(page);
      expectLaw(found, 3);
      const focused = found.find((card) => card.focused);
      expect(focused, 'the focused card is seen').toBeDefined();
      if (focused && !Number.isNaN(focused.words))
        expect(Math.abs(focused.top - focused.words)).toBeLessThan(40);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }
});

test('[UI80] the pills count what is out of view and lead there', async ({ browser }) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await openArticle(page, loggerheads);
  const below = cards(page).getByRole('button', { name: /\d+ below/ });
  const count = async (): Promise<number> =>
    Number(/\d+/.exec((await below.textContent()) ?? '')?.[0]);
  await expect.poll(count).toBeGreaterThan(10);
  await still(page);
  const before = await count();
  expect(before).toBeGreaterThan(10);
  await below.click();
  await expect(cards(page).locator('[data-card][data-focused]')).toBeVisible();
  await expect(cards(page).getByRole('button', { name: /\d+ above/ })).toBeVisible();
  await expect.poll(count).toBeLessThan(before);
});

test('[UI81] a tablet has icons beside the lines, and a tap opens the card over the text below its words', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.setViewportSize({ width: 820, height: 1100 });
  await openArticle(page, loggerheads);
  const icons = cards(page).locator('button[aria-pressed]');
  await expect.poll(() => icons.count()).toBeGreaterThan(10);
  await still(page);
  const boxes = await icons.evaluateAll((all) =>
    all.map((icon) => icon.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })),
  );
  boxes.forEach(({ bottom }, i) => {
    const next = boxes[i + 1];
    if (next) expect(next.top).toBeGreaterThanOrEqual(bottom - 0.5);
  });
  await icons.nth(3).click();
  const card = cards(page).locator('[data-card][data-focused]');
  await expect(card).toBeVisible();
  await still(page);
  const box = await card.boundingBox();
  const icon = await icons.nth(3).boundingBox();
  expect(box?.y).toBeGreaterThan((icon?.y ?? 0) + 10);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(820);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(1100);
});

test('[UI82] a phone has one row above, a sheet below the words, and nothing to scroll sideways down to 320 pixels', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.setViewportSize({ width: 390, height: 844 });
  await openArticle(page, loggerheads);
  await still(page);
  expect((await page.getByRole('banner').boundingBox())?.height).toBeLessThanOrEqual(64);
  await cards(page).getByRole('button', { name: 'Next annotation' }).click();
  const sheet = page.getByRole('region', { name: 'Annotation', exact: true });
  await expect(sheet).toBeVisible();
  for (let i = 0; i < 5; i++) {
    await still(page);
    const box = await sheet.boundingBox();
    expect(box?.height).toBeLessThanOrEqual(844 * 0.6 + 1);
    const id = await sheet.locator('[data-card]').getAttribute('data-card');
    const mark = article(page).locator(`[data-annotation="${id}"]`).first();
    const words = (await mark.count()) > 0 ? await mark.boundingBox() : null;
    if (words) {
      expect(words.y).toBeGreaterThan(56);
      expect(words.y).toBeLessThan(box?.y ?? 0);
    }
    const heights = await sheet
      .getByRole('button')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(44);
    await sheet.getByRole('button', { name: 'Next annotation' }).click();
  }
  for (const width of [320, 360, 641, 720, 1080]) {
    await page.setViewportSize({ width, height: 700 });
    await still(page);
    const sideways = (): Promise<number[]> =>
      page.evaluate(() =>
        [document.documentElement, document.querySelector('main')].map((each) =>
          each ? each.scrollWidth - each.clientWidth : 0,
        ),
      );
    await expect.poll(sideways, `${width}`).toEqual([0, 0]);
  }
});
