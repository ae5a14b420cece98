/** Finds a list of notes at the end of a text: lines numbered 1, 2, 3 … with nothing but tail matter after them. */
import type { Line } from '#core/formats/text/lines.ts';
import { endOf, pieceOf, startOf, textOf, type Piece } from '#core/formats/text/piece.ts';

/** How the numbers of a list are written; a bracketed list lets the text use bracketed references. */
export type NumberStyle = 'plain' | 'point' | 'bracket' | 'raised';

/** A list of notes found at the end, and the heading that introduced it, if any. */
export interface NoteList {
  notes: Piece[];
  heading: Piece | null;
  style: NumberStyle;
  /** The pieces before the list and those after it. */
  before: Piece[];
  after: Piece[];
}

const numbered =
  /^(?:\[\^?(\d{1,3})\]:?|(\d{1,3})([.):]?)|([¹²³⁰⁴-⁹]+))(?=\s|(?<=[\]⁰¹²³⁴-⁹])\S)\s*(?=\S)/u;
const notesHeading =
  /^(?:end|foot)?notes?(?: and references)?:?$|^(?:references|sources|citations|notas|anmerkungen|fußnoten|note|noten|références|referencias):?$/iu;

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The value of digits written as superscripts. */
export function raisedNumber(digits: string): number {
  return Number([...digits].map((digit) => raised.indexOf(digit)).join(''));
}

interface NumberedLine {
  number: number;
  skip: number;
  style: NumberStyle;
}

function numberOf(text: string): NumberedLine | null {
  const match = numbered.exec(text);
  if (!match) return null;
  const [label, bracket, plain, mark, small] = match;
  const skip = label.length;
  if (bracket !== undefined) return { number: Number(bracket), skip, style: 'bracket' };
  if (small !== undefined) return { number: raisedNumber(small), skip, style: 'raised' };
  return { number: Number(plain), skip, style: mark === '' ? 'plain' : 'point' };
}

/** A line without a number goes on with the note before it. */
function extend(note: Piece, line: Line): void {
  const [first] = note.lines;
  if (first) note.lines = [{ ...first, text: `${first.text} ${line.text}`, to: line.to }];
}

/** The notes of one run of pieces starting at `first`, or null if it does not begin with number 1. */
function runFrom(pieces: readonly Piece[], first: number): { notes: Piece[]; next: number } | null {
  const notes: Piece[] = [];
  let next = first;
  for (; next < pieces.length; next += 1) {
    const piece = pieces[next];
    const head = piece?.lines[0];
    if (!piece || !head || numberOf(head.text)?.number !== notes.length + 1) break;
    for (const line of piece.lines) {
      const found = numberOf(line.text);
      const open = notes.at(-1);
      if (found?.number === notes.length + 1)
        notes.push({
          ...pieceOf([line]),
          role: { is: 'note', number: found.number },
          skip: found.skip,
          confidence: 0.9,
        });
      else if (open) extend(open, line);
    }
  }
  return notes.length > 0 ? { notes, next } : null;
}

/** A heading that stands on the first line of the list itself becomes a piece of its own. */
function apart(piece: Piece): Piece[] {
  const [first, second] = piece.lines;
  const joined = first && second && notesHeading.test(first.text) && numberOf(second.text);
  return joined ? [pieceOf([first]), pieceOf(piece.lines.slice(1))] : [piece];
}

/** The list of notes, or null. `isTail` says what may still follow it (a biography, a credit). */
export function findNotes(
  source: readonly Piece[],
  isTail: (piece: Piece) => boolean,
): NoteList | null {
  const pieces = source.flatMap(apart);
  // A list may be one piece or one piece a note, so look for its first number from the end backwards.
  for (let first = pieces.length - 1; first > 0; first -= 1) {
    const head = pieces[first]?.lines[0];
    const found = head ? numberOf(head.text) : null;
    if (!found) {
      const piece = pieces[first];
      if (piece && !isTail(piece)) return null;
      continue;
    }
    if (found.number !== 1) continue;
    const run = runFrom(pieces, first);
    const after = run ? pieces.slice(run.next) : [];
    if (!run || !after.every(isTail)) return null;
    const introduced = pieces[first - 1];
    const heading = introduced && notesHeading.test(textOf(introduced)) ? introduced : null;
    return {
      notes: run.notes,
      heading,
      style: found.style,
      before: pieces.slice(0, heading ? first - 1 : first),
      after,
    };
  }
  return null;
}

/** Facts about the notes that a reader of the import wants to know. */
export type NoteFlag =
  | { kind: 'footnote-ibid'; note: number; refersTo: number | null }
  | { kind: 'footnote-truncated'; note: number };

const ibid = /^(?:ibid(?:em)?|ib|id|idem|ebd|ebenda)(?:\.|\b)/iu;

/** The flags of a list of notes: "Ibid." points at the note before; a note that stops at a comma is cut off. */
export function flagNotes(notes: readonly string[]): NoteFlag[] {
  const flags: NoteFlag[] = [];
  notes.forEach((text, i) => {
    if (ibid.test(text))
      flags.push({ kind: 'footnote-ibid', note: i + 1, refersTo: i === 0 ? null : i });
  });
  notes.forEach((text, i) => {
    if (/[,;:–—([{“„«-]$/u.test(text)) flags.push({ kind: 'footnote-truncated', note: i + 1 });
  });
  return flags;
}

/** The source range of a whole list, for a message about it. */
export function rangeOfNotes(list: NoteList): { from: number; to: number } {
  const first = list.notes[0];
  const last = list.notes.at(-1);
  return { from: first ? startOf(first) : 0, to: last ? endOf(last) : 0 };
}
