/** Guesses which of the first pieces are kicker, headline, standfirst and byline.
 *  The only firm sign is a byline; without one, lengths and end marks decide, with less confidence. */
import {
  endsSentence,
  hasSentences,
  isCapitals,
  isDateLine,
  wordCount,
} from '#core/formats/text/shape.ts';
import { pieceOf, textOf, wordsOf, type Piece } from '#core/formats/text/piece.ts';

const bylineWord: Record<string, string> = {
  de: 'von',
  fr: 'par',
  es: 'por',
  pt: 'por',
  it: 'di',
  nl: 'door',
  sv: 'av',
  da: 'af',
  no: 'av',
};
const particles =
  /^(?:and|in|for|of|the|at|on|und|et|y|e|en|og|och|de|del|della|dos|das|da|do|di|la|le|du|des|van|von|der|den|zu|bin|ibn|al|el|a|our|staff|special|reporter|correspondent|writer|editor|desk|&|\||–|—|-)$/iu;

/** The length of the byline's label ("By "), or null if the line is no byline. */
export function bylineLabel(text: string, language: string): number | null {
  if (wordCount(text) > 8 || wordCount(text) < 2 || endsSentence(text)) return null;
  const own = bylineWord[language];
  const label = new RegExp(`^(?:(?:written )?by${own ? `|${own}` : ''})\\s*:?\\s+`, 'iu').exec(
    text,
  );
  if (!label) return null;
  const names = text.slice(label[0].length).split(/[\s,/]+/u);
  const named = names.every(
    (name) => particles.test(name) || /^[\p{Lu}\p{Lt}\p{Lo}|\d(]/u.test(name),
  );
  const first = names[0] ?? '';
  const people = /^(?:\p{Lu}|\p{Lt}|\p{Lo}|a$|our$|the$)/iu.test(first) && !/^\d/.test(first);
  return named && people ? label[0].length : null;
}

/** The word that a byline begins with in a language, for writing it out again; '' if it is not known. */
export function bylineWordFor(language: string): string {
  const base = language.toLowerCase().split('-', 1)[0] ?? '';
  if (base === 'en') return 'By';
  const word = bylineWord[base];
  return word ? word.charAt(0).toUpperCase() + word.slice(1) : '';
}

/** A line that can stand in a masthead: one line, not long, no list item, no date. */
function isDisplay(piece: Piece | undefined, most: number): piece is Piece {
  if (!piece || piece.lines.length !== 1 || piece.role.is !== 'paragraph') return false;
  const text = textOf(piece);
  return (
    wordsOf(piece) > 0 && wordsOf(piece) <= most && !isDateLine(text) && !/^[-*•]\s/u.test(text)
  );
}

/** Headline, byline and so on that share one piece without blank lines become pieces of their own. */
function splitHead(pieces: readonly Piece[], language: string): Piece[] {
  return pieces.flatMap((piece, i) => {
    const { lines } = piece;
    const splits =
      i < 3 &&
      lines.length > 1 &&
      lines.length <= 4 &&
      lines.some((line, l) => i + l > 0 && bylineLabel(line.text, language) !== null) &&
      lines.every((line) => wordCount(line.text) <= 40);
    return splits ? lines.map((line) => pieceOf([line])) : [piece];
  });
}

/** Sets the roles of the masthead among the pieces before the notes; returns all pieces, the head first. */
export function markMasthead(source: readonly Piece[], language: string): Piece[] {
  const pieces = splitHead(source, language);
  const at = pieces.findIndex(
    (piece, i) =>
      i >= 1 && i <= 3 && isDisplay(piece, 8) && bylineLabel(textOf(piece), language) !== null,
  );
  if (at > 0 && pieces.slice(0, at).every((piece, i) => isDisplay(piece, i === 0 ? 30 : 60)))
    markWithByline(pieces, at, language);
  else markWithoutByline(pieces);
  return pieces;
}

function give(
  piece: Piece | undefined,
  is: 'kicker' | 'headline' | 'standfirst',
  sure: number,
): void {
  if (!piece) return;
  piece.role = { is };
  piece.confidence = sure;
}

function markWithByline(pieces: Piece[], at: number, language: string): void {
  const byline = pieces[at];
  if (byline) {
    byline.role = { is: 'byline' };
    byline.skip = bylineLabel(textOf(byline), language) ?? 0;
    byline.confidence = 0.95;
  }
  const [a, b, c] = pieces.slice(0, at);
  if (!b) give(a, 'headline', 0.95);
  else if (!c && a && !isKicker(a, b)) {
    give(a, 'headline', 0.9);
    give(b, 'standfirst', 0.8);
  } else {
    give(a, 'kicker', 0.8);
    give(b, 'headline', 0.85);
    give(c, 'standfirst', 0.8);
  }
}

/** A very short line over a longer one that is not a sentence, or a line in capitals over one that is not. */
function isKicker(a: Piece, b: Piece): boolean {
  if (endsSentence(textOf(a)) || wordsOf(b) > 20) return false;
  if (endsSentence(textOf(b)) || hasSentences(textOf(b))) return false;
  if (isCapitals(textOf(a)) && !isCapitals(textOf(b))) return wordsOf(a) <= 6;
  return wordsOf(a) <= 4 && wordsOf(b) > wordsOf(a);
}

function markWithoutByline(pieces: Piece[]): void {
  const [a, b, c, d] = pieces;
  if (!isDisplay(a, 30)) return;
  const sentence = endsSentence(textOf(a));
  if (sentence && (wordsOf(a) > 12 || !b)) return;
  const kicked = c && isDisplay(b, 20) && !sentence && isKicker(a, b);
  if (!kicked) {
    give(a, 'headline', sentence ? 0.4 : 0.8);
    if (c && isStandfirst(b)) give(b, 'standfirst', 0.6);
    return;
  }
  give(a, 'kicker', 0.6);
  give(b, 'headline', 0.7);
  if (d && isStandfirst(c)) give(c, 'standfirst', 0.6);
}

/** Without a byline after it, only a line that is too long for a heading and is no sentence can be one. */
function isStandfirst(piece: Piece | undefined): boolean {
  if (!isDisplay(piece, 40) || wordsOf(piece) <= 12) return false;
  return !endsSentence(textOf(piece)) && !hasSentences(textOf(piece));
}
