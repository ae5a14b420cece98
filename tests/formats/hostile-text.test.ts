// Texts that repeat one sign: the time they take grows with their size. A reader that goes back over what it has read
// for each sign takes sixteen times as long for four times the text, and minutes for a megabyte.
import { describe, expect, it } from 'vitest';
import type { ArticleFormat } from '#core/formats/article-formats.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { chooseImport } from '#core/formats/import/chosen-import.ts';
import { previewOf } from '#core/formats/import/preview.ts';
import { readArticle } from '#core/formats/read-article.ts';
import { wordFile } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';

/** What is repeated, by format. */
const signs: Record<ArticleFormat, readonly string[]> = {
  md: [
    '{--',
    '{++',
    '{==',
    '{>>',
    '{~~',
    '~>',
    '--}',
    '{++{--',
    '{~~a~>',
    '{-- a --}',
    '{~~a~>b~~}',

    '{==a==}{>>b<<}',
    '{>>b<<}',
    '{++¶++}',
    '[',
    '![',
    '](',
    '[a](',
    '[^',
    '[^1]',
    '[a][',
    '[a]: b\n',

    '*',
    '**a',
    '*a_ ',
    '*a **b ',
    '_',
    '`',
    '`` ` ',
    '<',
    '<ins>',
    '<ins>a</ins>',
    '<!--',
    '&',
    '\\',
    '|',
    '| a\n|',
    '> ',
    '- ',
    '# ',
    '```\n',
    ' ',
    '\n',
    'http://',
    'a@b.c ',
  ],
  html: [
    '<ins>',
    '<ins>a',
    '<ins>a</ins>',
    '<del>a</del><ins>b</ins>',
    '<b>',
    '<i><b><p>a',
    '<p>a',
    '<a><p>',

    '<table><tr><td>',
    '<td rowspan=65534>a<tr>',
    '<li>',
    '<ul><li>',
    '</p>',
    '<!--',
    '&',
    '&#x',
    '<br>',

    '<mark>a</mark>',
    '<img src=x>',
    '<span>a',
    '<p style="a:b;',
    '<sup><a href="#fn1">1</a></sup>',
    ' ',
    '<aside role=note data-id=a>',
    '<section role=doc-endnotes><li>',
    '<form>',
    '<h2>a</h2>',
  ],
  txt: [
    'a ',
    '1 ',
    'a1 ',
    'a.1 ',
    '1. a\n',
    'a\n\n',
    '[1] ',
    'Ibid. ',
    'Read 5 times\n',
    '|',
    '“',
    '… ',
    'Photo: a\n\n',
    'Featured Image Source: a\n\n',
    'http://a.b/c ',
    'A. ',
    ' ',
    '\u00a0',
  ],
};

/** The CPU time of something, in milliseconds. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Reads a text as the import does, its preview included. */
function read(format: ArticleFormat, text: string): void {
  const context = testContext();
  const found = readArticle(format, text, context);
  if (!found.ok) return;
  const chosen = chooseImport(found.imported, format, {}, context);
  previewOf(found.imported, chosen, { name: '', format });
}

/** True if four times the size takes no more than nine times the time, or hardly any time at all. */
function growsWithSize(work: (size: number) => void, size: number): boolean {
  // Once for the compiler, and the best of two for the garbage collector. What takes the square of the time takes sixteen times
  // as much, however often it is looked at; what does not is found out by another look when the machine was disturbed.
  work(size / 4);
  for (let look = 0; look < 4; look++) {
    const small = Math.min(
      cpuOf(() => work(size)),
      cpuOf(() => work(size)),
    );
    const large = cpuOf(() => work(4 * size));
    if (large < 150 || large < 9 * small) return true;
  }
  return false;
}

describe.each(['md', 'html', 'txt'] as const)('%s', (format) => {
  it(`[HX11] no sign that is repeated takes the square of the time`, { timeout: 240_000 }, () => {
    const slow = signs[format].filter(
      (sign) => !growsWithSize((size) => read(format, sign.repeat(size / sign.length)), 30_000),
    );
    expect(slow).toEqual([]);
  });
});

it(
  '[HX11] lists of notes, styles, replies and rows grow with the file',
  { timeout: 240_000 },
  () => {
    const many = (count: number, one: (i: number) => string): string =>
      Array.from({ length: count }, (_, i) => one(i)).join('');
    const by = 'w:author="A" w:date="2026-01-02T03:04:05Z"';
    const run = '<w:r><w:t>a</w:t></w:r>';
    const id = (i: number): string => (i + 1).toString(16).padStart(8, '0');
    const files: Record<string, (n: number) => Uint8Array> = {
      'comments about everything': (n) =>
        wordFile({
          body: `${many(n, (i) => `<w:p><w:commentRangeStart w:id="${i}"/><w:r><w:t>word ${i * 7919}</w:t></w:r></w:p>`)}${many(
            n,
            (i) =>
              `<w:p><w:commentRangeEnd w:id="${i}"/><w:r><w:commentReference w:id="${i}"/></w:r></w:p>`,
          )}`,
          comments: many(n, (i) => `<w:comment w:id="${i}" ${by}><w:p>${run}</w:p></w:comment>`),
        }),
      'replies to replies': (n) =>
        wordFile({
          body: `<w:p>${run}${many(n, (i) => `<w:r><w:commentReference w:id="${i}"/></w:r>`)}</w:p>`,
          comments: many(
            n,
            (i) =>
              `<w:comment w:id="${i}" ${by}><w:p w14:paraId="${id(i)}">${run}</w:p></w:comment>`,
          ),
          commentsEx: many(
            n,
            (i) => `<w15:commentEx w15:paraId="${id(i)}" w15:paraIdParent="${id(i - 1)}"/>`,
          ),
        }),
      'styles upon styles': (n) =>
        wordFile({
          body: many(n, (i) => `<w:p><w:pPr><w:pStyle w:val="s${i}"/></w:pPr>${run}</w:p>`),
          styles: many(
            n,
            (i) =>
              `<w:style w:type="paragraph" w:styleId="s${i}"><w:basedOn w:val="s${i - 1}"/></w:style>`,
          ),
        }),
      'changes in one line': (n) =>
        wordFile({
          body: `<w:p>${many(n, (i) => `<w:ins w:id="${i}" w:author="A${i % 7}">${run}</w:ins>`)}</w:p>`,
        }),
    };
    const made = new Map<string, Uint8Array>();
    const slow = Object.entries(files).filter(
      ([name, make]) =>
        !growsWithSize((size) => {
          const key = `${name} ${size}`;
          const bytes = made.get(key) ?? make(size);
          made.set(key, bytes);
          readDocx(bytes, testContext({ language: 'en' }));
        }, 1600),
    );
    expect(slow.map(([name]) => name)).toEqual([]);
    const notes = (n: number): string =>
      `${many(n, (i) => `w[^${i}] `)}\n\n${many(n, (i) => `[^${i}]: n${i}\n\n`)}`;
    expect(growsWithSize((size) => read('md', notes(size)), 1600)).toBe(true);
  },
);

it('[HX11] a reader that goes back for each sign is found out', () => {
  const found: (number | undefined)[] = [];
  // A pattern that fails only at the end, and is tried from each place anew.
  const back = (size: number): void => {
    found[0] = /a+$/.exec(`${'a'.repeat(size)}b`)?.index;
  };
  expect(growsWithSize(back, 8000)).toBe(false);
});
