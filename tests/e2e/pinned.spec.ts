/** A reader pinned to a hand-over, on screen: an editor chooses the moment, and the reader has the article of then, told as such. */
import { expect, test } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import { edit, keptHere, saved, shellIsKept, times, typeAfter } from '#tests/e2e/kept.ts';
import { enter, openArticle } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

test('[PE19][AU5][OL10] an editor pins somebody to a hand-over: their page goes back to it at once, says so, and shows nothing later, without a line either', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await openArticle(tom, /loggerheads/);
  await openArticle(ines, /loggerheads/);
  await shellIsKept(ines);
  await tom.getByRole('button', { name: 'Hand over…' }).click();
  const over = tom.getByRole('dialog', { name: 'Hand over' });
  await over.getByRole('button', { name: 'Hand over' }).click();
  await expect(over).toBeHidden();
  await edit(tom);
  await typeAfter(tom, 'over the past decade', ' AFTERWARDS');
  await saved(tom);
  await expect.poll(() => times(ines, 'AFTERWARDS')).toBe(1);
  await tom.getByRole('button', { name: 'Who has access' }).click();
  const access = tom.getByRole('dialog', { name: 'Who has access' });
  const person = access.getByLabel('Add somebody of the house');
  const option = await person.locator('option', { hasText: 'Ines Moreau' }).getAttribute('value');
  await person.selectOption(option);
  await access.getByLabel('Sees', { exact: true }).selectOption({ index: 1 });
  await access.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(access.getByText('Ines Moreau has access now.')).toBeVisible();
  const bar = ines.getByRole('note').filter({ hasText: 'as it was handed over on' });
  await expect(bar).toBeVisible();
  expect(await times(ines, 'AFTERWARDS')).toBe(0);
  const sees = access.getByLabel('What Ines Moreau sees');
  await expect(sees.locator('option:checked')).toContainText('As handed over');
  // Without a line the device has nothing later either.
  const context = ines.context();
  await saved(ines);
  await expect.poll(() => keptHere(ines)).toContain('"pin":{');
  await context.setOffline(true);
  await ines.reload();
  await expect(bar).toBeVisible();
  await expect(ines.getByText(/^Offline/).first()).toBeVisible();
  expect(await times(ines, 'AFTERWARDS')).toBe(0);
  await context.setOffline(false);
  await sees.selectOption({ index: 0 });
  await expect(access.getByText('Ines Moreau sees the article as it is.')).toBeVisible();
  await expect.poll(() => times(ines, 'AFTERWARDS')).toBe(1);
  await expect(bar).toBeHidden();
});
