/** Tracked changes on their way to suggestions. Word cuts a change at every run and paragraph; pieces that touch and
 *  are of one author and one time are one suggestion, as is a striking with what was put in beside it. */
import { timeOf } from '#core/formats/markdown/read-message.ts';
import type { XmlElement } from '#core/formats/docx/read-xml.ts';
import type { Draft } from '#core/formats/import/draft.ts';

/** A change that is open around what is being read. */
export interface Change {
  kind: 'ins' | 'del';
  author: string;
  at: string;
  /** The name of a move, whose two places are one suggestion; '' for any other. */
  move: string;
}

/** The time of a change or comment as ISO 8601 in UTC; '' for none. Times with another zone are moved to it. */
export function timeIn(attrs: Readonly<Record<string, string>>): string {
  const utc = attrs['w16du:dateUtc'] ?? '';
  const text = utc === '' ? (attrs['w:date'] ?? '') : utc;
  const plain = timeOf(text);
  if (plain !== '' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d$/.test(text))
    return plain;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** The change that an element such as `w:ins` makes. */
export function changeOf(element: XmlElement, kind: Change['kind'], move = ''): Change {
  return { kind, author: element.attrs['w:author'] ?? '', at: timeIn(element.attrs), move };
}

/** A change around a row of a table, a cell or a caption. What it has words of its author in is part of it. */
export interface Around {
  change: Change;
  /** The key of the suggestion; null for one that is of the words alone, which get keys as they come. */
  key: string | null;
  nested: string;
  /** Words that have no change of its kind get it. */
  adds: boolean;
}

const nameOf = ({ author, at, move }: Change, nested: string): string =>
  `${nested}\0${author}\0${at}\0${move}`;

/** Gives changes the keys of their suggestions. */
export class ChangeKeys {
  private readonly draft: Draft;
  private readonly last = new Map<string, { key: string; end: number }>();
  private readonly moves = new Map<string, string>();
  /** How many characters, atoms and paragraph marks have been read. */
  private count = 0;

  constructor(draft: Draft) {
    this.draft = draft;
  }

  /** Counts what was read; changes on both sides of it touch only if it is theirs. */
  advance(size: number): void {
    this.count += size;
  }

  /** The key of a change on the next `size` characters. `nested` tells changes of changed words from others. */
  keyOf(change: Change, size: number, nested = ''): string {
    const { author, move } = change;
    const who = nameOf(change, nested);
    const moved = move === '' ? undefined : this.moves.get(`${author}\0${move}`);
    if (moved !== undefined) return moved;
    const known = this.last.get(who);
    const key = known && known.end === this.count ? known.key : this.newKey(change);
    this.last.set(who, { key, end: this.count + size });
    if (move !== '') this.moves.set(`${author}\0${move}`, key);
    return key;
  }

  /** Says that the next `size` characters are of a suggestion that has its key. */
  goesOn(change: Change, size: number, key: string, nested = ''): void {
    this.last.set(nameOf(change, nested), { key, end: this.count + size });
  }

  /** A key of its own for a change of format or style; it joins one that touches, of the same author and time. */
  formatKeyOf(change: Change, size: number): string {
    return this.keyOf(change, size, 'format');
  }

  private newKey({ author, at }: Change): string {
    const key = this.draft.newKey();
    this.draft.thread('suggestion', { author, at, text: '' }, key);
    return key;
  }
}
