// What the reader makes of Word's own forms, each in a file of a few lines.
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { docOf, type View } from '#core/formats/view.ts';
import { listSuggestions } from '#core/suggest/list.ts';
import { wordFile, type WordParts } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';

function read(parts: WordParts): Imported {
  const found = readDocx(wordFile(parts), testContext({ language: 'en' }));
  if (!found.ok) throw new Error(found.detail);
  return found.imported;
}

/** The document in one line: each block as "kind: words", emphasis and links in brackets. */
function shown(doc: Node): string[] {
  const lines: string[] = [];
  doc.forEach((block) => {
    const { style, list, starts, span, joinsAbove } = block.attrs as Record<string, unknown>;
    const item = list as { kind: string; level: number; start: number } | null | undefined;
    const kind = [
      block.type.name === 'block' ? style : block.type.name,
      ...(item ? [`${item.kind} ${item.level} ${item.start}`] : []),
      ...(starts ? [starts] : []),
      ...(span !== undefined && span !== 1 ? [`span ${String(span)}`] : []),
      ...(joinsAbove === true ? ['joined'] : []),
    ].join(' ');
    let words = '';
    block.forEach((node) => {
      const text =
        node.text ?? (node.type.name === 'lineBreak' ? '/' : `^${String(node.attrs['id'])}`);
      const look = node.marks.map((mark) =>
        mark.type.name === 'link' ? String(mark.attrs['href']) : mark.type.name,
      );
      words += look.length > 0 ? `[${look.join(' ')}|${text}]` : text;
    });
    lines.push(`${kind}: ${words}`);
  });
  return lines.slice(1);
}

const p = (content: string, pPr = ''): string =>
  `<w:p>${pPr === '' ? '' : `<w:pPr>${pPr}</w:pPr>`}${content}</w:p>`;
