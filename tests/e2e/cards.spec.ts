/** Cards that hold several suggestions: alternatives, the changes of one sentence, silent corrections; with two people in two browsers. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectClean } from '#tests/e2e/axe.ts';
import { find, Hand } from '#tests/e2e/hand.ts';
import { House } from '#tests/e2e/house.ts';
import { settled, still } from '#tests/e2e/still.ts';
import { article, cards, enter, holdUndo, openArticle, reading } from '#tests/e2e/words.ts';

const loggerheads = /loggerheads/;
let house: House;
test.beforeEach(async () => {
  // Each test has a house of its own, since it decides what it finds there.
  test.setTimeout(300_000);
  house = await House.open({ demo: true });
});
test.afterEach(() => house.close());

/** Suggests through the server, each pair one suggestion of this person; the words are found as they stand then. */
async function suggest(
  name: string,
  ...changes: readonly (readonly [words: string, instead: string, reason?: string])[]
): Promise<void> {
  const hand = await Hand.open(house.url, name, loggerheads);
  for (const [words, instead, reason = ''] of changes) {
    const range = find(hand.review.doc, words);
    if (!range) throw new Error(`“${words}” is not in the text.`);
    await hand.suggest(range, instead, reason);
  }
  hand.close();
}

async function open(page: Page): Promise<void> {
  await openArticle(page, loggerheads);
}

const card = (page: Page, name: RegExp): Locator => cards(page).getByRole('article', { name });
/** Waits until the card in focus has been on the screen for so long that keys decide it. */
const seen = (page: Page): Promise<void> => settled(page, 400);
const focusedCard = (page: Page): Locator => cards(page).locator('[data-card][data-focused]');

test('[CD1][CD5] suggestions for the same words are one card with a choice for each; accepting one settles the others for everybody', async ({
  browser,
}) => {
  await suggest('Ines Moreau', ['heaven', 'haven', 'A harbour, not paradise']);
  await suggest('Sana Rafiq', ['heaven', 'refuge', 'Plainer']);
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await open(tom);
  await open(ines);
  const both = card(tom, /^Suggestion, .*2 alternatives$/);
  await expect(both).toBeVisible();
  await expect(both.getByText('Ines Moreau')).toBeVisible();
  await expect(both.getByText('A harbour, not paradise')).toBeVisible();
  await expect(both.getByText('refuge')).toBeVisible();
  await expect(cards(tom).getByRole('article')).toHaveCount(1);
  // Who may not decide sees the alternatives too, and can take back only what is hers.
  const hers = card(ines, /2 alternatives$/);
  await hers.getByText('haven', { exact: true }).click();
  await expect(hers.getByRole('button', { name: 'Withdraw' })).toHaveCount(1);
  await expect(hers.getByRole('button', { name: /Accept this/ })).toHaveCount(0);
  await hers.getByRole('textbox', { name: /Reply to Ines Moreau/ }).fill('As in Chandler');
  await ines.keyboard.press('Control+Enter');
  // Each alternative keeps its thread, and they are read together.
  await both.getByText('refuge').click();
  await expect(both.getByText('As in Chandler')).toBeVisible();
  await expect(both.getByRole('textbox', { name: /Reply to Sana Rafiq/ })).toBeVisible();
  await both.getByRole('button', { name: /^Accept this: .*“haven”/ }).click();
  await holdUndo(tom);
  await expect(article(ines).locator('ins')).toHaveCount(0);
  await expect.poll(() => reading(ines)).toContain('safe haven');
  await expect(card(ines, /alternatives$/)).toHaveCount(0);
  await tom.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(card(ines, /2 alternatives$/)).toBeVisible();
});

