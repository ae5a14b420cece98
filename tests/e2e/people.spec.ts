/** A new house fills: the first administrator, people by invitation, a guest, a new password, a closed account. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, bubble, cards, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: false });
});
test.afterAll(() => house.close());

const password = 'a long enough one';
const loggerheads = /loggerheads/;

async function somebody(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  return context.newPage();
}

const atLibrary = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();

async function setupLink(): Promise<string> {
  const link = /http\S+\/setup\?token=\S+/;
  await expect.poll(() => house.printed).toMatch(link);
  return link.exec(house.printed)?.[0] ?? '';
}

/** The link in the open dialog; closes the part that shows it. */
async function takeLink(page: Page): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Link', exact: true });
  const link = await field.inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(field).toBeHidden();
  return link;
}

async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Role').selectOption({ label: role });
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  return takeLink(page);
}

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
}

async function signIn(page: Page, email: string, word: string): Promise<void> {
  await page.goto(`${house.url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(word);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Nothing sticks out, and axe finds nothing, in both themes and on a phone. */
async function looksRight(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 860 });
      await expect
        .poll(
          () => page.evaluate(() => document.documentElement.scrollWidth),
          `${page.url()} ${width}`,
        )
        .toBeLessThanOrEqual(width);
    }
    await still(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 860 });
}

test('[PE17][PE2][PE9][PE18] a house fills by invitations, and a closed account is shut out while its page is open', async ({
  browser,
}) => {
  test.setTimeout(360_000);
  const ada = await somebody(browser);
  const tom = await somebody(browser);
  const guest = await somebody(browser);

  await test.step('the first administrator comes by the printed link', async () => {
    await ada.goto(await setupLink());
    await ada.getByLabel('Your name').fill('Ada Admin');
    await ada.getByLabel('E-mail').fill('ada@galley.test');
    await ada.getByLabel('Password', { exact: true }).fill(password);
    await ada.getByRole('button', { name: 'Make the account' }).click();
    await atLibrary(ada);
    await ada.getByRole('button', { name: /Your account/ }).click();
    await ada.getByRole('menuitem', { name: 'People' }).click();
    await expect(ada.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  });

  await test.step('an editor is invited, joins, and signs in again with the password', async () => {
    const link = await invite(ada, 'tom@galley.test', 'Editor');
    await expect(ada.getByText('tom@galley.test')).toBeVisible();
    await tom.goto(link);
    await expect(tom.getByText('Your role: Editor.')).toBeVisible();
    await looksRight(tom);
    await join(tom, link, 'Tom Whelan');
    await atLibrary(tom);
    await tom.context().clearCookies();
    await signIn(tom, 'tom@galley.test', password);
    await atLibrary(tom);
    await ada.goto(link);
    await expect(ada.getByText('This link has expired or was used already.')).toBeVisible();
    await ada.goto(`${house.url}/admin/people`);
    await expect(ada.getByRole('row', { name: /Tom Whelan/ })).toBeVisible();
  });

  await test.step('the editor closes an article to the desk and invites a guest with an end', async () => {
    await openArticle(tom, loggerheads);
    await tom.getByRole('button', { name: 'Who has access' }).click();
    const dialog = tom.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Only the people of this article' }).check();
    await expect(
      dialog.getByText('Only the people of this article have access now.'),
    ).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Remove Tom Whelan' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Invite a guest' }).click();
    await dialog.getByLabel('E-mail').fill('guest@galley.test');
    await dialog.getByLabel('Until (optional)').fill('2099-12-24');
    await looksRight(tom);
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = await takeLink(tom);
    await join(guest, link, 'Maria Amjad');
    await expect(article(guest)).toBeVisible();
    await tom.getByRole('button', { name: 'Close' }).click();
    await select(guest, 'veritable arm');
    await bubble(guest, 'Comment');
    await guest.getByRole('textbox', { name: 'Write a comment' }).fill('My own words?');
    await cards(guest).getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(cards(tom).getByText('My own words?', { exact: true })).toBeVisible();
    await expect(cards(tom).getByText('Maria Amjad').first()).toBeVisible();
    await guest.goto(`${house.url}/`);
    await expect(guest.getByRole('link', { name: loggerheads })).toBeVisible();
    await expect(guest.locator('tbody tr')).toHaveCount(1);
    await ada.goto(`${house.url}/`);
    await atLibrary(ada);
    await expect(ada.getByRole('link', { name: loggerheads })).toHaveCount(0);
  });

  await test.step('who is taken off the article is told so while reading it', async () => {
    await guest.getByRole('link', { name: loggerheads }).click();
    await expect(article(guest)).toBeVisible();
    await tom.getByRole('button', { name: 'Who has access' }).click();
    await tom.getByRole('button', { name: 'Remove Maria Amjad' }).click();
    const bar = guest.getByRole('alert').filter({ hasText: 'you have no access to it' });
    await expect(bar).toBeVisible({ timeout: 60_000 });
    await bar.getByRole('link', { name: 'Go to the library' }).click();
    await expect(guest.getByText('No articles are shared with you yet.')).toBeVisible();
  });

  await test.step('a new password comes by a link, and the earlier one is gone', async () => {
    await ada.goto(`${house.url}/admin/people`);
    await ada.getByRole('button', { name: 'More about Maria Amjad' }).click();
    await ada.getByRole('menuitem', { name: 'Link for a new password' }).click();
    await guest.goto(await takeLink(ada));
    await guest.getByLabel('New password').fill('quite another one');
    await looksRight(guest);
    await guest.getByRole('button', { name: 'Set the password' }).click();
    await atLibrary(guest);
    await guest.context().clearCookies();
    await signIn(guest, 'guest@galley.test', password);
    await expect(guest.getByText('The e-mail or the password is not right.')).toBeVisible();
  });

  await test.step('the account of the editor is closed while they read', async () => {
    await expect(article(tom)).toBeVisible();
    await looksRight(ada);
    await ada.getByRole('button', { name: 'More about Tom Whelan' }).click();
    await ada.getByRole('menuitem', { name: 'Close the account' }).click();
    await ada.getByRole('alertdialog').getByRole('button', { name: 'Close the account' }).click();
    const bar = tom.getByRole('alert').filter({ hasText: 'You were signed out.' });
    await expect(bar).toBeVisible({ timeout: 60_000 });
    await expect(ada.getByText('Account closed')).toBeVisible();
    await signIn(tom, 'tom@galley.test', password);
    await expect(tom.getByText('This account is closed. Ask an administrator.')).toBeVisible();
  });

  await test.step('the last administrator stays one, and can hand the restricted article on', async () => {
    await ada.getByLabel('Role of Ada Admin').selectOption({ label: 'Editor' });
    await expect(ada.getByText('The house needs an administrator.')).toBeVisible();
    await expect(ada.getByLabel('Role of Ada Admin')).toHaveValue('admin');
    await ada.getByRole('button', { name: 'Who has access' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog
      .getByLabel('Add somebody of the house')
      .selectOption({ label: 'Ada Admin · Administrator' });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText('Ada Admin has access now.')).toBeVisible();
    await ada.goto(`${house.url}/`);
    await expect(ada.getByRole('link', { name: loggerheads })).toBeVisible();
  });
});
