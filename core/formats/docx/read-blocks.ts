/** Walks the body of a Word file: paragraphs, tables and what wraps them, and the notes under the text. */
import type { Node } from 'prosemirror-model';
import { schema, type BlockShape, type ListAttr } from '#core/article/schema.ts';
import { alternativeOf } from '#core/formats/docx/alternative.ts';
import { withInitials } from '#core/formats/docx/initials.ts';
import type { FlowItem } from '#core/formats/docx/paragraph-flow.ts';
import { changeMarks } from '#core/formats/docx/change-marks.ts';
import { changeOf, type Around, type Change } from '#core/formats/docx/read-changes.ts';
import { RunReader, type FoundFigure, type Scope } from '#core/formats/docx/read-runs.ts';
import { headingOf, outlineOf } from '#core/formats/docx/read-styles.ts';
import { child, valueOf, type XmlElement } from '#core/formats/docx/read-xml.ts';
import { readTable } from '#core/formats/docx/read-tables.ts';
import type { FoundNote, Reading } from '#core/formats/docx/reading.ts';
import { cutStart } from '#core/formats/html/read-parts.ts';
import { changeMark, type DraftBlock } from '#core/formats/import/draft.ts';
import { inQuotes } from '#core/formats/warning.ts';
import { authored, isDeletion, isInsertion, sameShape } from '#core/suggest/entries.ts';

/** Where paragraphs go: into blocks of their own, or as lines of one block. */
interface Target {
  /** The block whose lines the paragraphs are; null for the body. */
  into: DraftBlock | null;
  part: string;
  inNote: boolean;
  /** The paragraph mark before the next line. */
  mark: Change[] | null;
}

const wrappers = new Set(['w:sdtContent', 'w:customXml', 'w:smartTag', 'w:dir', 'w:bdo']);

/** Changes that stand around whole paragraphs. */
const around: Readonly<Record<string, Change['kind']>> = {
  'w:ins': 'ins',
  'w:moveTo': 'ins',
  'w:del': 'del',
  'w:moveFrom': 'del',
};

const moveAround = (reading: Reading, name: string): string =>
  name === 'w:moveTo' || name === 'w:moveFrom'
    ? reading.moveName(name === 'w:moveTo' ? 'ins' : 'del')
    : '';

/** A figure that waits for its caption. */
interface FlowFigure {
  item: FlowItem;
  changes: readonly Around[];
}

const noMark = (): FlowItem['mark'] => ({ ins: null, del: null });

function marksOf(changes: readonly Around[]): FlowItem['mark'] {
  const mark = noMark();
  for (const { change, key } of changes) mark[change.kind] = key;
  return mark;
}

function strikeAll(nodes: Node[], key: string): void {
  const mark = changeMark('deletion', key);
  nodes.forEach((node, i) => {
    if (!mark.isInSet(node.marks)) nodes[i] = node.mark(mark.addToSet(node.marks));
  });
}

/** True if all words of a caption come and go with the figure. */
const captionGoes = ({ line }: DraftBlock, { changes }: FlowFigure): boolean =>
  changes.every(({ change: { kind } }) =>
    line.nodes.every((node) => node.marks.some(kind === 'ins' ? isInsertion : isDeletion)),
  );

export class BlockReader {
  readonly flow: FlowItem[] = [];
  /** What the style of a block says of the masthead. */
  readonly roles = new Map<DraftBlock, NonNullable<ReturnType<typeof this.roleOf>>>();
  /** The changes of the figures. */
  private readonly figures = new Map<DraftBlock, readonly Around[]>();
  private readonly reading: Reading;
  private target: Target;

  constructor(reading: Reading) {
    this.reading = reading;
    this.target = { into: null, part: reading.file.main, inNote: false, mark: null };
  }

  /** Reads blocks one after another. */
  read(elements: readonly XmlElement[]): void {
    const told = (): void =>
      this.reading.lost('the size of a large first letter; it stands in its word', 'changed');
    for (const one of withInitials(elements, told)) this.node(one);
  }

