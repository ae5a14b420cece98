/** A piece of a source text on its way to becoming a block: its lines and what has been found out about it. */
import type { ListAttr } from '#core/article/schema.ts';
import type { Line } from '#core/formats/text/lines.ts';
import { wordCount } from '#core/formats/text/shape.ts';

/** What a piece will be in the document. */
export type PieceRole =
  | { is: 'kicker' | 'headline' | 'standfirst' | 'byline' }
  | { is: 'paragraph' | 'heading' | 'credit' | 'bio' }
  | { is: 'item'; list: ListAttr }
  | { is: 'note'; number: number };

/** One block to be. `skip` is the length of a label at the start of its first line that is not kept as text. */
export interface Piece {
  lines: Line[];
  role: PieceRole;
  /** How sure the guess of the role is, from 0 to 1; 1 for what needs no guess. */
  confidence: number;
  skip: number;
}

/** A plain paragraph of these lines; the role may change later. */
export function pieceOf(lines: Line[]): Piece {
  return { lines, role: { is: 'paragraph' }, confidence: 1, skip: 0 };
}

/** The text of a piece as one line. */
export function textOf(piece: Piece): string {
  return piece.lines.map((line) => line.text).join(' ');
}

/** The words of a piece. */
export function wordsOf(piece: Piece): number {
  return wordCount(textOf(piece));
}

/** Where a piece starts in the source. */
export function startOf(piece: Piece): number {
  return piece.lines[0]?.from ?? 0;
}

/** Where a piece ends in the source. */
export function endOf(piece: Piece): number {
  return piece.lines.at(-1)?.to ?? 0;
}
