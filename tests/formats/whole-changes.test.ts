/** Figures, rows and tables that come and go, in the copies for reading: shown on the whole, and read back where they can be. */
import { describe, expect, it } from 'vitest';
import { readHtml } from '#core/formats/read-html.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import { docOf } from '#core/formats/view.ts';
import { writeHtml } from '#core/formats/write-html.ts';
import { writeMarkdown } from '#core/formats/write-markdown.ts';
import { writeText } from '#core/formats/write-text.ts';
import { readPage } from '#tests/formats/page.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { caseOf, cases, listed, told } from '#tests/formats/wholes.ts';

const marked = { view: 'marked', notice: null } as const;
const names = Object.keys(cases);
const text = (name: string): string => writeText(caseOf(name), marked).content;

describe('HTML', () => {
  it.each(names)('[FX27] %s, in a page and back', (name) => {
    const review = caseOf(name);
    const { content, warnings } = writeHtml(review, marked);
    expect(readPage(content).errors).toEqual([]);
    expect(warnings).toEqual([]);
    const back = readHtml(content, testContext());
    expect(told(back.review)).toEqual(told(review));
    expect(listed(back.review)).toEqual(listed(review));
    expect(back.warnings).toEqual([]);
  });

  it('[FX26] a row says on itself that it comes or goes, a figure stands in an element that says so', () => {
    const page = (name: string): string => writeHtml(caseOf(name), marked).content;
    expect(page('a row goes')).toContain(
      '<tr class="struck" data-struck="s1" title="This row is struck by Ada Lim"><td><del ',
    );
    expect(page('a row that came goes again')).toContain(
      '<tr class="inserted struck" data-inserted="s1" data-struck="s2" title="This row is put in by Ada Lim, struck by Ben &lt;b&gt;Ito&lt;/b&gt;">',
    );
    expect(page('a figure comes')).toMatch(
      /<ins data-suggestion="s1"[^>]*><figure>.*<figcaption>At sea\.<a [^>]*>\[1\]<\/a><\/figcaption><\/figure><\/ins>/,
    );
    for (const name of ['a row goes', 'a figure goes', 'a row comes above the first'])
      expect(page(name)).not.toContain('¶');
  });
});

describe('text', () => {
  it('[FX26] a row and a picture say in words that they come or go', () => {
    expect(text('a row goes')).toMatch(
      /^\[-2019-\] \| \[-\$500m-\] \[note 1\] {2}\[row struck by Ada Lim\]$/m,
    );
    expect(text('a row comes above the first')).toMatch(
      /^\{\+New\+\} +\| \{\+row\+\} +\[row put in by Ada Lim\]$/m,
    );
    expect(text('a figure goes')).toMatch(
      /^\[Picture struck by Ada Lim: A map <https:\/\/example\.org\/a\.png>\] \[-Caption of it\.-\]/m,
    );
    expect(text('a figure without a caption comes')).toMatch(
      /^\[Picture put in by Ada Lim: A ship <https:\/\/example\.org\/a\.png>\]/m,
    );
    for (const name of ['a row goes', 'a table comes', 'a figure goes'])
      expect(text(name).split('* * *', 1)[0]).not.toContain('¶');
  });
});

describe('Markdown', () => {
  it('[FX26] a figure stands in one pair of signs, of a row the words alone, with a warning', () => {
    const { content } = writeMarkdown(caseOf('a figure comes'), marked);
    expect(content).toContain('{++![A ship](<https://example.org/a.png>)\\\nAt sea.++}{>>@Ada');
    const row = writeMarkdown(caseOf('a row goes'), marked);
    expect(row.content).toContain('| {--2019--} | {--$500m--}{>>@Ada');
    expect(row.warnings.map(({ message }) => message)).toContain(
      'The row “2019 $500m” is struck by Ada Lim: Markdown has no sign for that, so its words alone are marked.',
    );
  });

  it.each(names.filter((name) => /figure/.test(name)))(
    '[FX27] %s, in Markdown and back',
    (name) => {
      const review = caseOf(name);
      const { content, warnings } = writeMarkdown(review, marked);
      const back = readMarkdown(content, testContext({ language: 'en' })).review;
      if (warnings.length > 0) {
        // Words of two hands in one figure: it stays, and its words are marked.
        expect(warnings.map(({ message }) => message).join()).toContain('Markdown has no sign');
        return;
      }
      expect(told(back)).toEqual(told(review));
    },
  );
});

describe('views', () => {
  it.each(names)('[FX26] %s: a copy as filed and one as edited hold what they should', (name) => {
    const review = caseOf(name);
    for (const view of ['original', 'accepted'] as const) {
      const doc = docOf(review.doc, view);
      const count = (what: string): number =>
        doc.content.content.filter(({ type }) => type.name === what).length;
      const rows = doc.content.content.filter(
        ({ type, attrs }, i) =>
          type.name === 'cell' &&
          (attrs['starts'] !== null || doc.maybeChild(i - 1)?.type.name !== 'cell'),
      ).length;
      const html = writeHtml(review, { view, notice: null }).content;
      expect(html.split('<tr>')).toHaveLength(rows + 1);
      expect(html.split('<figure>')).toHaveLength(count('figure') + 1);
      expect(html).not.toMatch(/<ins|<del|¶|class="struck/);
      const md = writeMarkdown(review, { view, notice: null }).content;
      expect(md.split('![')).toHaveLength(count('figure') + 1);
      const words = writeText(review, { view, notice: null }).content;
      expect(words.split('[Picture')).toHaveLength(count('figure') + 1);
      expect(words + md).not.toMatch(/put in by|struck by|¶/);
    }
  });
});