  private node(one: XmlElement): void {
    const { name } = one;
    const { reading } = this;
    if (name === 'w:p') this.paragraph(one);
    else if (name === 'w:tbl') this.table(one);
    else if (name === 'w:sdt') this.read(child(one, 'w:sdtContent')?.children ?? []);
    else if (wrappers.has(name)) this.read(one.children);
    else if (name === 'mc:AlternateContent') {
      this.read(alternativeOf(one)?.children ?? []);
    } else if (around[name] !== undefined) {
      reading.changes.push(changeOf(one, around[name], moveAround(reading, name)));
      this.read(one.children);
      reading.changes.pop();
    } else if (name === 'w:sectPr') this.section(one);
    else if (name === 'm:oMath' || name === 'm:oMathPara')
      this.paragraph({ name: 'w:p', attrs: {}, children: [one], text: '' });
    else if (name === 'w:altChunk') reading.lost('a part in another format');
    else reading.marker(one, this.target.into);
  }

  private section(one: XmlElement | undefined): void {
    if (child(one, 'w:sectPrChange'))
      this.reading.lost('a suggested change of the form of the pages');
  }

  private table(one: XmlElement): void {
    const { reading } = this;
    if (this.target.into === null) {
      readTable(reading, one, (cell, content) => this.lines(cell, content));
      return;
    }
    reading.lost('the form of a table within a cell or a note; its words stay', 'changed');
    const cells = (at: XmlElement): void => {
      for (const part of at.children)
        if (part.name === 'w:tc') this.read(part.children);
        else cells(part);
    };
    cells(one);
  }

  /** Reads paragraphs as the lines of one block, which is a barrier of the flow. */
  private lines(block: DraftBlock, content: readonly XmlElement[]): void {
    const outer = this.target;
    this.reading.began(block);
    if (block.role === 'cell')
      this.flow.push({ block, barrier: true, mark: { ins: null, del: null } });
    this.target = { ...outer, into: block, mark: null };
    this.read(content);
    this.target = outer;
  }

  /** Reads the text of a note into a footnote. */
  readNote({ id, element, part, changes }: FoundNote): void {
    const block = this.reading.draft.footnote(id);
    const outer = this.target;
    this.target = { into: null, part, inNote: true, mark: null };
    this.lines(block, element.children);
    this.target = outer;
    const [first] = block.line.nodes;
    if (first?.text !== undefined && /^[ \t]/.test(first.text)) cutStart(block, 1);
    // A new or struck note comes or goes with its reference.
    for (const mark of changes.filter((one) => isInsertion(one) || isDeletion(one))) {
      const { id: key } = authored(mark);
      block.entries.push({ k: isInsertion(mark) ? 'ins' : 'del', key });
      const has = isInsertion(mark) ? isInsertion : isDeletion;
      block.line.nodes.forEach((node, i) => {
        if (!node.marks.some(has)) block.line.nodes[i] = node.mark(mark.addToSet(node.marks));
      });
    }
  }

  private paragraph(p: XmlElement): void {
    const { reading } = this;
    const { into } = this.target;
    const pPr = child(p, 'w:pPr');
    const mark = this.markOf(pPr);
    this.section(child(pPr, 'w:sectPr'));
    if (into !== null) {
      this.line(p, pPr, into, mark);
      return;
    }
    const styleId = valueOf(pPr, 'w:pStyle') ?? reading.styles.normal;
    const shape = this.shapeOf(pPr, true);
    const { draft } = reading;
    const figure = shape.style === 'caption' ? this.figureFor(mark) : null;
    const block = draft.block(shape.style, shape.list);
    reading.began(block);
    const role = this.roleOf(styleId);
    if (role !== null) this.roles.set(block, role);
    this.styleChange(pPr, block, shape);
    const item = { block, barrier: false, mark: { ins: null, del: null } as FlowItem['mark'] };
    this.flow.push(item);
    reading.around = figure?.changes.map((one) => ({ ...one, adds: false })) ?? [];
    const { figures, boxes } = this.runs(p, block, styleId, shape);
    reading.around = [];
    const isAlone = figures.length === 0 && block.entries.length === 0;
    if (figure && isAlone && captionGoes(block, figure)) this.caption(block, figure);
    else if (figures.length > 0 && block.line.size === 0 && shape.list === null)
      this.figuresAlone(item, figures, mark);
    else {
      this.setMark(item, mark);
      // They come and go within their paragraph, and need no mark of it.
      for (const one of figures) this.addFigure(one, marksOf(one.changes));
    }
    this.boxes(boxes);
  }

