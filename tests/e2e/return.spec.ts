/** A copy that went out comes back edited: offered on the import page, looked at three ways, and brought in as chosen. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { still } from '#tests/e2e/still.ts';
import { article, enter, select } from '#tests/e2e/words.ts';
import {
  comment,
  decided,
  edited,
  plainReplace,
  trackedInsert,
  trackedReplace,
} from '#tests/formats/return/word-edits.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true, content: true });
});
test.afterAll(() => house.close());

const pictures = process.env['RETURN_PICTURES'];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
};

test('[WB10] a dropped copy of an article is offered to it, shown beside what changed here, and brought in as chosen', async ({
  browser,
}) => {
  const page = await enter(browser, house, 'Tom Whelan');
  await page.getByRole('link', { name: /USA and Pakistan are at loggerheads/ }).click();
  await expect(article(page)).toContainText('Haqqani');
  const address = page.url();
  const id = new URL(address).pathname.split('/')[2] ?? '';
  const sent = await page.request.get(
    `${house.url}/api/articles/${id}/export?format=docx&view=marked`,
  );
  const back = edited(
    new Uint8Array(await sent.body()),
    trackedReplace('reluctance', 'Nadia Word', 'unwillingness'),
    trackedInsert('poised', 'Nadia Word', ' then'),
    plainReplace('allotted', 'granted'),
    comment({ on: 'strict policies', author: 'Nadia Word', text: 'Which of them?' }),
    decided('heaven', 'w:del', 'accept'),
    decided('haven', 'w:ins', 'accept'),
  );

  await test.step('the article goes on meanwhile', async () => {
    await select(page, 'reluctance');
    await page.keyboard.type('refusal');
    await expect(article(page)).toContainText('refusal');
    await expect
      .poll(async () =>
        (
          await page.request.get(`${house.url}/api/articles/${id}/export?format=txt&view=accepted`)
        ).text(),
      )
      .toContain('refusal');
  });

  await test.step('the import page knows where the file belongs', async () => {
    await page.goto(`${house.url}/import`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'back.docx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(back),
    });
    await shoot(page, 'offer');
    await page.getByRole('button', { name: /Bring back into “USA and Pakistan/ }).click();
    await expect(page.getByRole('heading', { name: 'Bring back a copy' })).toBeVisible();
  });

  await test.step('conflicts have three texts, the rest a choice', async () => {
    const conflict = page.getByRole('region', { name: /Changed here and in the file/ });
    await expect(conflict.locator('mark')).toHaveText(['reluctance', 'unwillingness', 'refusal']);
    await expect(conflict.getByLabel('Keep as a comment')).toBeChecked();
    await expect(page.getByRole('region', { name: /^Suggestions/ })).toContainText('granted');
    await expect(page.getByRole('region', { name: /^Decisions/ })).toContainText(
      'Accepted in the file',
    );
    await still(page);
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map((one) => one.id)).toEqual([]);
    await shoot(page, 'light');
    await page.getByText('What changed here since').click();
    await shoot(page, 'since');
    await page.setViewportSize({ width: 390, height: 844 });
    await shoot(page, 'phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await still(page);
    const dark = await new AxeBuilder({ page }).analyze();
    expect(dark.violations.map((one) => one.id)).toEqual([]);
    await shoot(page, 'dark');
    await page.getByLabel('Suggest what came back').check();
  });

  await test.step('what was chosen is in the article', async () => {
    await page.getByRole('button', { name: 'Bring in 5 changes' }).click();
    await expect(page.getByText('5 changes were brought in.')).toBeVisible();
    await shoot(page, 'done');
    await page.getByRole('link', { name: 'Open the article' }).click();
    for (const words of ['unwillingness', 'granted', 'safe haven'])
      await expect(article(page)).toContainText(words);
    await expect(page.getByText('Which of them?').first()).toBeVisible();
    await shoot(page, 'article');
  });
});
