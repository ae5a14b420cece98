/** The proof: two people on a real article, one word corrected, the server killed, nothing lost. */
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, bubble, cards, enter, openArticle, reading, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const loggerheads = /loggerheads/;

async function copyOf(page: Page, query: string): Promise<string> {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const answer = await page.request.get(`${house.url}/api/articles/${id}/export?${query}`);
  expect(answer.ok(), query).toBe(true);
  return answer.text();
}

test('[FL1] a copy editor and an editor correct “safe heaven” together, the server is killed, and nothing is missing', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const ines = await enter(browser, house, 'Ines Moreau');
  const tom = await enter(browser, house, 'Tom Whelan');
  await openArticle(ines, loggerheads);
  await openArticle(tom, loggerheads);

  await test.step('Ines suggests haven; Tom sees the strike, the insertion and the card', async () => {
    await select(ines, 'heaven');
    await bubble(ines, 'Suggest');
    await ines.getByRole('textbox', { name: 'Replace with' }).fill('haven');
    await ines.getByRole('textbox', { name: 'Reason (optional)' }).fill('Wrong word');
    await cards(ines).getByRole('button', { name: 'Suggest', exact: true }).click();
    await expect(article(tom).locator('del', { hasText: 'heaven' })).toBeVisible();
    await expect(article(tom).locator('ins', { hasText: 'haven' })).toBeVisible();
    await expect(cards(tom).getByText('Wrong word', { exact: true })).toBeVisible();
  });

  await test.step('Tom replies; Ines sees it', async () => {
    await cards(tom).getByText('Wrong word', { exact: true }).click();
    const reply = cards(tom).getByRole('textbox', { name: /Reply/ });
    await reply.fill('Agreed. It is inside quotation marks.');
    await reply.press('Control+Enter');
    await cards(ines).getByText('Wrong word', { exact: true }).click();
    await expect(
      cards(ines).getByText('Agreed. It is inside quotation marks.', { exact: true }),
    ).toBeVisible();
  });

  await test.step('Ines marks a fact and comments', async () => {
    await select(ines, 'already received $550 million');
    await bubble(ines, 'Mark a fact');
    await ines.getByRole('textbox', { name: 'What needs checking?' }).fill('Adds up to $900m?');
    await cards(ines).getByRole('button', { name: 'Mark', exact: true }).click();
    await expect(cards(tom).getByText('Adds up to $900m?', { exact: true })).toBeVisible();
    await select(ines, 'veritable arm');
    await bubble(ines, 'Comment');
    await ines.getByRole('textbox', { name: 'Write a comment' }).fill('Who is quoted here?');
    await cards(ines).getByRole('button', { name: 'Comment', exact: true }).click();
    await expect(article(tom).locator('mark', { hasText: 'veritable arm' })).toBeVisible();
  });

  await test.step('Tom deletes the sentence under the comment and undoes: it is back on its words', async () => {
    await tom.getByRole('radio', { name: 'Edit' }).click();
    await select(tom, 'is using Haqqani network as a “');
    await article(tom).press('Home');
    await select(tom, 'Top US officials believe that Pakistan’s premier');
    await article(tom).press('ArrowLeft');
    await tom.keyboard.down('Shift');
    for (let i = 0; i < 4; i++) await tom.keyboard.press('ArrowDown');
    await tom.keyboard.up('Shift');
    await tom.keyboard.press('Delete');
    await expect(article(tom)).not.toContainText('veritable arm');
    await expect(article(ines)).not.toContainText('veritable arm');
    await expect(cards(ines).getByText('Needs a place').first()).toBeVisible();
    await tom.keyboard.press('Control+z');
    await expect(article(ines).locator('mark', { hasText: 'veritable arm' })).toBeVisible();
    await expect(article(tom).locator('mark', { hasText: 'veritable arm' })).toBeVisible();
  });

  await test.step('Tom accepts', async () => {
    await article(tom).locator('ins', { hasText: 'haven' }).click();
    await cards(tom)
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click();
    await expect(article(ines).locator('del')).toHaveCount(0);
    await expect.poll(() => reading(ines)).toContain('safe haven’ to Haqqani');
  });

  await test.step('The server is killed and started again; both reload and nothing is missing', async () => {
    await house.kill();
    await house.start();
    for (const page of [ines, tom]) {
      await page.reload();
      await expect.poll(() => reading(page)).toContain('safe haven’ to Haqqani');
      await expect(article(page).locator('mark', { hasText: 'veritable arm' })).toBeVisible();
      await expect(cards(page).getByText('Adds up to $900m?', { exact: true })).toBeVisible();
    }
  });

  await test.step('The copies tell the three readings, and the JSON holds every thread', async () => {
    for (const format of ['html', 'md', 'txt']) {
      expect(await copyOf(tom, `format=${format}&view=accepted`)).toContain('safe haven’');
      expect(await copyOf(tom, `format=${format}&view=accepted`)).toContain('NOT CLEARED');
    }
    const json = JSON.parse(await copyOf(tom, 'format=json')) as Record<string, unknown>;
    const all = JSON.stringify(json);
    expect(all).not.toContain('NOT CLEARED');
    for (const said of [
      'Agreed. It is inside quotation marks.',
      'Adds up to $900m?',
      'Who is quoted here?',
      'Wrong word',
    ])
      expect(all).toContain(said);
  });
});
