/** Reads the words of one paragraph into a block: runs with their emphasis, links and fields, changes around and within
 *  them, references to notes, and the places of comments. */
import type { Mark } from 'prosemirror-model';
import { allowedHref } from '#core/article/href.ts';
import { schema } from '#core/article/schema.ts';
import { alternativeOf } from '#core/formats/docx/alternative.ts';
import type { Reading } from '#core/formats/docx/reading.ts';
import { changeMarks } from '#core/formats/docx/change-marks.ts';
import { changeOf, type Around, type Change } from '#core/formats/docx/read-changes.ts';
import { child, switchOf, valueOf, type XmlElement } from '#core/formats/docx/read-xml.ts';
import { symbolOf, wordsInFont } from '#core/formats/docx/symbols.ts';
import { readPicture } from '#core/formats/docx/read-pictures.ts';
import type { DraftBlock } from '#core/formats/import/draft.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { difference } from '#core/suggest/format-stack.ts';

/** A picture in a paragraph, with what is suggested about it: one change of each kind at most. */
export interface FoundFigure {
  src: string;
  alt: string;
  changes: readonly Around[];
}

/** What holds for a whole paragraph while its runs are read. */
export interface Scope {
  /** The part the paragraph is in: a relation's id belongs to it. */
  part: string;
  /** Emphasis that the paragraph's style gives and that its kind of block does not say; undefined where nothing is. */
  bold: boolean;
  italic: boolean;
  /** Inside the text of a note, which refers to no other. */
  inNote: boolean;
  /** Text boxes found in the paragraph; they follow the block, with the changes that stood around them. */
  boxes: { content: XmlElement; changes: readonly Change[] }[];
  /** Figures found in the paragraph; they follow the block. */
  figures: FoundFigure[];
}

const wrappers = new Set([
  'w:smartTag',
  'w:customXml',
  'w:dir',
  'w:bdo',
  'w:sdtContent',
  'w:rubyBase',
  'w:ruby',
]);

/** Reads what is under an element into `block`. */
export class RunReader {
  private readonly reading: Reading;
  private readonly block: DraftBlock;
  private readonly scope: Scope;
  /** The font that the run names, if it does. */
  private font = '';

  constructor(reading: Reading, block: DraftBlock, scope: Scope) {
    this.reading = reading;
    this.block = block;
    this.scope = scope;
  }

  read(element: XmlElement): void {
    for (const one of element.children) this.node(one);
  }

  private node(one: XmlElement): void {
    const { name } = one;
    const { reading } = this;
    if (name === 'w:r') this.run(one);
    else if (name === 'w:ins' || name === 'w:moveTo') this.within(one, 'ins', name === 'w:moveTo');
    else if (name === 'w:del' || name === 'w:moveFrom')
      this.within(one, 'del', name === 'w:moveFrom');
    else if (name === 'w:hyperlink') this.hyperlink(one);
    else if (name === 'w:fldSimple') this.link(hrefOfField(one.attrs['w:instr'] ?? ''), one);
    else if (name === 'w:sdt') this.read(child(one, 'w:sdtContent') ?? { ...one, children: [] });
    else if (name === 'mc:AlternateContent') this.alternate(one);
    else if (wrappers.has(name)) this.read(one);
    else if (name === 'm:oMath' || name === 'm:oMathPara') this.formula(one);
    else if (name.startsWith('m:')) this.math(one);
    else if (name === 'w:p' || name === 'w:tbl')
      this.scope.boxes.push({ content: within(one), changes: [...reading.changes] });
    else if (name === 'w:rt') reading.lost('the reading aid above a word (ruby)');
    else if (name === 'w:subDoc') reading.lost('a part that stands in another file');
    else reading.marker(one, this.block);
  }

  private within(one: XmlElement, kind: Change['kind'], moved: boolean): void {
    const { reading } = this;
    const move = moved ? reading.moveName(kind) : '';
    reading.changes.push(changeOf(one, kind, move));
    this.read(one);
    reading.changes.pop();
  }