test('[CD5] by keyboard each alternative is a stop; A accepts the one in focus, X keeps the words as they are', async ({
  browser,
}) => {
  await suggest('Ines Moreau', ['heaven', 'haven']);
  await suggest('Sana Rafiq', ['heaven', 'refuge']);
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  await expect(card(tom, /2 alternatives$/)).toBeVisible();
  const current = cards(tom).locator('[data-member][aria-current]');
  await tom.keyboard.press('j');
  await expect(current).toHaveCount(1);
  const first = (await current.getAttribute('aria-label')) ?? '';
  await tom.keyboard.press('j');
  await expect(current).not.toHaveAttribute('aria-label', first);
  await seen(tom);
  await tom.keyboard.press('x');
  await holdUndo(tom);
  await expect(article(tom).locator('ins')).toHaveCount(0);
  expect(await reading(tom)).toContain('heaven');
  await tom.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(card(tom, /2 alternatives$/)).toBeVisible();
  await tom.keyboard.press('j');
  await expect(current).toHaveCount(1);
  await tom.keyboard.press('k');
  await seen(tom);
  const chosen = (await current.getAttribute('aria-label')) ?? '';
  await tom.keyboard.press('a');
  await expect(article(tom).locator('ins')).toHaveCount(0);
  const word = /with “(\w+)”/.exec(chosen)?.[1] ?? 'nothing';
  await expect.poll(() => reading(tom)).toContain(`safe ${word}`);
});

test('[CD2][CD4][CD7] changes of one person in one sentence are one card, accepted whole or taken apart; they are counted one by one', async ({
  browser,
}) => {
  await suggest('Ines Moreau', ['vexed', 'troubled'], ['reluctance', 'slowness', 'Plainer']);
  const tom = await enter(browser, house, 'Tom Whelan');
  const sana = await enter(browser, house, 'Sana Rafiq');
  await open(tom);
  await open(sana);
  const name = /^Suggestion, Ines Moreau, 2 changes in this sentence$/;
  await expect(card(tom, name)).toBeVisible();
  await expect(tom.getByRole('button', { name: 'Suggestions 2' })).toBeVisible();
  await tom.keyboard.press('j');
  await expect(tom.getByText('1 of 2', { exact: true })).toBeVisible();
  await tom.keyboard.press('j');
  await expect(tom.getByText('1 of 2', { exact: true })).toBeVisible();
  await focusedCard(tom).getByRole('button', { name: 'Replace reluctance with slowness' }).click();
  await expect(tom.getByText('2 of 2', { exact: true })).toBeVisible();
  await focusedCard(tom).getByRole('button', { name: 'Accept 2 changes' }).click();
  await holdUndo(tom);
  await expect(article(sana).locator('ins')).toHaveCount(0);
  // One decision: it is taken back as one.
  await tom.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(card(sana, name)).toBeVisible();
  // The keys of the text decide what the buttons of the card decide.
  await article(tom).focus();
  await tom.keyboard.press('F8');
  await expect(focusedCard(tom)).toBeVisible();
  await seen(tom);
  await tom.keyboard.press('Control+Enter');
  await holdUndo(tom);
  await expect(article(sana).locator('ins')).toHaveCount(0);
  await tom.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(card(sana, name)).toBeVisible();
  await card(tom, name).click();
  await focusedCard(tom).getByRole('button', { name: 'Decide one by one' }).click();
  await expect(card(tom, /^Suggestion, Ines Moreau$/)).toHaveCount(2);
  await expect(card(sana, name), 'for her they are still one card').toBeVisible();
  await focusedCard(tom).getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(article(sana).locator('ins')).toHaveCount(1);
  await expect(card(sana, /^Suggestion, Ines Moreau$/)).toHaveCount(1);
});

