/** Reads plain text into an article: masthead, headings, lists, paragraphs, notes with their references, and flags.
 *  Nothing is corrected, and nothing disappears: every block, and every flag that took text out, has its source range. */
import type { Node } from 'prosemirror-model';
import { buildText, type SourceRange } from '#core/formats/text/build.ts';
import { isBiography, markBiography, markHeadings, markLists } from '#core/formats/text/body.ts';
import { guessLanguage } from '#core/formats/text/language.ts';
import {
  creditOf,
  hiddenAddressesIn,
  isHiddenAddressLine,
  isWebLeftover,
} from '#core/formats/text/leftover.ts';
import { chunksOf, countFolds, type Line } from '#core/formats/text/lines.ts';
import { markMasthead } from '#core/formats/text/masthead.ts';
import { findNotes, flagNotes, rangeOfNotes, type NoteFlag } from '#core/formats/text/notes.ts';
import { pieceOf, startOf, textOf, type Piece } from '#core/formats/text/piece.ts';
import { findReferences } from '#core/formats/text/references.ts';

/** A remark about words of the source. `taken` says whether they were left out of the document; if so, `text` is
 *  the source to the letter (so that they can be restored), else it reads as the document does. */
export interface PlaceFlag {
  kind:
    | 'web-leftover'
    | 'obfuscated-email'
    | 'image-credit'
    | 'notes-heading'
    | 'footnotes-unmatched';
  text: string;
  from: number;
  to: number;
  taken: boolean;
}

/** A remark about the whole text. */
export type CountFlag =
  | { kind: 'no-break-spaces' | 'repeated-spaces' | 'control-characters'; count: number }
  | { kind: 'no-byline' | 'no-headline' };

/** What an editor should know about an import. */
export type ImportFlag = PlaceFlag | NoteFlag | CountFlag;

/** One guess of the reader: what it took a block (or the whole text) for, and how sure it is (0 to 1). */
export interface Guess {
  what: string;
  /** The index of the block in the document, or null for a guess about the whole text. */
  block: number | null;
  confidence: number;
}

/** The result of reading a text. */
export interface TextImport {
  doc: Node;
  /** A BCP 47 tag; `und` if it could not be guessed. */
  language: string;
  /** Disjoint and in the order of the source; what lies between them is white space. */
  ranges: SourceRange[];
  flags: ImportFlag[];
  guesses: Guess[];
}

/** What the caller knows better than a guess. */
export interface TextImportOptions {
  language?: string;
}

/** Reads a text. It never throws: any text becomes an article that fits the schema. */
export function readText(source: string, options: TextImportOptions = {}): TextImport {
  const guess = guessLanguage(source);
  const language = options.language ?? guess.language;
  const { pieces: all, flags: places } = takeOut(source);
  const lists = markNotes(all, places);
  const pieces = lists.pieces;

  const credits = pieces.filter((piece) => piece.role.is === 'credit');
  const head = markMasthead(
    pieces.filter((piece) => piece.role.is !== 'credit'),
    language,
  );
  const before = markLists(mergeInOrder(head, credits));
  const byline = before.find((piece) => piece.role.is === 'byline');
  markBiography(before, byline ? textOf(byline).slice(byline.skip) : null);
  markHeadings(before);

  const references = lists.notes.length > 0 ? findReferences(before, lists.notes.length) : null;
  const built = buildText(before, lists.notes, references?.references ?? [], places, source.length);
  const folds = countFolds(source);
  const flags: ImportFlag[] = [
    ...places,
    ...flagNotes(lists.notes.map((note) => textOf(note).slice(note.skip))),
    ...(folds.noBreak > 0 ? [{ kind: 'no-break-spaces' as const, count: folds.noBreak }] : []),
    ...(folds.repeated > 0 ? [{ kind: 'repeated-spaces' as const, count: folds.repeated }] : []),
    ...(folds.control > 0 ? [{ kind: 'control-characters' as const, count: folds.control }] : []),
    ...(byline ? [] : [{ kind: 'no-byline' as const }]),
    ...(before.some((piece) => piece.role.is === 'headline')
      ? []
      : [{ kind: 'no-headline' as const }]),
  ];
  const guesses: Guess[] = [
    { what: 'language', block: null, confidence: options.language ? 1 : guess.confidence },
    ...built.guesses,
    ...(references
      ? [{ what: 'footnote references', block: null, confidence: references.confidence }]
      : []),
  ];
  return { doc: built.doc, language, ranges: built.ranges, flags, guesses };
}

/** Takes leftovers of a web page out of the chunks and turns image credits into pieces of their own. */
function takeOut(source: string): { pieces: Piece[]; flags: PlaceFlag[] } {
  const chunks = chunksOf(source);
  const flags: PlaceFlag[] = [];
  const pieces: Piece[] = [];
  const flag = (kind: PlaceFlag['kind'], line: Line, taken: boolean, words = line.text): void => {
    const { from, to } = line;
    flags.push({ kind, text: taken ? source.slice(from, to) : words, from, to, taken });
  };
  const onlyLeftovers = chunks.every((chunk) => chunk.every((line) => isWebLeftover(line.text)));
  for (const chunk of chunks) {
    let open: Line[] = [];
    const close = (): void => {
      if (open.length > 0) pieces.push(pieceOf(open));
      open = [];
    };
    for (const line of chunk) {
      const credit = creditOf(line.text);
      if (isHiddenAddressLine(line.text)) {
        close();
        flag('obfuscated-email', line, true);
      } else if (!onlyLeftovers && isWebLeftover(line.text)) {
        close();
        flag('web-leftover', line, true);
      } else if (credit !== null) {
        close();
        flag('image-credit', line, false);
        const skip = line.text.length - credit.length;
        pieces.push({ ...pieceOf([line]), role: { is: 'credit' }, skip, confidence: 0.9 });
      } else {
        for (const text of hiddenAddressesIn(line.text))
          flag('obfuscated-email', line, false, text);
        open.push(line);
      }
    }
    close();
  }
  return { pieces, flags };
}

/** Finds the notes. A list whose numbers the text does not use in order stays in the text and is flagged. */
function markNotes(pieces: Piece[], flags: PlaceFlag[]): { pieces: Piece[]; notes: Piece[] } {
  const list = findNotes(pieces, (piece) => piece.role.is === 'credit' || isBiography(piece, null));
  if (!list) return { pieces, notes: [] };
  if (findReferences(list.before, list.notes.length) === null) {
    if (list.style !== 'point' || list.heading)
      flags.push({
        kind: 'footnotes-unmatched',
        text: list.notes.map(textOf).join(' '),
        ...rangeOfNotes(list),
        taken: false,
      });
    return { pieces, notes: [] };
  }
  const heading = list.heading?.lines[0];
  if (heading)
    flags.push({
      kind: 'notes-heading',
      text: heading.text,
      from: heading.from,
      to: heading.to,
      taken: true,
    });
  flags.sort((a, b) => a.from - b.from);
  return { pieces: [...list.before, ...list.after], notes: list.notes };
}

function mergeInOrder(pieces: Piece[], credits: Piece[]): Piece[] {
  return [...pieces, ...credits].sort((a, b) => startOf(a) - startOf(b));
}
