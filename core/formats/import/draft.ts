/** An article on its way from Markdown or HTML: its blocks in the order of the file, its notes, and what was noticed.
 *  Who made a change is often told after it, so marks carry a key that becomes an author when the draft is finished. */
import type { Mark, Node } from 'prosemirror-model';
import type { BlockShape, BlockStyle, CellShape, ListAttr } from '#core/article/schema.ts';
import { schema } from '#core/article/schema.ts';
import type { HashBytes } from '#core/formats/assets/asset.ts';
import { KeptPictures } from '#core/formats/assets/kept-pictures.ts';
import { cleanLine, unfitCount } from '#core/formats/clean-text.ts';
import type { TakenFlag } from '#core/formats/import/imported.ts';
import type { PlaceFlag } from '#core/formats/read-text.ts';
import { inQuotes, warning, type Warning, type WarningCode } from '#core/formats/warning.ts';

/** The content of a block; `size` is what it takes in a document. */
export class Line {
  readonly nodes: Node[] = [];
  size = 0;

  text(text: string, marks: readonly Mark[] = []): void {
    const clean = cleanLine(text);
    if (clean !== '') this.push(schema.text(clean, marks));
  }

  push(node: Node): void {
    this.nodes.push(node);
    this.size += node.nodeSize;
  }

  /** As many characters as `size`: a break is a space and a reference U+FFFD, as in the quotations of written copies. */
  get words(): string {
    return this.nodes.map(charactersOf).join('');
  }

  /** The last of its words up to a place, without going over all that stand before: a page can have one line. */
  before(offset: number, length: number): string {
    const parts: string[] = [];
    const first = Math.max(0, offset - length);
    let at = this.size;
    for (let i = this.nodes.length - 1; i >= 0 && at > first; i -= 1) {
      const node = this.nodes[i];
      if (!node) break;
      at -= node.nodeSize;
      if (at < offset) parts.push(charactersOf(node).slice(Math.max(0, first - at), offset - at));
    }
    return parts.reverse().join('');
  }

  /** Whether its words end so. */
  endsWith(words: string): boolean {
    return this.before(this.size, words.length) === words;
  }
}

const charactersOf = (node: Node): string =>
  node.text ?? (node.type.name === 'lineBreak' ? ' ' : '\ufffd');

/** The role a block has in the document; what a body block looks like is its style and list. */
export type DraftRole =
  | 'kicker'
  | 'headline'
  | 'standfirst'
  | 'byline'
  | 'block'
  | 'figure'
  | 'cell'
  | 'footnote';

/** A pending change of the boundary before a block or of its style, by the key of its suggestion. */
export type DraftEntry =
  | { k: 'ins' | 'del'; key: string }
  | { k: 'block'; key: string; before: BlockShape };

/** One block. */
export interface DraftBlock {
  role: DraftRole;
  style: BlockStyle;
  list: ListAttr | null;
  entries: DraftEntry[];
  line: Line;
  /** The id of a footnote. */
  footnote: string;
  /** The picture of a figure, whose words are its caption. */
  picture: { src: string; alt: string };
  /** The form of a table cell. */
  cell: CellShape;
  /** How sure the role is, from 0 to 1; below 1 it is told as a guess. */
  sure: number;
  /** A label that was left out before the words. */
  label: string;
  /** How much of the line's start was cut off after notes were placed on it. */
  cut: number;
}

/** A message of a thread as the file has it. `at` is ISO 8601 or ''. */
export interface DraftMessage {
  author: string;
  at: string;
  text: string;
}

/** A place in a block that is still being made. */
export interface DraftPoint {
  block: DraftBlock;
  offset: number;
}

/** A comment, a fact or what is said about a suggestion. */
export interface DraftThread {
  kind: 'comment' | 'fact' | 'suggestion';
  /** The key of a suggestion's marks; '' for the others. */
  key: string;
  first: DraftMessage;
  replies: DraftMessage[];
  /** The type of a fact and what is claimed, where the file says so. */
  factType: string;
  claim: string;
  resolvedBy: string | null;
  quote: string;
  place: { from: DraftPoint; to: DraftPoint } | null;
  /** The file has a range for it, though it may hold no words. */
  ranged: boolean;
  /** The name the file has for its first message; '' where it has none. */
  source: string;
}

/** The document so far. */
export class Draft {
  readonly blocks: DraftBlock[] = [];
  readonly threads: DraftThread[] = [];
  readonly warnings: Warning[] = [];
  private readonly messages = new Set<string>();
  readonly pictures: KeptPictures;
  /** Flags with the number of blocks that stand before them. */
  readonly flags: { flag: PlaceFlag | TakenFlag; after: number }[] = [];
  /** Keys of changes in the order they were opened, and the key that each stands for now. */
  private readonly keys = new Map<string, string>();

  constructor(hash?: HashBytes) {
    this.pictures = new KeptPictures(hash);
  }

  block(style: BlockStyle = 'paragraph', list: ListAttr | null = null): DraftBlock {
    const block: DraftBlock = {
      role: 'block',
      style,
      list,
      entries: [],
      line: new Line(),
      footnote: '',
      picture: { src: '', alt: '' },
      cell: { starts: null, header: false, span: 1, joinsAbove: false },
      sure: 1,
      label: '',
      cut: 0,
    };
    this.blocks.push(block);
    return block;
  }

  footnote(id: string): DraftBlock {
    const block = this.block();
    block.role = 'footnote';
    block.footnote = id;
    return block;
  }

  figure(src: string, alt: string): DraftBlock {
    const block = this.block();
    block.role = 'figure';
    block.picture = { src, alt: cleanLine(alt) };
    return block;
  }

  cell(shape: CellShape): DraftBlock {
    const block = this.block();
    block.role = 'cell';
    block.cell = shape;
    return block;
  }

  /** A new thread, not yet placed. */
  thread(kind: DraftThread['kind'], first: DraftMessage, key = ''): DraftThread {
    const thread: DraftThread = {
      kind,
      key,
      first,
      replies: [],
      factType: '',
      claim: '',
      resolvedBy: null,
      quote: '',
      place: null,
      ranged: false,
      source: '',
    };
    this.threads.push(thread);
    return thread;
  }

  warn(code: WarningCode, message: string): void {
    if (this.messages.has(message)) return;
    this.messages.add(message);
    this.warnings.push(warning(code, message));
  }

  /** Words that are left out and can be put back. */
  take(kind: TakenFlag['kind'] | PlaceFlag['kind'], text: string, from: number, to: number): void {
    const flag = { kind, text, from, to, taken: true } as PlaceFlag | TakenFlag;
    this.flags.push({ flag, after: this.blocks.length });
  }

  /** A key for a change that nothing is known of yet. */
  newKey(): string {
    const key = `change-${this.keys.size + 1}`;
    this.keys.set(key, key);
    return key;
  }

  /** Says which characters of a text no document can hold. */
  checkText(text: string): void {
    const unfit = unfitCount(text);
    if (unfit > 0)
      this.warn(
        'changed',
        `${unfit} characters that no document can hold were replaced in ${inQuotes(text)}.`,
      );
  }
}

/** The marks of a change, by its key, until its author is known. */
export function changeMark(name: 'insertion' | 'deletion', key: string): Mark {
  return schema.mark(name, { id: key, by: key });
}
