/** What goes into the text by other ways than plain keys, in a real browser. */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type CDPSession, type Page } from '@playwright/test';
import { fillClipboard, readClipboard } from '#tests/e2e/clipboard.ts';
import { House } from '#tests/e2e/house.ts';
import {
  caret,
  first,
  marked,
  mode,
  newArticle,
  second,
  show,
  third,
} from '#tests/e2e/input-page.ts';
import { saved } from '#tests/e2e/kept.ts';
import { settled } from '#tests/e2e/still.ts';
import { article, cards, enter, reading, select } from '#tests/e2e/words.ts';

let house: House;
test.beforeAll(async () => {
  house = await House.open({ demo: true });
});
test.afterAll(() => house.close());

const clip = (name: string): string =>
  readFileSync(new URL(`../web/editor/pasted/${name}.clip`, import.meta.url), 'utf8');

for (const name of ['Edit', 'Suggest'] as const) {
  const put = (words: string): string => (name === 'Edit' ? words : `{+${words}+}`);

  test(`[PA1] [PA2] [PA6] text from Word and Google Docs comes in clean in ${name} mode`, async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    await newArticle(tom, house);
    await mode(tom, name);
    for (const [program, end] of [
      ['word', 'Some words with a note.'],
      ['google-docs', 'slanted and linked.'],
      ['web', 'Loose.'],
    ] as const) {
      await fillClipboard(tom, { html: clip(program), text: 'not this' });
      await caret(tom, 'others change.', 'behind');
      await tom.keyboard.press('Control+V');
      await expect(article(tom)).toContainText(end);
      await expect(article(tom).locator('a[href="https://example.org/"]')).toHaveCount(
        program === 'word' ? 0 : 1,
      );
    }
    await expect(
      article(tom).locator('blockquote', { hasText: 'We saw the water come.' }),
    ).toBeVisible();
    const blocks = await marked(tom);
    expect(blocks[3]).toBe(third + put('The minister said “no”. More here and there.'));
    expect(blocks.slice(4, 10)).toEqual(
      [
        'Advertisement',
        'Line oneline two',
        'A paragraph after two breaks',
        'Home',
        'Words of another.',
        'Loose.',
      ].map(put),
    );
    expect(blocks.slice(10, 15)).toEqual(
      [
        'The river rises',
        'Plain, bold, slanted and linked.',
        'First point',
        'A point under it',
        'Second point',
      ].map(put),
    );
    expect(blocks.slice(15)).toEqual(
      [
        'The river rises',
        'The Guardian said so, and twice: see the report. [1]',
        'First point',
        'A point under it',
        'Second point',
        'Third in number',
        'We saw the water come.',
        'Some words with a note.',
      ].map(put),
    );
    await expect(article(tom).locator('strong')).toHaveText(['bold', 'twice']);
    await expect(article(tom).locator('em')).toHaveText([
      'minister',
      'slanted',
      'Guardian',
      'number',
    ]);
    // The only style is our own, the number a list begins with.
    const html = (await article(tom).innerHTML()).replace(
      /(?<!data-)style="counter-set: (?:item\d \d+ ?)+;?"/g,
      '',
    );
    expect(html).not.toMatch(
      /(?<!data-)style="|mso|class="[^"]*(?:Mso|Apple)|docs-internal|mallory|<font|&nbsp;|javascript/i,
    );
    await saved(tom);
  });

  test(`[PA3] [PA4] [PA5] a paste fits its place in ${name} mode, and comes as plain text when asked for`, async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    await newArticle(tom, house);
    await mode(tom, name);
    await fillClipboard(tom, {
      html: '<h2>One <i>two</i></h2><p><b>Three</b></p>',
      text: 'One two\n\nThree',
    });
    await caret(tom, 'of its own', 'behind');
    await tom.keyboard.press('Control+V');
    await expect.poll(() => marked(tom)).toContain(`A headline of its own${put('One two Three')}`);
    await caret(tom, 'already', 'behind');
    await tom.keyboard.press('Control+V');
    await expect(article(tom).locator('h2', { hasText: 'One two' })).toBeVisible();
    const blocks = await marked(tom);
    expect(blocks.slice(2, 5)).toEqual([
      'A second paragraph says that they already',
      put('One two'),
      name === 'Edit'
        ? 'Three received $550 million from the fund last year.'
        : '{+Three+} received $550 million from the fund last year.',
    ]);
    await caret(tom, 'safe ', 'behind');
    await tom.keyboard.press('Control+Shift+V');
    await expect.poll(() => marked(tom)).toContain(`It is a safe ${put('One two')}`);
    await expect(article(tom).locator('em')).toHaveText(['two', 'two']);
  });
}

