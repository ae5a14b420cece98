/** MarkStep: strikes, and changes of formatting, on runs of inline tokens. Its step map is empty: nothing moves.
 *  Runs are disjoint and ascending; mapping goes token by token, so a run never swallows text it has not seen. */
import { Mark, type Node, type Schema } from 'prosemirror-model';
import { Step, StepResult, type Mappable } from 'prosemirror-transform';
import { inlineContent, remarked } from '#core/suggest/entries.ts';
import {
  applyMarkOp,
  exactMarkInverse,
  invertMarkOp,
  parseMarkOp,
  type MarkOp,
} from '#core/suggest/mark-op.ts';
import { joinRuns, mapRuns, type Run } from '#core/suggest/token-map.ts';

export type MarkRun = Run<MarkOp>;

export const sameOp = (a: MarkOp, b: MarkOp): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Calls `visit` for every inline node, or part of one, that lies inside a run, in document order. */
export function eachMarked(
  doc: Node,
  runs: readonly MarkRun[],
  visit: (node: Node, from: number, to: number, op: MarkOp) => void,
): void {
  for (const run of runs) {
    doc.nodesBetween(run.from, run.to, (node, pos) => {
      if (!node.isInline) return;
      const from = Math.max(run.from, pos);
      const to = Math.min(run.to, pos + node.nodeSize);
      if (to > from) visit(node, from, to, run.what);
    });
  }
}

/** The content of a block that starts at `start` (its first inline position) after all the runs that touch it. */
function marked(block: Node, start: number, runs: readonly MarkRun[], by: string): Node {
  const out: Node[] = [];
  block.forEach((node, offset) => {
    const pos = start + offset;
    const end = pos + node.nodeSize;
    let at = pos;
    const piece = (from: number, to: number) =>
      node.isText ? node.cut(from - pos, to - pos) : node;
    for (const run of runs) {
      if (run.to <= at || run.from >= end) continue;
      const from = Math.max(run.from, at);
      const to = Math.min(run.to, end);
      if (from > at) out.push(piece(at, from));
      out.push(remarked(piece(from, to), applyMarkOp(node.marks, run.what, by)));
      at = to;
    }
    if (at < end) out.push(at === pos ? node : piece(at, end));
  });
  return block.copy(inlineContent(out));
}

/** Marks on runs of text, by one author. */
export class MarkStep extends Step {
  readonly by: string;
  readonly runs: readonly MarkRun[];

  constructor(by: string, runs: readonly MarkRun[]) {
    super();
    this.by = by;
    this.runs = runs;
  }

  override apply(doc: Node): StepResult {
    const last = this.runs.at(-1);
    if (last && last.to > doc.content.size) return StepResult.fail('A mark lies outside the text.');
    try {
      let content = doc.content;
      doc.forEach((block, offset, index) => {
        const touching = this.runs.filter(
          (run) => run.from < offset + block.nodeSize && run.to > offset + 1,
        );
        if (touching.length === 0) return;
        content = content.replaceChild(index, marked(block, offset + 1, touching, this.by));
      });
      return StepResult.ok(doc.copy(content));
    } catch (error) {
      if (error instanceof RangeError) return StepResult.fail(error.message);
      throw error;
    }
  }

  #inverse(doc: Node, inverseOf: (marks: readonly Mark[], op: MarkOp) => MarkOp | null): MarkStep {
    const runs: MarkRun[] = [];
    eachMarked(doc, this.runs, (node, from, to, op) => {
      const what = inverseOf(node.marks, op);
      if (what) runs.push({ from, to, what });
    });
    return new MarkStep(this.by, joinRuns(runs, sameOp));
  }

  /** The inverse by meaning: it takes back what this step did and leaves what others did since. */
  override invert(doc: Node): MarkStep {
    return this.#inverse(doc, (marks, op) => invertMarkOp(marks, op, this.by));
  }

  /** The byte-exact inverse, for a client that rolls back; `doc` is the document before this step. */
  invertExactly(doc: Node): MarkStep {
    return this.#inverse(doc, (marks, op) =>
      Mark.sameSet(marks, applyMarkOp(marks, op, this.by)) ? null : exactMarkInverse(marks),
    );
  }

  override map(mapping: Mappable): MarkStep | null {
    const runs = mapRuns(mapping, this.runs);
    return runs.length > 0 ? new MarkStep(this.by, runs) : null;
  }

  override merge(other: Step): MarkStep | null {
    if (!(other instanceof MarkStep) || other.by !== this.by) return null;
    const runs = [...this.runs, ...other.runs].toSorted((a, b) => a.from - b.from);
    for (let i = 1; i < runs.length; i++)
      if ((runs[i - 1]?.to ?? 0) > (runs[i]?.from ?? 0)) return null;
    return new MarkStep(this.by, joinRuns(runs, sameOp));
  }

  override toJSON(): unknown {
    return {
      stepType: 'suggestMark',
      by: this.by,
      runs: this.runs.map((run) => ({ from: run.from, to: run.to, op: run.what })),
    };
  }

  /** Reads a step from data. Throws RangeError when a run is empty, out of order or says something unknown. */
  static override fromJSON(_schema: Schema, value: unknown): MarkStep {
    const json = value as { by?: unknown; runs?: unknown };
    if (typeof json.by !== 'string' || json.by === '' || !Array.isArray(json.runs))
      throw new RangeError('A mark step needs an author and runs.');
    let end = 0;
    const runs = json.runs.map((raw: unknown): MarkRun => {
      const run = raw as { from?: unknown; to?: unknown; op?: unknown } | null;
      const from = run?.from;
      const to = run?.to;
      if (
        typeof from !== 'number' ||
        typeof to !== 'number' ||
        !Number.isSafeInteger(from) ||
        !Number.isSafeInteger(to) ||
        from < end ||
        to <= from
      )
        throw new RangeError('The runs of a mark step must be ascending and not empty.');
      end = to;
      return { from, to, what: parseMarkOp(run?.op) };
    });
    return new MarkStep(json.by, runs);
  }
}

Step.jsonID('suggestMark', MarkStep);
