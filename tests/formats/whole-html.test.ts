/** Figures and tables of HTML: read as blocks of their own, written as elements of their own. */
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { readHtml } from '#core/formats/read-html.ts';
import { docOf } from '#core/formats/view.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { newReview } from '#core/sync/review.ts';
import { changesOf, formsIn, testContext, wordsIn } from '#tests/formats/round-trip.ts';

const read = (html: string): Imported => readHtml(`<h1>H</h1>${html}`, testContext());
const said = (imported: Imported): string =>
  imported.warnings.map(({ message }) => message).join('\n');

/** The body as `form: words`, with line breaks as slashes. */
function outline({ review }: Imported): string[] {
  const forms = formsIn(review.doc);
  const lines: string[] = [];
  review.doc.forEach((node, _offset, index) => {
    const kind = forms.get(index) ?? (node.attrs['style'] as string | undefined) ?? node.type.name;
    const words = node.textBetween(0, node.content.size, '', (leaf) =>
      leaf.type.name === 'lineBreak' ? ' / ' : '[^]',
    );
    if (node.type.name !== 'headline') lines.push(`${kind}: ${words}`);
  });
  return lines;
}

it('[IP8] a table becomes rows of cells after its caption, with headers and spans', () => {
  const imported = read(
    `<p>Before</p><table><caption>Aid</caption>
    <thead><tr><th>Year</th><th colspan="2">Sum</th></tr></thead>
    <tbody><tr><td rowspan="2">2019</td><td>$500m</td><td><em>paid</em></td></tr>
    <tr><td>$50m</td><td>late</td></tr></tbody>
    <tfoot><tr><th>All</th><td colspan="2">$550m</td></tr></tfoot></table><p>After</p>`,
  );
  expect(outline(imported)).toEqual([
    'paragraph: Before',
    'caption: Aid',
    'cell table header 1: Year',
    'cell header 2: Sum',
    'cell row 1: 2019',
    'cell 1: $500m',
    'cell 1: paid',
    'cell row joined 1: ',
    'cell 1: $50m',
    'cell 1: late',
    'cell row header 1: All',
    'cell 2: $550m',
    'paragraph: After',
  ]);
  expect(said(imported)).toBe('');
  const page = writeHtml(imported.review, { view: 'accepted', notice: null }).content;
  expect(page).toContain('<th scope="col">Year</th><th scope="col" colspan="2">Sum</th>');
  expect(page).toContain('<td rowspan="2">2019</td><td>$500m</td><td><em>paid</em></td>');
  expect(page).toContain('<th scope="row">All</th>');
});

it('[IP8] rows that are short, spans that reach too far and cells out of place still make a table', () => {
  expect(
    outline(
      read(
        '<table><tr><td>a<td rowspan=9>b<td rowspan=0 colspan=99>c</tr><tr></tr><tr><td>d</tr><tr><td colspan=2>e<td>f</tr></table>',
      ),
    ),
  ).toEqual([
    'cell table 1: a',
    'cell 1: b',
    'cell 61: c',
    'cell row 1: d',
    'cell joined 1: ',
    'cell joined 61: ',
    'cell row 1: e',
    'cell joined 1: ',
    'cell 61: f',
  ]);
});

it('[IP8] paragraphs, lists and tables in a cell become lines of it, with a warning', () => {
  const imported = read(
    '<table><tr><td><p>one</p> <p>two</p><ul><li>three</li></ul>four</td><td>x<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table></td></tr></table>',
  );
  expect(outline(imported)).toEqual([
    'cell table 1: one / two / three / four',
    'cell 1: x / 1 | 2 / 3',
  ]);
  expect(said(imported)).toContain('The table cell “one two three four” has several paragraphs');
  expect(said(imported)).toContain('The table “1 2 3” in line 1 stands inside other text');
});

it('[IP8] a table that only lays out the page is read as what is in it', () => {
  const imported = read(
    '<table role="presentation"><tr><td>Left</td><td>Right</td></tr></table><table><tr><td><p>One</p><p>Two</p><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>',
  );
  expect(outline(imported)).toEqual([
    'paragraph: Left',
    'paragraph: Right',
    'paragraph: One',
    'paragraph: Two',
    'cell table 1: a',
    'cell 1: b',
  ]);
  expect(said(imported)).toContain('only lays out the page');
});

it('[IP8] two tables in a row stay two, and more columns than a table can have go into the last', () => {
  const wide = Array.from({ length: 65 }, (_, i) => `<td>${i}</td>`).join('');
  const imported = read(`<table><tr><td>a</td></tr></table><table><tr>${wide}</tr></table>`);
  const lines = outline(imported);
  expect(lines).toHaveLength(64);
  expect(lines[1]).toBe('cell table 1: 0');
  expect(lines.at(-1)).toBe('cell 1: 62 / 63 / 64');
  expect(said(imported)).toContain('has more than 63 columns');
});

