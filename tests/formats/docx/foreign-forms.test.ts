// Forms that Word files of other programs and other years have, each in a file of a few lines.
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import {
  accepted,
  comment,
  d,
  del,
  end,
  ins,
  lead,
  original,
  p,
  quotes,
  r,
  read,
  ref,
  start,
  tbl,
  tc,
  told,
  tr,
} from '#tests/formats/docx/nasty.ts';
import { partsOf } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';

const alternate = (requires: string, choice: string, fallback: string): string =>
  `<mc:AlternateContent><mc:Choice Requires="${requires}">${choice}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent>`;
const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const code = (text: string): string => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
const math = (content: string): string =>
  `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">${content}</m:oMath>`;
const sign = (text: string): string => `<m:r><m:t>${text}</m:t></m:r>`;
const box = (content: string): string =>
  `<w:r><w:drawing><w:txbxContent>${content}</w:txbxContent></w:drawing></w:r>`;

describe('forms for newer programs', () => {
  it('[WD11] what asks for unknown names is read in its last form: an emoji is a sign, its words stay', () => {
    const emoji = `<w:r>${alternate('w16se', '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" w16se:font="Segoe UI Emoji" w16se:char="1F600"/>', '<w:t>😀</w:t>')}</w:r>`;
    const found = read({
      body: lead + p(r('Smile ') + emoji + alternate('zz', r(' no'), r(' yes')) + r('.')),
      comments: `<w:comment w:id="1" w:author="Ada"><w:p>${emoji}${r(' fine')}</w:p></w:comment>`,
    });
    expect(accepted(found)).toEqual(['Smile 😀 yes.']);
    expect([...found.review.comments.values()].map((one) => one.text)).toEqual(['😀 fine']);
  });

  it('[WD11] the reading above a word is told, the word stays', () => {
    const ruby = `<w:r><w:ruby><w:rt>${r('とう')}</w:rt><w:rubyBase>${r('東')}</w:rubyBase></w:ruby></w:r>`;
    const found = read({ body: lead + p(r('In ') + ruby + r('.')) });
    expect(accepted(found)).toEqual(['In 東.']);
    expect(told(found)).toContain('ruby');
  });
});

it('[WD11] the words of a drawing are told', () => {
  const old = `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>`;
  const later = `<w:r><w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Sales</a:t></a:r></a:p></w:drawing></w:r>`;
  const found = read({ body: lead + p(r('Text.') + old + later) });
  expect(told(found)).toMatch(/drawing with the words “DRAFT”[^]*drawing with the words “Sales”/);
});

it('[WD11] the description of a table is told', () => {
  const about = '<w:tblCaption w:val="Prices"/><w:tblDescription w:val="By year"/>';
  const found = read({ body: lead + tbl(tr(tc(p(r('One.')))), about) });
  expect(told(found)).toMatch(/“Prices”[^]*“By year”/);
});

it('[WD11] a large first letter is the first of its word', () => {
  const frame = (cap: string): string => `<w:framePr w:dropCap="${cap}" w:lines="3"/>`;
  const found = read({
    body:
      lead +
      p(start(1) + r('O'), frame('drop')) +
      p(r('nce upon') + end(1) + ref(1) + r(' a time.')) +
      p(r('Framed.'), frame('none')) +
      p(r('Z'), frame('margin')),
    comments: comment(1, 'how it begins'),
  });
  expect(accepted(found)).toEqual(['Once upon a time.', 'Framed.', 'Z']);
  expect(quotes(found)).toEqual(['Once upon']);
  expect(told(found)).toContain('large first letter');
});

it('[WD10] a comment on an empty range and one without a range go out as they came', () => {
  const found = read({
    body: lead + p(r('One') + start(1) + end(1) + ref(1) + r(' two') + ref(2) + r('.')),
    comments: comment(1, 'empty') + comment(2, 'point'),
  });
  const out = partsOf(writeDocx(found.review, { view: 'marked', notice: null }).content);
  const body = out.get('word/document.xml') ?? '';
  expect(body.match(/<w:comment(?:RangeStart|RangeEnd|Reference) /g)).toEqual([
    '<w:commentRangeStart ',
    '<w:commentRangeEnd ',
    '<w:commentReference ',
    '<w:commentReference ',
  ]);
});

