/** What was done to the text of a file while it was away: what became of the suggestions it was sent with, and what is
 *  new in it, in the positions of the text as it was sent. */
import type { Mark, Node } from 'prosemirror-model';
import type { BlockShape } from '#core/article/schema.ts';
import { isReference, newNotes, type NewNote } from '#core/formats/return/notes.ts';
import { pairEdited, pairTexts, type Pairs } from '#core/formats/return/pair-rows.ts';
import { rowOf, type Unit } from '#core/formats/return/row.ts';
import { plainOf, shapeOf, type Authored } from '#core/suggest/entries.ts';

/** One change, in positions of the base. */
export type Edit =
  | { t: 'strike'; from: number; to: number }
  | { t: 'insert'; at: number; units: Unit[] }
  /** A footnote whose reference is among what is put in; it goes to its place among the others. */
  | { t: 'note'; note: NewNote }
  | { t: 'look'; from: number; to: number; marks: readonly Mark[] }
  | { t: 'shape'; pos: number; shape: BlockShape };

/** Changes of one hand that touch. */
export interface Group {
  /** The author as the file names them; null for what was changed without tracking. */
  by: string | null;
  /** The suggestion of the file that it came in; '' for what was not tracked. */
  source: string;
  look: boolean;
  /** All words of a footnote are gone, and its number is not: programs lose them so, people hardly take them out. */
  emptied: boolean;
  edits: Edit[];
  /** The stretch of the base that it is about. */
  from: number;
  to: number;
  /** The units of the returned text that it is about: from here, up to there. */
  first: number;
  last: number;
  deleted: string;
  inserted: string;
}

/** How many parts of a suggestion are as they were, taken in, and taken back. */
export interface Fate {
  pending: number;
  accepted: number;
  rejected: number;
}

/** Everything that is known of the text. */
export interface TextChanges {
  groups: Group[];
  fates: Map<string, Fate>;
  base: readonly Unit[];
  returned: readonly Unit[];
  /** For each unit of the returned text its unit in the base, or -1. */
  toBase: Pairs;
}

/** A unit in words: a line end for a block's opening, a word for a reference, with the words of a note that is new. */
function wordsOf(unit: Unit, note?: NewNote): string {
  if (unit.open) return unit.node.type.name === 'figure' ? `\n${pictureWords(unit.node)}` : '\n';
  if (!isReference(unit)) return unit.text;
  const words = note?.units.slice(1).map(({ text }) => text) ?? [];
  return words.length > 0 ? `[note: ${words.join('')}]` : '[note]';
}

const pictureWords = ({ attrs }: Node): string =>
  attrs['alt'] === '' ? '[picture] ' : `[picture: ${String(attrs['alt'])}] `;

class Reader {
  readonly groups: Group[] = [];
  readonly fates = new Map<string, Fate>();
  private readonly open = new Map<string, Group>();
  /** Behind the last unit of the sent text that was read. */
  private cursor = 1;
  /** Before the words right here that were decided away in the file; null if there are none. */
  private decidedAt: number | null = null;

  /** Nothing was changed here: what comes next is another change. */
  still(): void {
    this.open.clear();
  }

  /** Goes behind a unit. `decided`: it is not in the file any more, since a suggestion was decided there. */
  passed(unit: Unit | undefined, decided = false): void {
    if (!unit) return;
    this.decidedAt = decided && !unit.open ? (this.decidedAt ?? unit.pos) : null;
    this.cursor = unit.pos + unit.size;
  }

  fate(part: Authored | null, what: keyof Fate): void {
    if (!part) return;
    const fate = this.fates.get(part.id) ?? { pending: 0, accepted: 0, rejected: 0 };
    fate[what] += 1;
    this.fates.set(part.id, fate);
  }

