/** What is left of the HTML that word processors and browsers put on the clipboard. */
import { readFileSync } from 'node:fs';
import { fc } from '#tests/support/properties.ts';
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import { parseHtml, wordsOf } from '#core/formats/html/parse.ts';
import { readPaste } from '#core/formats/html/read-paste.ts';
import type { ListAttr } from '#core/article/schema.ts';

/** A block in one line: its kind, and its words with `*em*`, `**strong**`, `[links](to)` and `/` for a break. */
function inWords(block: Node): string {
  const list = block.attrs['list'] as ListAttr | null | undefined;
  const style = (block.attrs['style'] as string | undefined) ?? block.type.name;
  const kind = list ? `${list.kind} ${list.level} from ${list.start}` : style;
  let line = '';
  block.forEach((node) => {
    const names = node.marks.map((mark) => mark.type.name);
    let words = node.isText ? (node.text ?? '') : node.type.name === 'lineBreak' ? '/' : '?';
    if (names.includes('em')) words = `*${words}*`;
    if (names.includes('strong')) words = `**${words}**`;
    const link = node.marks.find((mark) => mark.type.name === 'link');
    line += link ? `[${words}](${link.attrs['href'] as string})` : words;
  });
  return `${kind}: ${line}`;
}

function read(source: string, exact = false): string[] {
  const tree = parseHtml(source, true);
  if (!tree) throw new Error('The page is too deep.');
  return readPaste(tree, exact).map(inWords);
}
const file = (name: string): string =>
  readFileSync(new URL(`pasted/${name}.clip`, import.meta.url), 'utf8');

describe('what is pasted', () => {
  it('[PA1] from Word keeps headings, italics, bold, links, quotes and its lists as lists, and none of its own matter', () => {
    expect(read(file('word'))).toEqual([
      'heading1: The river rises',
      'paragraph: The *Guardian* said so, and **twice**: see [the report](https://example.org/report?a=1&b=2). [1]',
      'bullet 0 from 1: First point',
      'bullet 1 from 1: A point under it',
      'bullet 0 from 1: Second point',
      'ordered 0 from 3: Third in *number*',
      'quote: We saw the water come.',
      'paragraph: Some words with a note.',
    ]);
  });

  it('[PA1] from Google Docs is not all bold, and its spans say what is', () => {
    expect(read(file('google-docs'))).toEqual([
      'heading1: The river rises',
      'paragraph: Plain, **bold**, *slanted* and [linked](https://example.org/).',
      'bullet 0 from 1: First point',
      'bullet 1 from 1: A point under it',
      'bullet 0 from 1: Second point',
    ]);
  });

  it('[PA1] from LibreOffice has no fonts, and the number of a note keeps its brackets', () => {
    expect(read(file('libreoffice'))).toEqual([
      'heading1: The river rises',
      'paragraph: In *red* and **bold**,/on two lines, with a note.[1]',
      'ordered 0 from 2: Second',
      'ordered 0 from 2: Third',
      'paragraph: [1] The note.',
    ]);
  });

  it('[PA1] from Word on the web has the levels of its lists', () => {
    expect(read(file('word-online'))).toEqual([
      'heading2: The river rises',
      'bullet 0 from 1: **First**',
      'bullet 1 from 1: Under it',
    ]);
  });

  it('[PA2] from a page brings no script, no address that is not allowed and no mark of a suggestion, and loses no words', () => {
    const tree = parseHtml(file('web'), true);
    const blocks = tree ? readPaste(tree, false) : [];
    expect(blocks.map(inWords)).toEqual([
      'paragraph: The *minister* said “no”. More here and there.',
      'paragraph: Advertisement',
      'paragraph: Line one/line two',
      'paragraph: A paragraph after two breaks',
      'paragraph: Home',
      'quote: Words of another.',
      'paragraph: Loose.',
    ]);
    expect(JSON.stringify(blocks)).not.toMatch(/mallory|s9|a1|insertion|deletion|javascript/);
  });

  it('[PA2] keeps the space at the edge of a few words, and every space of another Galley', () => {
    expect(read('<span> a word </span>')).toEqual(['paragraph:  a word ']);
    expect(read('<p> a paragraph </p>')).toEqual(['paragraph: a paragraph']);
    expect(read('<p data-pm-slice="1 1 []">10\u00a0km </p><p></p>', true)).toEqual([
      'paragraph: 10\u00a0km ',
      'paragraph: ',
    ]);
    expect(read('<!-- nothing --><style>p {}</style>')).toEqual([]);
  });

  it('[PA2] is blocks of the schema and holds every word, whatever it was', () => {
    const tag = fc.constantFrom(
      ...'p div b i span ul ol li table tr td h1 h3 blockquote a figure figcaption img br o:p pre q'.split(
        ' ',
      ),
    );
    const attributes = fc.constantFrom(
      '',
      ' style="mso-list:l0 level2 lfo1"',
      ' style="font-weight:bold;font-style:italic"',
      ' class="MsoQuote"',
      ' href="https://example.org/"',
      ' aria-level="3"',
      ' colspan="2" rowspan="3"',
      ' role="heading" aria-level="9"',
    );
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('word', ' ', 'a\u00a0b', 'Advertisement'),
        fc
          .tuple(tag, attributes, fc.array(tie('node'), { maxLength: 4 }))
          .map(([name, given, inner]) => `<${name}${given}>${inner.join('')}</${name}>`),
      ),
    }));
    const wordsIn = (text: string): string => text.replace(/[\s|“”]/gu, '');
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), fc.boolean(), (nodes, exact) => {
        const tree = parseHtml(nodes.join(''), true);
        if (!tree) return;
        const blocks = readPaste(tree, exact);
        for (const block of blocks) block.check();
        const sorted = (text: string): string => [...wordsIn(text)].toSorted().join('');
        expect(sorted(blocks.map((block) => block.textContent).join(' '))).toBe(
          sorted(wordsOf(tree)),
        );
      }),
      {
        numRuns: Number(process.env['FUZZ_RUNS'] ?? 400),
        examples: [[['<table><td role="heading" aria-level="9">word</td></table>'], false]],
      },
    );
  });
});
