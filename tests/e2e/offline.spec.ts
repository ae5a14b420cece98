/** Nothing is lost without a server: tabs that are killed, browsers that crash, days without a line. Every promise with a real
 *  browser, a real server, and another person who must see every word once. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import {
  shellIsKept,
  typeAfter,
  edit,
  times,
  kill,
  saved,
  offline,
  open,
  signIn,
  keptHere,
  written,
  shootDown,
} from '#tests/e2e/kept.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());
// Carets of people who are still here would stand in the words of the next test.
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close();
});

test.describe('killed', () => {
  test('[OL1] a tab killed while offline: its words are there when the article is opened again offline, and arrive once', async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    const ines = await enter(browser, house, 'Ines Moreau');
    await openArticle(tom, /loggerheads/);
    await openArticle(ines, /loggerheads/);
    await shellIsKept(tom);
    await expect.poll(() => keptHere(tom)).toContain('indiscriminate');
    const context = tom.context();
    const address = tom.url();
    await edit(tom);
    await context.setOffline(true);
    await typeAfter(tom, 'indiscriminate', ' KILLED-1');
    await offline(tom);
    await kill(tom, 'KILLED-1');

    const again = await open(context, address);
    await expect(article(again)).toContainText('KILLED-1');
    await edit(again);
    await typeAfter(again, 'KILLED-1', ' KILLED-2');
    await kill(again, 'KILLED-2');
    await context.setOffline(false);
    const last = await open(context, address);
    await saved(last);
    await expect(article(ines)).toContainText('KILLED-1 KILLED-2');
    for (const page of [last, ines]) {
      expect(await times(page, 'KILLED-1')).toBe(1);
      expect(await times(page, 'KILLED-2')).toBe(1);
    }
  });

  test('[OL1] a browser that is shot down: what was typed without a line is there when it runs again, and arrives once', async ({
    browser,
  }) => {
    const profile = await mkdtemp(join(tmpdir(), 'galley-profile-'));
    const { executablePath } = test.info().project.use.launchOptions ?? {};
    const launch = (): Promise<BrowserContext> =>
      chromium.launchPersistentContext(profile, {
        timeout: 120_000,
        viewport: { width: 1440, height: 900 },
        ...(executablePath === undefined ? {} : { executablePath }),
      });
    const first = await launch();
    const page = await first.newPage();
    await signIn(page, house, 'Tom Whelan');
    await openArticle(page, /Security Cooperation/);
    const address = page.url();
    await shellIsKept(page);
    await edit(page);
    await first.setOffline(true);
    await typeAfter(page, 'The Changing', ' CRASHED');
    await offline(page);
    await written(page, 'CRASHED');
    await shootDown(profile);
    await first.close().catch(() => undefined);

    const second = await launch();
    // A browser that is shot down forgets a fresh cookie now and then; the work waits for the person, not for the cookie.
    const again = await second.newPage();
    await again.goto(address);
    const door = again.getByRole('button', { name: /^(?!Your account).*Tom Whelan/ });
    await expect(door.or(article(again))).toBeVisible();
    if (await door.isVisible()) await door.click();
    await expect(article(again)).toBeVisible();
    await expect(
      again.getByText('What was not saved when you left is back.').first(),
    ).toBeVisible();
    await saved(again);
    const ines = await enter(browser, house, 'Ines Moreau');
    await openArticle(ines, /Security Cooperation/);
    expect(await times(ines, 'CRASHED')).toBe(1);
    expect(await times(again, 'CRASHED')).toBe(1);
    await second.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  });

  test('[OL13] a note and a reply half written are there again after a kill, the note on its words', async ({
    browser,
  }) => {
    const sana = await enter(browser, house, 'Sana Rafiq');
    const context = sana.context();
    await openArticle(sana, /loggerheads/);
    const address = sana.url();
    await select(sana, 'nadir point');
    await bubble(sana, 'Comment');
    await sana.getByRole('textbox', { name: 'Write a comment' }).fill('Is this really the lo');
    await kill(sana, 'Is this really the lo');
    const again = await open(context, address);
    const field = again.getByRole('textbox', { name: 'Write a comment' });
    await expect(field).toHaveValue('Is this really the lo');
    await expect(cards(again).locator('blockquote').first()).toHaveText('nadir point');
    await field.fill('Is this really the lowest point?');
    await again.getByRole('button', { name: 'Comment', exact: true }).last().click();
    await expect(cards(again).getByText('Is this really the lowest point?').first()).toBeVisible();
    const reply = cards(again).getByRole('textbox', { name: /Reply to/ });
    await reply.fill('Half a repl');
    await saved(again);
    await kill(again, 'Half a repl');
    const last = await open(context, address);
    await cards(last).getByText('Is this really the lowest point?').last().click();
    await expect(cards(last).getByRole('textbox', { name: /Reply to/ })).toHaveValue('Half a repl');
    // What was posted is not there a second time.
    await expect(last.getByRole('textbox', { name: 'Write a comment' })).toHaveCount(0);
  });
});

test.describe('two tabs', () => {
  for (const locks of [true, false])
    test(`[OL5] ${locks ? 'with' : 'without'} locks, what a killed tab left is brought to the server by one that lives`, async ({
      browser,
    }) => {
      const tom = await enter(browser, house, 'Tom Whelan');
      const context = tom.context();
      if (!locks)
        await context.addInitScript(() =>
          Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
        );
      const word = locks ? 'LOCKED' : 'ASKED';
      const place = locks ? 'network in North Waziristan' : 'fiscal year 2016';
      await openArticle(tom, /loggerheads/);
      const address = tom.url();
      const pages = [await open(context, address), await open(context, address)];
      const dying = await open(context, address);
      await edit(dying);
      await context.setOffline(true);
      await typeAfter(dying, place, ` ${word}`);
      await offline(dying);
      await kill(dying, word);
      await context.setOffline(false);
      for (const page of pages) {
        await expect(article(page)).toContainText(word, { timeout: 60_000 });
        await saved(page);
        expect(await times(page, word)).toBe(1);
      }
      await expect.poll(() => keptHere(tom)).toContain('"outbox":[]');
    });
});

test.describe('the shell', () => {
  test('[OL14] with the server killed the library and its articles open, are read and typed in, and what is typed arrives later', async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    const ines = await enter(browser, house, 'Ines Moreau');
    await openArticle(tom, /loggerheads/);
    await shellIsKept(tom);
    await openArticle(ines, /loggerheads/);
    await expect.poll(() => keptHere(tom)).toContain('over the past decade');
    await house.kill();
    await tom.goto(`${house.url}/`);
    await expect(tom.getByText(/These are the articles on this device/)).toBeVisible();
    await tom.getByRole('link', { name: /loggerheads/ }).click();
    await expect(article(tom)).toBeVisible();
    await edit(tom);
    await typeAfter(tom, 'over the past decade', ' UNSERVED');
    await offline(tom);
    await house.start();
    await saved(tom);
    await expect(article(ines)).toContainText('UNSERVED');
    expect(await times(ines, 'UNSERVED')).toBe(1);
  });

  test('[OL14] nothing of the API is in the worker’s hands, and no more than twenty articles on the device', async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    await openArticle(tom, /loggerheads/);
    await shellIsKept(tom);
    const copies = (): Promise<string[]> =>
      tom.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            const opening = indexedDB.open('galley');
            opening.onsuccess = () => {
              const all = opening.result.transaction('opened').objectStore('opened').getAll();
              all.onsuccess = () => {
                opening.result.close();
                resolve((all.result as { articleId: string }[]).map(({ articleId }) => articleId));
              };
            };
          }),
      );
    await expect.poll(copies).toHaveLength(1);
    await tom.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('galley');
          opening.onsuccess = () => {
            const tx = opening.result.transaction('opened', 'readwrite');
            for (let i = 0; i < 30; i++)
              tx.objectStore('opened').put({
                userId: 'demo-tom-whelan',
                articleId: `old${i}`,
                at: i,
              });
            tx.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
    );
    await tom.goto(`${house.url}/`);
    await openArticle(tom, /Security Cooperation/);
    await expect.poll(copies).toHaveLength(20);
    expect(await copies()).not.toContain('old0');
    const worker = await tom.request.get(`${house.url}/sw.js`);
    expect(worker.headers()['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'",
    );
    expect(worker.headers()['cache-control']).toBe('no-cache');
    const paths = (JSON.parse(await keptHere(tom)) as [unknown, string[]])[1];
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths)
      expect(new URL(path).pathname).toMatch(/^\/($|assets\/|[\w-]+\.\w+$)/);
  });

  test('[OL15] a new build is shown at the next load, and is the one that opens offline from then on', async ({
    browser,
  }) => {
    const home = await mkdtemp(join(tmpdir(), 'galley-build-'));
    const here = new URL('../..', import.meta.url).pathname;
    for (const name of ['node_modules', 'prisma', 'content', 'package.json'])
      await symlink(join(here, name), join(home, name));
    await cp(join(here, 'dist'), join(home, 'dist'), { recursive: true });
    const other = await House.open({ demo: true, home });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${other.url}/`);
    await expect(page.getByRole('button', { name: /Tom Whelan/ })).toBeVisible();
    await shellIsKept(page);
    const shells = (): Promise<string[]> => page.evaluate(() => caches.keys());
    const [old] = await shells();
    // Its cache is there as soon as a build begins to be kept; it opens pages once no worker is on its way any more.
    const settled = (name: string): Promise<boolean> =>
      page.evaluate(async (cache) => {
        const worker = await navigator.serviceWorker.getRegistration();
        const [kept, under] = [await caches.has(cache), worker?.installing ?? worker?.waiting];
        return kept && !under && worker?.active?.state === 'activated';
      }, `galley shell ${name}`);
    const build = async (name: string): Promise<void> => {
      const index = join(home, 'dist/web/index.html');
      const html = await readFile(index, 'utf8');
      await writeFile(index, html.replace(/<title>.*<\/title>/, `<title>${name}</title>`));
      const worker = join(home, 'dist/web/sw.js');
      const code = await readFile(worker, 'utf8');
      await writeFile(worker, code.replace(/(version\\":\\")[\w-]+/, `$1${name}`));
      await other.kill();
      await other.start();
    };
    const titleOf = async (): Promise<string> =>
      /<title>(.*)<\/title>/.exec(await page.content())?.[1] ?? '';
    for (const name of ['second', 'third']) {
      await build(name);
      const answer = await page.goto(`${other.url}/`);
      expect(await answer?.text()).toContain(`<title>${name}</title>`);
      await expect.poll(() => settled(name), { timeout: 60_000 }).toBe(true);
      expect((await shells()).length).toBeLessThanOrEqual(2);
      await context.setOffline(true);
      const kept = await page.goto(`${other.url}/`);
      expect(await kept?.text()).toContain(`<title>${name}</title>`);
      await context.setOffline(false);
    }
    expect(await shells()).not.toContain(old);
    expect(await titleOf()).not.toBe('');
    await context.close();
    await other.close();
    await rm(home, { recursive: true, force: true });
  });
});
