// npm run screenshots: pictures of the pages and their main states, from a demo with its day of
// review and from a house of its own, into docs/screenshots. `-- DIRECTORY` writes them elsewhere.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkNode, refuse, root } from './house.mjs';
import { getBrowser } from './browser.mjs';
import { buildIfStale } from './build.mjs';
import { smaller } from './png.mjs';

const largest = 250_000;
const largestSum = 2_000_000;
const out = resolve(process.argv[2] ?? join(root, 'docs', 'screenshots'));
const desk = { width: 1440, height: 900 };
const tablet = { width: 820, height: 1100 };
const phone = { width: 390, height: 844 };

/** A file somebody brings, with a correction and a comment in it. */
const draft = `# The harbour opens in spring

By Lea Brandt

The new harbour will open in March {~~next~>of next~~} year, the council said on Tuesday. {==Two thirds==}{>>Of the berths, or of the money?<<} are let.

## What it costs

The city pays 41 million euros, four more than planned.
`;

const closers = [];

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Starts the built server on empty data; gives its address and what it printed. */
async function openHouse(settings) {
  const data = mkdtempSync(join(tmpdir(), 'galley-pictures-'));
  closers.push(() => {
    rmSync(data, { recursive: true, force: true });
    rmSync(`${data}-demo`, { recursive: true, force: true });
  });
  const { DATABASE_URL: _none, NODE_ENV: _other, ...env } = process.env;
  const PORT = String(await freePort());
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: { ...env, PORT, DATA_DIR: data, LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closers.push(
    () =>
      new Promise((ended) => {
        if (child.exitCode !== null) return ended();
        child.once('exit', ended);
        child.kill('SIGTERM');
      }),
  );
  const url = `http://localhost:${PORT}`;
  let printed = '';
  await new Promise((ready, failed) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes(`Galley is at ${url}`)) setTimeout(ready, 200);
    });
    child.once('exit', (code) => failed(new Error(`The server ended (${code}).`)));
  });
  return { url, printed: () => printed };
}

/** A page of one size that does not move, in the light theme unless told. */
async function openPage(browser, viewport, { dark = false } = {}) {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1,
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: viewport === phone,
  });
  return context.newPage();
}

const sum = { files: 0, bytes: 0 };

async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400); // Cards come to rest, carets and notices have been drawn.
  const bytes = smaller(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  const file = join(out, `${name}.png`);
  writeFileSync(file, bytes);
  const { size } = statSync(file);
  if (size > largest) throw new Error(`${name}.png has ${size} bytes, more than ${largest}.`);
  sum.files += 1;
  sum.bytes += size;
  console.log(`${name}.png  ${Math.round(size / 1000)} kB`);
}

async function signIn(page, url, name) {
  await page.goto(`${url}/`);
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page
    .getByRole('link', { name: /loggerheads/ })
    .first()
    .waitFor();
}

async function openArticle(page, headline = /loggerheads/) {
  await page.getByRole('link', { name: headline }).first().click();
  await page.locator('.ProseMirror [data-annotation]').first().waitFor();
}

/** Brings the mark of a note to the middle and chooses it. */
async function choose(page, note) {
  const mark = page.locator(`.ProseMirror [data-annotation="demo-${note}"]`).first();
  await mark.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await mark.click();
}

/** Selects words with the mouse, which opens the bubble. */
async function selectWords(page, words) {
  const ends = await page.locator('.ProseMirror').evaluate((article, wanted) => {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent.indexOf(wanted);
      if (at < 0) continue;
      node.parentElement.scrollIntoView({ block: 'center' });
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const rects = [...range.getClientRects()];
      const [first, last] = [rects[0], rects.at(-1)];
      const middle = ({ top, bottom }) => (top + bottom) / 2;
      return { x1: first.left + 1, y1: middle(first), x2: last.right - 1, y2: middle(last) };
    }
    throw new Error(`“${wanted}” is not in one piece of the text.`);
  }, words);
  await page.mouse.move(ends.x1, ends.y1);
  await page.mouse.down();
  await page.mouse.move(ends.x2, ends.y2, { steps: 5 });
  await page.mouse.up();
}