describe('fields, formulas and text boxes', () => {
  it('[WD11] a field that never ends takes no words with it', () => {
    const found = read({
      body:
        lead +
        p(r('Before ') + field('begin') + code(' DATE ') + r('after.')) +
        p(r('And ') + field('begin') + code(' PAGE ') + field('separate') + r('4') + field('end')),
    });
    expect(accepted(found)).toEqual(['Before after.', 'And 4']);
    expect(told(found)).toContain('a field that never ends');
  });

  it('[WD11] changes within a formula are suggestions, and one between paragraphs is not lost', () => {
    const found = read({
      body:
        lead +
        p(r('So ') + math(sign('a') + ins(sign('b')) + del(sign('c'))) + r('.')) +
        math(sign('x=1')),
    });
    expect(accepted(found)).toEqual(['So ab.', 'x=1']);
    expect(original(found)).toEqual(['So ac.', 'x=1']);
  });

  it('[WD11] a text box that was put in or struck comes or goes with its words', () => {
    const found = read({
      body: lead + p(r('Text.') + ins(box(p(r('New.')))) + del(box(p(d('Old.'))))) + p(r('End.')),
    });
    expect(accepted(found)).toEqual(['Text.', 'New.', 'End.']);
    expect(original(found)).toEqual(['Text.', 'Old.', 'End.']);
  });

  it('[WD11] a comment can begin before a text box and end after it', () => {
    const found = read({
      body: lead + p(start(1) + r('One') + box(p(r('Boxed.')))) + p(r('two') + end(1) + ref(1)),
      comments: comment(1, 'all of it'),
    });
    expect(quotes(found)).toEqual(['One\nBoxed.\ntwo']);
  });

  it('[WD11] words in a symbol font are the signs that are seen', () => {
    const font = (name: string): string => `<w:rFonts w:ascii="${name}" w:hAnsi="${name}"/>`;
    const found = read({
      body:
        lead + p(r('b\uf061', font('Symbol')) + r('J', font('Wingdings')) + r('b', font('Arial'))),
    });
    expect(accepted(found)).toEqual(['βα☺b']);
    const one = (name: string, char: string): string =>
      `<w:r><w:sym w:font="${name}" w:char="${char}"/></w:r>`;
    const signs = read({
      body:
        lead +
        p(
          one('Wingdings 2', 'F052') +
            one('Webdings', 'F061') +
            one('Wingdings', 'F08D') +
            one('Wingdings 3', 'F0AA'),
        ),
    });
    expect(accepted(signs)).toEqual(['☑✔❷\uf0aa']);
    expect(told(signs)).toContain('a sign of a font of signs');
  });

  it('[WD11] a table or paragraph that stands within a paragraph follows it', () => {
    const table = `<w:tbl><w:tr><w:tc>${p(r('Inner.'))}</w:tc></w:tr></w:tbl>`;
    const found = read({ body: lead + p(r('Outer.') + table + ins(p(r('New.')))) + p(r('End.')) });
    expect(accepted(found)).toEqual(['Outer.', 'Inner.', 'New.', 'End.']);
    expect(original(found)).toEqual(['Outer.', 'Inner.', 'End.']);
  });
});

it('[WD13] what a file says of itself at any length is no reason to refuse its text', () => {
  const found = read({
    body: lead,
    more: { 'docProps/app.xml': `<Properties>${' '.repeat(6_000_000)}</Properties>` },
  });
  expect(found.warnings).toEqual([]);
});

describe('files that are something else', () => {
  const refused = (bytes: Uint8Array): string => {
    const found = readDocx(bytes, testContext({ language: 'en' }));
    return found.ok ? 'read' : `${found.code}: ${found.detail}`;
  };
  const compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const shell = (stream: string): Uint8Array =>
    new Uint8Array([
      ...compound,
      ...Array.from({ length: 504 }, () => 0),
      ...[...stream].flatMap((one) => [one.charCodeAt(0), 0]),
    ]);

  it('[WD13] a locked file, an older one and those of other programs are named as what they are', () => {
    expect(refused(shell('EncryptedPackage'))).toMatch(/^FILE_NOT_WORD: .*password/);
    expect(refused(shell('WordDocument'))).toMatch(/^FILE_NOT_WORD: .*\.doc\b/);
    expect(refused(strToU8('{\\rtf1 words}'))).toMatch(/^FILE_NOT_WORD: .*RTF/);
    const packed = (...names: string[]): Uint8Array =>
      zipSync(Object.fromEntries(names.map((name) => [name, strToU8('<a/>')])));
    expect(refused(packed('xl/workbook.xml'))).toMatch(/^FILE_NOT_WORD: .*Excel/);
    expect(refused(packed('ppt/presentation.xml'))).toMatch(/^FILE_NOT_WORD: .*presentation/);
    expect(refused(packed('mimetype', 'content.xml'))).toMatch(/^FILE_NOT_WORD: .*OpenDocument/);
  });
});
