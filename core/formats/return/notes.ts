/** Footnotes in a row: which of a file is which of the text it was sent with, and which are new. A footnote goes where its
 *  reference goes, so the references decide; by their words alone a new note could be taken for the one beside it. */
import type { Unit } from '#core/formats/return/row.ts';

/** A footnote in a row: its units from its opening, and those that refer to it. */
interface NoteInRow {
  id: string;
  from: number;
  to: number;
  references: readonly number[];
}

/** A footnote that is not in the text that was sent. */
export interface NewNote {
  /** Its id in the file. */
  id: string;
  /** Its opening, and its words. */
  units: readonly Unit[];
}

const idOf = ({ node }: Unit): string => String(node.attrs['id']);
const isNote = ({ open, node }: Unit): boolean => open && node.type.name === 'footnote';

/** True for a unit that refers to a footnote. */
export const isReference = ({ node }: Unit): boolean => node.type.name === 'footnoteRef';

/** Where the footnotes begin; the length of a row that has none. */
export function notesBegin(row: readonly Unit[]): number {
  const at = row.findIndex(isNote);
  return at < 0 ? row.length : at;
}

function notesIn(row: readonly Unit[]): NoteInRow[] {
  const references = new Map<string, number[]>();
  row.forEach((unit, i) => {
    if (!isReference(unit)) return;
    const list = references.get(idOf(unit)) ?? [];
    references.set(idOf(unit), list);
    list.push(i);
  });
  const notes: NoteInRow[] = [];
  for (let i = notesBegin(row); i < row.length; i += 1) {
    const unit = row[i];
    const last = notes.at(-1);
    if (last) last.to = i + 1;
    if (!unit || !isNote(unit)) continue;
    if (last) last.to = i;
    const id = idOf(unit);
    notes.push({ id, from: i, to: i + 1, references: references.get(id) ?? [] });
  }
  return notes;
}

const wordsOf = (row: readonly Unit[], { from, to }: NoteInRow): string =>
  row
    .slice(from + 1, to)
    .map(({ text }) => text)
    .join('');

/** Of references side by side the one with the words of a note is that of the note, whichever `pairs` took for it. */
export function settleReferences(a: readonly Unit[], b: readonly Unit[], pairs: Int32Array): void {
  const others = new Map(
    notesIn(b).flatMap((note) =>
      note.references.map((reference) => [reference, wordsOf(b, note)] as const),
    ),
  );
  const taken = new Set(pairs);
  for (const note of notesIn(a)) {
    const words = wordsOf(a, note);
    for (const reference of note.references) {
      const partner = pairs[reference] ?? -1;
      if (partner < 0 || others.get(partner) === words) continue;
      for (const step of [1, -1])
        for (let at = partner + step; others.has(at) && !taken.has(at); at += step)
          if (others.get(at) === words) pairs[reference] = at;
    }
  }
}

/** A stretch of each row that is one footnote in both. */
export interface SameNote {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
}

/** The footnotes whose references are one and the same by `pairs`, in order. */
export function sameNotes(a: readonly Unit[], b: readonly Unit[], pairs: Int32Array): SameNote[] {
  const others = new Map(
    notesIn(b).flatMap((note) => note.references.map((reference) => [reference, note] as const)),
  );
  const same: SameNote[] = [];
  let end = 0;
  for (const { from, to, references } of notesIn(a)) {
    const reference = references.find((one) => (pairs[one] ?? -1) >= 0);
    const other = others.get(pairs[reference ?? -1] ?? -1);
    if (!other || other.from < end) continue;
    end = other.to;
    same.push({ from, to, newFrom: other.from, newTo: other.to });
  }
  return same;
}

/** The footnotes of a row of which nothing was there before, by the index of the unit that refers to each first. */
export function newNotes(row: readonly Unit[], isKnown: (index: number) => boolean) {
  const found = new Map<number, NewNote>();
  for (const { id, from, to, references } of notesIn(row)) {
    const [reference] = references;
    if (reference === undefined || references.some(isKnown)) continue;
    const units = row.slice(from, to);
    if (units.some((_, i) => isKnown(from + i))) continue;
    found.set(reference, { id, units });
  }
  return found;
}
