/** PieceStep: text of the author's own put in and taken out. Everything else in a suggestion is a mark or an entry.
 *  Its inverse takes out token by token, never a whole range, so that an undo leaves other people's text standing. */
import { ReplaceError, Slice, type Node, type Schema } from 'prosemirror-model';
import { Step, StepResult, type Mappable, type StepMap } from 'prosemirror-transform';
import { isFixedBetween, isMasthead, isWhole } from '#core/suggest/entries.ts';
import {
  extent,
  parsePiece,
  pieceMap,
  removalOf,
  sliceTokens,
  type Piece,
  type Removed,
} from '#core/suggest/piece.ts';
import {
  joinRuns,
  mapRuns,
  type PutBack,
  type PutBackPart,
  type Run,
} from '#core/suggest/token-map.ts';

const sameRemoved = (a: Removed, b: Removed): boolean => a.k === b.k && a.id === b.id;

/** What the maps of steps that put text back say about that text: the author of each part and its suggestion. */
const putBackTags = new WeakMap<StepMap, readonly (PutBackPart<Removed> & { by: string })[]>();

/** A removal of `by`'s own pending text takes with it the part that an undo has put back meanwhile. */
const putBackOf = (by: string): PutBack<Removed> => ({
  parts: (map) => (putBackTags.get(map) ?? []).filter((part) => part.by === by),
  same: (a, b) => a.id === b.id && a.id !== '',
});

/** A boundary goes where another could be taken out again: never inside the masthead. Behind its last words a figure or a
 *  table that began the body is put back; `alone` says that no words stand beside the boundary. */
const isBarred = (previous: Node, node: Node, alone: boolean): boolean =>
  isFixedBetween(previous, node) && !(isMasthead(previous) && isWhole(node) && alone);

/** Takes one piece out of the document or puts it in. Throws RangeError or ReplaceError when it does not fit. */
function applyPiece(doc: Node, piece: Piece): Node {
  if (piece.k === '+') {
    const { parent, parentOffset } = doc.resolve(piece.pos);
    if (!parent.isTextblock) throw new RangeError('No place for text.');
    const more = piece.slice.openStart > 0 ? piece.slice.content.content.slice(1) : [];
    const atEnd = parentOffset === parent.content.size;
    if (more.some((node, i) => isBarred(more[i - 1] ?? parent, node, i === 0 && atEnd)))
      throw new RangeError('No place for a block.');
    return doc.replace(piece.pos, piece.pos, piece.slice);
  }
  const [start, size] = extent(piece);
  const from = doc.resolve(start);
  const to = doc.resolve(start + size);
  if (piece.k === 'i') {
    if (!from.sameParent(to) || !from.parent.isTextblock)
      throw new RangeError('No such text here.');
  } else if (
    !from.parent.isTextblock ||
    !to.parent.isTextblock ||
    from.parentOffset !== from.parent.content.size ||
    to.parentOffset !== 0 ||
    isBarred(from.parent, to.parent, to.parent.content.size === 0)
  )
    throw new RangeError('No such boundary here.');
  return doc.replace(start, start + size, Slice.empty);
}

/** Pieces of text put in or taken out by one author. `back` says that the text was there before and is put back. */
export class PieceStep extends Step {
  readonly by: string;
  readonly pieces: readonly Piece[];
  readonly back: boolean;

  constructor(by: string, pieces: readonly Piece[], back = false) {
    super();
    this.by = by;
    this.pieces = pieces;
    this.back = back;
  }

  override apply(doc: Node): StepResult {
    try {
      return StepResult.ok(this.pieces.reduceRight(applyPiece, doc));
    } catch (error) {
      // ReplaceError is no RangeError, and its name is the plain "Error": it is known by its class alone.
      if (error instanceof RangeError || error instanceof ReplaceError)
        return StepResult.fail(error.message);
      throw error;
    }
  }

  override getMap(): StepMap {
    const map = pieceMap(this.pieces);
    if (!this.back) return map;
    let shift = 0;
    const parts = this.pieces.flatMap((piece) => {
      const [start, oldSize, newSize] = extent(piece);
      const at = start + shift;
      shift += newSize - oldSize;
      if (piece.k !== '+') return [];
      return sliceTokens(piece.slice)
        .filter((token) => token.by === this.by)
        .map((token) => ({
          at: start,
          from: at + token.offset,
          to: at + token.offset + token.size,
          what: { k: token.k, id: token.id },
          by: token.by,
        }));
    });
    if (parts.length > 0) putBackTags.set(map, parts);
    return map;
  }

