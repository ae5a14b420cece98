import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { docOf, views } from '#core/formats/view.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { schema } from '#core/article/schema.ts';
import { newReview } from '#core/sync/review.ts';
import { expectedWords } from '#tests/formats/expected-words.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { attribute, readPage, words, type Element } from '#tests/formats/page.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const tags = new Set(
  (
    'html head meta title style body article header section aside details summary p h1 h2 h3 h4 h5 ' +
    'blockquote ul ol li div a sup br em strong ins del mark span q time table tbody tr th td figure figcaption img'
  ).split(' '),
);
const attributes = new Set(
  (
    'lang dir charset http-equiv content name class id href rel role aria-label aria-labelledby title ' +
    'datetime start data-suggestion data-inserted data-struck data-notes data-id scope colspan rowspan src alt'
  ).split(' '),
);

/** Anything in a page that a writer did not mean to write. */
function strangers(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => [
    ...(tags.has(element.tagName) ? [] : [element.tagName]),
    ...element.attrs.filter(({ name }) => !attributes.has(name)).map(({ name }) => `@${name}`),
    ...(/^\s*javascript:/i.test(attribute(element, 'href') ?? '') ? ['javascript:'] : []),
    ...(element.tagName === 'img' && !/^(?:https?|asset):/i.test(attribute(element, 'src') ?? '')
      ? ['img']
      : []),
  ]);
}

const isApparatus = (element: Element): boolean =>
  element.tagName === 'aside' ||
  attribute(element, 'class') === 'picture' ||
  attribute(element, 'class') === 'note-link' ||
  attribute(element, 'role') === 'doc-backlink';

it('[FX5] no text breaks a page: an independent parser finds the words of the document and nothing else', () => {
  fc.assert(
    fc.property(anyReview, fc.constantFrom(...views), (review, view) => {
      const page = readPage(writeHtml(review, { view, notice: null }).content);
      expect(page.errors).toEqual([]);
      expect(strangers(page.elements)).toEqual([]);
      const { article, footnotes } = expectedWords(review, docOf(review.doc, view), {
        references: true,
        edges: view === 'marked',
      });
      const root = page.elements.find((element) => element.tagName === 'article');
      const found = root ? words(root, isApparatus) : '';
      expect(found).toBe(article + footnotes.join(''));
    }),
    { numRuns: 400 },
  );
});

it('[FX5] the judge notices a page with a script, a handler and a lost word', () => {
  const page = readPage(
    '<!doctype html><p onclick="x">a<script>b</script><a href="javascript:x">c</a>',
  );
  expect(strangers(page.elements)).toEqual(['@onclick', 'script', 'javascript:']);
});

it('[FX6] a marked page holds every note once, with its replies, and links both ways', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const { content, counts, warnings } = writeHtml(review, { view: 'marked', notice: null });
      expect(counts.out).toEqual(counts.in);
      expect(warnings.filter((one) => one.code === 'left-out' && one.id !== undefined)).toEqual([]);
      const { elements } = readPage(content);
      const asides = elements.filter((element) => attribute(element, 'role') === 'note');
      const total = counts.in.comment + counts.in.fact + counts.in.suggestion;
      expect(asides).toHaveLength(total);
      const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const element of elements) {
        const href = attribute(element, 'href') ?? '';
        if (/^#(?:note|at-note|fn|ref)-/.test(href)) expect(ids).toContain(href.slice(1));
      }
    }),
    { numRuns: 300 },
  );
});

it('[FX6] shows who changed what, and folds what is closed', () => {
  const { content } = writeHtml(sampleReview(), { view: 'marked', notice: null });
  const page = readPage(content);
  const text = (tag: string): string[] =>
    page.elements.filter((one) => one.tagName === tag).map((one) => words(one, () => false));
  expect(text('del')).toEqual(['heaven']);
  expect(text('ins')).toEqual(['haven']);
  expect(text('mark')).toEqual(['alreadyreceived$550million', 'safe', 'Pakistan’srebuttal']);
  expect(text('summary')).toEqual(['Note4:ResolvedbyCleoO’Hara', 'Note6:RejectedbyBen<b>Ito</b>']);
  expect(content).toContain('words that are gone');
  expect(content).not.toContain('Text of c4');
});