  /** Words that one put in and another struck are gone whichever of it was decided: the rest of the striking tells which. */
  tell(gone: readonly Unit[]): void {
    for (const { ins, del } of gone) {
      const rest = this.fates.get(del?.id ?? '');
      const stays = rest && rest.accepted === 0 && rest.pending + rest.rejected > 0;
      if (stays) this.fate(ins, 'rejected');
      else this.fate(del, 'accepted');
    }
  }

  private group(who: Authored | null, look: boolean, at: number): Group {
    const key = `${who?.by ?? ''} ${look}`;
    let group = this.open.get(key);
    if (!group) {
      const [from, source] = [this.cursor, who?.id ?? ''];
      group = {
        by: who?.by ?? null,
        source,
        look,
        emptied: false,
        edits: [],
        from,
        to: from,
        first: at,
        last: at,
        deleted: '',
        inserted: '',
      };
      this.groups.push(group);
      this.open.set(key, group);
    }
    group.last = Math.max(group.last, at);
    return group;
  }

  private reach(group: Group, from: number, to: number): void {
    group.from = Math.min(group.from, from);
    group.to = Math.max(group.to, to);
  }

  /** A unit of a footnote that came back without any words. */
  empty(unit: Unit, at: number): void {
    this.strike(null, unit, at);
    const group = this.groups.at(-1);
    if (group) group.emptied = true;
  }

  strike(who: Authored | null, unit: Unit, at: number): void {
    const from = unit.open ? unit.pos - 1 : unit.pos;
    const to = unit.pos + unit.size;
    if (this.groups.length === 0 || !this.open.has(`${who?.by ?? ''} false`)) this.cursor = from;
    const group = this.group(who, false, at);
    const last = group.edits.at(-1);
    if (last?.t === 'strike' && last.to === from) last.to = to;
    else group.edits.push({ t: 'strike', from, to });
    group.deleted += wordsOf(unit);
    this.reach(group, from, to);
  }

  insert(who: Authored | null, unit: Unit, at: number, note?: NewNote): void {
    // On which side of words that are gone it was put in cannot be known; here, where they may have stayed, no words
    // must run together.
    if (this.decidedAt !== null && !unit.open && !/^\s/u.test(unit.text))
      this.cursor = this.decidedAt;
    this.decidedAt = null;
    const group = this.group(who, false, at);
    group.last = at + 1;
    const last = group.edits.findLast(({ t }) => t !== 'note');
    if (last?.t === 'insert' && last.at === this.cursor) last.units.push(unit);
    else group.edits.push({ t: 'insert', at: this.cursor, units: [unit] });
    if (note) group.edits.push({ t: 'note', note });
    group.inserted += wordsOf(unit, note);
    this.reach(group, this.cursor, this.cursor);
  }

  look(who: Authored | null, unit: Unit, now: Unit, at: number): void {
    const [from, to] = [unit.pos, unit.pos + unit.size];
    this.cursor = from;
    const group = this.group(who, true, at);
    group.last = at + 1;
    if (unit.open) {
      const shape = shapeOf(now.node);
      const start = shapeOf(unit.node).list?.start;
      const list = shape.list && start !== undefined ? { ...shape.list, start } : shape.list;
      group.edits.push({ t: 'shape', pos: from, shape: { ...shape, list } });
    } else {
      const marks = plainOf(now.node.marks);
      const last = group.edits.at(-1);
      if (last?.t === 'look' && last.to === from && sameMarks(last.marks, marks)) last.to = to;
      else group.edits.push({ t: 'look', from, to, marks });
      group.inserted += unit.text;
    }
    this.reach(group, from, to);
  }
}

const sameMarks = (a: readonly Mark[], b: readonly Mark[]): boolean =>
  a.length === b.length && a.every((mark, i) => b[i] && mark.eq(b[i]));

