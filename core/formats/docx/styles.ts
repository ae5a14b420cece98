/** The styles of a written Word file, and the names by which a block's style is found again. */
import type { BlockStyle } from '#core/article/schema.ts';
import { declared } from '#core/formats/docx/namespaces.ts';
import { element } from '#core/formats/docx/xml.ts';
import { isRightToLeft } from '#core/formats/language-tag.ts';

/** The Word style of a block style. */
export const styleIds: Record<BlockStyle, string> = {
  paragraph: 'Normal',
  heading1: 'Heading1',
  heading2: 'Heading2',
  heading3: 'Heading3',
  heading4: 'Heading4',
  quote: 'Quote',
  caption: 'Caption',
  credit: 'Credit',
  bio: 'Biography',
};

/** The Word style of each part of the masthead. Word's own Title and Subtitle would do, but other programs take those
 *  out of the text. */
export const mastheadIds: Record<string, string> = {
  kicker: 'Kicker',
  headline: 'Headline',
  standfirst: 'Standfirst',
  byline: 'Byline',
};

/** The style of an empty paragraph that only parts two tables, or ends a document after one. */
export const gapStyle = 'TableGap';

interface Look {
  name: string;
  basedOn?: string;
  next?: string;
  pPr?: string;
  rPr?: string;
  /** Shown among the styles to choose from. */
  quick?: boolean;
}

const space = (before: number, after: number): string =>
  element('w:spacing', { 'w:before': before, 'w:after': after });
const size = (half: number): string =>
  element('w:sz', { 'w:val': half }) + element('w:szCs', { 'w:val': half });
const color = (value: string): string => element('w:color', { 'w:val': value });
const bold = '<w:b/><w:bCs/>';
const heading = (level: number, half: number): Look => ({
  name: `heading ${level}`,
  basedOn: 'Normal',
  next: 'Normal',
  pPr: `<w:keepNext/><w:keepLines/>${space(280, 100)}${element('w:outlineLvl', { 'w:val': level - 1 })}`,
  rPr: bold + size(half),
  quick: true,
});

const paragraphs: Record<string, Look> = {
  Normal: { name: 'Normal', quick: true },
  Kicker: {
    name: 'Kicker',
    basedOn: 'Normal',
    next: 'Headline',
    pPr: `<w:keepNext/>${space(0, 60)}`,
    rPr: `${bold}<w:caps/>${color('595959')}${element('w:spacing', { 'w:val': 20 })}${size(18)}`,
    quick: true,
  },
  Headline: {
    name: 'Headline',
    basedOn: 'Normal',
    next: 'Standfirst',
    pPr: `<w:keepNext/>${space(0, 120)}`,
    rPr: bold + size(44),
    quick: true,
  },
  Standfirst: {
    name: 'Standfirst',
    basedOn: 'Normal',
    next: 'Normal',
    pPr: space(0, 160),
    rPr: color('404040') + size(28),
    quick: true,
  },
  Byline: {
    name: 'Byline',
    basedOn: 'Normal',
    next: 'Normal',
    pPr: space(0, 240),
    rPr: color('595959'),
    quick: true,
  },
  Heading1: heading(1, 32),
  Heading2: heading(2, 28),
  Heading3: heading(3, 24),
  Heading4: heading(4, 22),
  Quote: {
    name: 'Quote',
    basedOn: 'Normal',
    next: 'Normal',
    pPr: `${space(120, 200)}<w:ind w:left="567" w:right="567"/>`,
    quick: true,
  },
  Caption: {
    name: 'caption',
    basedOn: 'Normal',
    next: 'Normal',
    pPr: space(60, 200),
    rPr: color('404040') + size(20),
    quick: true,
  },
  Credit: { name: 'Credit', basedOn: 'Normal', rPr: color('595959') + size(18), quick: true },
  Biography: {
    name: 'Biography',
    basedOn: 'Normal',
    pPr: space(240, 160),
    rPr: color('404040') + size(20),
    quick: true,
  },
  ListParagraph: {
    name: 'List Paragraph',
    basedOn: 'Normal',
    pPr: '<w:ind w:left="720"/><w:contextualSpacing/>',
    quick: true,
  },
  FootnoteText: {
    name: 'footnote text',
    basedOn: 'Normal',
    pPr: space(0, 60),
    rPr: size(18),
  },
  CommentText: { name: 'annotation text', basedOn: 'Normal', rPr: size(20) },
  Header: { name: 'header', basedOn: 'Normal', rPr: bold + color('9C2A10') + size(18) },
  [gapStyle]: {
    name: 'Table Gap',
    basedOn: 'Normal',
    pPr: '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
    rPr: size(4),
  },
};

const characters: Record<string, Look> = {
  DefaultParagraphFont: { name: 'Default Paragraph Font' },
  Hyperlink: { name: 'Hyperlink', rPr: `${color('0B5394')}<w:u w:val="single"/>` },
  FootnoteReference: {
    name: 'footnote reference',
    rPr: '<w:vertAlign w:val="superscript"/>',
  },
  CommentReference: { name: 'annotation reference', rPr: size(16) },
};

function style(type: 'paragraph' | 'character', id: string, look: Look): string {
  const custom = [...Object.values(mastheadIds), 'Credit', 'Biography', gapStyle].includes(id);
  const basedOn = look.basedOn ?? (type === 'character' ? 'DefaultParagraphFont' : undefined);
  const isBase = id === 'Normal' || id === 'DefaultParagraphFont';
  return element(
    'w:style',
    {
      'w:type': type,
      'w:default': isBase ? 1 : undefined,
      'w:customStyle': custom ? 1 : undefined,
      'w:styleId': id,
    },
    [
      element('w:name', { 'w:val': look.name }),
      basedOn && !isBase ? element('w:basedOn', { 'w:val': basedOn }) : '',
      look.next ? element('w:next', { 'w:val': look.next }) : '',
      look.quick === true ? '<w:qFormat/>' : '',
      look.pPr ? element('w:pPr', {}, look.pPr) : '',
      look.rPr ? element('w:rPr', {}, look.rPr) : '',
    ].join(''),
  );
}

const edge = (side: string): string =>
  element(`w:${side}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': '8C8C8C' });

const tables =
  `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>` +
  `<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>` +
  `<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>` +
  `</w:tblCellMar></w:tblPr></w:style>` +
  `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>` +
  `<w:basedOn w:val="TableNormal"/><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr>` +
  `<w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('')}` +
  `</w:tblBorders></w:tblPr></w:style>`;

/** word/styles.xml. `language` is a tag, or '' if it is not known; some are written from right to left. */
export function stylesPart(language: string): string {
  const fromRight = isRightToLeft(language);
  const lang =
    language === ''
      ? ''
      : element('w:lang', { 'w:val': language, 'w:bidi': fromRight ? language : undefined });
  const fonts = '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/>';
  const run = `${fonts}${size(22)}${fromRight ? '<w:rtl/>' : ''}${lang}`;
  const paragraph = `${fromRight ? '<w:bidi/>' : ''}<w:spacing w:after="160" w:line="288" w:lineRule="auto"/>`;
  const defaults = element(
    'w:docDefaults',
    {},
    `<w:rPrDefault><w:rPr>${run}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${paragraph}</w:pPr></w:pPrDefault>`,
  );
  const list = [
    ...Object.entries(paragraphs).map(([id, look]) => style('paragraph', id, look)),
    ...Object.entries(characters).map(([id, look]) => style('character', id, look)),
  ];
  return element('w:styles', declared(['w']), defaults + list.join('') + tables);
}
