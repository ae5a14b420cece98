/** Walks a parsed page and adds its blocks to a draft. Only what is named here gets in: text, a few elements, and of
 *  their attributes an address that an article can hold. */
import type { Mark } from 'prosemirror-model';
import { allowedHref } from '#core/article/href.ts';
import { blockStyles, schema, type BlockStyle } from '#core/article/schema.ts';
import {
  attribute,
  childrenOf,
  hasClass,
  inlineTags,
  isElement,
  textOf,
  wordsOf,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';
import { PageText } from '#core/formats/html/page-text.ts';
import { pairedWith } from '#core/formats/html/paired-change.ts';
import { dropElement, takeElement } from '#core/formats/html/left-out.ts';
import {
  cutNumber,
  dropped,
  emphasis,
  headings,
  isBoundarySign,
  lineOf,
  roleOf,
  trimEnd,
} from '#core/formats/html/read-parts.ts';
import { isBacklink } from '#core/formats/html/read-footnotes.ts';
import { isNoteAside } from '#core/formats/html/read-notes.ts';
import {
  lostPicture,
  readFigure,
  readFlatTable,
  readPicture,
  readTable,
  type PageWalk,
} from '#core/formats/html/read-whole.ts';
import { changeMark, type DraftBlock } from '#core/formats/import/draft.ts';
import type { TakenFlag } from '#core/formats/import/imported.ts';
import { timeOf } from '#core/formats/markdown/read-message.ts';
import { inQuotes } from '#core/formats/warning.ts';

export class PageReader extends PageText implements PageWalk {
  private readonly changes = new WeakMap<HtmlElement, string>();

  /** Reads what is under a node. */
  read(root: HtmlNode): void {
    for (const child of childrenOf(root)) this.node(child);
    this.close();
  }

  /** Reads a footnote into a block of its own. */
  readFootnote(container: HtmlElement, id: string): void {
    const block = this.draft.footnote(id);
    this.into(block, [container]);
    if (!this.reading.own && container.tagName !== 'li') cutNumber(block);
  }

  /** Reads what is in elements into one block and gives how many line breaks part their paragraphs. */
  into(block: DraftBlock, elements: readonly HtmlElement[]): number {
    this.target = block;
    this.open = block;
    this.breaks = 0;
    for (const element of elements) {
      this.parted = block.line.size > 0;
      this.children(element);
    }
    this.parted = false;
    this.target = null;
    this.open = null;
    if (!this.reading.own) trimEnd(block);
    return this.breaks;
  }

  node(node: HtmlNode): void {
    const text = textOf(node);
    if (text !== null) this.text(text);
    else if (isElement(node)) this.element(node);
  }

  children(element: HtmlElement): void {
    for (const child of childrenOf(element)) this.node(child);
  }

  private element(element: HtmlElement): void {
    const { tagName: tag } = element;
    const { notes } = this.reading;
    if (notes.containers.has(element) && this.target === null) return;
    if (dropped.has(tag)) dropElement(this.draft, element, this.reading.own);
    else if (tag === 'form' || tag === 'nav')
      this.take(tag === 'form' ? 'form' : 'navigation', element);
    else if (tag === 'aside' && !isNoteAside(element) && this.target === null)
      this.take('outside-article', element);
    else if (isNoteAside(element)) this.close();
    // Its asides are read with all others.
    else if (this.reading.own && tag === 'section' && hasClass(element, 'loose')) this.close();
    else if (this.reading.own && hasClass(element, 'notice')) this.take('notice', element);
    else if (inlineTags.has(tag)) this.inline(element);
    else this.block(element);
  }

  private take(kind: TakenFlag['kind'], element: HtmlElement): void {
    this.close();
    takeElement(this.draft, kind, element);
  }

  private inline(element: HtmlElement): void {
    const { tagName: tag } = element;
    const { notes, places } = this.reading;
    const reference = notes.references.get(element);
    if (reference !== undefined) {
      const block = this.here();
      block.line.push(schema.node('footnoteRef', { id: reference }, undefined, this.marks));
      this.note(block, block.line.size - 1);
    } else if (tag === 'a' && hasClass(element, 'note-link')) {
      const number = /^#note-(\d+)$/.exec(attribute(element, 'href'))?.[1];
      if (number !== undefined && this.open)
        places.links.set(number, { block: this.open, offset: this.open.line.size });
    } else if (this.target && this.isBack(element)) {
      // The space before it belongs to the link.
      if (this.reading.own) trimEnd(this.target, 1);
    } else if (tag === 'a') this.link(element);
    else if (tag === 'br') {
      const block = this.open ?? (this.reading.own ? this.here() : null);
      if (!block) return;
      if (!this.reading.own) trimEnd(block);
      block.line.push(schema.node('lineBreak', null, undefined, this.marks));
      this.note(block, block.line.size - 1);
    } else if (tag === 'img') this.picture(element);
    else if (tag === 'ins' || tag === 'del') this.change(element, tag);
    else if (tag === 'mark') {
      const numbers = attribute(element, 'data-notes').match(/\d+/g) ?? [];
      this.noted.push(...numbers);
      this.children(element);
      this.noted.length -= numbers.length;
    } else if (tag === 'q') {
      this.text('“');
      this.children(element);
      this.text('”');
    } else if (emphasis[tag]) this.marked(element, schema.mark(emphasis[tag]));
    else this.children(element);
  }

  private isBack(element: HtmlElement): boolean {
    return this.reading.own
      ? attribute(element, 'role') === 'doc-backlink'
      : isBacklink(element) || this.reading.notes.backlinks.has(element);
  }

  private marked(element: HtmlElement, mark: Mark): void {
    const before = [...this.marks];
    const set = mark.addToSet(this.marks);
    this.marks.splice(0, this.marks.length, ...set);
    this.children(element);
    this.marks.splice(0, this.marks.length, ...before);
  }

  private link(element: HtmlElement): void {
    const href = attribute(element, 'href').trim();
    if (allowedHref(href)) {
      this.marked(element, schema.mark('link', { href }));
      return;
    }
    if (href !== '')
      this.draft.warn(
        'left-out',
        `The address ${inQuotes(href)} of ${inQuotes(wordsOf(element))} is not one an article can hold; the words stay.`,
      );
    this.children(element);
  }

  private picture(element: HtmlElement): void {
    const within =
      this.target !== null ||
      (this.open !== null && this.open.line.size > 0) ||
      this.lists.length > 0 ||
      this.style.startsWith('heading');
    if (!within && this.reading.whole) return readPicture(this, element, []);
    const alt = lostPicture(this.draft, element, within ? 'text' : 'a caption');
    if (!within) this.close();
    if (alt !== '') this.styled(within ? this.style : 'caption', () => this.text(alt));
    if (!within) this.close();
  }

  /** The key of a suggestion of a page of ours. */
  suggestion(id: string): string {
    const { keys } = this.reading.places;
    const key = keys.get(id) ?? this.draft.newKey();
    keys.set(id, key);
    return key;
  }

  private change(element: HtmlElement, tag: 'ins' | 'del'): void {
    const { keys } = this.reading.places;
    const id = attribute(element, 'data-suggestion');
    const known =
      id !== '' ? keys.get(id) : this.open && this.changes.get(pairedWith(element) ?? element);
    const key = known ?? (id === '' ? this.draft.newKey() : this.suggestion(id));
    if (id === '') this.changes.set(element, key);
    const author = attribute(element, 'data-author') || attribute(element, 'data-username');
    const at = timeOf(attribute(element, 'datetime'));
    if (!known && id === '' && (author !== '' || at !== ''))
      this.draft.thread('suggestion', { author, at, text: '' }, key);
    const isWhole = this.target?.role === 'cell' || this.target?.role === 'figure';
    const block = this.reading.own && !isWhole && isBoundarySign(element) ? this.here() : null;
    if (block?.line.size === 0) {
      block.entries.push({ k: tag, key });
      return;
    }
    const outside = this.open === null;
    if (outside) this.around.push({ k: tag, key });
    this.marked(element, changeMark(tag === 'ins' ? 'insertion' : 'deletion', key));
    if (outside) this.around.pop();
  }

  private styled(style: BlockStyle, read: () => void): void {
    const before = this.style;
    this.style = style;
    read();
    this.style = before;
  }

  private block(element: HtmlElement): void {
    const { tagName: tag } = element;
    if (this.target) {
      this.blockWithin(element, this.target);
      return;
    }
    this.close();
    const heading = headings[tag];
    if (heading !== undefined) this.heading(element, heading);
    else if (tag === 'p' || tag === 'div' || tag === 'address') this.paragraph(element);
    else if (tag === 'figcaption' || tag === 'caption')
      this.styled('caption', () => this.children(element));
    else if (tag === 'blockquote') {
      this.quotes += 1;
      this.children(element);
      this.close();
      this.quotes -= 1;
    } else if (tag === 'ul' || tag === 'ol' || tag === 'menu') this.list(element);
    else if (tag === 'li') this.item(element);
    else if (tag === 'table') (this.reading.whole ? readTable : readFlatTable)(this, element);
    else if (tag === 'figure' && this.reading.whole && readFigure(this, element)) return;
    else if (tag === 'pre') {
      this.pre = true;
      this.children(element);
      this.pre = false;
    } else if (tag === 'hr') this.draft.warn('left-out', 'A rule between paragraphs was left out.');
    else this.children(element);
    this.close();
  }

  /** All paragraphs of a note, a cell or a caption are one block. */
  private blockWithin(element: HtmlElement, into: DraftBlock): void {
    const { tagName: tag } = element;
    if (tag === 'table')
      this.draft.warn(
        'changed',
        `The table ${inQuotes(wordsOf(element))}${lineOf(element)} stands inside other text; its rows are lines.`,
      );
    if (
      /^t[dh]$/.test(tag) &&
      childrenOf(element.parentNode ?? element).find(isElement) !== element
    )
      this.text(' | ');
    else if (into.role !== 'footnote' || tag === 'tr')
      this.parted ||= into.line.size > 0 && !into.line.endsWith(' | ');
    else if (tag === 'p' && into.line.size > 0 && !into.line.endsWith(' '))
      into.line.push(schema.node('lineBreak'));
    this.children(element);
    if (into.role !== 'footnote' && !/^t[dh]$/.test(tag)) this.parted ||= into.line.size > 0;
  }

  private heading(element: HtmlElement, style: BlockStyle): void {
    const isHeadline =
      element.tagName === 'h1' &&
      this.lists.length === 0 &&
      this.quotes === 0 &&
      !this.draft.blocks.some((one) => one.role === 'headline');
    this.role = isHeadline ? 'headline' : null;
    this.sure = 1;
    this.styled(style, () => {
      if (this.reading.own) this.here();
      this.children(element);
    });
    this.role = null;
  }

  private paragraph(element: HtmlElement): void {
    const name = attribute(element, 'class');
    const role = roleOf(element);
    const style = this.reading.own ? blockStyles.find((one) => one === name) : undefined;
    const outer = this.role;
    if (role !== null && this.lists.length === 0) {
      this.role = role;
      this.sure = this.reading.own ? 1 : 0.8;
    }
    this.styled(style ?? this.style, () => {
      if (this.reading.own && element.tagName === 'p') this.here();
      this.children(element);
    });
    this.role = outer;
  }

  private list(element: HtmlElement): void {
    const kind = element.tagName === 'ol' ? 'ordered' : 'bullet';
    const start = Number.parseInt(attribute(element, 'start'), 10);
    const from = kind === 'ordered' && start >= 0 && start < 1e9 ? start : 1;
    this.lists.push({ attr: { kind, start: from }, item: null });
    this.children(element);
    this.close();
    this.lists.pop();
  }

  private item(element: HtmlElement): void {
    const list = this.lists.at(-1);
    if (list) list.item = null;
    this.children(element);
    this.close();
    const hasList = childrenOf(element).some(
      (one) => isElement(one) && /^[uo]l$/.test(one.tagName),
    );
    // An item without words is one, unless it only holds a deeper list.
    if (list && !list.item && !hasList && !this.reading.notes.containers.has(element)) this.here();
    if (list) list.item = null;
  }
}
