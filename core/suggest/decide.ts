/** Deciding suggestions: the steps that accept or reject them, exactly as the projection says, and what they settle;
 *  and taking a decision back. */
import { Mark, type Node } from 'prosemirror-model';
import { Mapping, Transform, type Step, type StepMap } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import { modeAt, winners } from '#core/suggest/compete.ts';
import {
  decider,
  entriesOf,
  isMasthead,
  sameShape,
  shapeOf,
  suggestionsIn,
  type Mode,
} from '#core/suggest/entries.ts';
import { applyMarkOp, exactMarkInverse as setMarks } from '#core/suggest/mark-op.ts';
import { eachMarked, MarkStep, sameOp, type MarkRun } from '#core/suggest/mark-step.ts';
import type { Piece } from '#core/suggest/piece.ts';
import { PieceStep, pieceStep } from '#core/suggest/piece-step.ts';
import { projectBlock, projectMarks, staysFixed } from '#core/suggest/project.ts';
import { returnedEntries, returnedMarks } from '#core/suggest/returned.ts';
import { joinRuns, mapRuns, mapToken, type Run } from '#core/suggest/token-map.ts';

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
  doc.forEach((block, offset, index) => {
    if (!isMasthead(block) && entriesOf(block).some((entry) => mode(entry) !== 'keep')) {
      const { joins, shape, sugg } = projectBlock(
        block,
        mode,
        staysFixed(doc.content.content, index, mode),
      );
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

/** Takes a decision back on `head`: removed text returns, suggestions come back on decided tokens that still live, and
 *  what others changed since stays. `since` are the maps of everything applied after the decision. Null when the place of
 *  removed text is gone, or when nothing of the decision is left to take back. */
export function undecide(
  head: Node,
  decided: { steps: readonly Step[]; before: Node },
  since: readonly StepMap[],
): Step[] | null {
  const made = decided.steps.reduce(
    (state, step) => state.step(step),
    new Transform(decided.before),
  );
  const steps: Step[] = [];
  const mapping = new Mapping([...made.mapping.maps, ...since]);
  let doc = head;
  const apply = (step: Step): boolean => {
    const result = step.apply(doc);
    if (!result.doc) return false;
    if (result.doc !== doc) steps.push(step);
    doc = result.doc;
    return true;
  };
  // Text first, so that the marks below find it; each map is the mirror of the removal it takes back.
  for (const [i, step] of decided.steps.entries()) {
    if (!(step instanceof PieceStep)) continue;
    const back = step.invert(made.docs[i] ?? decided.before);
    const mapped = back.map(new Mapping(since as StepMap[]));
    if (!mapped || mapped.pieces.length !== back.pieces.length || !apply(mapped)) return null;
    mapping.appendMap(mapped.getMap(), i);
  }
  const runs: MarkRun[] = [];
  const lost = new Map<number, { was: Node; now: Node }>();
  for (const [i, step] of decided.steps.entries()) {
    const was = made.docs[i] ?? decided.before;
    const after = made.docs[i + 1] ?? made.doc;
    if (step instanceof BlockStep) {
      const pos = mapToken(mapping, step.pos);
      const [a, b] = [was.nodeAt(step.pos), after.nodeAt(step.pos)];
      if (pos !== null && a && b) lost.set(pos, { was: a, now: b });
    }
    if (!(step instanceof MarkStep)) continue;
    const taken: Run<{ was: readonly Mark[]; now: readonly Mark[] }>[] = [];
    eachMarked(was, step.runs, ({ marks }, from, to, op) =>
      taken.push({ from, to, what: { was: marks, now: applyMarkOp(marks, op, step.by) } }),
    );
    for (const run of mapRuns(mapping, taken))
      doc.nodesBetween(run.from, run.to, (node, pos) => {
        if (!node.isInline) return;
        const from = Math.max(run.from, pos);
        const to = Math.min(run.to, pos + node.nodeSize);
        const back = returnedMarks(node.marks, run.what.was, run.what.now);
        if (to > from) runs.push({ from, to, what: setMarks(back) });
      });
  }
  if (runs.length > 0 && !apply(new MarkStep(decider, joinRuns(runs, sameOp)))) return null;
  for (const [pos, { was, now }] of lost) {
    const block = doc.nodeAt(pos);
    if (!block) return null;
    const op = { t: 'set' as const, ...returnedEntries(block, was, now) };
    if (!apply(new BlockStep(decider, pos, op))) return null;
  }
  return steps.length > 0 ? steps : null;
}