it('[FX7] the three views read as filed, as edited and both', () => {
  const text = (view: (typeof views)[number]): string =>
    writeHtml(sampleReview(), { view, notice: null }).content;
  expect(text('original')).toContain('safe heaven’');
  expect(text('accepted')).toContain('safe haven’');
  expect(text('marked')).toMatch(/heaven<\/del>.*haven<\/ins>/);
  for (const view of ['original', 'accepted'] as const)
    expect(readPage(text(view)).elements.map((one) => one.tagName)).not.toContain('aside');
});

it('[FX8] a notice is the first line and the first words of a page; without one there is none', () => {
  const notice = 'NOT CLEARED · version 41 · 3 open --> <b>';
  const { content } = writeHtml(sampleReview(), { view: 'accepted', notice });
  expect(content.split('\n', 1)[0]).toContain('NOT CLEARED · version 41 · 3 open');
  const page = readPage(content);
  expect(page.errors).toEqual([]);
  const body = page.elements.find((one) => one.tagName === 'body');
  expect(body ? words(body, () => false) : '').toMatch(/^NOTCLEARED·version41·3open--><b>/);
  expect(writeHtml(sampleReview(), { view: 'accepted', notice: null }).content).not.toContain(
    'NOT CLEARED',
  );
});

it('[FX9] flat list items become nested lists, and headings nested sections', () => {
  const item = (text: string, kind: 'bullet' | 'ordered', level: number, start = 1) =>
    schema.node('block', { list: { kind, level, start } }, schema.text(text));
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('block', { style: 'heading1' }, schema.text('One')),
    item('a', 'bullet', 0),
    item('b', 'ordered', 1, 3),
    item('c', 'ordered', 1, 3),
    item('d', 'bullet', 0),
    item('e', 'ordered', 0),
    schema.node('block', { style: 'heading2' }, schema.text('Two')),
    schema.node('block', null, schema.text('p')),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  const { content } = writeHtml(review, { view: 'accepted', notice: null });
  expect(content.replaceAll('\n', '')).toContain(
    '<section><h2>One</h2><ul><li>a<ol start="3"><li>b</li><li>c</li></ol></li><li>d</li></ul>' +
      '<ol><li>e</li></ol><section><h3>Two</h3><p>p</p></section></section>',
  );
});

it('[FX10] a footnote and its reference link to each other with the roles of digital publishing', () => {
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('block', null, [schema.text('a'), schema.node('footnoteRef', { id: 'z' })]),
    schema.node('footnote', { id: 'y' }, schema.text('unused')),
    schema.node('footnote', { id: 'z' }, schema.text('used')),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  const page = readPage(writeHtml(review, { view: 'accepted', notice: null }).content);
  const role = (name: string): string[] =>
    page.elements
      .filter((one) => attribute(one, 'role') === name)
      .map((one) => words(one, (inner) => attribute(inner, 'role') === 'doc-backlink'));
  expect(role('doc-noteref')).toEqual(['1']);
  expect(role('doc-footnote')).toEqual(['used', 'unused']);
});

it('[FX5] forbids scripts and loading in the page itself, and says its language and direction', () => {
  const review = sampleReview();
  const urdu = { ...review, article: { ...review.article, language: 'ur' } };
  const { content } = writeHtml(urdu, { view: 'accepted', notice: null });
  expect(content).toContain("default-src 'none'");
  expect(content).toContain('<html lang="ur" dir="rtl">');
  const odd = { ...review, article: { ...review.article, language: 'x"><script>' } };
  expect(writeHtml(odd, { view: 'accepted', notice: null }).content).toContain('<html lang="und">');
});