test('[PA7] a table pasted in Edit mode is a table, and leaves as one', async ({ browser }) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  await mode(tom, 'Edit');
  const row = (tag: string, ...words: string[]): string =>
    `<tr>${words.map((one) => `<${tag}>${one}</${tag}>`).join('')}</tr>`;
  const table = `<table>${row('th', 'Year', 'Sum')}${row('td', '2016', '550')}</table>`;
  await fillClipboard(tom, { html: `<style>td {color: red}</style>${table}`, text: 'Year' });
  await caret(tom, 'others change.', 'behind');
  await tom.keyboard.press('Control+V');
  await expect(article(tom).locator('[data-cell]')).toHaveText(['Year', 'Sum', '2016', '550']);
  await article(tom).locator('p').first().click();
  await tom.keyboard.press('Control+A');
  await tom.keyboard.press('Control+C');
  const { html, text } = await readClipboard(tom);
  expect(html.replaceAll('<tbody>', '').replaceAll('</tbody>', '')).toContain(table);
  expect(text).toContain('Year\tSum\n2016\t550');
});

test('[PA10] [PA11] [PA12] a copy is the text as it reads, and pasting it clones no annotation; a cut strikes', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  await mode(tom, 'Suggest');
  await select(tom, 'heaven');
  await tom.keyboard.type('haven');
  await select(tom, 'second');
  await tom.keyboard.press('Control+I');
  await select(tom, 'already received');
  await tom
    .getByRole('toolbar', { name: 'Annotate the selection' })
    .getByRole('button', { name: 'Comment' })
    .click();
  await expect(tom.getByRole('textbox', { name: 'Write a comment' })).toBeFocused();
  await tom.keyboard.type('Is it?');
  await tom.keyboard.press('Control+Enter');
  await expect(article(tom).locator('mark')).toHaveCount(1);
  await expect(cards(tom).locator('[data-card][data-focused]')).toBeFocused();
  await article(tom).locator('p').first().click();
  await tom.keyboard.press('Control+A');
  await tom.keyboard.press('Control+C');
  const copied = await readClipboard(tom);
  expect(copied.text).toBe(
    ['A headline of its own', first.replace('heaven', 'haven'), second, third].join('\n\n'),
  );
  expect(copied.html).toContain('<em>second</em>');
  expect(copied.html.replace(' data-pm-slice="0 0 []"', '')).toBe(
    `<h1>A headline of its own</h1><p>${first.replace('heaven', 'haven')}</p>` +
      `<p>${second.replace('second', '<em>second</em>')}</p><p>${third}</p>`,
  );
  await article(tom).locator('p').last().click();
  await caret(tom, 'others change.', 'behind');
  await tom.keyboard.press('Control+V');
  await expect.poll(async () => (await marked(tom)).length).toBeGreaterThan(6);
  await expect(article(tom).locator('mark')).toHaveCount(1);
  await expect(cards(tom).locator('[data-card]', { hasText: 'Is it?' })).toHaveCount(1);
  await select(tom, 'for all who come');
  await tom.keyboard.press('Control+X');
  await expect.poll(async () => (await marked(tom))[1]).toContain('[-for all who come-]');
  expect((await readClipboard(tom)).text).toBe('for all who come');
});

/** Composes a word step by step, as an input method does, and ends with the last one. */
async function compose(page: Page, cdp: CDPSession, ...steps: string[]): Promise<void> {
  for (const one of steps) {
    await cdp.send('Input.imeSetComposition', {
      text: one,
      selectionStart: one.length,
      selectionEnd: one.length,
    });
    await settled(page);
  }
  await cdp.send('Input.insertText', { text: steps.at(-1) ?? '' });
  await settled(page, 120);
}

