/** An article goes from the desk to the checkers, and the library says so and finds it. */
import { expect, test } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { article, enter, openArticle, reading } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

test('[HO5] handing over changes the stage for everybody at once, keeps what is being typed, and the library shows and finds it', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const sana = await enter(browser, house, 'Sana Rafiq');
  await openArticle(tom, /loggerheads/);
  await openArticle(sana, /loggerheads/);
  await article(sana).getByText('On July 21').click();
  await sana.keyboard.press('Home');
  await sana.keyboard.type('Quagga ');
  await tom.getByRole('button', { name: 'Hand over…' }).click();
  const dialog = tom.getByRole('dialog', { name: 'Hand over' });
  await dialog.getByRole('combobox', { name: /^To/ }).selectOption({ label: 'Sana Rafiq' });
  await dialog.getByLabel('Due').fill('2030-05-04T18:00');
  await dialog.getByRole('textbox', { name: 'What is asked' }).fill('Facts by six.');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await expect(dialog).toBeHidden();
  await sana.keyboard.type('herd ');
  await expect.poll(() => reading(tom)).toContain('Quagga herd ');
  await sana.getByRole('link', { name: 'Back to the library' }).click();
  const row = sana.getByRole('row', { name: /loggerheads/ });
  await expect(row).toContainText('Being checked');
  await expect(row).toContainText('for you');
  await sana
    .getByRole('searchbox', { name: 'Search headline, text and notes' })
    .fill('quagga HERD');
  await expect(sana.getByRole('row', { name: /Changing/ })).toBeHidden();
  await expect(row).toBeVisible();
  // What is looked for stands in the address: it can be kept, and the page comes back with it.
  await expect(sana).toHaveURL(/\?q=quagga\+HERD$/);
  await sana.getByLabel('Stage').selectOption({ label: 'Being checked' });
  await sana.getByLabel('For me').check();
  await expect(sana).toHaveURL(/q=quagga\+HERD&stage=checking&mine=1$/);
  await sana.reload();
  await expect(row).toBeVisible();
  await expect(sana.getByRole('searchbox')).toHaveValue('quagga HERD');
  await sana.getByLabel('Stage').selectOption({ label: 'Held' });
  await expect(sana.getByText('No article holds “quagga HERD”.')).toBeVisible();
  await sana.getByRole('button', { name: 'Show all articles' }).click();
  await expect(sana.getByRole('row')).toHaveCount(3);
  await expect(sana.getByRole('searchbox')).toHaveValue('');
  // What is new since one last read leads to it.
  await article(tom).getByText('On July 21').click();
  await tom.keyboard.press('Home');
  await tom.keyboard.type('Wombat ');
  await expect
    .poll(async () => {
      await sana.reload();
      return row.innerText();
    })
    .toMatch(/\d new changes?/);
  await sana.getByRole('link', { name: /new changes? since you last read it/ }).click();
  await expect(sana).toHaveURL(/\/history\/\d+\.\.\d+\?text=accepted$/);
  await expect(sana.getByRole('main', { name: 'What changed' }).locator('ins')).toContainText(
    'Wombat',
  );
});
