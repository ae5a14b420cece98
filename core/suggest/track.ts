/** Tracking: a whole transaction becomes suggestion steps. Deleted text is struck, inserted text is marked, and the
 *  author's own pending text really goes; nothing else of the document changes. */
import { Fragment, Mark, Slice, type Node } from 'prosemirror-model';
import { Mapping, type Step, type Transform } from 'prosemirror-transform';
import type { BlockShape } from '#core/article/schema.ts';
import { align, type Alignment, type Gap } from '#core/suggest/align.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import {
  boundaryInsertion,
  entriesOf,
  insertionMark,
  insertionOf,
  isDeletion,
  isMasthead,
  isWhole,
  plainOf,
  sameShape,
  shapeOf,
  authored,
} from '#core/suggest/entries.ts';
import { footnoteTokens, loosensFootnotes } from '#core/suggest/footnotes.ts';
import { difference, readStack } from '#core/suggest/format-stack.ts';
import type { MarkOp } from '#core/suggest/mark-op.ts';
import { MarkStep, sameOp, type MarkRun } from '#core/suggest/mark-step.ts';
import { extent, pieceMap, type Piece } from '#core/suggest/piece.ts';
import { PieceStep, pieceStep } from '#core/suggest/piece-step.ts';
import { nearbyIds } from '#core/suggest/nearby.ts';
import { placeAfter, type Placed } from '#core/suggest/place.ts';
import { mapRuns, joinRuns, type Run } from '#core/suggest/token-map.ts';
import { marksOf, tokenPart, type Token } from '#core/suggest/tokens.ts';
import { breaksWhole, isFixed, rowBegun, takenWhole } from '#core/suggest/whole.ts';

/** Why a transaction is not tracked: a change of formatting, of a block, of the masthead's form, of a footnote's, or a
 *  figure, a table or a paragraph where none can be. */
export type Refusal = 'format' | 'block' | 'masthead' | 'footnote' | 'figure';

/** How a change is grouped with what the author suggested a moment ago, nearest first: an id of `nearby`, or a new one. */
export interface Grouping {
  idFor(nearby: { id: string }[]): string;
}

/** What is tracked besides text and the boundaries of blocks; what is not is refused. */
export interface Tracks {
  format: boolean;
  block: boolean;
}

/** The steps, in order, from the document before; `place` says where a position of the transaction's own result is
 *  now: after inserted text; where text was struck, before it (side -1, Backspace) or after it (side 1, Delete). */
export interface Tracked {
  steps: Step[];
  ids: string[];
  newIds: string[];
  doc: Node;
  place(pos: number, side: -1 | 1): number;
}

interface Work {
  marks: MarkRun[];
  blocks: { pos: number; op: 'strike' | 'block' | 'direct'; shape?: BlockShape }[];
  insertions: { gap: Gap; pos: number }[];
  removed: Run<Piece>[];
}

const strike: MarkOp = { t: 'strike', id: '' };

function ownDeletion(token: Token, author: string): boolean {
  return token.open
    ? entriesOf(token.node).some((entry) => entry.k === 'del' && entry.by === author)
    : token.node.marks.some((mark) => isDeletion(mark) && authored(mark).by === author);
}

/** Strikes or takes out tokens that may go. */
function takeOut(tokens: readonly Token[], author: string, work: Work): void {
  for (const token of tokens) {
    const { pos, size } = token;
    const owner = token.open ? boundaryInsertion(token.node) : insertionOf(token.node.marks);
    if (owner?.by === author)
      work.removed.push({
        from: pos,
        to: pos + size,
        what: token.open
          ? { k: 'b', pos, id: owner.id }
          : { k: 'i', from: pos, to: pos + size, id: owner.id },
      });
    else if (ownDeletion(token, author)) continue;
    else if (token.open) work.blocks.push({ pos, op: 'strike' });
    else work.marks.push({ from: pos, to: pos + size, what: strike });
  }
}

/** Where a gap's inserted tokens go: after everything that was deleted there, before the next token that stays. */
function placeOf(gap: Gap, alignment: Alignment): number {
  const next = gap.next?.before;
  if (!next) return alignment.before.end - 1;
  return next.open ? next.pos - 1 : next.pos;
}

