/** Puts the text of a page into blocks: which block is open, when a new one begins, and what ends it. The walk over the
 *  elements is in read-blocks.ts. */
import type { Mark } from 'prosemirror-model';
import { schema, type BlockStyle, type ListAttr } from '#core/article/schema.ts';
import { changesIn, trimEnd } from '#core/formats/html/read-parts.ts';
import { leftoverIn } from '#core/formats/html/left-out.ts';
import type { PageNotes } from '#core/formats/html/read-footnotes.ts';
import type { NotePlaces } from '#core/formats/html/read-notes.ts';
import type { Draft, DraftBlock, DraftRole } from '#core/formats/import/draft.ts';

/** How a page is read. `own` says that Galley wrote it: then every space counts and every empty block is one. */
export interface PageReading {
  own: boolean;
  /** Figures and tables become blocks of their own kinds; else captions and paragraphs. */
  whole?: true;
  notes: PageNotes;
  places: NotePlaces;
}

interface OpenList {
  attr: Omit<ListAttr, 'level'>;
  item: DraftBlock | null;
}

/** A draft with the place in it where the next words go, as the elements around them say. */
export class PageText {
  readonly draft: Draft;
  readonly reading: PageReading;
  readonly marks: Mark[] = [];
  protected open: DraftBlock | null = null;
  protected readonly lists: OpenList[] = [];
  /** Keys of the changes that are open around blocks. */
  protected readonly around: { k: 'ins' | 'del'; key: string }[] = [];
  /** Numbers of the notes that are open around words. */
  protected readonly noted: string[] = [];
  protected quotes = 0;
  protected style: BlockStyle = 'paragraph';
  protected role: DraftRole | null = null;
  protected sure = 1;
  /** The one block that all that is read goes into: a note, a table cell or a caption. */
  protected target: DraftBlock | null = null;
  /** A paragraph of the target has ended; what comes next begins a line. */
  protected parted = false;
  protected breaks = 0;
  protected pre = false;

  constructor(draft: Draft, reading: PageReading) {
    this.draft = draft;
    this.reading = reading;
  }

  /** Puts text where the page has it: at the end of the open block, or in a new one. */
  text(raw: string): void {
    if (this.pre) {
      raw.split(/\r?\n/).forEach((line, i) => {
        if (i > 0 && this.open) this.open.line.push(schema.node('lineBreak'));
        if (line !== '') this.here().line.text(line, this.marks);
      });
      return;
    }
    const words = this.reading.own
      ? raw.replace(/[ \t]*[\r\n][\s]*/g, raw.trim() === '' ? '' : ' ')
      : raw.replace(/[ \t\r\n\f\u00a0]+/g, ' ');
    const isBetween = !this.open || this.parted;
    if (words === '' || (words.trim() === '' && isBetween && !this.reading.own)) return;
    const block = this.here();
    const { line } = block;
    const edge =
      line.size === 0 || line.nodes.at(-1)?.type.name === 'lineBreak' || line.endsWith(' ');
    const kept = !this.reading.own && edge ? words.replace(/^ /, '') : words;
    if (kept === '') return;
    const from = line.size;
    line.text(kept, this.marks);
    this.note(block, from);
  }

  /** Says that the words since `from` are those of the notes around them. */
  protected note(block: DraftBlock, from: number): void {
    const { words } = this.reading.places;
    const to = { block, offset: block.line.size };
    for (const number of this.noted) {
      const known = words.get(number);
      words.set(number, { from: known?.from ?? { block, offset: from }, to });
    }
  }

  /** The block that is open, or a new one as the elements around say. */
  protected here(): DraftBlock {
    if (this.target && this.parted) {
      this.parted = false;
      if (!this.reading.own) trimEnd(this.target);
      this.target.line.push(schema.node('lineBreak', null, undefined, changesIn(this.marks)));
      this.breaks += 1;
    }
    if (this.open) return this.open;
    if (this.target) return (this.open = this.target);
    const list = this.lists.at(-1);
    if (list?.item) {
      const { item } = list;
      if (item.line.size > 0) item.line.push(schema.node('lineBreak'));
      return (this.open = item);
    }
    const attr = list ? { ...list.attr, level: Math.min(8, this.lists.length - 1) } : null;
    const style = this.style === 'paragraph' && this.quotes > 0 ? 'quote' : this.style;
    const block = this.draft.block(style, attr);
    if (list) list.item = block;
    if (this.role && !this.draft.blocks.some((one) => one.role === this.role)) {
      block.role = this.role;
      block.sure = this.sure;
      block.style = 'paragraph';
      block.list = null;
    } else for (const { k, key } of this.around) block.entries.push({ k, key });
    return (this.open = block);
  }

  /** Ends the open block. */
  close(): void {
    const block = this.open;
    this.open = null;
    if (!block || this.reading.own || block === this.target) return;
    trimEnd(block);
    const isEmpty = block.line.size === 0 && block.list === null;
    const leftover = leftoverIn(block);
    if (!isEmpty && leftover === null) return;
    this.draft.blocks.splice(this.draft.blocks.lastIndexOf(block), 1);
    // Nothing more goes into an item that is not there.
    for (const list of this.lists) if (list.item === block) list.item = null;
    if (leftover !== null) this.draft.take(leftover, block.line.words, 0, 0);
  }
}
