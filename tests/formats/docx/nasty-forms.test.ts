// Wrappers, notes, lists and styles as programs and people make them; see nasty.ts for what holds for every file.
import { describe, expect, it } from 'vitest';
import {
  words,
  read,
  accepted,
  original,
  told,
  quotes,
  authors,
  lists,
  p,
  r,
  d,
  ins,
  del,
  mark,
  start,
  end,
  ref,
  comment,
  sdt,
  tc,
  tr,
  tbl,
  lead,
} from '#tests/formats/docx/nasty.ts';

describe('what wraps', () => {
  it('[WD11] content controls, tags and alternatives at every level, each read once', () => {
    const alternate = (a: string, b: string): string =>
      `<mc:AlternateContent><mc:Choice Requires="w14">${a}</mc:Choice><mc:Fallback>${b}</mc:Fallback></mc:AlternateContent>`;
    const custom = (content: string): string =>
      `<w:customXml w:uri="u" w:element="e">${content}</w:customXml>`;
    const tag = (content: string): string =>
      `<w:smartTag w:uri="u" w:element="e">${content}</w:smartTag>`;
    const found = read({
      body:
        lead +
        sdt(sdt(p(sdt(r('a') + sdt(r('b'))) + tag(r('c') + custom(r('d')))))) +
        custom(p(r('e'))) +
        alternate(p(r('f')), p(r('no'))) +
        p(alternate(r('g'), r('no')) + `<w:r>${alternate('<w:t>h</w:t>', '<w:t>no</w:t>')}</w:r>`) +
        tbl(
          sdt(tr(sdt(tc(p(r('i')))))) +
            custom(tr(custom(tc(sdt(p(r('j'))))))) +
            alternate(tr(tc(p(r('k')))), tr(tc(p(r('no'))))),
        ),
    });
    expect(accepted(found)).toEqual(['abcd', 'e', 'f', 'gh', 'i', 'j', 'k']);
  });

  it('[WD11] a file as Google Docs makes it: every change and comment in a control, one id for all, no threads', () => {
    const own = 'w:id="0" w:author="Eve G" w:date="2026-01-02T03:04:05Z"';
    const found = read({
      body:
        sdt(
          p(
            sdt(`<w:ins ${own}>${r('New ')}</w:ins>`, 'goog_rdk_0') +
              r('words ') +
              sdt(`<w:del ${own}>${d('old ')}</w:del>`, 'goog_rdk_1') +
              sdt(start(0), 'goog_rdk_2') +
              sdt(start(1), 'goog_rdk_3') +
              r('said') +
              end(0) +
              ref(0) +
              end(1) +
              ref(1) +
              r(' here.'),
          ),
        ) +
        sdt(p(sdt(`<w:ins ${own}>${r('All new.')}</w:ins>`), `<w:rPr><w:ins ${own}/></w:rPr>`)) +
        p(r('Last one.')),
      comments:
        comment(0, 'question', 'w:author="Eve G" w:date="2026-01-02T03:04:05Z"') +
        comment(1, 'answer', 'w:author="Fay H" w:date="2026-01-02T03:05:05Z"'),
    });
    expect(words(found.review, 'accepted')).toEqual([
      'New words said here.',
      'All new.',
      'Last one.',
    ]);
    expect(words(found.review, 'original')).toEqual(['words old said here.', 'Last one.']);
    expect(quotes(found)).toEqual(['said', 'said']);
    expect(authors(found)).toEqual(['Eve G', 'Fay H']);
  });
});

