// The package has no types of its own; every room that reaches this file needs these.
// oxlint-disable-next-line typescript/triple-slash-reference -- the package has no types, and other rooms compile this file too
/// <reference path="../../core/formats/markdown/markdown-it-footnote.d.ts" />
import { fc } from '#tests/support/properties.ts';
import MarkdownIt from 'markdown-it';
import footnote from 'markdown-it-footnote';
import { expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { docOf, type View } from '#core/formats/view.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { expectedWords } from '#tests/formats/expected-words.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { attribute, bare, readPage, words, type Element } from '#tests/formats/page.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const reader = new MarkdownIt('commonmark').enable('table').use(footnote);

/** What a reader of Markdown sees: the words outside the footnotes, the footnotes, and the elements. */
function render(markdown: string): { article: string; footnotes: string[]; tags: string[] } {
  const page = readPage(`<!doctype html><title>t</title><main>${reader.render(markdown)}</main>`);
  const main = page.elements.find((one) => one.tagName === 'main');
  const isNote = (one: Element): boolean =>
    (attribute(one, 'class') ?? '').startsWith('footnote') && one.tagName !== 'li';
  const items = page.elements.filter((one) => attribute(one, 'class') === 'footnote-item');
  return {
    article: main ? words(main, isNote) : '',
    footnotes: items.map((one) => words(one, isNote)),
    tags: page.elements
      .filter((one) => attribute(one, 'class') !== 'footnotes-sep')
      .map((one) => one.tagName),
  };
}

/** What a program for CriticMarkup makes of a text: it knows no backslashes and works before Markdown is read. */
function decide(text: string, accept: boolean): string {
  return text
    .replace(/\{>>.*?<<\}/gs, '')
    .replace(/\{==(.*?)==\}/gs, '$1')
    .replace(/\{\+\+(.*?)\+\+\}/gs, accept ? '$1' : '')
    .replace(/\{--(.*?)--\}/gs, accept ? '' : '$1')
    .replace(/\{~~(.*?)~>(.*?)~~\}/gs, accept ? '$2' : '$1');
}

function referenced(review: Review, doc = review.doc): number {
  const ids = new Set<string>();
  doc.descendants((node) => {
    if (node.type.name === 'footnoteRef') ids.add(node.attrs['id'] as string);
  });
  return ids.size;
}

it('[FX11] a reader of CommonMark finds the words of the document, whatever signs are in them', () => {
  fc.assert(
    fc.property(
      anyReview,
      fc.constantFrom('original' as const, 'accepted' as const),
      (review, view) => {
        const found = render(writeMarkdown(review, { view, notice: null }).content);
        const doc = docOf(review.doc, view);
        const wanted = expectedWords(review, doc, { references: false, edges: false });
        expect(found.article).toBe(wanted.article);
        expect(found.footnotes).toEqual(wanted.footnotes.slice(0, referenced(review, doc)));
        for (const tag of found.tags)
          expect(['script', 'b', 'code', 'pre', 'hr']).not.toContain(tag);
        const figures = doc.content.content.filter(({ type }) => type.name === 'figure');
        expect(found.tags.filter((tag) => tag === 'img')).toHaveLength(figures.length);
      },
    ),
    { numRuns: 600 },
  );
});

/** True for words that one person inserted and another struck: CriticMarkup has no form for them. */
function hasBoth(review: Review): boolean {
  let both = false;
  review.doc.descendants((node) => {
    const names = node.marks.map((one) => one.type.name);
    if (names.includes('insertion') && names.includes('deletion')) both = true;
  });
  return both;
}

/** True if a decision leaves nothing of the byline, but the word before it. */
function bylineGoes(review: Review, accept: boolean): boolean {
  let goes = false;
  docOf(review.doc, accept ? 'accepted' : 'original').forEach((node) => {
    if (node.type.name === 'byline' && node.textContent.trim() === '') goes = true;
  });
  return goes;
}

it('[FX12] deciding all CriticMarkup gives the copy as edited and the copy as filed', () => {
  let checked = 0;
  fc.assert(
    fc.property(anyReview, fc.boolean(), (review, accept) => {
      if (hasBoth(review) || bylineGoes(review, accept)) return;
      const marked = writeMarkdown(review, { view: 'marked', notice: null }).content;
      const found = render(decide(marked, accept)).article.replaceAll('¶', '');
      const doc = docOf(review.doc, accept ? 'accepted' : 'original');
      const wanted = expectedWords(review, doc, { references: false, edges: false });
      expect(found).toBe(wanted.article.replaceAll('¶', ''));
      checked += 1;
    }),
    { numRuns: 600 },
  );
  expect(checked).toBeGreaterThan(100);
});

it('[FX12] no CriticMarkup reaches over a block, and every note is in the file', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const { content, counts, warnings } = writeMarkdown(review, { view: 'marked', notice: null });
      for (const block of content.split(/\n\n|\n(?=\s*(?:-|\d+\.) )/))
        for (const [open, close] of [
          ['{++', '++}'],
          ['{--', '--}'],
          ['{~~', '~~}'],
          ['{==', '==}'],
          ['{>>', '<<}'],
        ] as const)
          expect(block.split(open).length, block).toBe(block.split(close).length);
      expect(counts.out).toEqual(counts.in);
      expect(warnings.filter((one) => one.code === 'left-out' && one.id !== undefined)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('[FX12] writes changes, highlights and threads in the forms of CriticMarkup', () => {
  const { content } = writeMarkdown(sampleReview(), { view: 'marked', notice: null });
  expect(content).toContain(
    '{~~heaven~>haven~~}{>>@Ada Lim 2026-11-20T10:00Z: Typing error<<}{>>@Ben \\<b\\>Ito\\</b\\> 2026-11-20T10:07Z: Yes.<<}',
  );
  expect(content).toContain(
    '{==already received $550 million==}{>>@Cleo O’Hara 2026-11-20T10:06Z: Fact to check: money — Which year?<<}',
  );
  expect(content).toContain('{>>@Ada Lim 2026-11-20T10:03Z: A reply ¶ in two lines<<}');
  expect(content).toContain('on “words that are gone”');
  expect(content).toContain('{>>Rejected by Ben');
  expect(content).not.toContain('Text of c4');
});

it('[FX7] the views of Markdown read as filed, as edited and both', () => {
  const text = (view: View): string =>
    writeMarkdown(sampleReview(), { view, notice: null }).content;
  expect(text('original')).toContain('‘safe heaven’');
  expect(text('accepted')).toContain('‘safe haven’');
  expect(text('accepted')).not.toContain('{');
});

it('[FX8] a notice is the first line of Markdown', () => {
  const notice = '# NOT CLEARED · version 41';
  const { content } = writeMarkdown(sampleReview(), { view: 'accepted', notice });
  expect(content.split('\n\n', 1)[0]).toBe('\\# NOT CLEARED · version 41');
});

it('[FX13] writes headings, nested lists, quotations, emphasis, links and footnotes as CommonMark', () => {
  const item = (text: string, kind: 'bullet' | 'ordered', level: number, start = 1) =>
    schema.node('block', { list: { kind, level, start } }, schema.text(text));
  const link = schema.mark('link', { href: 'https://example.org/a_(b)' });
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('H')),
    schema.node('byline', null, schema.text('Ann Lee')),
    schema.node('block', { style: 'heading1' }, schema.text('One #')),
    item('a', 'bullet', 0),
    item('b', 'ordered', 1, 3),
    item('c', 'ordered', 1, 3),
    item('d', 'bullet', 0),
    item('e', 'ordered', 0),
    schema.node('block', { style: 'quote' }, [
      schema.text('q'),
      schema.node('lineBreak'),
      schema.text('r'),
    ]),
    schema.node('block', null, [
      schema.text('a'),
      schema.text('b', [schema.mark('em')]),
      schema.text(' (c)', [schema.mark('strong')]),
      schema.text('d '),
      schema.text('link', [link]),
      schema.node('footnoteRef', { id: 'n' }),
    ]),
    schema.node('footnote', { id: 'n' }, schema.text('Note.')),
  ]);
  const review = newReview({ id: 'a', language: 'en', stage: 'draft' }, [], doc);
  const { content } = writeMarkdown(review, { view: 'accepted', notice: null });
  expect(reader.render(content).replaceAll('\n', '')).toContain(
    '<h1>H</h1><p>By Ann Lee</p><h2>One #</h2><ul><li><p>a</p><ol start="3"><li>b</li><li>c</li></ol></li>' +
      '<li><p>d</p></li></ul><ol><li>e</li></ol><blockquote><p>q<br />r</p></blockquote>' +
      '<p>a<em>b</em> <strong>(c)</strong>d <a href="https://example.org/a_(b)">link</a><sup',
  );
  expect(bare(content)).toContain('[^1]:Note.');
});