/** What a unit that is in both readings went through. `base` has the ids of its suggestions. */
function kept(reader: Reader, sent: Unit, now: Unit, base: Unit, at: number): boolean {
  let same = true;
  if (sent.ins) reader.fate(base.ins, now.ins ? 'pending' : 'accepted');
  if (sent.del) reader.fate(base.del, now.del?.by === sent.del.by ? 'pending' : 'rejected');
  const known = new Set([sent.del, ...sent.more].map((one) => one?.by));
  const fresh = [now.del, ...now.more].find((one) => one && !known.has(one.by));
  if (fresh) {
    reader.strike(fresh, base, at);
    same = false;
  }
  if (sent.look && now.look) reader.fate(base.look, 'pending');
  else if (sent.look) reader.fate(base.look, now.plain === sent.plain ? 'accepted' : 'rejected');
  const was = sent.look && !now.look && now.plain !== sent.plain ? sent.before : sent.plain;
  if (now.plain !== was && base.node.type === now.node.type && hasLook(base)) {
    reader.look(now.look && now.look.by !== sent.look?.by ? now.look : null, base, now, at);
    same = false;
  }
  return same;
}

/** Figures, cells, notes and the masthead have no style of their own. */
const hasLook = (unit: Unit): boolean => !unit.open || unit.node.type.name === 'block';

/** The blocks of footnotes that have come back without a word. */
function emptiedNotes(sent: readonly Unit[], now: readonly Unit[], pairs: Pairs): Set<number> {
  const blocks = new Set<number>();
  sent.forEach((unit, i) => {
    const partner = pairs[i] ?? -1;
    if (!unit.open || unit.node.type.name !== 'footnote' || partner < 0) return;
    const isEmpty = (next: Unit | undefined): boolean => next === undefined || next.open;
    if (!isEmpty(sent[i + 1]) && isEmpty(now[partner + 1])) blocks.add(unit.block);
  });
  return blocks;
}

/** Compares the text as it went out, as it is read back (`sent`), with the text that came. */
export function textChanges(base: Node, sent: Node, returned: Node): TextChanges {
  const [baseRow, sentRow, nowRow] = [rowOf(base), rowOf(sent), rowOf(returned)];
  const inBase = pairTexts(sentRow, baseRow);
  const pairs = pairEdited(sentRow, nowRow);
  const toBase = new Int32Array(nowRow.length).fill(-1);
  const reader = new Reader();
  const baseOf = (i: number): Unit | undefined => baseRow[inBase[i] ?? -1];
  const emptied = emptiedNotes(sentRow, nowRow, pairs);
  const known = new Set(pairs);
  const notes = newNotes(nowRow, (index) => known.has(index));
  const inNotes = new Set([...notes.values()].flatMap(({ units }) => units));
  const either: Unit[] = [];
  let at = 0;
  const fresh = (until: number): void => {
    for (; at < until; at += 1) {
      const unit = nowRow[at];
      if (unit && !inNotes.has(unit)) reader.insert(unit.ins, unit, at, notes.get(at));
    }
  };
  sentRow.forEach((sentUnit, i) => {
    const unit = baseOf(i);
    const partner = pairs[i] ?? -1;
    if (partner >= 0) {
      fresh(partner);
      at = partner + 1;
      toBase[partner] = inBase[i] ?? -1;
      const now = nowRow[partner];
      if (unit && now && kept(reader, sentUnit, now, unit, partner)) reader.still();
    } else if (unit) {
      if (emptied.has(sentUnit.block)) reader.empty(unit, at);
      else if (sentUnit.del && sentUnit.ins) either.push(unit);
      else if (sentUnit.del) reader.fate(unit.del, 'accepted');
      else if (sentUnit.ins) reader.fate(unit.ins, 'rejected');
      else reader.strike(null, unit, at);
    }
    const isDecided = partner < 0 && (sentUnit.del ?? sentUnit.ins) !== null;
    reader.passed(unit, isDecided && !emptied.has(sentUnit.block));
  });
  fresh(nowRow.length);
  reader.tell(either);
  return { groups: reader.groups, fates: reader.fates, base: baseRow, returned: nowRow, toBase };
}
