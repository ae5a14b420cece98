/** An article for the tests of input, and what is seen and pending in it. */
import { expect, type Page } from '@playwright/test';
import type { House } from '#tests/e2e/house.ts';
import { settled } from '#tests/e2e/still.ts';
import { article, select } from '#tests/e2e/words.ts';

const text = [
  'A headline of its own',
  '',
  'It is a safe heaven for all who come, and it was one for a long time before that.',
  '',
  'A second paragraph says that they already received $550 million from the fund last year.',
  '',
  'A third paragraph is here so that something can stay as it is while others change.',
  '',
].join('\n');

/** Its paragraphs. */
export const first =
  'It is a safe heaven for all who come, and it was one for a long time before that.';
export const second =
  'A second paragraph says that they already received $550 million from the fund last year.';
export const third =
  'A third paragraph is here so that something can stay as it is while others change.';

/** A new article of this text. */
export async function newArticle(page: Page, house: House): Promise<void> {
  const answer = await page.request.post(`${house.url}/api/articles?name=input.txt`, {
    data: text,
    headers: { 'content-type': 'text/plain', origin: house.url },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${house.url}/a/${id}`);
  await expect(article(page)).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

type Mode = 'Suggest' | 'Edit';

export async function mode(page: Page, name: Mode | 'Read'): Promise<void> {
  const radio = page.getByRole('radio', { name });
  await radio.click();
  await expect(radio).toBeChecked();
}

export async function show(page: Page, view: 'As filed' | 'Marked' | 'As edited'): Promise<void> {
  await page.getByRole('button', { name: 'Show the text' }).click();
  await page.getByRole('menuitem', { name: view }).click();
}

/** Puts the caret before or behind words, with the mouse, and waits until the editor has heard of it. */
export async function caret(page: Page, words: string, where: 'before' | 'behind'): Promise<void> {
  await select(page, words);
  await page.keyboard.press(where === 'before' ? 'ArrowLeft' : 'ArrowRight');
  await expect.poll(() => page.evaluate(() => getSelection()?.isCollapsed)).toBe(true);
  await settled(page);
}

/** The paragraphs as they are seen: hidden words are not in them, and those that are joined are one. */
export const seen = (page: Page): Promise<string[]> =>
  article(page).evaluate((root) => {
    const lines: string[] = [];
    let before: Element | null = null;
    for (const block of root.children) {
      const copy = block.cloneNode(true) as HTMLElement;
      const all = [...block.querySelectorAll('*')];
      const hidden = all.map(
        (one) => getComputedStyle(one).display === 'none' || one.ariaHidden === 'true',
      );
      [...copy.querySelectorAll('*')].forEach((one, i) => hidden[i] && one.remove());
      const inline = [before, block].every(
        (one) => one && getComputedStyle(one).display === 'inline',
      );
      const text = copy.textContent ?? '';
      if (inline) lines.push(`${lines.pop() ?? ''}${text}`);
      else lines.push(text);
      before = block;
    }
    return lines;
  });

/** The blocks of the text with what is pending in them: `[-struck-]`, `{+put in+}`. */
export const marked = (page: Page): Promise<string[]> =>
  article(page).evaluate((root) =>
    [...root.children].map((block) => {
      const copy = block.cloneNode(true) as HTMLElement;
      for (const one of copy.querySelectorAll('[aria-hidden="true"], .ProseMirror-trailingBreak'))
        one.remove();
      for (const one of copy.querySelectorAll('del')) one.replaceWith(`[-${one.textContent}-]`);
      for (const one of copy.querySelectorAll('ins')) one.replaceWith(`{+${one.textContent}+}`);
      return (copy.textContent ?? '').replaceAll('-][-', '').replaceAll('+}{+', '');
    }),
  );
