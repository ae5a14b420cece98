/** What is typed into forms and not sent: there again after a kill and after a crash, gone when it is sent, named when one leaves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  expect,
  test,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { keptHere, kill, open, saved, shootDown, signIn, written } from '#tests/e2e/kept.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close();
});

async function openBooks(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('nothing lost');
  await expect(page.getByRole('option', { name: 'Nothing lost' })).toBeVisible();
  await page.keyboard.press('Enter');
  const books = page.getByRole('dialog', { name: 'Nothing lost' });
  await expect(books).toBeVisible();
  return books;
}

test('[OL13] the reason of a suggestion, and who is to read a comment, are there again after a kill', async ({
  browser,
}) => {
  const sana = await enter(browser, house, 'Sana Rafiq');
  const context = sana.context();
  await openArticle(sana, /loggerheads/);
  const address = sana.url();
  await select(sana, 'nadir point');
  await bubble(sana, 'Comment');
  await sana.getByRole('textbox', { name: 'Write a comment' }).fill('For the desk');
  await sana.getByRole('combobox', { name: 'Seen by' }).selectOption('desk');
  await kill(sana, 'For the desk', '"desk"');
  const again = await open(context, address);
  await expect(again.getByRole('textbox', { name: 'Write a comment' })).toHaveValue('For the desk');
  await expect(again.getByRole('combobox', { name: 'Seen by' })).toHaveValue('desk');
  await again.getByRole('button', { name: 'Cancel' }).click();
  await select(again, 'urging it');
  await bubble(again, 'Suggest');
  await again.getByRole('textbox', { name: 'Reason (optional)' }).fill('A better verb');
  await kill(again, 'A better verb');
  const last = await open(context, address);
  await expect(last.getByRole('textbox', { name: 'Reason (optional)' })).toHaveValue(
    'A better verb',
  );
  const books = await openBooks(last);
  await expect(books.getByText('2 things half written')).toBeVisible();
  await expect(books.getByText('For the desk')).toBeVisible();
  await expect(books.getByText('A better verb')).toBeVisible();
  await books.getByRole('button', { name: 'Put away' }).first().click();
  await expect(books.getByText('1 thing half written')).toBeVisible();
  await expect.poll(() => keptHere(last)).not.toContain('For the desk');
});

test('[OL13] a source, a verdict, new words for an own note and the note of a hand-over outlive a browser that is shot down', async () => {
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
  await signIn(page, house, 'Sana Rafiq');
  await openArticle(page, /loggerheads/);
  const address = page.url();
  await select(page, 'fiscal year 2016');
  await bubble(page, 'Mark a fact');
  await page.getByRole('button', { name: 'Mark', exact: true }).click();
  const card = cards(page).locator('[data-card][data-focused]');
  await card.getByRole('button', { name: 'Add a source' }).click();
  await card.getByRole('textbox', { name: 'Title' }).fill('Budget justification');
  await card
    .getByRole('textbox', { name: /quotation|Quote|words/i })
    .first()
    .fill('on page 4');
  await select(page, 'vexed');
  await bubble(page, 'Comment');
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('Mine to change');
  await page.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await expect(cards(page).getByText('Mine to change').first()).toBeVisible();
  await saved(page);
  await cards(page)
    .locator('[data-card][data-focused]')
    .getByRole('button', { name: 'More' })
    .click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await cards(page).getByRole('textbox', { name: 'Edit' }).fill('Mine, half changed');
  await page.getByRole('button', { name: /Hand over/ }).click();
  await page.getByRole('textbox', { name: 'What is asked' }).fill('Please see to the numb');
  for (const words of [
    'Budget justification',
    'on page 4',
    'Mine, half changed',
    'see to the numb',
  ])
    await written(page, words);
  await shootDown(profile);
  await first.close().catch(() => undefined);

  const second = await launch();
  const again = await second.newPage();
  await again.goto(address);
  // The way in of the demo; once inside, the button of the account has the name too.
  const door = again.getByRole('button', { name: /^(?!Your account).*Sana Rafiq/ });
  await expect(door.or(article(again))).toBeVisible();
  if (await door.isVisible()) await door.click();
  await expect(article(again)).toBeVisible();
  const books = await openBooks(again);
  for (const words of ['Budget justification', 'Mine, half changed', 'Please see to the numb'])
    await expect(books.getByText(words)).toBeVisible();
  await books.getByRole('button', { name: 'Close' }).click();
  const fact = cards(again).locator('[data-card]').filter({ hasText: 'fiscal year 2016' }).first();
  await fact.click();
  await expect(cards(again).getByRole('textbox', { name: 'Title' })).toHaveValue(
    'Budget justification',
  );
  await again.getByRole('button', { name: /Hand over/ }).click();
  await expect(again.getByRole('textbox', { name: 'What is asked' })).toHaveValue(
    'Please see to the numb',
  );
  await again.keyboard.press('Escape');
  // Sent, it is nowhere any more.
  await cards(again).getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(cards(again).getByText('Budget justification').first()).toBeVisible();
  await expect.poll(() => keptHere(again)).not.toContain('form cite');
  await fact.getByRole('button', { name: 'Give a verdict' }).click();
  const reason = fact.getByRole('textbox', { name: 'Why' });
  await reason.fill('Page 4 says');
  await fact.getByRole('combobox', { name: 'Verdict' }).selectOption('misleading');
  await kill(again, 'Page 4 says', 'misleading');
  const last = await open(second, address);
  const there = cards(last).locator('[data-card]').filter({ hasText: 'fiscal year 2016' }).first();
  await there.click();
  await expect(there.getByRole('textbox', { name: 'Why' })).toHaveValue('Page 4 says');
  await expect(there.getByRole('combobox', { name: 'Verdict' })).toHaveValue('misleading');
  await second.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

test('[OL16] who signs out is told what is half written, may stay, and leaves none of it behind', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const context = tom.context();
  await openArticle(tom, /loggerheads/);
  await select(tom, 'over the past decade');
  await bubble(tom, 'Comment');
  await tom.getByRole('textbox', { name: 'Write a comment' }).fill('Only here');
  await written(tom, 'Only here');
  await tom.goto(`${house.url}/`);
  const leave = async (): Promise<void> => {
    await tom.getByRole('button', { name: /Your account/ }).click();
    await tom.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  };
  await leave();
  const question = tom.getByRole('alertdialog');
  await expect(question.getByText('Only here')).toBeVisible();
  await question.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(question).toHaveCount(0);
  expect(await keptHere(tom)).toContain('Only here');
  await leave();
  await question.getByRole('button', { name: 'Sign out and remove it' }).click();
  await expect(tom.getByRole('button', { name: /Sana Rafiq/ })).toBeVisible();
  expect(await keptHere(tom)).not.toContain('Only here');
  await context.close();
});