function refuses(before: Node, gap: Gap, pos: number): Refusal | null {
  if (pos < 0) return 'masthead';
  const $pos = before.resolve(pos);
  const container = $pos.parent;
  const blocks = gap.inserted.filter(({ open }) => open).map(({ node }) => node);
  if (blocks.length === 0) return null;
  if (isMasthead(container) || blocks.some(isMasthead)) return 'masthead';
  const seams = [container, ...blocks];
  if (seams.some(({ type }, i) => type.name === 'footnote' && seams[i + 1]?.type.name === 'block'))
    return 'footnote';
  const place = {
    atStart: $pos.parentOffset === 0,
    atEnd: $pos.parentOffset === container.content.size,
    next: before.maybeChild($pos.index(0) + 1),
    row: rowBegun(before, $pos.index(0)),
  };
  return breaksWhole(container, blocks, place) ? 'figure' : null;
}

/** The inserted tokens of a gap as one slice of the author's own. */
function sliceOf(gap: Gap, container: Node, id: string, by: string): Slice {
  const blocks: { node: Node; tokens: Node[] }[] = [{ node: container, tokens: [] }];
  const own = insertionMark(id, by);
  for (const token of gap.inserted) {
    if (token.open) {
      blocks.push({ node: token.node, tokens: [] });
      continue;
    }
    const marks = Mark.setFrom([...plainOf(token.node.marks), own]);
    const { text, node } = token;
    const inline = node.isText ? node.type.schema.text(text, marks) : node.mark(marks);
    blocks.at(-1)?.tokens.push(inline);
  }
  const [first, ...rest] = blocks;
  const start = Fragment.fromArray(first?.tokens ?? []);
  if (rest.length === 0) return new Slice(start, 0, 0);
  const nodes = rest.map(({ node, tokens }) =>
    node.type.create({ ...node.attrs, sugg: [{ k: 'ins', id, by }] }, Fragment.fromArray(tokens)),
  );
  return new Slice(
    Fragment.fromArray([container.type.create(container.attrs, start), ...nodes]),
    1,
    1,
  );
}

/** True when both are the same figure, or cells of the same form, whatever is suggested about them. */
const sameForm = (a: Node, b: Node): boolean =>
  a.hasMarkup(b.type, { ...b.attrs, sugg: a.attrs['sugg'] as unknown });

/** Changes of formatting and block style on tokens that stay; a figure or a cell that is changed itself is refused. */
function compare(alignment: Alignment, author: string, work: Work): Refusal | null {
  let found: Refusal | null = null;
  for (const { before, after } of alignment.pairs) {
    if (before.open) {
      if (isWhole(before.node) && !sameForm(before.node, after.node)) return 'figure';
      const [old, fresh] = [shapeOf(before.node), shapeOf(after.node)];
      if (sameShape(old, fresh)) continue;
      found ??= 'block';
      const own = boundaryInsertion(before.node)?.by === author;
      const plain = own && entriesOf(before.node).every((entry) => entry.k !== 'block');
      work.blocks.push({ pos: before.pos, op: plain ? 'direct' : 'block', shape: fresh });
      continue;
    }
    const [old, fresh] = [marksOf(before), marksOf(after)];
    if (old === fresh || Mark.sameSet(plainOf(old), plainOf(fresh))) continue;
    found ??= 'format';
    const own = insertionOf(old)?.by === author && readStack(old).stack.length === 0;
    const delta = difference(plainOf(old), plainOf(fresh));
    work.marks.push({
      from: before.pos,
      to: before.pos + before.size,
      what: { t: own ? 'mk' : 'fmt', id: '', ...delta },
    });
  }
  return found;
}

/** What is left of a run without the parts of it in `gone`, which ascend. */
function left(run: Token, gone: readonly Token[]): Token[] {
  const out: Token[] = [];
  const end = run.pos + run.size;
  let at = run.pos;
  for (const token of gone) {
    if (token.open || token.pos >= end || token.pos + token.size <= at) continue;
    if (token.pos > at) out.push(tokenPart(run, at, token.pos));
    at = Math.max(at, token.pos + token.size);
  }
  if (at < end) out.push(tokenPart(run, at, end));
  return out;
}

function named(op: MarkOp, id: string): MarkOp {
  return op.t === 'set' ? op : { ...op, id };
}

