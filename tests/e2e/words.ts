/** What a person does with words on the page: find them, select them with the mouse, sign in as somebody. */
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import type { House } from '#tests/e2e/house.ts';
import { settled } from '#tests/e2e/still.ts';

/** The text of the article. */
export const article = (page: Page): Locator => page.locator('.ProseMirror');

/** A page of a browser of their own, signed in as one of the demo's people. */
export async function enter(browser: Browser, house: House, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${house.url}/`);
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
  return page;
}

/** Opens an article from the library by words of its headline and waits until it can be read. */
export async function openArticle(page: Page, headline: RegExp): Promise<void> {
  await page.getByRole('link', { name: headline }).first().click();
  await expect(article(page)).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

interface Ends {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Where the first place of `words` inside one text node begins and ends on the screen, once scrolled to and at rest. */
async function endsOf(page: Page, words: string): Promise<Ends> {
  let before = '';
  // The text may be drawn anew at this moment, as when another tab takes over or the fonts come.
  for (let i = 0; i < 300; i++) {
    const ends = await endsNow(page, words);
    const now = JSON.stringify(ends);
    if (ends && now === before) return ends;
    before = now;
    await page.waitForTimeout(100);
  }
  throw new Error(`“${words}” is not in one piece of the text.`);
}

function endsNow(page: Page, words: string): Promise<Ends | null> {
  return article(page).evaluate((root, wanted): Ends | null => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = (node.textContent ?? '').indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const view = range.getBoundingClientRect();
      if (view.top < 120 || view.bottom > innerHeight - 160)
        (node.parentElement as Element).scrollIntoView({ block: 'center' });
      const rects = [...range.getClientRects()];
      const first = rects[0];
      const last = rects.at(-1);
      if (!first || !last) continue;
      return {
        x1: first.left + 1,
        y1: (first.top + first.bottom) / 2,
        x2: last.right - 1,
        y2: (last.top + last.bottom) / 2,
      };
    }
    return null;
  }, words);
}

/** Selects words by dragging over them. */
export async function select(page: Page, words: string): Promise<void> {
  const { x1, y1, x2, y2 } = await endsOf(page, words);
  await page.mouse.move(x1, y1);
  await page.mouse.down();
  await page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2, { steps: 3 });
  await page.mouse.move(x2, y2, { steps: 3 });
  await page.mouse.up();
  await expect
    .poll(() => page.evaluate(() => String(getSelection()).replace(/\s+/g, ' ')))
    .toBe(words);
  // The editor puts the selection of a drag in order once the button is up.
  await settled(page);
}

/** Presses a button of the bubble over the selection. */
export async function bubble(page: Page, name: string): Promise<void> {
  const toolbar = page.getByRole('toolbar', { name: 'Annotate the selection' });
  await toolbar.getByRole('button', { name, exact: true }).click();
}

/** Points at the way back a notice offers: it stays for as long, else for 8 seconds. */
export const holdUndo = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Undo', exact: true }).first().hover();

/** The cards in the margin. */
export const cards = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Annotations' });

/** The text of the article as it is read: without the names at other people's carets. */
export const reading = (page: Page): Promise<string> =>
  article(page).evaluate((root) => {
    const copy = root.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    return copy.textContent ?? '';
  });
