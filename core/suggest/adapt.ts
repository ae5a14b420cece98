/** Adapting a rebased step to the text it has arrived at: the author's own pending text may have been accepted
 *  meanwhile. It is original text now, and a removal of it becomes a suggestion to delete it. */
import type { Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import {
  blockAt,
  boundaryInsertion,
  decider,
  insertionOf,
  firstBodyIndex,
} from '#core/suggest/entries.ts';
import { MarkStep, sameOp, type MarkRun } from '#core/suggest/mark-step.ts';
import type { Piece } from '#core/suggest/piece.ts';
import { PieceStep, pieceStep } from '#core/suggest/piece-step.ts';
import { joinRuns } from '#core/suggest/token-map.ts';

/** The id of the deletion that a removal turns into when its text is no longer pending. */
export const adaptedId = (id: string): string => `${id}d`;

/** The steps to apply to `doc` in place of `step`, which has been mapped to it. Usually `[step]` itself; the extra
 *  steps come first and have empty maps, so a mirror belongs to the last one. Empty when nothing is left to do. */
export function adapt(step: Step, doc: Node): Step[] {
  if (!(step instanceof PieceStep) || step.by === decider) return [step];
  const { by } = step;
  const kept: Piece[] = [];
  const struck: MarkRun[] = [];
  const blocks: BlockStep[] = [];
  let same = true;
  for (const piece of step.pieces) {
    if (piece.k === '+') kept.push(piece);
    else if (piece.k === 'b') {
      const block = blockAt(doc, piece.pos);
      const owner = block && boundaryInsertion(block.node);
      const loose = block && block.index > firstBodyIndex(doc);
      if (loose && owner?.by === by) kept.push(piece);
      else {
        same = false;
        if (loose)
          blocks.push(new BlockStep(by, piece.pos, { t: 'strike', id: adaptedId(piece.id) }));
      }
    } else if (piece.to <= doc.content.size)
      doc.nodesBetween(piece.from, piece.to, (node, pos) => {
        if (!node.isInline) return;
        const from = Math.max(piece.from, pos);
        const to = Math.min(piece.to, pos + node.nodeSize);
        if (to <= from) return;
        if (insertionOf(node.marks)?.by === by) kept.push({ k: 'i', from, to, id: piece.id });
        else {
          same = false;
          struck.push({ from, to, what: { t: 'strike', id: adaptedId(piece.id) } });
        }
      });
    else same = false;
  }
  if (same) return [step];
  const rest = pieceStep(by, kept, step.back);
  return [
    ...(struck.length > 0 ? [new MarkStep(by, joinRuns(struck, sameOp))] : []),
    ...blocks,
    ...(rest ? [rest] : []),
  ];
}