  private alternate(one: XmlElement): void {
    const chosen = alternativeOf(one);
    if (chosen) this.read(chosen);
  }

  private hyperlink(one: XmlElement): void {
    const relation = this.reading.file.relations(this.scope.part).get(one.attrs['r:id'] ?? '');
    const anchor = one.attrs['w:anchor'] ?? '';
    const address = relation?.external ? relation.target : '';
    this.link(address + (anchor === '' ? '' : `#${anchor}`), one);
  }

  private link(href: string, one: XmlElement): void {
    const { reading } = this;
    const outer = reading.link;
    reading.link = this.allowed(href) ?? outer;
    this.read(one);
    reading.link = outer;
  }

  private allowed(href: string): string | null {
    if (href === '') return null;
    if (allowedHref(href)) return href;
    this.reading.draft.warn(
      'left-out',
      `The address ${inQuotes(href)} is not one an article can hold; its words stay.`,
    );
    return null;
  }

  private formula(one: XmlElement): void {
    let words = '';
    const walk = (at: XmlElement): void => {
      words += at.name === 'm:t' ? at.text : '';
      at.children.forEach(walk);
    };
    walk(one);
    this.reading.draft.warn('changed', `The formula ${inQuotes(words)} is plain text.`);
    this.math(one);
  }

  /** The signs of a formula one after another; changes and comments can stand between any of them. */
  private math(one: XmlElement): void {
    for (const part of one.children)
      if (part.name === 'm:t') this.text(part.text, []);
      else this.node(part);
  }

  private run(one: XmlElement): void {
    const { reading } = this;
    const rPr = child(one, 'w:rPr');
    const marks = this.look(rPr);
    reading.noteLook(rPr);
    const format = this.formatChange(rPr, marks);
    const font = child(rPr, 'w:rFonts')?.attrs ?? {};
    this.font = font['w:ascii'] ?? font['w:hAnsi'] ?? '';
    for (const part of one.children) this.runPart(part, marks, format);
  }

  private runPart(one: XmlElement, marks: readonly Mark[], format: FormatChange | null): void {
    const { reading, scope } = this;
    const { name } = one;
    if (name === 'w:fldChar') {
      if (child(one, 'w:numberingChange')) reading.lost('a suggested change of a number');
      const form = child(one, 'w:ffData');
      if (child(form, 'w:checkBox') ?? child(form, 'w:ddList'))
        reading.lost('what is ticked or chosen in a form');
      if (reading.loneFields.has(one))
        return reading.lost('the beginning of a field that never ends');
      reading.field(one.attrs['w:fldCharType'] ?? '', (instruction) =>
        this.allowed(hrefOfField(instruction)),
      );
    } else if (name === 'w:instrText') reading.instruction(one.text);
    else if (reading.inInstruction() && name !== 'w:commentReference') return;
    else if (name === 'w:t' || name === 'w:delText')
      this.text(wordsInFont(one.text, this.font), marks, format);
    else if (name === 'w:tab' || name === 'w:ptab') this.text('\t', marks, format);
    else if (name === 'w:noBreakHyphen') this.text('\u2011', marks, format);
    else if (name === 'w:softHyphen') this.text('\u00ad', marks, format);
    else if (name === 'w:sym') this.sign(symbolOf(one), marks, format);
    else if (name === 'w:cr') this.atom('lineBreak', null, marks, format);
    else if (name === 'w:br') this.lineBreak(one, marks, format);
    else if (name === 'w:footnoteReference' || name === 'w:endnoteReference')
      this.reference(one, name === 'w:endnoteReference', marks, format);
    else if (name === 'w:drawing' || name === 'w:pict' || name === 'w:object')
      readPicture(reading, one, scope);
    else if (name === 'mc:AlternateContent') {
      for (const part of alternativeOf(one)?.children ?? []) this.runPart(part, marks, format);
    } else if (name === 'w:ruby') this.node(one);
    else reading.marker(one, this.block);
  }

