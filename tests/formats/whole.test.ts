/** Figures and tables through every format and back. */
import { readFileSync } from 'node:fs';
import { fc } from '#tests/support/properties.ts';
import type { Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { convert, type InputFormat } from '#core/formats/convert.ts';
import { readHtml } from '#core/formats/read-html.ts';
import { readJson } from '#core/formats/read-json.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import { docOf, type View } from '#core/formats/view.ts';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { plain, testContext, wordsIn, type PlainBlock } from '#tests/formats/round-trip.ts';

const text = (name: string): string =>
  readFileSync(new URL(`./texts/${name}`, import.meta.url), 'utf8');
const { hash } = testContext();

/** Converts as the program does. */
function made(
  source: string,
  from: Exclude<InputFormat, 'docx'>,
  to: CopyFormat,
  view: View = 'marked',
): string {
  const result = convert(
    { format: from, text: source, name: `canal.${from}`, hash },
    { format: to, view },
  );
  if (!result.ok) throw new Error(result.detail);
  if (typeof result.content !== 'string') throw new Error('bytes');
  return result.content;
}

const shape = (doc: Node): PlainBlock[] =>
  plain(doc, {
    kind: ({ type, attrs }) => (attrs['style'] as string) ?? type.name,
    edges: false,
    empty: false,
    forms: true,
  });

const canal = (): Node => readHtml(text('canal.html'), testContext()).review.doc;

it('[IP8] an article with a table and a figure reads from HTML and from Markdown as the same', () => {
  const html = shape(canal());
  const md = shape(readMarkdown(text('canal.md'), testContext()).review.doc);
  const caption = (block: PlainBlock): PlainBlock =>
    block.kind === 'caption' ? { ...block, kind: 'paragraph' } : block;
  expect(md).toEqual(html.map(caption));
  expect(html.map(({ kind }) => kind)).toEqual([
    'headline',
    'byline',
    'paragraph',
    'caption',
    'cell table header 1',
    'cell header 1',
    'cell header 1',
    'cell row 1',
    'cell 1',
    'cell 1',
    'cell row 1',
    'cell 1',
    'cell 1',
    'paragraph',
    'figure https://pictures.example.org/canal.png A map of the canal',
    'paragraph',
  ]);
});

it('[FX16] the program takes figures and tables from HTML and Markdown through every format', () => {
  const json = made(text('canal.html'), 'html', 'json');
  const back = readJson(json);
  if (!back.ok) throw new Error(back.detail);
  expect(shape(back.review.doc)).toEqual(shape(canal()));
  expect(made(json, 'json', 'json')).toBe(json);
  for (const view of ['original', 'accepted', 'marked'] as const) {
    const html = made(json, 'json', 'html', view);
    expect(shape(readHtml(html, testContext()).review.doc)).toEqual(shape(docOf(canal(), view)));
    const md = made(json, 'json', 'md', view);
    const read = readMarkdown(md, testContext()).review.doc;
    expect(read.childCount).toBe(canal().childCount);
    expect(wordsIn(read, 'accepted')).toBe(wordsIn(docOf(canal(), view), 'accepted'));
  }
  expect(made(json, 'json', 'txt', 'accepted').split('\n').slice(8, 12)).toEqual([
    'Stage        | Planned | Paid',
    '-------------+---------+----------------------------',
    'Upper valley | $14m    | $19m | with the mill bridge',
    'Lower valley | $7m     |',
  ]);
});

const words = fc.constantFrom(
  '',
  'a',
  '<p>one</p><p>two</p>',
  '<b>x</b> y',
  '<ins>n</ins>',
  ' ',
  'z<br>z',
);
const count = fc.constantFrom('', '', '', '2', '3', '0', '-1', '99', 'x');
const cell = fc
  .tuple(fc.constantFrom('td', 'th'), count, count, words)
  .map(
    ([tag, columns, rows, content]) =>
      `<${tag} colspan="${columns}" rowspan="${rows}">${content}</${tag}>`,
  );
const row = fc.array(cell, { maxLength: 5 }).map((cells) => `<tr>${cells.join('')}</tr>`);
const part = fc
  .tuple(fc.constantFrom('tbody', 'thead', 'tfoot'), fc.array(row, { maxLength: 4 }))
  .map(([tag, rows]) => `<${tag}>${rows.join('')}</${tag}>`);
const table = fc
  .tuple(fc.array(part, { maxLength: 3 }), words)
  .map(([parts, caption]) => `<table><caption>${caption}</caption>${parts.join('')}</table>`);
const figure = fc
  .tuple(fc.constantFrom('https://a.b/c', 'x.png', 'data:,', ''), words, words)
  .map(([src, alt, caption]) => {
    const plainAlt = alt.replace(/<[^>]*>/g, '');
    return `<figure><img src="${src}" alt="${plainAlt}"><figcaption>${caption}</figcaption></figure>`;
  });
const page = fc.array(fc.oneof(table, figure, fc.constant('<p>Words.</p>')), {
  minLength: 1,
  maxLength: 4,
});

it('[IP1] any tables and figures of a page, once read, are the same after writing and reading them again', () => {
  fc.assert(
    fc.property(page, (parts) => {
      const first = docOf(
        readHtml(`<h1>H</h1>${parts.join('')}`, testContext()).review.doc,
        'accepted',
      );
      const review = { ...readHtml('<h1>H</h1><p>x</p>', testContext()).review, doc: first };
      const { content } = writeHtml(review, { view: 'accepted', notice: null });
      const second = readHtml(content, testContext()).review.doc;
      expect(second.toJSON()).toEqual(first.toJSON());
    }),
    { numRuns: 150 },
  );
});
