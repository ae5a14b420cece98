/** Adapting a rebased step to the text it has arrived at: the author's own pending text may have been accepted
 *  meanwhile. It is original text now, and a removal of it becomes a suggestion to delete it. So does a removal of a boundary
 *  behind a figure that has come in between: words would run into it. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import {
  blockAt,
  boundaryInsertion,
  decider,
  entriesOf,
  insertionOf,
  isInsertion,
  isWhole,
  firstBodyIndex,
} from '#core/suggest/entries.ts';
import { MarkStep, sameOp, type MarkRun } from '#core/suggest/mark-step.ts';
import { cutsAt, type Piece } from '#core/suggest/piece.ts';
import { PieceStep, pieceStep } from '#core/suggest/piece-step.ts';
import { joinRuns } from '#core/suggest/token-map.ts';
import { standsBehind } from '#core/suggest/whole.ts';

/** The id of the deletion that a removal turns into when its text is no longer pending. */
export const adaptedId = (id: string): string => `${id}d`;

/** Blocks that are put in where they were made at the end of a block, and where words have come to stand behind them. Behind the
 *  words of a caption or a cell they are put in at its end. A paragraph is parted for a figure first, and its second half belongs
 *  to the figure's suggestion. Null for other steps, and where an undo puts back a figure and words that others have suggested
 *  in it may return. */
function amid(step: PieceStep, doc: Node): PieceStep[] | null {
  const [piece, another] = step.pieces;
  const last = piece?.k === '+' && !another && cutsAt(doc, piece);
  if (!last) return null;
  const { parent, parentOffset } = doc.resolve(piece.pos);
  const rest = parent.content.cut(parentOffset);
  if (step.back && rest.content.every(({ marks }) => marks.some(isInsertion))) return null;
  if (isWhole(parent))
    return [new PieceStep(step.by, [{ ...piece, pos: piece.pos + rest.size }], step.back)];
  const sugg = entriesOf(last).filter(({ by, k }) => by === step.by && k !== 'block');
  const half = parent.type.create({ ...parent.attrs, sugg });
  const slice = new Slice(Fragment.fromArray([parent.type.create(), half]), 1, 1);
  return [new PieceStep(step.by, [{ k: '+', pos: piece.pos, slice }], step.back), step];
}

/** The steps to apply to `doc` in place of `step`, which has been mapped to it. Usually `[step]` itself; a mirror belongs to
 *  the last one. Empty when nothing is left to do. */
export function adapt(step: Step, doc: Node): Step[] {
  if (!(step instanceof PieceStep) || step.by === decider) return [step];
  const { by } = step;
  const fitted = amid(step, doc);
  if (fitted) return fitted;
  const kept: Piece[] = [];
  const struck: MarkRun[] = [];
  const blocks: BlockStep[] = [];
  let same = true;
  /** How much of each block's words goes, and the blocks whose boundaries do. */
  const words = new Map<number, number>();
  const gone = new Set<number>();
  for (const piece of step.pieces) {
    if (piece.k === '+') kept.push(piece);
    else if (piece.k === 'i' && piece.to <= doc.content.size)
      doc.nodesBetween(piece.from, piece.to, (node, pos) => {
        if (!node.isInline) return;
        const from = Math.max(piece.from, pos);
        const to = Math.min(piece.to, pos + node.nodeSize);
        if (to <= from) return;
        if (insertionOf(node.marks)?.by === by) {
          kept.push({ k: 'i', from, to, id: piece.id });
          const index = doc.resolve(from).index(0);
          words.set(index, (words.get(index) ?? 0) + to - from);
        } else {
          same = false;
          struck.push({ from, to, what: { t: 'strike', id: adaptedId(piece.id) } });
        }
      });
    else if (piece.k === 'i') same = false;
  }
  for (const piece of step.pieces) {
    if (piece.k !== 'b') continue;
    const block = blockAt(doc, piece.pos);
    const owner = block && boundaryInsertion(block.node);
    const loose = block && block.index > firstBodyIndex(doc);
    const left = block ? block.node.content.size > (words.get(block.index) ?? 0) : false;
    if (loose && owner?.by === by && !(left && standsBehind(doc, block.index, gone))) {
      kept.push(piece);
      gone.add(block.index);
    } else {
      same = false;
      if (loose)
        blocks.push(new BlockStep(by, piece.pos, { t: 'strike', id: adaptedId(piece.id) }));
    }
  }
  if (same) return [step];
  const rest = pieceStep(by, kept, step.back);
  return [
    ...(struck.length > 0 ? [new MarkStep(by, joinRuns(struck, sameOp))] : []),
    ...blocks,
    ...(rest ? [rest] : []),
  ];
}
