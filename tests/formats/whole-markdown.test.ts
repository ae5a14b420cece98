/** Figures and tables of Markdown and plain text. */
import { fc } from '#tests/support/properties.ts';
import { Fragment, type Node } from 'prosemirror-model';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import { docOf } from '#core/formats/view.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { writeText } from '#core/formats/write-text.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { hostile } from '#tests/formats/hostile-review.ts';
import { changesOf, formsIn, plain, testContext, wordsIn } from '#tests/formats/round-trip.ts';

const read = (text: string) => readMarkdown(`# H\n\n${text}`, testContext({ language: 'en' }));
const said = ({ warnings }: ReturnType<typeof read>): string =>
  warnings.map(({ message }) => message).join('\n');

function outline({ review }: ReturnType<typeof read>): string[] {
  const forms = formsIn(review.doc);
  return plain(review.doc, { kind: ({ type }) => type.name, edges: true, empty: false })
    .map(({ kind, parts }, i) => {
      const words = parts.map(({ text, marks }) => (marks ? `<${marks}>${text}</>` : text));
      return `${forms.get(i) ?? kind}: ${words.join('').replaceAll('\n', ' / ')}`;
    })
    .slice(1);
}

const review = (...body: Node[]): Review =>
  newReview(
    { id: 'a', language: 'en', stage: 'draft' },
    [],
    schema.node('doc', null, [schema.node('headline', null, schema.text('H')), ...body]),
  );
const cell = (words: string, more: object = {}): Node =>
  schema.node('cell', more, words === '' ? [] : [schema.text(words)]);

it('[IP8] a table of Markdown becomes rows of cells; one without heads has none', () => {
  const imported = read(
    'a\n\n| Year | Sum |\n|---|:-:|\n| 2019 | \\|500\\| **m**<br>x |\n| 2020 |\n\n|  |  |\n|--|--|\n| a | b |\n',
  );
  expect(outline(imported)).toEqual([
    'block: a',
    'cell table header 1: Year',
    'cell header 1: Sum',
    'cell row 1: 2019',
    'cell 1: |500| <strong>m</> / x',
    'cell row 1: 2020',
    'cell 1: ',
    'cell table 1: a',
    'cell 1: b',
  ]);
  expect(said(imported)).toBe('');
});

it('[IP8] a picture alone is a figure, with its title or the lines under it as caption; in a line it is text', () => {
  const imported = read(
    `![A *map*](https://a.b/c.png "Drawn by us")

![M](<https://a.b/d.png>)\\
Caption with [link](https://e.f) {++new++}

![N](//a.b/e.png)
*All of it*

![O](https://a.b/f.png)
A paragraph.

Words ![in \\* line](https://a.b/g.png) on

- ![P](https://a.b/h.png)

[![Q](i.png)](https://a.b/big)

<figure><img src="https://a.b/j.png" alt="J"><figcaption>HTML</figcaption></figure>
`,
  );
  expect(outline(imported)).toEqual([
    'figure https://a.b/c.png A map: Drawn by us',
    'figure https://a.b/d.png M: Caption with <https://e.f>link</> new',
    'figure https://a.b/e.png N: All of it',
    'figure https://a.b/f.png O: ',
    'block: A paragraph.',
    'block: Words in * line on',
    'block: P',
    'figure  Q: ',
    'figure https://a.b/j.png J: HTML',
  ]);
  expect(changesOf(imported.review)).toHaveLength(1);
  for (const words of [
    'The picture “https://a.b/g.png” is not kept; its description is text.',
    'The picture “i.png” has an address that an article cannot hold',
    'The link “https://a.b/big” of a picture was left out.',
  ])
    expect(said(imported)).toContain(words);
});

it('[IP13] CriticMarkup in cells and captions is read; a whole picture comes and goes, one without its caption stays', () => {
  const imported = read(
    '| A |\n|---|\n| {~~500~>550~~}{>>@Ada: sum<<} |\n\n{++![B](https://a.b/b.png)++}{>>@Ada: map<<}\n\n' +
      '{--![D](https://a.b/d.png)\\\nold++ words--}\n\n{++![B](https://a.b/c.png)++}\\\nstays\n',
  );
  const { doc } = imported.review;
  expect(wordsIn(doc, 'original')).toBe('HA500old++wordsstays');
  expect(wordsIn(doc, 'accepted')).toBe('HA550stays');
  expect(changesOf(imported.review)).toEqual([
    'Ada / map /  / B',
    'Ada / sum / 500 / 550',
    'Unknownauthor /  / old++words / ',
  ]);
  const pictures = (view: 'original' | 'accepted'): unknown[] =>
    docOf(doc, view).content.content.flatMap(({ type, attrs }) =>
      type.name === 'figure' ? [attrs['alt']] : [],
    );
  expect(pictures('original')).toEqual(['D', 'B']);
  expect(pictures('accepted')).toEqual(['B', 'B']);
  expect(said(imported)).toContain('The picture “https://a.b/c.png” is inserted or struck');
});