  /** The figure right before a caption whose paragraph comes or goes with it, or stays with it. */
  private figureFor(mark: readonly Change[]): FlowFigure | null {
    const last = this.flow.at(-1);
    if (!last || last.block !== this.reading.draft.blocks.at(-1)) return null;
    const changes = this.figures.get(last.block);
    if (!changes || last.block.line.size > 0 || mark.length !== changes.length) return null;
    const fits = changes.every(({ change }) =>
      mark.some(({ kind, author }) => kind === change.kind && author === change.author),
    );
    return fits ? { item: last, changes } : null;
  }

  /** Makes a paragraph that was read as one of its own the caption of the figure before it. */
  private caption(block: DraftBlock, { item, changes }: FlowFigure): void {
    const { draft, keys } = this.reading;
    draft.blocks.pop();
    this.flow.pop();
    item.block.line = block.line;
    this.replace(block, item.block);
    for (const { change, key, nested } of changes) {
      keys.goesOn(change, 1, key ?? '', nested);
      // Words that somebody else has struck already go with the picture too.
      if (change.kind === 'del') strikeAll(block.line.nodes, key ?? '');
    }
    keys.advance(1);
  }

  /** A paragraph that holds nothing but pictures is none of its own; its mark goes with them. */
  private figuresAlone(
    { block }: FlowItem,
    figures: readonly FoundFigure[],
    mark: readonly Change[],
  ): void {
    const { draft, keys } = this.reading;
    draft.blocks.pop();
    this.flow.pop();
    const own = noMark();
    for (const { kind, author } of mark) {
      const same = figures.map(({ changes }) =>
        changes.find(({ change }) => change.kind === kind && change.author === author),
      );
      const last = same.at(-1);
      if (last?.key && same.every((one) => one !== undefined)) {
        own[kind] = last.key;
        keys.goesOn(last.change, 1, last.key, last.nested);
      } else
        draft.warn(
          'left-out',
          `The suggestion about the end of the paragraph with the picture ${inQuotes(figures[0]?.alt ?? '')} was left out: the picture stays.`,
        );
    }
    keys.advance(1);
    figures.forEach((one, i) => {
      const figure = this.addFigure(one, own);
      if (i === 0) this.replace(block, figure);
    });
  }

  private addFigure({ src, alt, changes }: FoundFigure, mark: FlowItem['mark']): DraftBlock {
    const figure = this.reading.draft.figure(src, alt);
    for (const { change, key } of changes)
      if (key !== null) figure.entries.push({ k: change.kind, key });
    this.figures.set(figure, changes);
    this.flow.push({ block: figure, barrier: true, mark: { ...mark } });
    return figure;
  }

  /** Comments on a paragraph that held nothing but a picture, or its caption, are on the figure. */
  private replace(block: DraftBlock, figure: DraftBlock): void {
    const { places, bookmarks } = this.reading;
    for (const place of [...places.values(), ...bookmarks.values()])
      for (const point of [place.from, place.to, place.reference])
        if (point?.block === block) point.block = figure;
  }

  /** A further line of a cell or note. The mark of the paragraph before is the break between them. */
  private line(p: XmlElement, pPr: XmlElement | undefined, into: DraftBlock, mark: Change[]): void {
    const { reading, target } = this;
    if (target.mark !== null) {
      reading.changes.push(...target.mark);
      into.line.push(schema.node('lineBreak', null, undefined, changeMarks(reading, 1)));
      reading.changes.length -= target.mark.length;
      reading.keys.advance(1);
    }
    const styleId = valueOf(pPr, 'w:pStyle') ?? reading.styles.normal;
    if (child(pPr, 'w:numPr') && !target.inNote)
      reading.lost('a list within a table; its words stay', 'changed');
    const { figures, boxes } = this.runs(p, into, styleId, { style: 'paragraph', list: null });
    target.mark = mark;
    for (const { alt } of figures)
      reading.draft.warn(
        'left-out',
        `The picture ${inQuotes(alt)} within a table or note was left out.`,
      );
    this.boxes(boxes);
  }

