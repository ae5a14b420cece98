/** Deciding suggestions: the steps that accept or reject them, exactly as the projection says, and what they settle. */
import { Mark, type Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import { modeAt, winners } from '#core/suggest/compete.ts';
import {
  entriesOf,
  firstBodyIndex,
  isMasthead,
  sameShape,
  shapeOf,
  suggestionsIn,
  type Mode,
} from '#core/suggest/entries.ts';
import { exactMarkInverse as setMarks } from '#core/suggest/mark-op.ts';
import { MarkStep, sameOp, type MarkRun } from '#core/suggest/mark-step.ts';
import type { Piece } from '#core/suggest/piece.ts';
import { pieceStep } from '#core/suggest/piece-step.ts';
import { projectBlock, projectMarks } from '#core/suggest/project.ts';
import { joinRuns } from '#core/suggest/token-map.ts';

/** Who signs the steps of a decision: they are made by the desk, not by a suggesting hand. */
export const decider = 'decision';

/** What became of a suggestion: decided as asked, or gone with the decision of another one. */
export interface Settled {
  id: string;
  verdict: 'accept' | 'reject' | 'settled';
}

/** The steps that bring `doc` to its projection under `mode`: marks, then entries, then one step that takes tokens out. */
export function decisionSteps(doc: Node, mode: Mode): Step[] {
  const runs: MarkRun[] = [];
  const blocks: BlockStep[] = [];
  const pieces: Piece[] = [];
  const first = firstBodyIndex(doc);
  doc.forEach((block, offset, index) => {
    if (!isMasthead(block) && entriesOf(block).some((entry) => mode(entry) !== 'keep')) {
      const { joins, shape, sugg } = projectBlock(block, mode, index <= first);
      if (joins) pieces.push({ k: 'b', pos: offset, id: '' });
      else if (sugg.length !== entriesOf(block).length || !sameShape(shape, shapeOf(block)))
        blocks.push(new BlockStep(decider, offset, { t: 'set', shape, sugg }));
    }
    block.forEach((node, at) => {
      const from = offset + 1 + at;
      const to = from + node.nodeSize;
      const marks = projectMarks(node.marks, modeAt(node.marks, mode));
      const last = pieces.at(-1);
      if (marks === null) {
        if (last?.k === 'i' && last.to === from) last.to = to;
        else pieces.push({ k: 'i', from, to, id: '' });
      } else if (!Mark.sameSet(marks, node.marks)) runs.push({ from, to, what: setMarks(marks) });
    });
  });
  const out = pieceStep(decider, pieces);
  return [
    ...(runs.length > 0 ? [new MarkStep(decider, joinRuns(runs, sameOp))] : []),
    ...blocks,
    ...(out ? [out] : []),
  ];
}

/** Accepts or rejects suggestions. Accepting one rejects its competitors in the same steps; among `ids` the earlier
 *  wins. `settled` lists every suggestion that has no part left in the text, and how it came to that. */
export function decide(
  doc: Node,
  ids: readonly string[],
  verdict: 'accept' | 'reject',
): { steps: Step[]; settled: Settled[] } {
  const { won, lost } = winners(doc, ids, verdict);
  const steps = decisionSteps(doc, ({ id }) =>
    won.has(id) ? verdict : lost.has(id) ? 'reject' : 'keep',
  );
  const after = steps.reduce((state, step) => state.step(step), new Transform(doc)).doc;
  const left = suggestionsIn(after);
  const settled = [...suggestionsIn(doc).keys()]
    .filter((id) => !left.has(id))
    .map((id): Settled => ({
      id,
      verdict: won.has(id) ? verdict : lost.has(id) ? 'reject' : 'settled',
    }));
  return { steps, settled };
}