const r = (text: string, rPr = ''): string =>
  `<w:r>${rPr === '' ? '' : `<w:rPr>${rPr}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const d = (text: string): string =>
  `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
let made = 0;
const by = (author: string, at = '2026-01-02T03:04:00Z'): string =>
  `w:id="${(made += 1)}" w:author="${author}" w:date="${at}"`;
const ins = (content: string, author = 'Ada', at?: string): string =>
  `<w:ins ${by(author, at)}>${content}</w:ins>`;
const del = (content: string, author = 'Ada', at?: string): string =>
  `<w:del ${by(author, at)}>${content}</w:del>`;
const mark = (kind: 'ins' | 'del', author = 'Ada'): string =>
  `<w:rPr><w:${kind} ${by(author)}/></w:rPr>`;
/** A first line that is no headline. */
const lead = p(r('It begins here.'));

const words = (imported: Imported, view: View): string[] =>
  docOf(imported.review.doc, view)
    .content.content.slice(1)
    .map((one) =>
      one.textBetween(0, one.content.size, '', (leaf) =>
        leaf.type.name === 'lineBreak' ? '/' : '',
      ),
    );
const told = (imported: Imported): string => imported.warnings.map((one) => one.message).join('\n');

describe('changes', () => {
  it('[WD11] nested changes of several authors are decided each for itself', () => {
    const found = read({
      body: lead + p(r('A ') + ins(r('new ') + del(d('odd '), 'Ben'), 'Ada') + r('word.')),
    });
    expect(words(found, 'accepted')).toEqual(['It begins here.', 'A new word.']);
    expect(words(found, 'original')).toEqual(['It begins here.', 'A word.']);
    expect(found.review.people.size).toBe(2);
    expect(found.review.suggestions.size).toBe(2);
  });

  it('[WD11] marks of paragraphs are boundaries: a split, a join, a whole new and a whole struck paragraph', () => {
    const split = read({ body: lead + p(r('One '), mark('ins')) + p(r('two.')) });
    expect(words(split, 'original')).toEqual(['It begins here.', 'One two.']);
    const join = read({ body: lead + p(r('One '), mark('del')) + p(r('two.')) });
    expect(words(join, 'accepted')).toEqual(['It begins here.', 'One two.']);
    const quote = '<w:pStyle w:val="Quote"/>';
    const whole = read({
      body:
        lead +
        p(ins(r('New.')), mark('ins')) +
        p(del(d('Old.')), mark('del')) +
        p(r('Said.'), quote),
      styles: '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>',
    });
    expect(shown(docOf(whole.review.doc, 'accepted'))).toEqual([
      'paragraph: It begins here.',
      'paragraph: New.',
      'quote: Said.',
    ]);
    expect(shown(docOf(whole.review.doc, 'original'))).toEqual([
      'paragraph: It begins here.',
      'paragraph: Old.',
      'quote: Said.',
    ]);
  });

  it('[WD11] a struck last paragraph goes without leaving an empty one; a mark that nothing follows is told', () => {
    const last = read({ body: lead + p(del(d('Gone.')), mark('del')) });
    expect(words(last, 'accepted')).toEqual(['It begins here.']);
    const lost = read({ body: lead + p(r('Stays.'), mark('del')) });
    expect(words(lost, 'accepted')).toEqual(['It begins here.', 'Stays.']);
    expect(told(lost)).toContain('end of the paragraph “Stays.”');
  });

  it('[WD11] changes of format and style are suggestions; those an article does not hold are told', () => {
    const rPr = `<w:b/><w:rPrChange ${by('Ada')}><w:rPr/></w:rPrChange>`;
    const other = `<w:color w:val="FF0000"/><w:rPrChange ${by('Ada')}><w:rPr/></w:rPrChange>`;
    const pPr = `<w:outlineLvl w:val="1"/><w:pPrChange ${by('Ben')}><w:pPr/></w:pPrChange>`;
    const found = read({ body: lead + p(r('bold', rPr) + r(' red', other)) + p(r('Head'), pPr) });
    const list = listSuggestions(found.review.doc);
    expect(
      list.map(({ kind, formats, styles }) => [kind, formats.add, styles?.after.style]),
    ).toEqual([
      ['format', ['strong'], undefined],
      ['block', [], 'heading2'],
    ]);
    expect(told(found)).toContain('change of formatting that an article does not hold');
  });

  it('[WD12] pieces that touch are one suggestion, by one author and of one time', () => {
    const kinds = (body: string): string[] =>
      listSuggestions(read({ body: lead + body }).review.doc).map((one) => one.kind);
    expect(kinds(p(del(d('a')) + ins(r('b'))))).toEqual(['replace']);
    expect(kinds(p(ins(r('a')) + ins(r('b'))))).toEqual(['insert']);
    expect(kinds(p(ins(r('a')) + r(' ') + ins(r('b'))))).toEqual(['insert', 'insert']);
    expect(kinds(p(del(d('a')) + ins(r('b'), 'Ben')))).toEqual(['delete', 'insert']);
    expect(kinds(p(ins(r('a')) + ins(r('b'), 'Ada', '2026-01-02T09:00:00Z')))).toHaveLength(2);
    const over = p(r('x') + del(d('a')), mark('del')) + p(del(d('b')) + r('y'));
    const [one, more] = listSuggestions(read({ body: lead + over }).review.doc);
    expect([one?.deleted, more]).toEqual(['a\nb', undefined]);
  });

  it('[WD8] the two places of a move are one suggestion', () => {
    const range = (side: string, at: string): string =>
      `<w:${side}RangeStart ${by('Ada')} w:name="m"/>${at}<w:${side}RangeEnd w:id="${made}"/>`;
    const from = range('moveFrom', '').replace(
      '/><w:moveFromRangeEnd',
      `/><w:moveFrom ${by('Ada')}>${r('this')}</w:moveFrom><w:moveFromRangeEnd`,
    );
    const to = range('moveTo', '').replace(
      '/><w:moveToRangeEnd',
      `/><w:moveTo ${by('Ada')}>${r('this')}</w:moveTo><w:moveToRangeEnd`,
    );
    const found = read({ body: lead + p(r('Keep ') + from) + p(r('There ') + to) });
    const [move, more] = listSuggestions(found.review.doc);
    expect([move?.deleted, move?.inserted, more]).toEqual(['this', 'this', undefined]);
  });

  it('[WD11] a new footnote comes and a struck one goes with its reference', () => {
    const ref = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
    const note = (id: number, text: string): string =>
      `<w:footnote w:id="${id}">${p(`<w:r><w:footnoteRef/></w:r>${r(` ${text}`)}`)}</w:footnote>`;
    const found = read({
      body: lead + p(r('A') + ins(ref(2)) + r(' b') + del(ref(3)) + r('.')),
      footnotes: note(2, 'New note.') + note(3, 'Old note.'),
    });
    expect(words(found, 'accepted')).toEqual(['It begins here.', 'A b.', 'New note.']);
    expect(words(found, 'original')).toEqual(['It begins here.', 'A b.', 'Old note.']);
  });
});

describe('forms', () => {
  it('[WD11] headings are known by level, by localised names and by what styles are based on', () => {
    const style = (id: string, name: string, rest = ''): string =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${rest}</w:style>`;
    const pStyle = (id: string): string => `<w:pStyle w:val="${id}"/>`;
    const found = read({
      body:
        p(r('The title'), pStyle('Titel')) +
        p(r('Eins'), pStyle('b1')) +
        p(r('Zwei'), pStyle('own')) +
        p(r('Drei'), '<w:outlineLvl w:val="6"/>') +
        p(r('Vier'), pStyle('heading2')),
      styles:
        style('Titel', 'Title') +
        style('b1', 'Überschrift 1') +
        style('own', 'House', '<w:basedOn w:val="b1"/>'),
    });
    expect(found.review.doc.child(0).textContent).toBe('The title');
    expect(shown(found.review.doc)).toEqual([
      'heading1: Eins',
      'heading1: Zwei',
      'heading4: Drei',
      'heading2: Vier',
    ]);
  });

  it('[WD11] lists have their kind, depth and number, with restarts', () => {
    const item = (text: string, num: number, level = 0): string =>
      p(r(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${num}"/></w:numPr>`);
    const lvl = (level: number, format: string, start = 1): string =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/></w:lvl>`;
    const found = read({
      body:
        lead +
        item('a', 1) +
        item('b', 1, 1) +
        item('c', 1) +
        p(r('Between.')) +
        item('d', 1) +
        item('e', 2) +
        item('f', 3),
      numbering:
        `<w:abstractNum w:abstractNumId="0">${lvl(0, 'decimal', 3)}${lvl(1, 'bullet')}</w:abstractNum>` +
        `<w:abstractNum w:abstractNumId="1">${lvl(0, 'none')}</w:abstractNum>` +
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>' +
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>' +
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>',
    });
    expect(shown(found.review.doc).slice(1)).toEqual([
      'paragraph ordered 0 3: a',
      'paragraph bullet 1 1: b',
      'paragraph ordered 0 3: c',
      'paragraph: Between.',
      'paragraph ordered 0 5: d',
      'paragraph ordered 0 1: e',
      'paragraph: f',
    ]);
  });

  it('[WD11] tables are cells with their spans; lines within a cell and their changes are kept', () => {
    const tc = (content: string, tcPr = ''): string =>
      `<w:tc><w:tcPr>${tcPr}</w:tcPr>${content}</w:tc>`;
    const found = read({
      body:
        lead +
        `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${tc(p(r('H')), '<w:gridSpan w:val="2"/>')}</w:tr>` +
        `<w:tr>${tc(p(r('a'), mark('del')) + p(r('b')), '<w:vMerge w:val="restart"/>')}${tc(p(r('c')))}</w:tr>` +
        `<w:tr>${tc(p(''), '<w:vMerge/>')}${tc(p(r('d')))}</w:tr>` +
        `<w:tr><w:trPr><w:del ${by('Ben')}/></w:trPr>${tc(p(r('e')))}${tc(p(''))}</w:tr></w:tbl>`,
    });
    expect(shown(docOf(found.review.doc, 'original'))).toEqual([
      'paragraph: It begins here.',
      'cell table span 2: H',
      'cell row: a/b',
      'cell: c',
      'cell row joined: ',
      'cell: d',
      'cell row: e',
      'cell: ',
    ]);
    expect(words(found, 'accepted')).toEqual(['It begins here.', 'H', 'ab', 'c', '', 'd']);
    expect(told(found)).toBe('');
  });

  it('[WD11] links, fields, emphasis by style, symbols and breaks', () => {
    const field = (code: string, result: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r>` +
      `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const found = read({
      body:
        lead +
        p(
          `<w:hyperlink r:id="h">${r('out')}</w:hyperlink> ${field(' HYPERLINK "https://b.org/" ', r('field'))}` +
            field(' PAGE ', r('7')) +
            `<w:hyperlink r:id="bad">${r('bad')}</w:hyperlink>`,
        ) +
        p(
          r('s', '<w:rStyle w:val="Strong"/>') +
            r('n', '<w:rStyle w:val="Strong"/><w:b w:val="0"/>') +
            '<w:r><w:noBreakHyphen/><w:tab/><w:br/><w:sym w:font="Symbol" w:char="F0B7"/><w:br w:type="page"/></w:r>',
        ),
      styles:
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
      relations:
        '<Relationship Id="h" Type="x/hyperlink" Target="https://a.org/" TargetMode="External"/>' +
        '<Relationship Id="bad" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>',
    });
    expect(shown(found.review.doc).slice(1)).toEqual([
      'paragraph: [https://a.org/|out][https://b.org/|field]7bad',
      'paragraph: [strong|s]n\u2011\t/•',
    ]);
    expect(told(found)).toMatch(/javascript:alert[^]*page break/);
  });

  it('[WD11] pictures are figures with their captions, text boxes follow, what cannot be held is told', () => {
    const drawing =
      '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline><wp:docPr id="1" name="P" descr="A bridge"/><a:blip/></wp:inline></w:drawing></w:r>';
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${p(r('Boxed.'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${p(r('Boxed.'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const found = read({
      body:
        lead +
        p(drawing) +
        p(r('The bridge.'), '<w:pStyle w:val="Caption"/>') +
        p(r('Text.') + box) +
        p(''),
      styles: '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>',
    });
    expect(shown(found.review.doc)).toEqual([
      'paragraph: It begins here.',
      'figure: The bridge.',
      'paragraph: Text.',
      'paragraph: Boxed.',
    ]);
    expect(found.review.doc.child(2).attrs['alt']).toBe('A bridge');
    expect(told(found)).toContain('“A bridge” is not in the file');
    expect(told(found)).toContain('the frame of a text box');
    expect(told(found)).toContain('an empty paragraph');
  });

  it('[WD11] files of the strict form are read like any others', () => {
    const strict = read({
      body: lead,
      more: {
        'word/document.xml': `<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>${lead}${p(r('Strict.', '<w:b/>'))}</w:body></w:document>`,
      },
    });
    expect(shown(strict.review.doc)).toEqual([
      'paragraph: It begins here.',
      'paragraph: [strong|Strict.]',
    ]);
  });
});

describe('comments', () => {
  const comment = (id: number, text: string, para: string, author = 'Ada'): string =>
    `<w:comment w:id="${id}" w:author="${author}" w:date="2026-01-02T03:04:05Z"><w:p w14:paraId="${para}"><w:r><w:annotationRef/></w:r>${r(text)}</w:p></w:comment>`;
  const start = (id: number): string => `<w:commentRangeStart w:id="${id}"/>`;
  const end = (id: number): string =>
    `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;

  it('[WD11] threads, states, ranges over paragraphs, points and comments without a place', () => {
    const found = read({
      body:
        lead +
        p(`${r('Here ')}${start(0)}${start(1)}${r('one')}`) +
        p(`${r('two')}${end(0)}${end(1)}${r(' three')}<w:r><w:commentReference w:id="2"/></w:r>`),
      comments:
        comment(0, 'Root', '0000000A') +
        comment(1, 'Reply', '0000000B', 'Ben') +
        comment(2, 'Point', '0000000C') +
        comment(3, 'Nowhere', '0000000D', ''),
      commentsEx:
        '<w15:commentEx w15:paraId="0000000A" w15:done="1"/>' +
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="1"/>',
    });
    const { review } = found;
    const name = (id: string): string => review.people.get(id)?.name ?? '';
    const list = [...review.comments.values()].map((one) => [
      name(one.by),
      one.text,
      one.status,
      one.at,
      review.anchors.byId.get(one.id)?.exact,
      one.replies.map((reply) => `${name(reply.by)}: ${reply.text}`),
    ]);
    const at = '2026-01-02T03:04:05.000Z';
    expect(list).toEqual([
      ['Ada', 'Root', 'resolved', at, 'one\ntwo', ['Ben: Reply']],
      ['Ada', 'Point', 'open', at, '', []],
      ['Unknown author', 'Nowhere', 'open', at, '', []],
    ]);
    const [, point] = [...review.comments.keys()];
    const anchor = review.anchors.byId.get(point ?? '');
    expect(anchor && review.doc.textBetween(0, anchor.from, ' ')).toMatch(/two three$/);
    expect(told(found)).toMatch(/“Point” is about no words[^]*“Nowhere” stands nowhere/);
  });
});
