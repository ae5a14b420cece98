/** The clipboard of the browser as other programs write and read it. */
import type { Page } from '@playwright/test';

export interface Copied {
  html: string;
  text: string;
}

/** Puts something on the clipboard, as another program would: nothing is cleaned on the way. */
export async function fillClipboard(page: Page, copied: Partial<Copied>): Promise<void> {
  const other = await page.context().newPage();
  await other.goto('about:blank');
  await other.evaluate(({ html = '', text = '' }) => {
    const box = document.createElement('textarea');
    document.body.append(box);
    box.value = 'something';
    box.select();
    document.addEventListener('copy', (event) => {
      event.preventDefault();
      event.clipboardData?.clearData();
      if (html !== '') event.clipboardData?.setData('text/html', html);
      if (text !== '') event.clipboardData?.setData('text/plain', text);
    });
  }, copied);
  await other.keyboard.press('Control+C');
  await other.close();
  await page.bringToFront();
}

/** What is on the clipboard, as another program would read it. */
export async function readClipboard(page: Page): Promise<Copied> {
  const other = await page.context().newPage();
  await other.goto('about:blank');
  await other.evaluate(() => {
    const box = document.createElement('textarea');
    document.body.append(box);
    box.focus();
    document.addEventListener('paste', (event) => {
      event.preventDefault();
      document.title = JSON.stringify({
        html: event.clipboardData?.getData('text/html') ?? '',
        text: event.clipboardData?.getData('text/plain') ?? '',
      });
    });
  });
  await other.keyboard.press('Control+V');
  await other.waitForFunction(() => document.title !== '');
  const copied = JSON.parse(await other.title()) as Copied;
  await other.close();
  await page.bringToFront();
  return copied;
}
