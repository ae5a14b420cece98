/** Says what each piece of the body is: list items, headings, the writer's biography, image credits, paragraphs. */
import type { Line } from '#core/formats/text/lines.ts';
import { hasEndMark, isDateLine } from '#core/formats/text/shape.ts';
import { pieceOf, textOf, wordsOf, type Piece } from '#core/formats/text/piece.ts';

const bullet = /^([-*•◦▪‣·])\s+(?=\S)/u;
const ordinal = /^(\d{1,3})([.)])\s+(?=\S)/u;

interface Marker {
  kind: 'bullet' | 'ordered';
  sign: string;
  number: number;
  length: number;
}

function markerOf(line: Line): Marker | null {
  const dot = bullet.exec(line.text);
  if (dot) return { kind: 'bullet', sign: dot[1] ?? '', number: 1, length: dot[0].length };
  const digit = ordinal.exec(line.text);
  if (!digit) return null;
  const number = Number(digit[1]);
  return { kind: 'ordered', sign: digit[2] ?? '', number, length: digit[0].length };
}

interface Item {
  lines: Line[];
  marker: Marker;
  indent: number;
}

/** The items of a piece whose every line is an item or continues one by its indent; null for anything else. */
function itemsOf(piece: Piece): Item[] | null {
  if (piece.role.is !== 'paragraph') return null;
  const items: Item[] = [];
  for (const line of piece.lines) {
    const marker = markerOf(line);
    const open = items.at(-1);
    if (marker) items.push({ lines: [line], marker, indent: line.indent });
    else if (open && line.indent > open.indent) open.lines.push(line);
    else return null;
  }
  return items;
}

/** Sets the depth of items by their indents; a deeper item is one level below the one it is indented under.
 *  All items of a numbered list carry the number it starts with. */
function markItems(items: readonly Item[]): Piece[] {
  const open: Item[] = [];
  const starts = new Map<number, number>();
  return items.map((item) => {
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= item.indent) open.pop();
    const level = Math.min(8, open.length);
    open.push(item);
    const { kind, number, length } = item.marker;
    for (const deeper of starts.keys()) if (deeper > level) starts.delete(deeper);
    const start = kind === 'ordered' ? (starts.get(level) ?? number) : 1;
    starts.set(level, start);
    return {
      ...pieceOf(item.lines),
      role: { is: 'item' as const, list: { kind, level, start } },
      skip: length,
      confidence: 0.9,
    };
  });
}

/** A run of items is a list if it has two at least and its numbers, where it has any, go up by one. */
function isList(items: readonly Item[]): boolean {
  if (items.length < 2) return false;
  const last = new Map<number, number>();
  for (const { marker, indent } of items) {
    for (const deeper of last.keys()) if (deeper > indent) last.delete(deeper);
    if (marker.kind !== 'ordered') continue;
    const before = last.get(indent);
    if (before !== undefined && marker.number !== before + 1) return false;
    last.set(indent, marker.number);
  }
  return true;
}

/** Replaces pieces that are lists by one piece an item. */
export function markLists(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (let i = 0; i < pieces.length;) {
    const run: Item[] = [];
    let next = i;
    for (; next < pieces.length; next += 1) {
      const piece = pieces[next];
      const items = piece ? itemsOf(piece) : null;
      if (!items) break;
      for (const item of items) run.push(item);
    }
    const end = Math.max(next, i + 1);
    const kept = next > i && isList(run) ? markItems(run) : pieces.slice(i, end);
    for (const piece of kept) result.push(piece);
    i = end;
  }
  return result;
}

/** At most 12 words without an end mark, shorter than the piece before and the piece after it. */
export function markHeadings(pieces: readonly Piece[]): void {
  pieces.forEach((piece, i) => {
    const before = pieces[i - 1];
    const after = pieces[i + 1];
    if (!before || !after || piece.role.is !== 'paragraph' || piece.lines.length !== 1) return;
    const text = textOf(piece);
    if (wordsOf(piece) > 12 || wordsOf(piece) === 0 || hasEndMark(text) || isDateLine(text)) return;
    if (text.length >= textOf(before).length || text.length >= textOf(after).length) return;
    piece.role = { is: 'heading' };
    piece.confidence = wordsOf(after) > 12 ? 0.85 : 0.6;
  });
}

const aboutWriter =
  /^(?:(?:the|this) (?:writer|author|columnist|reporter|contributor|essayist|journalist|correspondent)s?\b|about the (?:author|writer)s?\b|(?:der autor|die autorin|die autoren|l[’']aut(?:eur|rice|ore)|el autor|la autora|o autor|a autora|de auteur)(?!\p{L}))/iu;
const does =
  /^(?:is|was|are|were|works|worked|teaches|taught|writes|wrote|covers|reports|serves|heads|edits|lives|studies|ist|war|arbeitet|est|es|è|é)$/iu;

/** The people a byline names, in small letters. */
function namesIn(byline: string): string[] {
  return byline
    .toLowerCase()
    .split(/[,|(&]|\s(?:and|und|et|y|e|en|og|och)\s/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** True for a line about the writer: "The author is …", or the name of the byline and what that person does. */
export function isBiography(piece: Piece, byline: string | null): boolean {
  if (piece.role.is !== 'paragraph' || wordsOf(piece) > 80) return false;
  const text = textOf(piece);
  if (aboutWriter.test(text)) return true;
  const lower = text.toLowerCase();
  return namesIn(byline ?? '').some(
    (name) =>
      lower.startsWith(name) && does.test(lower.slice(name.length).trim().split(' ', 1)[0] ?? ''),
  );
}

/** Marks the biography, which stands in one of the last two pieces of the body that are text. */
export function markBiography(pieces: readonly Piece[], byline: string | null): void {
  const text = pieces.filter((piece) => piece.role.is !== 'credit');
  if (text.length < 3) return;
  for (const piece of text.slice(-2))
    if (isBiography(piece, byline)) {
      piece.role = { is: 'bio' };
      piece.confidence = 0.85;
    }
}