/** Turns a transaction on `before` into suggestion steps by `author`, or says why it is refused. */
export function track(
  before: Node,
  transform: Transform,
  author: string,
  grouping: Grouping,
  tracks: Tracks = { format: true, block: true },
): Tracked | { refused: Refusal } {
  // A transaction that ends where it began (words dragged and dropped on themselves) suggests nothing.
  const alignment = transform.doc.eq(before) ? null : align(before, transform, true);
  if (!alignment) return { steps: [], ids: [], newIds: [], doc: before, place: (pos) => pos };
  const work: Work = { marks: [], blocks: [], insertions: [], removed: [] };
  const changed = compare(alignment, author, work);
  if (changed === 'figure') return { refused: changed };
  if ((changed === 'format' || changed === 'block') && !tracks[changed])
    return { refused: changed };
  const deleted = alignment.gaps.flatMap((gap) => gap.deleted);
  const notes = footnoteTokens(before, deleted).flat();
  takeOut(
    [
      ...alignment.gaps.flatMap((gap) => {
        const gone = takenWhole(before, gap.deleted);
        return gap.deleted.filter((token) => !isFixed(before, token, gone));
      }),
      ...notes.flatMap((token) => (token.open ? [token] : left(token, deleted))),
    ],
    author,
    work,
  );
  if (loosensFootnotes(before, alignment)) return { refused: 'footnote' };
  for (const gap of alignment.gaps) {
    if (gap.inserted.length === 0) continue;
    const pos = placeOf(gap, alignment);
    const refused = refuses(before, gap, pos);
    if (refused) return { refused };
    work.insertions.push({ gap, pos });
  }
  const needsId = work.marks.length + work.blocks.length + work.insertions.length > 0;
  const nearby = needsId ? nearbyIds(before, alignment.gaps, author) : [];
  const id = needsId ? grouping.idFor(nearby) : '';

  const steps: Step[] = [];
  const runs = work.marks.map((run) => ({ ...run, what: named(run.what, id) }));
  if (runs.length > 0) steps.push(new MarkStep(author, joinRuns(runs, sameOp)));
  for (const { pos, op, shape } of work.blocks)
    steps.push(
      new BlockStep(
        author,
        pos,
        op === 'strike' || !shape ? { t: 'strike', id } : { t: op, id, shape },
      ),
    );
  const added: Placed[] = [];
  const moved = new Mapping();
  for (const { gap, pos } of work.insertions.toReversed()) {
    const slice = sliceOf(gap, before.resolve(pos).parent, id, author);
    const step = new PieceStep(author, [{ k: '+', pos, slice }]);
    steps.push(step);
    moved.appendMap(step.getMap());
    added.push({ gap, pos, size: slice.size });
  }
  for (const pieces of stretches(work.removed, moved).toReversed()) {
    const step = pieceStep(author, pieces);
    if (!step) continue;
    steps.push(step);
    moved.appendMap(pieceMap(pieces));
  }
  const ids = needsId ? [id] : [];
  return {
    steps,
    ids,
    newIds: ids.filter((one) => nearby.every((other) => other.id !== one)),
    doc: steps.reduce(applied, before),
    place: (pos, side) => placeAfter(alignment, added, moved, pos, side),
  };
}

function applied(doc: Node, step: Step): Node {
  const result = step.apply(doc);
  if (!result.doc) throw new RangeError(result.failed ?? 'A tracked step does not apply.');
  return result.doc;
}

/** The removed tokens after the insertions, as stretches of touching pieces: one step, one range each. */
function stretches(removed: readonly Run<Piece>[], moved: Mapping): Piece[][] {
  const out: Piece[][] = [];
  let end = -1;
  for (const run of mapRuns(moved, removed)) {
    const piece: Piece =
      run.what.k === 'i'
        ? { ...run.what, from: run.from, to: run.to }
        : { ...run.what, pos: run.from };
    const [start, size] = extent(piece);
    const stretch = start === end ? out.at(-1) : undefined;
    const last = stretch?.at(-1);
    if (last?.k === 'i' && piece.k === 'i' && last.id === piece.id) last.to = piece.to;
    else if (stretch) stretch.push(piece);
    else out.push([piece]);
    end = start + size;
  }
  return out;
}
