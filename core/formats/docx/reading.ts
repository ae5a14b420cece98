/** What the parts of the Word reader share: the draft, what is open around the words that are read, the places of
 *  comments, and a count of what an article cannot hold. */
import type { Mark } from 'prosemirror-model';
import type { HashBytes } from '#core/formats/assets/asset.ts';
import type { Kept } from '#core/formats/assets/kept-pictures.ts';
import { ChangeKeys, type Around, type Change } from '#core/formats/docx/read-changes.ts';
import { findLoneFields } from '#core/formats/docx/lone-fields.ts';
import { Numberings } from '#core/formats/docx/read-numbering.ts';
import { Styles } from '#core/formats/docx/read-styles.ts';
import { child, switchOf, type XmlElement } from '#core/formats/docx/read-xml.ts';
import type { WordPackage } from '#core/formats/docx/open-package.ts';
import { Draft, type DraftBlock, type DraftPoint } from '#core/formats/import/draft.ts';
import type { WarningCode } from '#core/formats/warning.ts';

interface Field {
  instruction: string;
  /** Its code is over; what follows is its result. */
  shows: boolean;
  /** The link outside it. */
  outer: string | null;
}

/** A note that the text refers to. */
export interface FoundNote {
  id: string;
  element: XmlElement;
  part: string;
  /** The changes of its reference: a new or struck note comes or goes with it. */
  changes: readonly Mark[];
}

/** Where a comment stands. */
export interface CommentPlace {
  from?: DraftPoint;
  to?: DraftPoint;
  reference?: DraftPoint;
}

const looks: readonly [string, string][] = [
  ['w:u', 'underlining'],
  ['w:strike', 'strokes through words'],
  ['w:dstrike', 'strokes through words'],
  ['w:highlight', 'highlighting'],
  ['w:caps', 'capitals'],
  ['w:smallCaps', 'small capitals'],
  ['w:vertAlign', 'raised and lowered letters'],
  ['w:vanish', 'hiding'],
];

export class Reading {
  readonly file: WordPackage;
  readonly draft: Draft;
  readonly styles: Styles;
  readonly numberings: Numberings;
  readonly keys: ChangeKeys;
  /** Changes that are open, the outermost first. */
  readonly changes: Change[] = [];
  /** The changes of the table row, the cell or the figure around what is read. */
  around: readonly Around[] = [];
  link: string | null = null;
  readonly places = new Map<string, CommentPlace>();
  /** The places of our own bookmarks, by their names. */
  readonly bookmarks = new Map<string, CommentPlace>();
  private readonly openBookmarks = new Map<string, string>();
  readonly notes: FoundNote[] = [];
  /** What became of the pictures of the package, by the names of their parts. */
  readonly pictures = new Map<string, Kept>();
  private readonly fields: Field[] = [];
  /** Beginnings of fields that never end; they begin nothing. */
  readonly loneFields = new Set<XmlElement>();
  private readonly moves: { kind: Change['kind']; id: string; name: string }[] = [];
  private readonly known = new Map<string, Map<string, XmlElement>>();
  private readonly losses = new Map<string, { count: number; code: WarningCode }>();
  private readonly lookCounts = new Map<string, number>();
  /** Places of comments between paragraphs, for the next block. */
  private waiting: ((point: DraftPoint) => void)[] = [];

  constructor(file: WordPackage, hash?: HashBytes) {
    this.file = file;
    this.draft = new Draft(hash);
    const part = (type: string): XmlElement | null => {
      const name = file.related(file.main, type);
      return name === null ? null : file.part(name);
    };
    const styles = part('styles');
    for (const { children } of styles?.children ?? [])
      for (const one of children)
        if (child(one, 'w:rPrChange') ?? child(one, 'w:pPrChange'))
          this.lost('a suggested change of a style');
    this.styles = new Styles(styles);
    this.numberings = new Numberings(part('numbering'));
    this.keys = new ChangeKeys(this.draft);
    for (const root of [file.part(file.main), part('footnotes'), part('endnotes')])
      if (root) findLoneFields(root, this.loneFields);
    for (const kind of ['footnote', 'endnote']) {
      const notes = (part(`${kind}s`)?.children ?? []).filter(
        ({ name, attrs }) => name === `w:${kind}` && (attrs['w:type'] ?? 'normal') === 'normal',
      );
      this.known.set(kind, new Map(notes.map((one) => [one.attrs['w:id'] ?? '', one])));
    }
  }

  /** Counts something that is lost; every kind is told once, with how often. */
  lost(what: string, code: WarningCode = 'left-out'): void {
    const known = this.losses.get(what);
    if (known) known.count += 1;
    else this.losses.set(what, { count: 1, code });
  }

  /** Counts formatting that an article does not hold. */
  noteLook(rPr: XmlElement | undefined): void {
    if (!rPr) return;
    for (const [name, what] of looks) {
      const found = child(rPr, name);
      const isOff = found?.attrs['w:val'] === 'none' || found?.attrs['w:val'] === 'baseline';
      const isLink = name === 'w:u' && this.link !== null;
      const isNote = name === 'w:vertAlign' && child(rPr, 'w:rStyle') !== undefined;
      if (!found || isOff || isLink || isNote || switchOf(rPr, name) === false) continue;
      this.lookCounts.set(what, (this.lookCounts.get(what) ?? 0) + 1);
    }
  }

