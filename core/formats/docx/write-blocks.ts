/** The body of the document: paragraphs, tables and figures in order, and the footnotes in a part of their own. */
import type { Node } from 'prosemirror-model';
import type { BlockShape } from '#core/article/schema.ts';
import { formOf, tableOf, tableRuns } from '#core/article/table.ts';
import type { Markers } from '#core/formats/docx/markers.ts';
import { paragraphMarks, type ParagraphMark } from '#core/formats/docx/paragraph-marks.ts';
import { gapStyle, mastheadIds, styleIds } from '#core/formats/docx/styles.ts';
import { inlineXml, type Place } from '#core/formats/docx/write-inline.ts';
import { Numbering } from '#core/formats/docx/write-numbering.ts';
import { pictureXml } from '#core/formats/docx/write-picture.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { element } from '#core/formats/docx/xml.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { goesWhole, wordsStay } from '#core/formats/whole-changes.ts';
import { restylings } from '#core/suggest/block-op.ts';
import { entriesOf, shapeOf } from '#core/suggest/entries.ts';
import { rowChanges, type RowChange } from '#core/suggest/rows.ts';

const inBody: Place = { part: 'word/document.xml', inFootnote: false };
const inNotes: Place = { part: 'word/footnotes.xml', inFootnote: true };
const gap = `<w:p><w:pPr><w:pStyle w:val="${gapStyle}"/></w:pPr></w:p>`;
/** The width of a table in twentieths of a point. */
const tableWidth = 9000;

/** Writes the blocks of one document. */
export class BlockWriter {
  readonly numbering = new Numbering();
  private readonly writing: Writing;
  private readonly markers: Markers;
  private readonly marks: ParagraphMark[];

  constructor(writing: Writing, markers: Markers) {
    this.writing = writing;
    this.markers = markers;
    this.marks = paragraphMarks(writing);
  }

  /** The paragraphs and tables of the body. */
  body(): string {
    const blocks = this.writing.doc.content.content;
    const runs = new Map(tableRuns(blocks).map((run) => [run.from, run.to]));
    const hang = this.loneFootnotes(blocks);
    let out = '';
    let afterTable = false;
    for (let i = 0; i < blocks.length; i += 1) {
      const block = blocks[i] as Node;
      if (block.type.name === 'footnote') continue;
      const end = runs.get(i);
      if (end !== undefined) {
        this.numbering.item(null);
        // Two tables without anything between them would be one.
        out += (afterTable ? gap : '') + this.table(blocks, i, end, hang);
        afterTable = true;
        i = end - 1;
        continue;
      }
      out += this.block(block, i, hang);
      afterTable = false;
    }
    return out + (afterTable ? gap : '');
  }

  /** References for footnotes that nothing refers to; they hang on the last block that is no footnote. */
  private loneFootnotes(blocks: readonly Node[]): { at: number; xml: string } {
    const seen = new Set<string>();
    let at = -1;
    blocks.forEach((block, i) => {
      if (block.type.name === 'footnote') return;
      at = i;
      block.forEach((node) => {
        if (node.type.name === 'footnoteRef') seen.add(node.attrs['id'] as string);
      });
    });
    let xml = '';
    for (const [id, number] of this.writing.footnotes.numbers) {
      if (seen.has(id)) continue;
      const index = this.writing.footnotes.indexes[number - 1] ?? 0;
      this.writing.warn(
        'changed',
        `Nothing refers to the footnote ${inQuotes(blocks[index]?.textContent ?? '')}; in Word its number stands at the end of the text.`,
      );
      xml += `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>${element('w:footnoteReference', { 'w:id': number })}</w:r>`;
    }
    return { at, xml };
  }

  private inline(block: Node, index: number, hang: { at: number; xml: string }): string {
    const xml = inlineXml(this.writing, block, this.markers.of(index), inBody);
    return index === hang.at ? xml + hang.xml : xml;
  }

  private block(block: Node, index: number, hang: { at: number; xml: string }): string {
    const name = block.type.name;
    const content = this.inline(block, index, hang);
    if (name === 'figure') {
      this.numbering.item(null);
      const { src, alt } = block.attrs as { src: string; alt: string };
      const change = this.wholeOf(block);
      const picture = this.inChange(change, pictureXml(this.writing, src, alt));
      const mark = this.changeXml(change, 'w:rPr');
      const next = content === '' ? '' : '<w:keepNext/>';
      return (
        paragraph(next + mark, picture) +
        (content === '' ? '' : paragraph(`<w:pStyle w:val="Caption"/>${mark}`, content))
      );
    }
    if (name !== 'block') {
      // An article without a headline has none in Word either.
      if (name === 'headline' && content === '') return '';
      this.numbering.item(null);
      return paragraph(`<w:pStyle w:val="${mastheadIds[name] ?? 'Normal'}"/>`, content);
    }
    const shape = shapeOf(block);
    const look = lookXml(shape, this.numbering.item(shape.list));
    return paragraph(look + this.markXml(index) + this.styleChange(block), content);
  }

  /** What is suggested about a figure as a whole. */
  private wholeOf(block: Node): RowChange {
    const [ins, second] = entriesOf(block).filter(({ k }) => k === 'ins');
    const [del, third] = entriesOf(block).filter(({ k }) => k === 'del');
    for (const one of [second, third])
      if (one && this.writing.marked)
        this.writing.warn(
          'left-out',
          `${this.writing.nameOf(one.by)} struck the picture ${inQuotes(block.textContent)} as well: Word holds one striking of it.`,
          one.id,
        );
    return this.asShown([block], { ins: ins ?? null, del: del ?? null });
  }

