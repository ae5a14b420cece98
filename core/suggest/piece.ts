/** The pieces of a PieceStep: text put in, inline tokens and boundaries taken out; their form, their place, their data. */
import { Fragment, Slice, type Node, type Schema } from 'prosemirror-model';
import { StepMap } from 'prosemirror-transform';
import { parseEntries, parseShape } from '#core/suggest/block-op.ts';
import {
  attrsWith,
  boundaryInsertion,
  entriesOf,
  insertionOf,
  isFormat,
  remarked,
} from '#core/suggest/entries.ts';
import { parsePlain } from '#core/suggest/mark-op.ts';

/** `+` inserts a slice inside a textblock (inline content, or blocks open by one at both ends);
 *  `i` takes out inline tokens of one insertion; `b` takes out the boundary whose open token is at `pos`. */
export type Piece =
  | { k: '+'; pos: number; slice: Slice }
  | { k: 'i'; from: number; to: number; id: string }
  | { k: 'b'; pos: number; id: string };

/** What a removal is about, to find the text again that an undo has put back. */
export interface Removed {
  k: 'i' | 'b';
  id: string;
}

/** `[start, oldSize, newSize]` of a piece. A boundary is the close token before it and the open token. */
export function extent(piece: Piece): [number, number, number] {
  if (piece.k === '+') return [piece.pos, 0, piece.slice.size];
  if (piece.k === 'i') return [piece.from, piece.to - piece.from, 0];
  return [piece.pos - 1, 2, 0];
}

/** One map for all pieces. Touching ranges are one range, since a step map looks only at the first that touches. */
export function pieceMap(pieces: readonly Piece[]): StepMap {
  const ranges: number[] = [];
  let end = -1;
  for (const piece of pieces) {
    const [start, oldSize, newSize] = extent(piece);
    const last = ranges.length - 3;
    if (start === end && last >= 0) {
      ranges[last + 1] = (ranges[last + 1] ?? 0) + oldSize;
      ranges[last + 2] = (ranges[last + 2] ?? 0) + newSize;
    } else ranges.push(start, oldSize, newSize);
    end = start + oldSize;
  }
  return new StepMap(ranges);
}

/** A token inside a slice that is put in: its offset from the place of insertion, and whose insertion it carries. */
export interface SliceToken {
  offset: number;
  size: number;
  k: 'i' | 'b';
  id: string;
  by: string;
}

/** The inline runs and boundaries of a slice, token by token, with offsets from where it is put. */
export function sliceTokens(slice: Slice): SliceToken[] {
  const out: SliceToken[] = [];
  const inline = (nodes: readonly Node[], start: number) => {
    let offset = start;
    for (const node of nodes) {
      const owner = insertionOf(node.marks);
      out.push({
        offset,
        size: node.nodeSize,
        k: 'i',
        id: owner?.id ?? '',
        by: owner?.by ?? '',
      });
      offset += node.nodeSize;
    }
  };
  if (slice.openStart === 0) {
    inline(slice.content.content, 0);
    return out;
  }
  slice.content.forEach((block, offset, index) => {
    // Open at the start: the first block's open token is not in the text, so offsets are one less.
    const open = offset - 1;
    if (index > 0) {
      const owner = boundaryInsertion(block);
      out.push({ offset: open, size: 1, k: 'b', id: owner?.id ?? '', by: owner?.by ?? '' });
    }
    inline(block.content.content, open + 1);
  });
  return out;
}

/** The pieces that take out again what `slice` put in at `pos`. */
export function removalOf(pos: number, slice: Slice): Piece[] {
  const out: Piece[] = [];
  for (const token of sliceTokens(slice)) {
    const from = pos + token.offset;
    const last = out.at(-1);
    if (token.k === 'b') out.push({ k: 'b', pos: from, id: token.id });
    else if (last?.k === 'i' && last.to === from && last.id === token.id)
      last.to = from + token.size;
    else out.push({ k: 'i', from, to: from + token.size, id: token.id });
  }
  return out;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** True for inline content, and for textblocks open by one at both ends. */
export function fitsPiece(slice: Slice): boolean {
  if (slice.size === 0) return false;
  if (slice.openStart === 0 && slice.openEnd === 0)
    return slice.content.content.every((node) => node.isInline);
  return (
    slice.openStart === 1 &&
    slice.openEnd === 1 &&
    slice.content.childCount > 1 &&
    slice.content.content.every((node) => node.isTextblock)
  );
}

/** Inline content as the schema means it: what a format mark names must be plain formatting. */
function checkedInline(node: Node): Node {
  node.check();
  const marks = node.marks.map((mark) =>
    isFormat(mark)
      ? mark.type.create({
          ...mark.attrs,
          add: parsePlain(mark.attrs['add']),
          remove: parsePlain(mark.attrs['remove']),
        })
      : mark,
  );
  return remarked(node, marks);
}

/** A slice that holds to the schema, without unknown fields. Throws RangeError. */
function checkedSlice({ content, openStart, openEnd }: Slice): Slice {
  const nodes = content.content.map((node) => {
    if (node.isInline) return checkedInline(node);
    node.check();
    const inline = Fragment.fromArray(node.content.content.map(checkedInline));
    const attrs =
      'sugg' in node.attrs
        ? attrsWith(node, parseShape(node.attrs), parseEntries(entriesOf(node)))
        : node.attrs;
    return node.type.create(attrs, inline, node.marks);
  });
  return new Slice(Fragment.fromArray(nodes), openStart, openEnd);
}

/** Reads one piece from data. Throws RangeError when it is not one. */
export function parsePiece(schema: Schema, value: unknown): Piece {
  const json = value as Record<string, unknown> | null;
  const place = json?.['pos'];
  const id = json?.['id'];
  if (json?.['k'] === '+' && isPlace(place)) {
    const slice = Slice.fromJSON(schema, json['slice'] as Parameters<typeof Slice.fromJSON>[1]);
    if (!fitsPiece(slice)) throw new RangeError('Only text and blocks of text can be put in.');
    return { k: '+', pos: place, slice: checkedSlice(slice) };
  }
  if (typeof id === 'string') {
    const { from, to } = json as { from?: unknown; to?: unknown };
    if (json?.['k'] === 'i' && isPlace(from) && isPlace(to) && from < to)
      return { k: 'i', from, to, id };
    if (json?.['k'] === 'b' && isPlace(place) && place > 0) return { k: 'b', pos: place, id };
  }
  throw new RangeError('That piece is not known.');
}
