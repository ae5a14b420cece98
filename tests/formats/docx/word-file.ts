/** Small Word files for tests, and a look into written ones that is not the reader's own. */
import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declarations =
  `xmlns:w="${w}" xmlns:r="${office}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ` +
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

/** What goes into a file: the content of the body and of other parts, by the name of their root. */
export interface WordParts {
  body: string;
  comments?: string;
  commentsEx?: string;
  footnotes?: string;
  styles?: string;
  numbering?: string;
  /** Relations of the document, as XML. */
  relations?: string;
  /** More files, as they are. */
  more?: Record<string, string>;
}

const others: Record<string, [part: string, type: string]> = {
  comments: ['comments', `${office}/comments`],
  commentsEx: [
    'commentsExtended',
    'http://schemas.microsoft.com/office/2011/relationships/commentsExtended',
  ],
  footnotes: ['footnotes', `${office}/footnotes`],
  styles: ['styles', `${office}/styles`],
  numbering: ['numbering', `${office}/numbering`],
};

/** The files of a Word file before they are packed. */
export function wordFiles({ body, relations = '', more = {}, ...parts }: WordParts) {
  const files: Record<string, Uint8Array> = {};
  let related = relations;
  for (const [name, content] of Object.entries(parts)) {
    const [part, type] = others[name] ?? ['', ''];
    const prefix = name === 'commentsEx' ? 'w15' : 'w';
    files[`word/${part}.xml`] = strToU8(
      `<${prefix}:${name} ${declarations}>${content}</${prefix}:${name}>`,
    );
    related += `<Relationship Id="p-${part}" Type="${type}" Target="${part}.xml"/>`;
  }
  const rels = (content: string): Uint8Array =>
    strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`,
    );
  files['_rels/.rels'] = rels(
    `<Relationship Id="d" Type="${office}/officeDocument" Target="word/document.xml"/>`,
  );
  files['word/_rels/document.xml.rels'] = rels(related);
  files['word/document.xml'] = strToU8(
    `<w:document ${declarations}><w:body>${body}</w:body></w:document>`,
  );
  for (const [name, content] of Object.entries(more)) files[name] = strToU8(content);
  return files;
}

/** A Word file. */
export const wordFile = (parts: WordParts): Uint8Array => zipSync(wordFiles(parts));

/** The parts of a written file as texts. */
export function partsOf(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, data]) => [name, strFromU8(data)]));
}

/** A part as a tree; throws if it is not well-formed. */
export function treeOf(xml: string): Document {
  const onError = (level: string, message: string): void => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml');
}

/** All elements of a name ("w:p") under a node, in order. */
export function all(node: Document | Element, name: string): Element[] {
  return [...node.getElementsByTagName(name)];
}

const isRow = ({ tagName }: Element): boolean => tagName === 'w:tr';

const elementsOf = (node: Element): Element[] =>
  [...node.childNodes].filter((one): one is Element => one.nodeType === 1);

interface Line {
  text: string;
  joins: boolean;
}

/** The paragraphs of a written part with every change accepted or rejected, by the rules of Word: a struck or
 *  inserted mark joins its paragraph with the next one beside it. References to notes are left out. */
export function decided(xml: string, verdict: 'accept' | 'reject'): string[] {
  const gone = verdict === 'accept' ? ['w:del', 'w:moveFrom'] : ['w:ins', 'w:moveTo'];
  const textOf = (node: Element): string =>
    elementsOf(node)
      .map((one) => {
        if (gone.includes(one.tagName) || one.tagName === 'w:pPr') return '';
        if (one.tagName === 'w:t' || one.tagName === 'w:delText') return one.textContent ?? '';
        if (one.tagName === 'w:tab') return '\t';
        if (one.tagName === 'w:br') return '\n';
        if (one.tagName === 'w:noBreakHyphen') return '\u2011';
        const style = one.tagName === 'w:r' ? all(one, 'w:rStyle')[0]?.getAttribute('w:val') : '';
        return style === 'FootnoteReference' ? '' : textOf(one);
      })
      .join('');
  // A row that goes takes its cells along.
  const isGoneRow = (row: Element): boolean =>
    elementsOf(row)
      .filter(({ tagName }) => tagName === 'w:trPr')
      .flatMap(elementsOf)
      .some(({ tagName }) => gone.includes(tagName));
  const out: string[] = [];
  const blocks = (node: Element): void => {
    let line: Line | null = null;
    for (const one of elementsOf(node)) {
      if (one.tagName === 'w:tr' && isGoneRow(one)) continue;
      // A table all of whose rows go leaves nothing between the paragraphs around it.
      const rows = one.tagName === 'w:tbl' ? elementsOf(one).filter(isRow) : [];
      if (rows.length > 0 && rows.every(isGoneRow)) continue;
      if (one.tagName !== 'w:p') {
        if (line) out.push(line.text);
        line = null;
        blocks(one);
        continue;
      }
      const mark = all(one, 'w:pPr')[0];
      const rPr = mark && elementsOf(mark).find(({ tagName }) => tagName === 'w:rPr');
      const joins = rPr ? elementsOf(rPr).some(({ tagName }) => gone.includes(tagName)) : false;
      const text: string = textOf(one);
      if (line?.joins) line = { text: line.text + text, joins };
      else {
        if (line) out.push(line.text);
        line = { text, joins };
      }
    }
    if (line) out.push(line.text);
  };
  const root = treeOf(xml).documentElement;
  if (root) blocks(root);
  return out;
}