  private sign(sign: string, marks: readonly Mark[], format: FormatChange | null): void {
    if (/[\ue000-\uf8ff]/.test(sign))
      this.reading.lost('a sign of a font of signs, which other fonts do not have', 'changed');
    this.text(sign, marks, format);
  }

  private lineBreak(one: XmlElement, marks: readonly Mark[], format: FormatChange | null): void {
    const type = one.attrs['w:type'] ?? 'textWrapping';
    if (type === 'textWrapping') this.atom('lineBreak', null, marks, format);
    else this.reading.lost(type === 'page' ? 'a page break' : 'a column break');
  }

  private reference(
    one: XmlElement,
    isEndnote: boolean,
    marks: readonly Mark[],
    format: FormatChange | null,
  ): void {
    const { reading, scope } = this;
    if (scope.inNote) return reading.lost('a reference from one note to another');
    const id = reading.noteFor(one.attrs['w:id'] ?? '', isEndnote);
    if (id === null) return reading.lost('a reference to a note that is not there');
    const around = this.atom('footnoteRef', { id }, marks, format);
    reading.noteChanged(id, around);
  }

  private text(words: string, marks: readonly Mark[], format: FormatChange | null = null): void {
    const text = words.replace(/\r\n|[\r\n]/g, ' ');
    if (text === '') return;
    this.block.line.text(text, [...this.linked(marks), ...this.changes(text.length, format)]);
    this.reading.keys.advance(text.length);
  }

  private atom(
    name: 'lineBreak' | 'footnoteRef',
    attrs: Record<string, string> | null,
    marks: readonly Mark[],
    format: FormatChange | null,
  ): readonly Mark[] {
    const around = this.changes(1, format);
    this.block.line.push(schema.node(name, attrs, undefined, [...this.linked(marks), ...around]));
    this.reading.keys.advance(1);
    return around;
  }

  private linked(marks: readonly Mark[]): readonly Mark[] {
    const { link } = this.reading;
    return link === null ? marks : schema.mark('link', { href: link }).addToSet(marks);
  }

  /** The marks of the changes around the next `size` characters. */
  private changes(size: number, format: FormatChange | null): Mark[] {
    const marks = changeMarks(this.reading, size);
    if (!format) return marks;
    const key = this.reading.keys.formatKeyOf(format.change, size);
    const { add, remove } = format;
    return [...marks, schema.mark('format', { id: key, by: key, add, remove })];
  }

  /** The emphasis of a run: its own, else its style's, else what the paragraph's style gives. */
  private look(rPr: XmlElement | undefined): readonly Mark[] {
    const { styles } = this.reading;
    const style = valueOf(rPr, 'w:rStyle');
    const given = style === undefined ? null : styles.emphasisOf(style);
    const bold = switchOf(rPr, 'w:b') ?? given?.bold ?? this.scope.bold;
    const italic = switchOf(rPr, 'w:i') ?? given?.italic ?? this.scope.italic;
    return [...(italic ? [schema.mark('em')] : []), ...(bold ? [schema.mark('strong')] : [])];
  }

  private formatChange(rPr: XmlElement | undefined, marks: readonly Mark[]): FormatChange | null {
    const changed = child(rPr, 'w:rPrChange');
    if (!changed) return null;
    const { add, remove } = difference(this.look(child(changed, 'w:rPr')), marks);
    const change = changeOf(changed, 'ins');
    if (add.length + remove.length > 0) return { change, add, remove };
    this.reading.lost('a suggested change of formatting that an article does not hold');
    return null;
  }
}

/** A paragraph or table where only words may stand; it is read after them, as a text box is. */
const within = (one: XmlElement): XmlElement => ({ ...one, name: '', children: [one] });

interface FormatChange extends ReturnType<typeof difference> {
  change: Change;
}

/** The address of a HYPERLINK field; '' for any other. */
function hrefOfField(instruction: string): string {
  const match = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))?/i.exec(instruction);
  if (!match) return '';
  const anchor = /\\l\s+"([^"]*)"/i.exec(instruction)?.[1];
  return (match[1] ?? match[2] ?? '') + (anchor === undefined ? '' : `#${anchor}`);
}