it('[IP8] figures keep picture, description and caption; a lone image is a figure, one in a line is text', () => {
  const imported = read(
    `<figure><a href="https://a.b/c.jpg"><picture><source srcset="x"><img src="https://a.b/c.jpg" alt="A  map"></picture></a><figcaption>Map: <em>us</em></figcaption></figure>
    <p><img src="//a.b/d.png" alt="D"></p><p>Text <img src="https://a.b/e.png" alt="in line"> on</p>
    <p><a href="https://a.b/big"><img src="f.png" alt="F"></a></p>
    <figure><img src="https://a.b/1"><img src="https://a.b/2"><figcaption><p>Two</p><p>of them</p></figcaption></figure>
    <img src="https://t.co/x.gif" width=1 height=1>`,
  );
  expect(outline(imported)).toEqual([
    'figure https://a.b/c.jpg A map: Map: us',
    'figure https://a.b/d.png D: ',
    'paragraph: Text in line on',
    'figure  F: ',
    'figure https://a.b/1 : ',
    'figure https://a.b/2 : Two / of them',
  ]);
  for (const words of [
    'The picture “https://a.b/e.png” in line 2 is not kept; its description is text.',
    'The picture “f.png” in line 3 has an address that an article cannot hold',
    'The link “https://a.b/big” of a picture in line 3 was left out.',
    'The caption “Two of them” has several paragraphs',
    'The picture “https://t.co/x.gif” in line 5 shows nothing and was left out.',
  ])
    expect(said(imported)).toContain(words);
});

it('[IP8] a picture that is part of the file keeps its place, its description and its caption', () => {
  const imported = read(
    '<figure><img src="data:image/png;base64,iVBO" alt="Chart"><figcaption>Sums</figcaption></figure><img src="data:image/gif;base64,R0lG">',
  );
  expect(outline(imported)).toEqual(['figure  Chart: Sums', 'figure  : ']);
  expect(said(imported)).toContain('is part of the file and cannot be kept');
});

it('[IP8] a figure that holds something else than pictures is read as that', () => {
  expect(
    outline(read('<figure><blockquote>Said</blockquote><figcaption>Ada</figcaption></figure>')),
  ).toEqual(['quote: Said', 'caption: Ada']);
  expect(
    outline(
      read(
        '<figure><figcaption>Sums</figcaption><table><tr><td>1</td><td>2</td></tr></table></figure>',
      ),
    ),
  ).toEqual(['caption: Sums', 'cell table 1: 1', 'cell 1: 2']);
});

it('[IP4] changes in cells and captions are suggestions, and so are whole figures and tables', () => {
  const imported = read(
    '<p>a</p><table><tr><td>$<del>500</del><ins>550</ins>m</td><td>b</td></tr></table><ins><p>new</p></ins>' +
      '<figure><img src="https://a.b/c" alt="C"><figcaption>Cap<ins>tion</ins></figcaption></figure>' +
      '<ins><figure><img src="https://a.b/d" alt="D"><figcaption>Whole</figcaption></figure></ins>' +
      '<del><table><tr><td>x</td><td>y</td></tr></table></del>',
  );
  const { doc } = imported.review;
  expect(wordsIn(doc, 'original')).toBe('Ha$500mbCapxy');
  expect(wordsIn(doc, 'accepted')).toBe('Ha$550mbnewCaptionWhole');
  const kinds = (view: 'original' | 'accepted'): string =>
    docOf(doc, view)
      .content.content.map(({ type }) => type.name)
      .join(' ');
  expect(kinds('original')).toBe('headline block cell cell figure cell cell');
  expect(kinds('accepted')).toBe('headline block cell cell block figure figure');
  expect(changesOf(imported.review)).toHaveLength(5);
  expect(said(imported)).toBe('');
});

it('[TB2] words that came into a joined cell are written as a cell of their own', () => {
  const cell = (words: string, more: object = {}) =>
    schema.node('cell', more, words === '' ? [] : [schema.text(words)]);
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    cell('a', { starts: 'table' }),
    cell('b'),
    cell('in', { starts: 'row', joinsAbove: true }),
    cell('', { joinsAbove: true }),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  const { content } = writeHtml(review, { view: 'marked', notice: null });
  expect(content).toContain('<tr><td>a</td><td rowspan="2">b</td></tr>\n<tr><td>in</td></tr>');
});

it('[FX20] a picture that is kept in the library is named as not in the file', () => {
  const src = `asset:${'0'.repeat(64)}`;
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('figure', { src, alt: 'A map' }, schema.text('Cap')),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  const { content, warnings } = writeHtml(review, { view: 'accepted', notice: null });
  expect(warnings.map(({ message }) => message)).toEqual([
    'The picture “A map” is kept in the library and is not in the file.',
  ]);
  expect(content).toContain(
    `<figure><img src="${src}" alt="A map"><figcaption>Cap</figcaption></figure>`,
  );
});