const words = fc.oneof(
  fc.constantFrom(...hostile, 'one', 'two words'),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const content = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: words.map((text) => schema.text(text)) },
      { weight: 1, arbitrary: words.map((text) => schema.text(text, [schema.mark('strong')])) },
      { weight: 1, arbitrary: fc.constant(schema.node('lineBreak')) },
    ),
    { maxLength: 4 },
  )
  .map((nodes) => Fragment.fromArray(nodes));

/** A table that Markdown can say: every row as wide, heads in the first row or nowhere. */
const sayable = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.boolean(),
    fc.array(content, { minLength: 1, maxLength: 16 }),
  )
  .map(([columns, heads, all]) =>
    Array.from({ length: Math.ceil(all.length / columns) * columns }, (_, i) => {
      const header = heads && i < columns;
      const starts = i === 0 ? 'table' : i % columns === 0 ? 'row' : null;
      const own = all[i] ?? Fragment.empty;
      const full = header && i === 0 ? Fragment.from(schema.text('Head')) : own;
      return schema.node('cell', { starts, header }, full);
    }),
  );
const figure = fc
  .tuple(fc.constantFrom('', 'https://a.b/c?d=|&e'), words, content)
  .map(([src, alt, caption]) => [schema.node('figure', { src, alt }, caption)]);
const body = fc.array(fc.oneof(sayable, figure), { minLength: 1, maxLength: 4 });

it('[IP11] random tables and figures that Markdown can say come back with all their form', () => {
  fc.assert(
    fc.property(body, (parts) => {
      const first = review(...parts.flat());
      const { content: text, warnings } = writeMarkdown(first, { view: 'accepted', notice: null });
      const shape = (doc: Node) =>
        plain(doc, { kind: ({ type }) => type.name, edges: false, empty: false, forms: true }).map(
          ({ kind, parts: runs }) =>
            `${kind}: ${runs.map((run) => run.text).join('')}`.replace(/[\s\u0085]+/gu, ''),
        );
      expect(shape(read(text.replace(/^# H\n\n/, '')).review.doc), text).toEqual(shape(first.doc));
      expect(warnings.filter(({ message }) => message.startsWith('The table'))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const odd = review(
  schema.node('figure', { src: 'https://a.b/c.png', alt: 'A [map]' }, schema.text('Cap')),
  cell('Year', { starts: 'table', header: true }),
  cell('Sum', { header: true, span: 2 }),
  cell('2019', { starts: 'row', header: true }),
  cell('a|b'),
  cell('c'),
  cell('', { starts: 'row', joinsAbove: true }),
  cell('d'),
);

it('[FX13] tables are written as GFM and figures with their captions; what Markdown cannot say has a warning', () => {
  const { content: text, warnings } = writeMarkdown(odd, { view: 'accepted', notice: null });
  expect(text).toBe(
    '# H\n\n![A \\[map\\]](<https://a.b/c.png>)\\\nCap\n\n' +
      '| Year | Sum |  |\n| --- | --- | --- |\n| 2019 | a\\|b | c |\n|  | d |  |\n',
  );
  expect(warnings.map(({ message }) => message)).toEqual([
    'The table “Year Sum 2019 a|b c d” is written as Markdown can: cells over several columns or rows take one, with empty ones beside them; only the whole first row can be heads; short rows are filled with empty cells.',
  ]);
});

it('[FX14] a text copy has tables in columns and a word for each picture', () => {
  const { content: text } = writeText(odd, { view: 'accepted', notice: null });
  expect(text).toBe(
    'H\n\n[Picture: A [map] <https://a.b/c.png>] Cap\n\n' +
      'Year | Sum\n-----+-----+----\n2019 | a|b | c\n     | d\n',
  );
});

it('[FX14] lines that would be too long are not aligned, and breaks in cells are slashes', () => {
  const long = 'word '.repeat(25).trim();
  const broken = schema.node('cell', null, [
    schema.text('a'),
    schema.node('lineBreak'),
    schema.text('b'),
  ]);
  const first = review(
    cell('x', { starts: 'table' }),
    cell(long),
    cell('xyz', { starts: 'row' }),
    broken,
  );
  expect(writeText(first, { view: 'accepted', notice: null }).content).toBe(
    `H\n\nx | ${long}\nxyz | a / b\n`,
  );
});
