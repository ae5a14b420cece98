/** The device as people meet it: storage that refuses, accounts that come and go, and the page that shows where everything is. */
import { expect, test, type Page } from '@playwright/test';
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
} from '#tests/e2e/kept.ts';
import { article, bubble, cards, enter, openArticle, reading, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());
// Carets of people who are still here would stand in the words of the next test.
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close();
});

test.describe('storage', () => {
  const isMissing = (): void => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  };
  const isFull = (): void => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No room.', 'QuotaExceededError');
    };
  };
  for (const [name, without, sentence] of [
    ['missing', isMissing, /does not let Galley keep anything/],
    ['full', isFull, /storage of this browser is full/],
  ] as const)
    test(`[OL6] storage that is ${name} is said at once, the work stays in the window and arrives`, async ({
      browser,
    }) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addInitScript(without);
      const tom = await context.newPage();
      await signIn(tom, house, 'Tom Whelan');
      await openArticle(tom, /loggerheads/);
      await expect(tom.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
      await tom.getByRole('button', { name: 'Understood' }).click();
      await edit(tom);
      await context.setOffline(true);
      await typeAfter(tom, 'urging it', ` ${name.toUpperCase()}`);
      await expect(tom.getByText(/^Offline, \d+ changes? in this window only$/)).toBeVisible();
      await expect(tom.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
      await context.setOffline(false);
      await saved(tom);
      const ines = await enter(browser, house, 'Ines Moreau');
      await openArticle(ines, /loggerheads/);
      await expect.poll(() => times(ines, name.toUpperCase())).toBe(1);
    });
});

test.describe('accounts', () => {
  test('[OL16] signing out clears what was received; unsent words stay for their author alone, and arrive when they are back', async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    const context = tom.context();
    await openArticle(tom, /Security Cooperation/);
    const address = tom.url();
    await shellIsKept(tom);
    const word = /[a-z]{12,}/.exec(await reading(tom))?.[0] ?? 'none';
    await expect.poll(() => keptHere(tom)).toContain(word);
    await edit(tom);
    await context.setOffline(true);
    // That the line is down is known once something was sent, which may still have arrived.
    await typeAfter(tom, 'The Changing', ' AND');
    await offline(tom);
    await tom.keyboard.type(' LEFTOVER');
    await expect.poll(() => keptHere(tom)).toContain('LEFTOVER');
    await kill(tom, 'LEFTOVER');
    await context.setOffline(false);
    const leaving = await context.newPage();
    await leaving.goto(`${house.url}/`);
    await leaving.getByRole('button', { name: /Your account/ }).click();
    await leaving.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await expect(leaving.getByRole('button', { name: /Sana Rafiq/ })).toBeVisible();
    const left = await keptHere(leaving);
    expect(left).not.toContain(word);
    expect(left).not.toContain('Security Cooperation');
    expect(left).toContain('LEFTOVER');

    await leaving.getByRole('button', { name: /Sana Rafiq/ }).click();
    await expect(leaving.getByRole('heading', { name: 'Library' })).toBeVisible();
    // The list is kept for the way back without a connection once it is there.
    await expect(leaving.getByRole('link', { name: /Security Cooperation/ })).toBeVisible();
    await expect.poll(() => keptHere(leaving)).toContain('Security Cooperation');
    await leaving.goto(address);
    await expect(article(leaving)).toBeVisible();
    await expect.poll(() => keptHere(leaving)).toContain(word);
    await saved(leaving);
    await leaving.waitForTimeout(1500);
    expect(await reading(leaving)).not.toContain('LEFTOVER');
    await expect(leaving.getByText('LEFTOVER')).toHaveCount(0);
    // The article goes on meanwhile, so that what the words stood on is had from nowhere any more.
    await typeAfter(leaving, 'Scenario', ' MEANWHILE');
    await saved(leaving);
    await context.setOffline(true);
    await leaving.goto(`${house.url}/`);
    await expect(leaving.getByRole('link', { name: /Security Cooperation/ })).toBeVisible();
    await context.setOffline(false);
    await signInAgain(leaving, 'Tom Whelan');
    const back = await open(context, address);
    // What it stood on was cleared, so the words come back in the tray and are not forced into the text.
    await expect(back.getByRole('heading', { name: 'Could not be placed' })).toBeVisible();
    await expect(back.getByText('LEFTOVER')).toBeVisible();
  });
});

/** Signs out and in as somebody else. */
async function signInAgain(page: Page, name: string): Promise<void> {
  await page.goto(`${house.url}/`);
  await page.getByRole('button', { name: /Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
}

test('[OL17] “Nothing lost” counts every note, says who deleted what, what is on this device only, and compares with the server', async ({
  browser,
}) => {
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(ines, /loggerheads/);
  for (const [on, text] of [
    ['vexed', 'Keep this one.'],
    ['crackdown|crack down', 'Delete this one.'],
  ] as const) {
    await select(ines, on.split('|').at(-1) ?? on);
    await bubble(ines, 'Comment');
    await ines.getByRole('textbox', { name: 'Write a comment' }).fill(text);
    await ines.getByRole('button', { name: 'Comment', exact: true }).last().click();
    await expect(cards(ines).getByText(text).first()).toBeVisible();
  }
  const card = cards(ines).locator('[data-card]').filter({ hasText: 'Delete this one.' });
  await card.getByRole('button', { name: 'More' }).click();
  await ines.getByRole('menuitem', { name: 'Delete' }).click();
  await ines.getByRole('button', { name: 'Delete', exact: true }).click();
  await saved(ines);
  await ines.getByRole('button', { name: 'Show the text' }).click();
  await ines.getByRole('menuitem', { name: 'Nothing lost' }).click();
  const page = ines.getByRole('dialog', { name: 'Nothing lost' });
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByText(/Delete this one\..*deleted by Ines Moreau/)).toBeVisible();
  await expect(page.getByText('Every change is on the server.')).toBeVisible();
  const row = (name: string): Promise<string[]> =>
    page
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .getByRole('cell')
      .allTextContents();
  const numbers = (cells: string[]): number[] => cells.map(Number);
  const [all, waiting, settled, deleted] = await Promise.all(
    ['Came in', 'Open', 'Resolved', 'Deleted'].map(async (name) => numbers(await row(name))),
  );
  expect(deleted?.[0]).toBe(1);
  for (const kind of [0, 1, 2])
    expect(all?.[kind]).toBe(
      (waiting?.[kind] ?? 0) + (settled?.[kind] ?? 0) + (deleted?.[kind] ?? 0),
    );
  await expect(page.getByText('Every one that came in is accounted for.')).toBeVisible();
  await page.getByRole('button', { name: 'Compare now' }).click();
  await expect(page.getByText(/^The same at/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();

  await ines.context().setOffline(true);
  await typeAfter(ines, 'vexed', ' COUNTED');
  await offline(ines);
  await ines.keyboard.press('Control+k');
  await ines.getByRole('combobox').fill('nothing lost');
  await expect(ines.getByRole('option', { name: 'Nothing lost' })).toBeVisible();
  await ines.keyboard.press('Enter');
  await expect(page.getByText(/\d+ changes? not on the server yet/)).toBeVisible();
  await ines.context().setOffline(false);
});