test('[CD3][CD5] silent corrections are one card at the end of the article, listed on demand and decided at once', async ({
  browser,
}) => {
  await suggest(
    'Ines Moreau',
    ['light of Pakistan’s', "light of Pakistan's"],
    ['downgrading Pakistan’s', "downgrading Pakistan's"],
    ['‘safe heaven’', "'safe heaven'"],
  );
  const tom = await enter(browser, house, 'Tom Whelan');
  const sana = await enter(browser, house, 'Sana Rafiq');
  await open(tom);
  await open(sana);
  // Words between quotation marks are somebody's: that change has its own card at its words.
  await expect(card(tom, /^Suggestion, Ines Moreau$/)).toHaveCount(1);
  const bundle = card(tom, /^Suggestion, Ines Moreau, 2 silent corrections$/);
  await bundle.scrollIntoViewIfNeeded();
  await expect
    .poll(async () => {
      const end = await article(tom).boundingBox();
      return Math.abs(((await bundle.boundingBox())?.y ?? 0) - (end?.y ?? 0) - (end?.height ?? 0));
    })
    .toBeLessThan(140);
  await expect(bundle.getByText('downgrading')).toHaveCount(0);
  await bundle.getByRole('button', { name: 'List them' }).click();
  await bundle.getByText('downgrading').first().click();
  // The card goes to the words of the one that was chosen.
  const mark = article(tom).locator('ins', { hasText: 'downgrading' });
  await expect(mark).toBeInViewport();
  await expect
    .poll(async () =>
      Math.abs(
        ((await focusedCard(tom).boundingBox())?.y ?? 0) - ((await mark.boundingBox())?.y ?? 0),
      ),
    )
    .toBeLessThan(60);
  await focusedCard(tom).getByRole('button', { name: 'Accept 2 changes' }).click();
  await expect(article(sana).locator('ins')).toHaveCount(1);
});

test('[CD8] what has no room in the margin is one line that lists it, and each entry leads to its card', async ({
  browser,
}) => {
  const sana = await Hand.open(house.url, 'Sana Rafiq', loggerheads);
  const words = [
    'premier',
    'agency',
    'Services',
    'veritable',
    'balance',
    'interests',
    'argues',
    'critical',
  ];
  for (const word of words) {
    const range = find(sana.review.doc, word, find(sana.review.doc, 'Top US officials')?.from);
    if (range)
      for (const who of ['Who', 'How', 'Why']) await sana.comment(range, `${who} says “${word}”?`);
  }
  sana.close();
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  const line = cards(tom)
    .getByRole('button', { name: /^\+\d+ more/ })
    .last();
  await line.scrollIntoViewIfNeeded();
  await expect(line).toHaveAttribute('aria-expanded', 'false');
  await line.click();
  const opened = cards(tom).locator('[data-row] button[aria-expanded="true"]');
  await expect(opened).toHaveCount(1);
  // What the list pushes too far from its words is listed too: the number is that of the list.
  const entries = cards(tom).locator('[data-row] li');
  await still(tom);
  await expect(async () => {
    const label = (await opened.textContent()) ?? '';
    expect(await entries.count()).toBe(Number(/\d+/.exec(label)?.[0]));
  }).toPass();
  await entries.first().getByRole('button').click();
  await expect(focusedCard(tom)).toBeVisible();
  await tom.keyboard.press('Escape');
  await tom.keyboard.press('Escape');
  await opened.click();
  await expect(entries).toHaveCount(0);
});

test('[CD9] accepting all says in words which alternatives give way', async ({ browser }) => {
  await suggest('Sana Rafiq', ['heaven', 'refuge'], ['vexed', 'troubled']);
  await suggest('Ines Moreau', ['heaven', 'haven']);
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  await tom.getByRole('button', { name: 'Decide several…' }).click();
  await tom.getByRole('button', { name: 'Accept 3, All suggestions' }).click();
  const dialog = tom.getByRole('alertdialog', { name: 'Accept 2 suggestions?' });
  await expect(dialog.getByText('Ines Moreau: Replace “heaven” with “haven”')).toBeVisible();
  await expect(dialog.getByText('Accepted instead: “refuge”, Sana Rafiq')).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept 2', exact: true }).click();
  await expect(article(tom).locator('ins')).toHaveCount(0);
  await expect.poll(() => reading(tom)).toContain('safe refuge');
});