  /** Adds the warnings of what was counted. */
  tellLosses(): void {
    if (this.numberings.foreign) this.lost('letters or Roman numbers of a list', 'changed');
    for (const [what, { count, code }] of this.losses) {
      const times = count === 1 ? '' : `, ${count} times`;
      const says = code === 'left-out' ? 'Left out' : 'Changed';
      this.draft.warn(code, `${says}: ${what}${times}.`);
    }
    const list = [...this.lookCounts].map(([what, count]) => `${what} (${count})`);
    if (list.length > 0)
      this.draft.warn('left-out', `Left out, the words stay: ${list.join(', ')}.`);
    for (const part of this.file.spoiled)
      this.draft.warn('left-out', `Left out: the part ${part}, which is damaged.`);
  }

  /** A field begins, its code ends, or it ends. `href` gives the address that its code names. */
  field(type: string, href: (instruction: string) => string | null): void {
    const top = this.fields.at(-1);
    if (type === 'begin') this.fields.push({ instruction: '', shows: false, outer: this.link });
    else if (type === 'separate' && top) {
      top.shows = true;
      this.link = href(top.instruction) ?? this.link;
    } else if (type === 'end' && top) {
      this.link = top.outer;
      this.fields.pop();
    }
  }

  instruction(text: string): void {
    const top = this.fields.at(-1);
    if (top && !top.shows) top.instruction += text;
  }

  /** True in the code of a field, which nobody reads. */
  inInstruction(): boolean {
    return this.fields.some(({ shows }) => !shows);
  }

  /** The name of the move that is open. */
  moveName(kind: Change['kind']): string {
    return this.moves.findLast((one) => one.kind === kind)?.name ?? '';
  }

  /** Says that a block has begun, for what waits for its first place. */
  began(block: DraftBlock): void {
    const { waiting } = this;
    this.waiting = [];
    for (const put of waiting) put({ block, offset: block.line.size });
  }

  /** Reads what stands between words: the ends of comments and of moves. `block` is null between paragraphs. */
  marker(one: XmlElement, block: DraftBlock | null): void {
    const { name, attrs } = one;
    const id = attrs['w:id'] ?? '';
    if (name === 'w:commentRangeStart') this.point(block, (at) => (this.placeOf(id).from ??= at));
    else if (name === 'w:commentReference')
      this.point(block, (at) => (this.placeOf(id).reference ??= at));
    else if (name === 'w:commentRangeEnd') {
      const here = block ?? this.draft.blocks.at(-1);
      if (here) this.placeOf(id).to = { block: here, offset: here.line.size };
    } else if (name === 'w:bookmarkStart' && (attrs['w:name'] ?? '').startsWith('_Galley_')) {
      const place: CommentPlace = {};
      this.bookmarks.set(attrs['w:name'] ?? '', place);
      this.openBookmarks.set(id, attrs['w:name'] ?? '');
      this.point(block, (at) => (place.from ??= at));
    } else if (name === 'w:bookmarkEnd') {
      const place = this.bookmarks.get(this.openBookmarks.get(id) ?? '');
      const here = block ?? this.draft.blocks.at(-1);
      if (place && here) place.to ??= { block: here, offset: here.line.size };
    } else if (name === 'w:moveFromRangeStart' || name === 'w:moveToRangeStart') {
      const kind = name === 'w:moveToRangeStart' ? 'ins' : 'del';
      this.moves.push({ kind, id, name: attrs['w:name'] ?? '' });
    } else if (name === 'w:moveFromRangeEnd' || name === 'w:moveToRangeEnd') {
      const at = this.moves.findLastIndex((move) => move.id === id);
      if (at >= 0) this.moves.splice(at, 1);
    }
  }

  private placeOf(id: string): CommentPlace {
    const known = this.places.get(id);
    if (known) return known;
    const place: CommentPlace = {};
    this.places.set(id, place);
    return place;
  }

  private point(block: DraftBlock | null, put: (at: DraftPoint) => void): void {
    if (block) put({ block, offset: block.line.size });
    else this.waiting.push(put);
  }

  /** The id of a note in the document; null for one that is not in the file. */
  noteFor(wordId: string, isEndnote: boolean): string | null {
    const kind = isEndnote ? 'endnote' : 'footnote';
    const element = this.known.get(kind)?.get(wordId);
    if (!element) return null;
    const known = this.notes.find((one) => one.element === element);
    if (known) return known.id;
    const id = `note-${this.notes.length + 1}`;
    const part = this.file.related(this.file.main, `${kind}s`) ?? '';
    this.notes.push({ id, element, part, changes: [] });
    return id;
  }

  noteChanged(id: string, changes: readonly Mark[]): void {
    const note = this.notes.find((one) => one.id === id);
    if (note) note.changes = changes;
  }

  /** How many notes of the file nothing refers to. */
  loneNotes(): number {
    const all = [...this.known.values()].flatMap((notes) => [...notes.values()]);
    return all.filter((one) => !this.notes.some(({ element }) => element === one)).length;
  }
}
