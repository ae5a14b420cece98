/** What a person comes back to after long without the server: their edits as suggestions, notes and decisions made meanwhile, a form
 *  that could not be sent, and an article that is not theirs to read any more. */
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import {
  edit,
  keptHere,
  kill,
  offline,
  open,
  saved,
  shellIsKept,
  times,
  typeAfter,
} from '#tests/e2e/kept.ts';
import { article, bubble, cards, enter, openArticle, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close();
});

/** The clock of this page's browser goes ahead by an hour from here on, in pages that are opened later too. */
async function anHourLater(page: Page): Promise<void> {
  const ahead = (): void => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60 * 60 * 1000;
  };
  await page.context().addInitScript(ahead);
  await page.evaluate(ahead);
}

test('[OL8] an hour offline in Edit mode: what was typed comes back as suggestions, is said, and forced on nobody', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(tom, /loggerheads/);
  await openArticle(ines, /loggerheads/);
  await edit(tom);
  await house.kill();
  await typeAfter(tom, 'over the past decade', ' HOURLONG');
  await offline(tom);
  await anHourLater(tom);
  await house.start();
  await saved(tom);
  await expect(article(ines).locator('ins', { hasText: /LONG/ })).toBeVisible();
  for (const page of [tom, ines]) await expect.poll(() => times(page, 'HOURLONG')).toBe(1);
  await expect(tom.getByText(/^You were offline for 6\d minutes\./).first()).toBeVisible();
});

test('[OL1][OL2] a comment and a reply made offline survive a kill and arrive once', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  const context = tom.context();
  await openArticle(ines, /Security Cooperation/);
  await select(ines, 'The Changing');
  await bubble(ines, 'Comment');
  await ines.getByRole('textbox', { name: 'Write a comment' }).fill('To be answered');
  await ines.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await saved(ines);
  await openArticle(tom, /Security Cooperation/);
  const address = tom.url();
  await shellIsKept(tom);
  await expect.poll(() => keptHere(tom)).toContain('To be answered');
  await context.setOffline(true);
  const theirs = cards(tom).locator('[data-card]').filter({ hasText: 'To be answered' });
  await theirs.click();
  const reply = cards(tom).getByRole('textbox', { name: /Reply to/ });
  await reply.fill('Answered offline');
  await reply.press('Control+Enter');
  await expect(theirs.getByText('Answered offline')).toBeVisible();
  await select(tom, 'Scenario');
  await bubble(tom, 'Comment');
  await tom.getByRole('textbox', { name: 'Write a comment' }).fill('Said offline');
  await tom.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await offline(tom);
  await kill(tom, 'Answered offline', 'Said offline');
  await context.setOffline(false);
  const again = await open(context, address);
  await saved(again);
  for (const page of [again, ines]) {
    await expect(cards(page).getByText('Said offline').first()).toBeVisible();
    await cards(page).locator('[data-card]').filter({ hasText: 'To be answered' }).click();
    await expect(cards(page).locator('li', { hasText: 'Answered offline' })).toHaveCount(1);
  }
});

test('[OL13][OL19] a source that cannot be sent says so and stays in its form, and is there once in the end', async ({
  browser,
}) => {
  const sana = await enter(browser, house, 'Sana Rafiq');
  await openArticle(sana, /loggerheads/);
  await select(sana, 'fiscal year 2016');
  await bubble(sana, 'Mark a fact');
  await sana.getByRole('button', { name: 'Mark', exact: true }).click();
  await saved(sana);
  const fact = cards(sana).locator('[data-card]').filter({ hasText: 'fiscal year 2016' }).first();
  await fact.getByRole('button', { name: 'Add a source' }).click();
  await sana.context().setOffline(true);
  await fact.getByRole('textbox', { name: 'Title' }).fill('A source found offline');
  await fact.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(fact.getByRole('alert')).toBeVisible({ timeout: 60_000 });
  await expect(fact.getByRole('textbox', { name: 'Title' })).toHaveValue('A source found offline');
  await expect.poll(() => keptHere(sana)).toContain('A source found offline');
  await sana.context().setOffline(false);
  await saved(sana);
  // The line may need a moment more than the word for it.
  await expect(async () => {
    const title = fact.getByRole('textbox', { name: 'Title' });
    if ((await title.count()) > 0) await title.press('Enter');
    await expect(title).toHaveCount(0, { timeout: 2000 });
  }).toPass();
  // The first time it may have arrived although no answer came: it is there once.
  await expect(fact.getByText('A source found offline')).toHaveCount(1);
});

test('[OL10] rights taken away while offline: the article is forgotten, and one’s own words are shown', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(tom, /loggerheads/);
  await openArticle(ines, /loggerheads/);
  const id = tom.url().split('/a/')[1] ?? '';
  const put = async (path: string, data: object): Promise<void> => {
    const headers = { origin: house.url };
    const answer = await tom.request.put(`${house.url}/api/articles/${id}/${path}`, {
      data,
      headers,
    });
    expect(answer.status(), path).toBe(200);
  };
  const restrict = (restricted: boolean): Promise<void> => put('restricted', { restricted });
  await put('people/demo-tom-whelan', { role: 'editor' });
  const context = ines.context();
  const address = ines.url();
  await shellIsKept(ines);
  await expect.poll(() => keptHere(ines)).toContain('vexed');
  await context.setOffline(true);
  await typeAfter(ines, 'urging it', ' TAKENAWAY');
  await offline(ines);
  await kill(ines, 'AWAY');
  await restrict(true);
  await context.setOffline(false);
  const back = await context.newPage();
  await back.goto(address);
  await expect(back.getByRole('heading', { name: 'Could not be placed' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(back.getByText(/AWAY/)).toBeVisible();
  await expect(article(back)).toHaveCount(0);
  await expect.poll(() => keptHere(back)).not.toContain('vexed');
  await expect(article(tom)).not.toContainText('TAKENAWAY');
  await restrict(false);
});
