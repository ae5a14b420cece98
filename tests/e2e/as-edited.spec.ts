/** Writing in the views of the text, in a real browser. */
import { expect, test } from '@playwright/test';
import { House } from '#tests/e2e/house.ts';
import {
  caret,
  first,
  mode,
  newArticle,
  second,
  seen,
  show,
  third,
} from '#tests/e2e/input-page.ts';
import { saved } from '#tests/e2e/kept.ts';
import { article, enter, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

for (const name of ['Edit', 'Suggest'] as const)
  test(`[PA30] [PA31] the text as edited is written in ${name} mode, and nothing hidden is touched`, async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    await newArticle(tom, house);
    await mode(tom, 'Suggest');
    await select(tom, 'heaven');
    await tom.keyboard.type('haven');
    await caret(tom, 'A third', 'before');
    await tom.keyboard.press('Backspace');
    await select(tom, ' last year.');
    await tom.keyboard.press('Delete');
    await mode(tom, name);
    await show(tom, 'As edited');
    await expect
      .poll(async () => (await seen(tom)).slice(1))
      .toEqual([first.replace('heaven', 'haven'), second.replace(' last year.', third)]);
    await caret(tom, 'safe ', 'behind');
    await tom.keyboard.type('and ');
    await tom.keyboard.press('ArrowRight');
    await tom.keyboard.press('ArrowLeft');
    await tom.keyboard.press('ArrowLeft');
    await tom.keyboard.press('Delete');
    await tom.keyboard.press('Backspace');
    await tom.keyboard.press('ArrowRight');
    await tom.keyboard.press('Delete');
    await expect.poll(async () => (await seen(tom))[1]).toBe(first.replace('heaven', 'anhven'));
    await tom.keyboard.type('h');
    await tom.keyboard.press('Control+Backspace');
    await expect.poll(async () => (await seen(tom))[1]).toBe(first.replace('heaven', 'ven'));
    await caret(tom, 'the fund', 'behind');
    await tom.keyboard.press('Delete');
    await tom.keyboard.press('Backspace');
    await tom.keyboard.type('d: a');
    await expect
      .poll(async () => (await seen(tom))[2])
      .toBe(`${second.replace(' last year.', ': a')} third${third.slice(7)}`);
    // Over hidden words, and over what is seen as one paragraph.
    await select(tom, 'They'.toLowerCase());
    for (let i = 0; i < 8; i++) await tom.keyboard.press('Shift+Control+ArrowRight');
    await tom.keyboard.type('x');
    await expect.poll(async () => (await seen(tom))[2]).toContain('says that x');
    const struck = await article(tom).locator('del').allInnerTexts();
    await show(tom, 'Marked');
    const after = (await article(tom).locator('del').allTextContents()).join('');
    expect(after, struck.join()).toContain('heaven');
    expect(after).toContain(' last year.');
    await expect(article(tom).locator('[data-sugg-kinds~="del"]')).toHaveCount(1);
    await saved(tom);
    await tom.reload();
    await expect(article(tom)).toBeVisible();
    await expect
      .poll(async () => (await article(tom).locator('del').allTextContents()).join(''))
      .toBe(after);
  });
test('[PA32] who writes in "As filed" is told why nothing happens', async ({ browser }) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  await mode(tom, 'Suggest');
  await show(tom, 'As filed');
  await article(tom).locator('p').first().click();
  await tom.keyboard.press('q');
  await expect(tom.getByText(/As filed shows what came in/).first()).toBeVisible();
  await expect.poll(async () => (await seen(tom))[1]).toBe(first);
});