  /** A change of a whole as the file shows it: struck word by word where words stay. */
  private asShown(blocks: readonly Node[], { ins, del }: RowChange): RowChange {
    if (!del || goesWhole(blocks)) return { ins, del };
    if (this.writing.marked)
      this.writing.warn(
        'changed',
        wordsStay(blocks.map((one) => one.textContent).join(' ')),
        del.id,
      );
    return { ins, del: null };
  }

  /** The elements of a change of a row, or of the mark of a paragraph that comes or goes whole, inside `name`. */
  private changeXml({ ins, del }: RowChange, name: 'w:rPr' | 'w:trPr', before = ''): string {
    const { writing } = this;
    const entries = writing.marked
      ? (ins ? element('w:ins', writing.change(ins.id, ins.by)) : '') +
        (del ? element('w:del', writing.change(del.id, del.by)) : '')
      : '';
    return before + entries === '' ? '' : element(name, {}, before + entries);
  }

  /** Runs inside the elements of a change; what is put in and struck has the striking inside. */
  private inChange({ ins, del }: RowChange, runs: string): string {
    const { writing } = this;
    if (!writing.marked || runs === '') return runs;
    const struck = del ? element('w:del', writing.change(del.id, del.by), runs) : runs;
    return ins ? element('w:ins', writing.change(ins.id, ins.by), struck) : struck;
  }

  /** The mark of a paragraph, if something is suggested about it. */
  private markXml(index: number): string {
    return this.changeXml(this.marks[index] ?? { ins: null, del: null }, 'w:rPr');
  }

  private styleChange(block: Node): string {
    const { writing } = this;
    const [first, second] = restylings(block);
    if (!writing.marked || !first) return '';
    if (second)
      writing.warn(
        'changed',
        `The changes of style of ${inQuotes(block.textContent)} are one in Word, by ${writing.nameOf(first.entry.by)}.`,
        second.entry.id,
      );
    const { id, by, before } = first.entry;
    const was = element('w:pPr', {}, lookXml(before, this.numbering.was(before.list)));
    return element('w:pPrChange', writing.change(id, by), was);
  }

  private table(
    blocks: readonly Node[],
    from: number,
    to: number,
    hang: { at: number; xml: string },
  ): string {
    const nodes = blocks.slice(from, to);
    const table = tableOf(nodes.map(formOf));
    const changes = rowChanges(nodes);
    if (changes.odd > 0 && this.writing.marked)
      this.writing.warn(
        'left-out',
        `In the table ${inQuotes(nodes.map((node) => node.textContent).join(' '))} something is suggested about single cells: Word holds changes of whole rows, and of the words.`,
      );
    const column = Math.max(1, Math.floor(tableWidth / table.columns));
    const rows = table.rows.map((cells, r) => {
      const header = cells.every((cell) => cell.header);
      const own = cells.flatMap((cell) => blocks[from + cell.at] ?? []);
      const change = this.asShown(own, changes.rows[r] ?? { ins: null, del: null });
      const content = cells.map((cell) => {
        const index = from + cell.at;
        const block = blocks[index] as Node;
        const joins = cell.joined
          ? '<w:vMerge/>'
          : cell.rows > 1
            ? '<w:vMerge w:val="restart"/>'
            : '';
        const span = cell.span > 1 ? element('w:gridSpan', { 'w:val': cell.span }) : '';
        const size = element('w:tcW', { 'w:w': column * cell.span, 'w:type': 'dxa' });
        return element(
          'w:tc',
          {},
          element('w:tcPr', {}, size + span + joins) +
            paragraph('', this.inline(block, index, hang)),
        );
      });
      return element(
        'w:tr',
        {},
        this.changeXml(change, 'w:trPr', header ? '<w:tblHeader/>' : '') + content.join(''),
      );
    });
    const grid = element('w:gridCol', { 'w:w': column }).repeat(table.columns);
    const properties =
      '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0"/>';
    return element(
      'w:tbl',
      {},
      element('w:tblPr', {}, properties) + element('w:tblGrid', {}, grid) + rows.join(''),
    );
  }

  /** The content of word/footnotes.xml, or null for a document without footnotes. Call after `body`. */
  footnotes(): string | null {
    const { doc, footnotes } = this.writing;
    if (footnotes.indexes.length === 0) return null;
    const line = (id: number, type: string, mark: string): string =>
      element(
        'w:footnote',
        { 'w:type': type, 'w:id': id },
        `<w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:${mark}/></w:r></w:p>`,
      );
    const own =
      '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>';
    const notes = footnotes.indexes.map((index, i) =>
      element(
        'w:footnote',
        { 'w:id': i + 1 },
        paragraph(
          '<w:pStyle w:val="FootnoteText"/>',
          own + inlineXml(this.writing, doc.child(index), this.markers.of(index), inNotes),
        ),
      ),
    );
    return (
      line(-1, 'separator', 'separator') +
      line(0, 'continuationSeparator', 'continuationSeparator') +
      notes.join('')
    );
  }
}

const paragraph = (properties: string, content: string): string =>
  element('w:p', {}, (properties === '' ? '' : element('w:pPr', {}, properties)) + content);

/** Style and numbering of a body block. */
function lookXml({ style, list }: BlockShape, numPr: string): string {
  const id = list && style === 'paragraph' ? 'ListParagraph' : styleIds[style];
  return (id === 'Normal' ? '' : element('w:pStyle', { 'w:val': id })) + numPr;
}