for (const view of ['Marked', 'As edited'] as const)
  test(`[PA20] composed words are one suggestion each, without strays, in ${view}`, async ({
    browser,
  }) => {
    const tom = await enter(browser, house, 'Tom Whelan');
    const cdp = await tom.context().newCDPSession(tom);
    await newArticle(tom, house);
    await mode(tom, 'Suggest');
    if (view === 'As edited') await show(tom, view);
    await caret(tom, 'safe ', 'behind');
    await compose(tom, cdp, 'か', 'かん', '感', '感じ');
    await tom.keyboard.type('!');
    await expect
      .poll(async () => (await marked(tom))[1])
      .toBe(first.replace('safe ', 'safe {+感じ!+}'));
    // A dead key and its letter, beside the own words.
    await compose(tom, cdp, '´', 'é');
    await compose(tom, cdp, '^', 'ê');
    await expect
      .poll(async () => (await marked(tom))[1])
      .toBe(first.replace('safe ', 'safe {+感じ!éê+}'));
    await tom.keyboard.press('Backspace');
    await expect
      .poll(async () => (await marked(tom))[1])
      .toBe(first.replace('safe ', 'safe {+感じ!é+}'));
    // Over a selection: it is struck, and the new word is a part of the same suggestion.
    await select(tom, 'already received');
    await compose(tom, cdp, 'n', 'ni', 'に');
    await tom.keyboard.type('x');
    await expect.poll(async () => (await marked(tom))[2]).toContain('x+}');
    const line = (await marked(tom))[2] ?? '';
    expect(line.replace('[-already received-]', '')).toBe(
      second.replace('already received', '{+にx+}'),
    );
    expect(line).toContain('[-already received-]');
    // What is given up leaves nothing.
    await caret(tom, 'A third', 'behind');
    await cdp.send('Input.imeSetComposition', { text: 'zz', selectionStart: 2, selectionEnd: 2 });
    await settled(tom);
    await cdp.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    await settled(tom, 150);
    await expect.poll(async () => (await marked(tom))[3]).toBe(third);
    await saved(tom);
    const kept = await marked(tom);
    await tom.reload();
    await expect(article(tom)).toBeVisible();
    await expect.poll(() => marked(tom)).toEqual(kept);
  });

test('[PA21] a spell-checker’s word replaces the whole word as one suggestion', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  await mode(tom, 'Suggest');
  await select(tom, 'heaven');
  await tom.evaluate(() => {
    const selection = getSelection();
    const range = selection?.getRangeAt(0);
    if (!selection || !range) return;
    const target = new StaticRange(range);
    selection.collapse(range.endContainer, range.endOffset);
    document.querySelector('.ProseMirror')?.dispatchEvent(
      new InputEvent('beforeinput', {
        inputType: 'insertReplacementText',
        data: 'haven',
        targetRanges: [target],
        bubbles: true,
        cancelable: true,
      }),
    );
  });
  await tom.keyboard.type('s');
  await expect
    .poll(async () => (await marked(tom))[1])
    .toBe(first.replace('heaven', '[-heaven-]{+havens+}'));
});

test('[PA22] words are dragged within the text and from outside', async ({ browser }) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  const box = async (words: string) => {
    await select(tom, words);
    const rect = await tom.evaluate(() => {
      const view = getSelection()?.getRangeAt(0).getBoundingClientRect() ?? new DOMRect();
      return { left: view.left, right: view.right, y: (view.top + view.bottom) / 2 };
    });
    return rect;
  };
  for (const name of ['Suggest', 'Edit'] as const) {
    await newArticle(tom, house);
    await mode(tom, name);
    const to = await box('long ');
    const from = await box('safe ');
    await tom.mouse.move((from.left + from.right) / 2, from.y);
    await tom.mouse.down();
    await tom.mouse.move(to.left + 30, to.y, { steps: 4 });
    await tom.mouse.move(to.left + 1, to.y, { steps: 4 });
    await tom.mouse.up();
    await expect
      .poll(async () => (await marked(tom))[1])
      .toBe(
        name === 'Edit'
          ? first.replace('safe ', '').replace('long', 'safe long')
          : first.replace('safe ', '[-safe -]').replace('long', '{+safe +}long'),
      );
    await tom.keyboard.press('Control+Z');
    await expect.poll(async () => (await marked(tom))[1]).toBe(first);
  }
  await mode(tom, 'Suggest');
  const at = await box('third ');
  await tom.evaluate(
    ({ x, y }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/html', '<h1>Title</h1><p style="color:red">A <b>word</b></p>');
      dataTransfer.setData('text/plain', 'no');
      document.elementFromPoint(x, y)?.dispatchEvent(
        new DragEvent('drop', {
          dataTransfer,
          clientX: x,
          clientY: y,
          bubbles: true,
          cancelable: true,
        }),
      );
    },
    { x: at.left + 1, y: at.y },
  );
  await expect
    .poll(async () => (await marked(tom)).slice(3))
    .toEqual(['A ', '{+Title+}', `{+A word+}${third.slice(2)}`]);
});