  /** Text boxes after their paragraph. One that is put in or struck is so with all its words. */
  private boxes(boxes: Scope['boxes']): void {
    const { changes } = this.reading;
    for (const { content, changes: around } of boxes) {
      const outer = changes.splice(0, changes.length, ...around);
      this.read(content.children);
      changes.splice(0, changes.length, ...outer);
    }
  }

  private runs(p: XmlElement, block: DraftBlock, styleId: string, shape: BlockShape): Scope {
    const { reading, target } = this;
    const given = reading.styles.emphasisOf(styleId);
    // A heading is bold because it is a heading; a plain paragraph is bold because its words are.
    const isPlain = shape.style === 'paragraph' && this.roleOf(styleId) === null && !target.inNote;
    const scope: Scope = {
      part: target.part,
      bold: isPlain && given.bold === true,
      italic: isPlain && given.italic === true,
      inNote: target.inNote,
      boxes: [],
      figures: [],
    };
    new RunReader(reading, block, scope).read(p);
    return scope;
  }

  private roleOf(styleId: string): 'kicker' | 'headline' | 'standfirst' | 'byline' | 'gap' | null {
    return this.reading.styles.meaningOf(styleId).role;
  }

  /** The style and list that properties give. `counts` is false for properties of before a change. */
  private shapeOf(pPr: XmlElement | undefined, counts: boolean): BlockShape {
    const { styles, numberings } = this.reading;
    const styleId = valueOf(pPr, 'w:pStyle') ?? styles.normal;
    const meaning = styles.meaningOf(styleId);
    const level = outlineOf(pPr);
    const style = meaning.style ?? (level === null ? 'paragraph' : headingOf(level));
    const numPr = child(pPr, 'w:numPr') ?? styles.numberingOf(styleId);
    const list: ListAttr | null = numberings.item(numPr, counts);
    // The number of a numbered heading is part of its look.
    if (list && style.startsWith('heading') && !child(pPr, 'w:numPr')) return { style, list: null };
    return { style, list };
  }

  private styleChange(pPr: XmlElement | undefined, block: DraftBlock, shape: BlockShape): void {
    const { reading } = this;
    const changed = child(pPr, 'w:pPrChange');
    if (!changed) return;
    const before = this.shapeOf(child(changed, 'w:pPr'), false);
    if (before.list && shape.list && before.list.kind === shape.list.kind)
      before.list = { ...before.list, start: shape.list.start };
    if (sameShape(before, shape)) {
      reading.lost('a suggested change of a paragraph’s look that an article does not hold');
      return;
    }
    const key = reading.keys.keyOf(changeOf(changed, 'ins'), 1, 'style');
    block.entries.push({ k: 'block', key, before });
  }

  /** The changes of the paragraph's own mark. */
  private markOf(pPr: XmlElement | undefined): Change[] {
    const rPr = child(pPr, 'w:rPr');
    const { reading } = this;
    const found: Change[] = [];
    const numPr = child(pPr, 'w:numPr');
    if (child(numPr, 'w:ins') ?? child(numPr, 'w:numberingChange'))
      reading.lost('a suggested change of a number');
    for (const one of rPr?.children ?? []) {
      if (one.name === 'w:ins') found.push(changeOf(one, 'ins'));
      else if (one.name === 'w:del') found.push(changeOf(one, 'del'));
      else if (one.name === 'w:moveTo') found.push(changeOf(one, 'ins', reading.moveName('ins')));
      else if (one.name === 'w:moveFrom') found.push(changeOf(one, 'del', reading.moveName('del')));
      else if (one.name === 'w:rPrChange')
        reading.lost('a suggested change of formatting that an article does not hold');
    }
    return found;
  }

  private setMark(item: FlowItem, changes: readonly Change[]): void {
    const { keys } = this.reading;
    for (const change of changes) {
      const nested = change.kind === 'del' && item.mark.ins !== null ? 'in' : '';
      item.mark[change.kind] ??= keys.keyOf(change, 1, nested);
    }
    keys.advance(1);
  }
}