  /** The inverse, by meaning and byte for byte alike: removals token by token, and text put back. */
  override invert(doc: Node): PieceStep {
    const out: Piece[] = [];
    let shift = 0;
    // Touching removals come back as one slice, so that the two maps have the same ranges.
    let gone = null as { from: number; to: number } | null;
    const putBack = () => {
      if (!gone) return;
      out.push({ k: '+', pos: gone.from + shift, slice: doc.slice(gone.from, gone.to) });
      shift -= gone.to - gone.from;
      gone = null;
    };
    for (const piece of this.pieces) {
      const [start, oldSize, newSize] = extent(piece);
      if (piece.k === '+') {
        putBack();
        out.push(...removalOf(start + shift, piece.slice));
        shift += newSize;
      } else if (gone?.to === start) gone.to = start + oldSize;
      else {
        putBack();
        gone = { from: start, to: start + oldSize };
      }
    }
    putBack();
    return new PieceStep(
      this.by,
      out,
      this.pieces.some((piece) => piece.k !== '+'),
    );
  }

  override map(mapping: Mappable): PieceStep | null {
    const removed: Run<Removed>[] = [];
    const out: Piece[] = [];
    for (const piece of this.pieces) {
      if (piece.k === '+') {
        const place = mapping.mapResult(piece.pos, 1);
        if (!place.deletedAcross && Number.isFinite(place.pos))
          out.push({ k: '+', pos: place.pos, slice: piece.slice });
      } else if (piece.k === 'i')
        removed.push({ from: piece.from, to: piece.to, what: { k: 'i', id: piece.id } });
      else removed.push({ from: piece.pos, to: piece.pos + 1, what: { k: 'b', id: piece.id } });
    }
    const runs = mapRuns(mapping, removed, putBackOf(this.by));
    return pieceStep(this.by, [...out, ...removals(runs)], this.back);
  }

  override merge(other: Step): PieceStep | null {
    if (!(other instanceof PieceStep) || other.by !== this.by) return null;
    const [mine, theirs] = [this.pieces[0], other.pieces[0]];
    if (!mine || !theirs || this.pieces.length > 1 || other.pieces.length > 1) return null;
    if (mine.k === '+' && theirs.k === '+' && this.back === other.back) {
      const inside = theirs.pos - mine.pos;
      const flat = mine.slice.openStart === 0 && theirs.slice.openStart === 0;
      if (!flat || inside < 0 || inside > mine.slice.size) return null;
      const text = mine.slice.content;
      const whole = text.cut(0, inside).append(theirs.slice.content).append(text.cut(inside));
      return new PieceStep(this.by, [{ ...mine, slice: new Slice(whole, 0, 0) }], this.back);
    }
    if (mine.k !== 'i' || theirs.k !== 'i') return null;
    if (theirs.to !== mine.from && theirs.from !== mine.from) return null;
    const size = theirs.to - theirs.from;
    const before = theirs.to === mine.from;
    const first: Piece = before ? theirs : mine;
    const second: Piece = before ? mine : { ...theirs, from: mine.to, to: mine.to + size };
    return mine.id === theirs.id
      ? new PieceStep(this.by, [{ k: 'i', from: first.from, to: second.to, id: mine.id }])
      : new PieceStep(this.by, [first, second]);
  }

  override toJSON(): unknown {
    const pieces = this.pieces.map((piece) =>
      piece.k === '+' ? { ...piece, slice: piece.slice.toJSON() as unknown } : piece,
    );
    return { stepType: 'suggestPiece', by: this.by, pieces, ...(this.back ? { back: true } : {}) };
  }

  /** Reads a step from data. Throws RangeError when pieces overlap, stand out of order or are not pieces. */
  static override fromJSON(schema: Schema, value: unknown): PieceStep {
    const json = value as { by?: unknown; pieces?: unknown; back?: unknown };
    if (
      typeof json.by !== 'string' ||
      json.by === '' ||
      !Array.isArray(json.pieces) ||
      json.pieces.length === 0
    )
      throw new RangeError('A piece step needs an author and pieces.');
    let end = 0;
    const pieces = json.pieces.map((raw: unknown) => {
      const piece = parsePiece(schema, raw);
      const [start, oldSize] = extent(piece);
      if (start < end) throw new RangeError('The pieces of a step must be ascending.');
      end = start + oldSize;
      return piece;
    });
    return new PieceStep(json.by, pieces, json.back === true);
  }
}

Step.jsonID('suggestPiece', PieceStep);

/** Pieces from runs of removed tokens, boundaries one by one. */
function removals(runs: readonly Run<Removed>[]): Piece[] {
  return joinRuns(runs, sameRemoved).flatMap((run): Piece[] =>
    run.what.k === 'i'
      ? [{ k: 'i', from: run.from, to: run.to, id: run.what.id }]
      : [{ k: 'b', pos: run.from, id: run.what.id }],
  );
}

/** A step of these pieces in document order, or null when none is left. */
export function pieceStep(by: string, pieces: readonly Piece[], back = false): PieceStep | null {
  if (pieces.length === 0) return null;
  const start = (piece: Piece) => extent(piece)[0];
  return new PieceStep(
    by,
    pieces.toSorted((a, b) => start(a) - start(b) || extent(a)[1] - extent(b)[1]),
    back,
  );
}