describe('notes, lists and styles', () => {
  const note = (id: number, content: string): string =>
    `<w:footnote w:id="${id}">${content}</w:footnote>`;
  const noted = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;

  it('[WD11] notes with changes and paragraphs of their own, put in and struck ones, separators and missing ones', () => {
    const found = read({
      body:
        lead +
        p(
          r('One') +
            noted(2) +
            ins(r(' new') + noted(3)) +
            del(d(' old') + noted(4)) +
            r('.') +
            noted(9),
        ),
      footnotes:
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>' +
        note(
          2,
          p(r('A ') + ins(r('changed ')) + del(d('plain ')) + r('note'), mark('del')) +
            p(r(' in two.')),
        ) +
        note(3, p(r('New note.'))) +
        note(4, p(del(d('Struck note.')))),
    });
    expect(accepted(found)).toEqual(['One^ new^.', 'A changed note in two.', 'New note.']);
    expect(original(found)).toEqual(['One^ old^.', 'A plain note/ in two.', 'Struck note.']);
    expect(told(found)).toContain('a reference to a note that is not there');
  });

  it('[WD11] lists that go on, restart, never restart, and take their numbering from a style', () => {
    const level = (at: number, fmt: string, more = ''): string =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${fmt}"/>${more}</w:lvl>`;
    const num = (id: number, abstract: number, more = ''): string =>
      `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${more}</w:num>`;
    const item = (id: number, at: number, text: string): string =>
      p(r(text), `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`);
    const found = read({
      numbering:
        `<w:abstractNum w:abstractNumId="0">${level(0, 'decimal')}${level(1, 'decimal', '<w:lvlRestart w:val="0"/>')}</w:abstractNum>` +
        `<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Mine"/></w:abstractNum>` +
        `<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Mine"/>${level(0, 'bullet')}</w:abstractNum>` +
        num(1, 0) +
        num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>') +
        num(3, 1),
      styles:
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>',
      body:
        lead +
        item(1, 0, 'a') +
        item(1, 1, 'b') +
        item(1, 0, 'c') +
        item(1, 1, 'd') +
        p(r('Between them.')) +
        item(1, 0, 'e') +
        item(2, 0, 'f') +
        item(2, 0, 'g') +
        p(r('h'), '<w:pStyle w:val="L"/>') +
        p(r('Not one.'), '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
        item(99, 0, 'No such list.'),
    });
    expect(lists(found)).toEqual([
      'a ordered 0 1',
      'b ordered 1 1',
      'c ordered 0 1',
      'd ordered 1 2',
      'e ordered 0 3',
      'f ordered 0 5',
      'g ordered 0 5',
      'h bullet 0 1',
    ]);
  });

  it('[WD11] headings by the names that programs of many languages write', () => {
    const names = [
      'heading 1',
      'Überschrift 2',
      'Titre 3',
      'Título 1',
      'Titolo 2',
      'Kop 1',
      'Rubrik 2',
      'Overskrift 1',
      'Otsikko 1',
      'Nagłówek 2',
      '标题 1',
      '見出し 2',
      '제목 1',
      'Заголовок 3',
      'عنوان 1',
      'Heading 4 Char',
    ];
    const found = read({
      styles:
        names
          .map(
            (name, i) =>
              `<w:style w:type="paragraph" w:styleId="s${i}"><w:name w:val="${name}"/></w:style>`,
          )
          .join('') +
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="own"><w:name w:val="Zwischentitel"/><w:basedOn w:val="s1"/></w:style>',
      body:
        lead +
        names.map((name, i) => p(r(`Under ${name}`), `<w:pStyle w:val="s${i}"/>`)).join('') +
        p(r('Own'), '<w:pStyle w:val="own"/>') +
        p(r('By level'), '<w:outlineLvl w:val="2"/>'),
    });
    const styles = found.review.doc.content.content
      .slice(2)
      .map(({ attrs }) => String(attrs['style']).replace('heading', ''));
    expect(styles).toEqual([
      '1',
      '2',
      '3',
      '1',
      '2',
      '1',
      '2',
      '1',
      '1',
      '2',
      '1',
      '2',
      '1',
      '3',
      '1',
      'paragraph',
      '2',
      '3',
    ]);
  });

  it('[WD11] signs of symbol fonts are those signs', () => {
    const sym = (font: string, char: string): string =>
      `<w:r><w:sym w:font="${font}" w:char="${char}"/></w:r>`;
    const found = read({
      body:
        lead +
        p(
          ['F06B', 'F06E', 'F062', '0065'].map((char) => sym('Symbol', char)).join('') +
            sym('Wingdings', 'F0FC') +
            sym('Arial', '00E9') +
            sym('Symbol', 'zz'),
        ),
    });
    expect(accepted(found)).toEqual(['κνβε✓é']);
  });
});