test('[PA23] what is typed over a selection replaces it, also across paragraphs', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  await mode(tom, 'Suggest');
  await caret(tom, 'before that.', 'before');
  for (let i = 0; i < 6; i++) await tom.keyboard.press('Shift+Control+ArrowRight');
  await tom.keyboard.type('new');
  await expect
    .poll(async () => (await marked(tom)).slice(1, 3))
    .toEqual([
      first.replace('before that.', '[-before that.-]'),
      expect.stringMatching(/^\[-A second ?-\]\{\+new\+\}/),
    ]);
  await expect(article(tom).locator('[data-sugg-kinds~="del"]')).toHaveCount(1);
  const ids = await article(tom)
    .locator('ins, del')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['annotation']));
  expect(new Set(ids).size).toBe(1);
});

test('[PA24] Backspace in the instant after a click acts at the caret that is seen', async ({
  browser,
}) => {
  const tom = await enter(browser, house, 'Tom Whelan');
  await newArticle(tom, house);
  await mode(tom, 'Suggest');
  for (let i = 0; i < 12; i++) {
    const block = article(tom).locator('p', { hasText: i % 2 ? 'A third' : 'A second' });
    await block.click({ position: { x: 2, y: 10 } });
    await tom.keyboard.press('Home');
    await tom.keyboard.press('Backspace');
    await expect(block).toHaveAttribute('data-sugg-kinds', 'del');
    await tom.keyboard.press('Control+Z');
    await expect(block).not.toHaveAttribute('data-sugg-kinds');
  }
  expect(await reading(tom)).toContain(first);
});

/** Two people in one new article, Tom in Edit mode. */
async function twoInOne(browser: Browser): Promise<{ tom: Page; ines: Page }> {
  const tom = await enter(browser, house, 'Tom Whelan');
  const ines = await enter(browser, house, 'Ines Moreau');
  await newArticle(tom, house);
  await ines.goto(tom.url());
  await expect(article(ines)).toBeVisible();
  await mode(tom, 'Edit');
  return { tom, ines };
}

test('[PA25] a caret that has just been moved is not put back by what others do', async ({
  browser,
}) => {
  const { tom, ines } = await twoInOne(browser);
  await mode(ines, 'Suggest');
  await caret(ines, 'others change.', 'behind');
  await caret(tom, 'It is', 'before');
  const busy = ines.keyboard.type(' And so on, and on, for as long as it takes.'.repeat(2), {
    delay: 15,
  });
  // Every second character goes.
  for (let i = 0; i < 12; i++) {
    await tom.keyboard.press('ArrowRight');
    await tom.keyboard.press('Delete');
  }
  const wanted = [...first].filter((_sign, i) => i >= 24 || i % 2 === 0).join('');
  await expect.poll(async () => (await marked(tom))[1]).toBe(wanted);
  await busy;
});

test('[PA25] a key pressed as the mouse goes up moves the caret for good, though others wrote meanwhile', async ({
  browser,
}) => {
  const { tom, ines } = await twoInOne(browser);
  await caret(ines, 'others change.', 'behind');
  const box = await article(tom).getByText(first).boundingBox();
  if (!box) throw new Error('The paragraph is not on the screen.');
  await tom.mouse.move(box.x + 1, box.y + 12);
  await tom.mouse.down();
  await tom.mouse.move(box.x + 60, box.y + 12, { steps: 3 });
  await tom.mouse.move(box.x + 120, box.y + 12, { steps: 3 });
  await ines.keyboard.type(' Meanwhile.');
  await expect.poll(() => reading(tom)).toContain('Meanwhile.');
  const words = await tom.evaluate(() => String(getSelection()));
  expect(first.startsWith(words) && words.length > 3).toBe(true);
  // A browser that is busy: its timers come late, and so does the word that the caret has moved.
  await tom.evaluate(() => {
    const inTime = setTimeout.bind(globalThis);
    const late = (run: () => void, ms = 0, ...rest: unknown[]): number =>
      Number(inTime(run, ms + 400, ...rest));
    Object.assign(globalThis, { setTimeout: late });
    const silent = (event: Event): void => {
      if (event.isTrusted) event.stopImmediatePropagation();
    };
    addEventListener('selectionchange', silent, true);
  });
  await tom.mouse.up();
  await tom.keyboard.press('ArrowRight');
  await tom.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve)));
  await tom.keyboard.type('X');
  await expect
    .poll(async () => (await marked(tom))[1])
    .toBe(`${words}X${first.slice(words.length)}`);
});