async function demoPictures(browser) {
  const { url } = await openHouse({ GALLEY_DEMO: '1', GALLEY_DEMO_CONTENT: '1' });
  const page = await openPage(browser, desk);
  await page.goto(`${url}/`);
  await page.getByRole('button', { name: /Tom Whelan/ }).waitFor();
  await picture(page, 'sign-in');
  await signIn(page, url, 'Tom Whelan');
  await picture(page, 'library');
  await openArticle(page);
  await picture(page, 'article');
  const address = page.url();
  await choose(page, 'haven');
  await picture(page, 'suggestion');
  await choose(page, 'sum');
  await picture(page, 'fact');
  await page.keyboard.press('Escape');
  await selectWords(page, 'war-torn Afghanistan');
  await page.getByRole('toolbar', { name: 'Annotate the selection' }).waitFor();
  await picture(page, 'selection');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Hand over…' }).click();
  await page.getByRole('dialog').waitFor();
  await picture(page, 'hand-over');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Send out', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Send out…' }).click();
  const sending = page.getByRole('dialog', { name: 'Send out' });
  await sending.getByRole('radio', { name: /release copy/ }).check();
  await sending.getByRole('heading', { name: /\d+ things hold/ }).waitFor();
  await page.mouse.move(4, 4);
  await picture(page, 'send-out');
  await page.keyboard.press('Escape');
  await page.goto(`${address}?view=list`);
  await page.getByRole('grid').waitFor();
  await picture(page, 'list');
  await page.goto(address);
  await page.locator('.ProseMirror [data-annotation]').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Nothing lost');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await picture(page, 'nothing-lost');
  await page.goto(`${address}/facts`);
  await page.getByRole('button', { name: /already received/ }).click();
  await page.getByRole('complementary', { name: 'The fact' }).waitFor();
  await picture(page, 'facts');
  await page.goto(`${url}/facts`);
  await page.getByRole('row').nth(1).waitFor();
  await picture(page, 'all-facts');
  await page.goto(`${url}/import`);
  await page.locator('input[type=file]').setInputFiles({
    name: 'harbour.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(draft),
  });
  await page.getByRole('region', { name: 'harbour.md', exact: true }).waitFor();
  await picture(page, 'import');
  await page.goto(`${url}/import`);
  await page.locator('input[type=file]').setInputFiles({
    name: 'canal.html',
    mimeType: 'text/html',
    buffer: readFileSync(new URL('../tests/formats/texts/canal.html', import.meta.url)),
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.locator('.ProseMirror [data-cell]').first().waitFor();
  await page.locator('.ProseMirror [data-cell]').first().scrollIntoViewIfNeeded();
  await picture(page, 'table');
  await page.goto(`${address}/history`);
  const newest = await page
    .getByText(/^v\d+$/)
    .first()
    .innerText();
  await page.goto(`${address}/history/0..${newest.slice(1)}`);
  await page.getByText('ally.').first().waitFor();
  await picture(page, 'history');
  await page.goto(`${url}/no-such-page`);
  await page.getByRole('heading').first().waitFor();
  await picture(page, 'not-found');

  const dark = await openPage(browser, desk, { dark: true });
  await signIn(dark, url, 'Sana Rafiq');
  await openArticle(dark);
  await choose(dark, 'fifty');
  await picture(dark, 'dark');

  for (const [name, viewport] of Object.entries({ tablet, phone })) {
    const small = await openPage(browser, viewport);
    await signIn(small, url, 'Maria Amjad');
    await openArticle(small);
    await picture(small, name);
    await choose(small, 'haven');
    await picture(small, `${name}-note`);
  }
}

/** The pages that a demo has no use for: the first account, and the people of the house. */
async function housePictures(browser) {
  const { url, printed } = await openHouse({});
  const link = /http\S+\/setup\?token=\S+/.exec(printed())?.[0];
  if (link === undefined) throw new Error('The first start printed no link.');
  const page = await openPage(browser, desk);
  await page.goto(link);
  await page.getByRole('textbox').first().waitFor();
  await picture(page, 'setup');
  const password = 'only-for-these-pictures';
  const account = { name: 'Ruth Arden', email: 'ruth@example.org', password };
  const token = new URL(link).searchParams.get('token');
  const made = await page.request.post(`${url}/api/setup`, {
    data: { ...account, token },
    headers: { origin: url },
  });
  if (!made.ok()) throw new Error(`The first account was refused: ${await made.text()}`);
  const invite = async (email, role) => {
    const data = { email, role };
    const answer = await page.request.post(`${url}/api/invitations`, {
      data,
      headers: { origin: url },
    });
    if (!answer.ok()) throw new Error(`An invitation was refused: ${await answer.text()}`);
    return (await answer.json()).token;
  };
  await invite('jonas@example.org', 'fact-checker');
  const invited = await invite('lea@example.org', 'reviewer');
  await page.goto(`${url}/admin/people`);
  await page.getByText('lea@example.org').waitFor();
  await picture(page, 'people');
  const guest = await openPage(browser, desk);
  await guest.goto(`${url}/join?token=${invited}`);
  await guest.getByRole('textbox').first().waitFor();
  await picture(guest, 'join');
}

checkNode();
await buildIfStale();
const { path, reason } = await getBrowser();
if (path === undefined) refuse(reason);
const { chromium } = await import('@playwright/test');
const browser = await chromium.launch({ executablePath: path });
closers.push(() => browser.close());
mkdirSync(out, { recursive: true });
try {
  await demoPictures(browser);
  await housePictures(browser);
  console.log(`${sum.files} pictures, ${Math.round(sum.bytes / 1000)} kB, in ${out}`);
  if (sum.bytes > largestSum) refuse(`That is more than ${largestSum / 1000} kB together.`);
} finally {
  for (const close of closers.toReversed()) await close();
}