test('[CD5] a tablet and a phone show the same cards, and the words in focus stay above the sheet when the window gets narrower', async ({
  browser,
}) => {
  await suggest(
    'Ines Moreau',
    ['heaven', 'haven'],
    ['vexed', 'troubled'],
    ['reluctance', 'slowness'],
  );
  await suggest('Sana Rafiq', ['heaven', 'refuge']);
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  await tom.setViewportSize({ width: 820, height: 1000 });
  await cards(tom)
    .getByRole('button', { name: /2 changes in this sentence/ })
    .click();
  await expect(focusedCard(tom).getByRole('button', { name: 'Accept 2 changes' })).toBeVisible();
  await tom.getByRole('button', { name: 'Next annotation' }).click();
  await expect(focusedCard(tom).getByRole('button', { name: 'Keep as is' })).toBeVisible();
  const mark = article(tom).locator('del', { hasText: 'heaven' }).first();
  const sheet = tom.getByRole('region', { name: 'Annotation', exact: true });
  for (const width of [500, 360, 390]) {
    await tom.setViewportSize({ width, height: 740 });
    await expect(sheet).toBeVisible();
    await expect
      .poll(async () => {
        const words = await mark.boundingBox();
        const box = await sheet.boundingBox();
        return words !== null && box !== null && words.y > 50 && words.y + words.height < box.y;
      })
      .toBe(true);
  }
  await sheet.getByRole('button', { name: /^Accept this: .*“refuge”/ }).click();
  await expect(article(tom).getByText('refuge')).toBeVisible();
  await expect(article(tom).locator('ins', { hasText: 'refuge' })).toHaveCount(0);
});

test('[CD10] buttons that have a key tell it to those who do not see it', async ({ browser }) => {
  await suggest('Ines Moreau', ['heaven', 'haven']);
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  await card(tom, /^Suggestion, Ines Moreau$/).click();
  const accept = focusedCard(tom).getByRole('button', { name: 'Accept' });
  await expect(accept).toHaveAttribute('aria-keyshortcuts', 'A');
  await expect(tom.getByRole('button', { name: 'Next annotation' })).toHaveAttribute(
    'aria-keyshortcuts',
    'J',
  );
});

test('[UI83] axe finds nothing on cards of several suggestions, folded or open, light and dark, wide and on a phone', async ({
  browser,
}) => {
  await suggest(
    'Ines Moreau',
    ['heaven', 'haven', 'A harbour, not paradise'],
    ['vexed', 'troubled'],
    ['reluctance', 'slowness', 'Plainer'],
    ['light of Pakistan’s', "light of Pakistan's"],
    ['downgrading Pakistan’s', "downgrading Pakistan's"],
  );
  await suggest('Sana Rafiq', ['heaven', 'refuge']);
  const sana = await Hand.open(house.url, 'Sana Rafiq', loggerheads);
  const crowded = find(sana.review.doc, 'not the first time');
  for (const who of ['Who', 'How', 'Why', 'When', 'Where', 'What', 'Which'])
    if (crowded) await sana.comment(crowded, `${who}, in a sentence of two lines or so?`);
  sana.close();
  const tom = await enter(browser, house, 'Tom Whelan');
  await open(tom);
  for (const colorScheme of ['light', 'dark'] as const) {
    await tom.setViewportSize({ width: 1440, height: 900 });
    await tom.emulateMedia({ colorScheme });
    await expect(card(tom, /2 alternatives$/)).toBeAttached();
    await expectClean(tom, `at rest, ${colorScheme}`);
    const more = cards(tom).getByRole('button', { name: /more (here|on this line)/ });
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
    await expect(cards(tom).locator('[data-row] li').first()).toBeVisible();
    await expectClean(tom, `a folded line open, ${colorScheme}`);
    await card(tom, /2 changes in this sentence$/).click();
    await expect(focusedCard(tom).getByRole('button', { name: 'Accept 2 changes' })).toBeVisible();
    await expectClean(tom, `a recast, ${colorScheme}`);
    await card(tom, /2 alternatives$/).click();
    await expect(focusedCard(tom).getByRole('button', { name: 'Keep as is' })).toBeVisible();
    await expectClean(tom, `alternatives, ${colorScheme}`);
    await tom.getByRole('button', { name: '2 silent corrections', exact: true }).click();
    await expect(focusedCard(tom).getByText('Only spaces')).toBeVisible();
    await expectClean(tom, `silent corrections, ${colorScheme}`);
    await tom.setViewportSize({ width: 390, height: 844 });
    await expectClean(tom, `a sheet, ${colorScheme}`);
    await tom.getByRole('button', { name: 'Close', exact: true }).click();
    await expectClean(tom, `a phone at rest, ${colorScheme}`);
  }
});
