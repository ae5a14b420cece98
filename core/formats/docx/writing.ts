/** What the parts of the Word writer share: counters, relations, who made a change and when, and what could not be kept. */
import type { Node } from 'prosemirror-model';
import type { Assets } from '#core/formats/assets/asset.ts';
import { numberFootnotes } from '#core/formats/footnote-numbers.ts';
import { PackageParts } from '#core/formats/docx/package-parts.ts';
import { unknownAuthor } from '#core/formats/import/person.ts';
import { noTime } from '#core/formats/import/no-time.ts';
import { warning, type Warning, type WarningCode } from '#core/formats/warning.ts';
import { listSuggestions, type SuggestionInText } from '#core/suggest/list.ts';
import type { Review } from '#core/sync/review.ts';

/** Text as a move: struck in one place and put in, the same, in another. */
export interface Move {
  name: string;
  from: { from: number; to: number };
  to: { from: number; to: number };
}

/** A name as Word writes it; '' for an author whom a file did not name. */
export function wordName(review: Review, id: string): string {
  const name = review.people.get(id)?.name ?? id;
  return name === unknownAuthor ? '' : name;
}

/** A time as Word writes it; undefined for what is no time, or stands for none. */
export function wordTime(at: string): string | undefined {
  if (at === noTime) return undefined;
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(at);
  return found ? `${found[1] ?? ''}Z` : undefined;
}

/** The document that is written, and everything that grows while it is. */
export class Writing {
  readonly review: Review;
  readonly doc: Node;
  readonly marked: boolean;
  /** The pictures that are kept. */
  readonly assets: Assets;
  /** The parts of those that are in the file already, by their hash. */
  readonly pictures = new Map<string, string>();
  readonly parts = new PackageParts();
  readonly warnings: Warning[] = [];
  readonly suggestions: readonly SuggestionInText[];
  readonly moves = new Map<string, Move>();
  /** Number by id, and index of the node by number − 1. */
  readonly footnotes: ReturnType<typeof numberFootnotes>;
  /** Footnotes whose reference stands in the text already. */
  readonly referred = new Set<string>();
  private readonly said = new Set<string>();
  private made = 0;

  constructor(review: Review, doc: Node, marked: boolean, assets: Assets = new Map()) {
    this.review = review;
    this.doc = doc;
    this.marked = marked;
    this.assets = assets;
    this.suggestions = marked ? listSuggestions(doc) : [];
    this.footnotes = numberFootnotes(doc);
    const notes = firstFootnote(doc);
    for (const one of this.suggestions) {
      // Word asks for the time of a move, and moves nothing into a footnote.
      const timed = wordTime(review.suggestions.get(one.id)?.at ?? '') !== undefined;
      const move = timed && one.to <= notes ? moveOf(one) : null;
      if (move) this.moves.set(one.id, { name: `move${this.moves.size + 1}`, ...move });
    }
  }

  /** An id for a change, a bookmark or a range; each is used once. */
  nextId(): number {
    this.made += 1;
    return this.made;
  }

  nameOf(id: string): string {
    return wordName(this.review, id);
  }

  /** The attributes of a change: its own id, its author, and the time where it is known. */
  change(id: string, by: string): Record<string, string | number | undefined> {
    const at = this.review.suggestions.get(id)?.at ?? '';
    return { 'w:id': this.nextId(), 'w:author': this.nameOf(by), 'w:date': wordTime(at) };
  }

  warn(code: WarningCode, message: string, id?: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.warnings.push(warning(code, message, id));
  }
}

/** The position before the first footnote, or the end of the document. */
function firstFootnote(doc: Node): number {
  let at = doc.content.size;
  doc.forEach((node, offset) => {
    if (node.type.name === 'footnote') at = Math.min(at, offset);
  });
  return at;
}

/** The two places of a suggestion that strikes words and puts the same words in elsewhere; null for any other. */
function moveOf(one: SuggestionInText): Pick<Move, 'from' | 'to'> | null {
  const words = one.deleted;
  if (words !== one.inserted || words.trim() === '' || /[\n\ufffc]/.test(words)) return null;
  const [first, second, more] = one.ranges;
  if (!first || !second || more || first.to === second.from) return null;
  const from = [first, second].find(({ kind }) => kind === 'deletion');
  const to = [first, second].find(({ kind }) => kind === 'insertion');
  return from && to ? { from, to } : null;
}
