/** Planted faults: each law must be able to fail, and the random histories must find the fault that breaks it. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Mapping, ReplaceStep, type Step, type Mappable } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { decide } from '#core/suggest/decide.ts';
import { deletionMark } from '#core/suggest/entries.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { rebase, tryApply } from '#core/sync/rebase.ts';
import { article, at, replace, suggest } from '#tests/suggest/build.ts';
import { runConcurrent, type ConcurrentOptions } from '#tests/suggest/concurrent.ts';
import { runHistory } from '#tests/suggest/history.ts';
import {
  decides,
  keepsOriginal,
  keepsOthersInFull,
  passesGuard,
  rollsBack,
  run,
  undecides,
  valid,
  validSteps,
} from '#tests/suggest/laws.ts';
import { acceptedPositions } from '#tests/suggest/oracle.ts';

const kinds = { boundary: true, block: false, format: false };
const doc = article('a safe heaven', 'second');
const struck = suggest(doc, 'b', 'b1', replace('heaven', 'haven'));
const word = at(doc, 'heaven');

/** A strike that maps by its two ends, as a plain mark step does: it swallows what is inserted in between. */
class HullStep extends MarkStep {
  override map(mapping: Mappable): MarkStep | null {
    const runs = this.runs.flatMap((one) => {
      const [from, to] = [mapping.map(one.from, 1), mapping.map(one.to, -1)];
      return from < to ? [{ ...one, from, to }] : [];
    });
    return runs.length > 0 ? new HullStep(this.by, runs) : null;
  }
}

/** A strike that says it can be taken back, and takes nothing back. */
class StuckStep extends MarkStep {
  override invert(): MarkStep {
    return new MarkStep(this.by, []);
  }
  override invertExactly(): MarkStep {
    return new MarkStep(this.by, []);
  }
}

describe('each law can fail', () => {
  it('[TR1] VALID sees a document against the schema and steps that lose something on the way', () => {
    expect(valid(doc.copy(doc.content.cut(0, 6)))).toContain('VALID');
    const twice = { k: 'del', id: 'x', by: 'b' };
    const block = schema.node('block', { sugg: [twice, twice] });
    expect(valid(doc.copy(doc.content.addToEnd(block)))).toContain('VALID twice');
    class Lossy extends BlockStep {
      override toJSON(): unknown {
        return { ...(super.toJSON() as object), pos: 6 };
      }
    }
    const lossy = new Lossy('a', at(doc, 'second') - 1, { t: 'strike', id: 'x' });
    expect(validSteps(doc, [lossy], run(doc, [lossy]))).toContain('VALID');
  });

  it("[TR1] ORIGINAL and KEEPS-OTHERS see a direct change, and the harm to somebody else's suggestion", () => {
    const direct = run(doc, [new ReplaceStep(8, 9, Slice.empty)]);
    expect(keepsOriginal(doc, direct)).toContain('ORIGINAL');
    const erased = run(struck.doc, [new ReplaceStep(word + 6, word + 11, Slice.empty)]);
    expect(keepsOriginal(struck.doc, erased)).toBeNull();
    expect(keepsOthersInFull(struck.doc, erased, 'a')).toContain('KEEPS-OTHERS');
  });

  it('[GD1] GUARD sees a step that may not be there', () => {
    const step = new ReplaceStep(8, 9, Slice.empty);
    expect(passesGuard(doc, [step], run(doc, [step]), 'a')).toContain('whitelist');
  });

  it('[TR11] ROLLBACK sees an inverse that restores nothing', () => {
    const stuck = new StuckStep('a', [{ from: 8, to: 9, what: { t: 'strike', id: 's' } }]);
    expect(rollsBack(doc, [stuck])).toContain('ROLLBACK');
  });

  it('[DC1] DECIDE and UNDECIDE see a decision that did something else', () => {
    expect(decides(struck.doc, ['b1'], 'accept')).toBeNull();
    const { steps } = decide(struck.doc, ['b1'], 'accept');
    const other = run(struck.doc, decide(struck.doc, ['b1'], 'reject').steps);
    expect(() => undecides(struck.doc, steps, other) ?? 'no').not.toBe('no');
    const half = [steps[0] as Step];
    expect(undecides(doc, half, run(struck.doc, half))).not.toBeNull();
  });

  it('[TR1] the oracle counts positions as the accepted text has them', () => {
    const map = acceptedPositions(struck.doc);
    expect(map.get(word + 6)).toBe(word);
    expect(map.get(word + 11)).toBe(word + 5);
  });
});

const history = (fault: (steps: Step[], author: string, before: Node) => Step[]) => () => {
  for (let seed = 1; seed <= 100; seed++)
    runHistory(seed, { authors: ['ann', 'bob'], edits: 15, kinds, decides: 0, fault });
};

describe('random histories find planted faults', () => {
  it('[TR1] a strike that is left out', () => {
    const fault = (steps: Step[]) => steps.filter((step) => !(step instanceof MarkStep));
    expect(history(fault)).toThrow(/ACCEPT-STEP|TRACK/);
  });

  it("[TR1] another's insertion taken out outright instead of struck", () => {
    const fault = (steps: Step[], author: string, before: Node) =>
      steps.flatMap((step): Step[] => {
        if (!(step instanceof MarkStep) || steps.length > 1) return [step];
        const pieces = step.runs.map(({ from, to }) => ({ k: 'i' as const, from, to, id: 'x' }));
        const out = new PieceStep(author, pieces);
        return tryApply(out, before) ? [out] : [step];
      });
    expect(history(fault)).toThrow(/ORIGINAL|KEEPS-OTHERS/);
  });

  it('[TR3] new text put before what it replaces', () => {
    const fault = (steps: Step[]) =>
      steps.map((step) =>
        step instanceof PieceStep && step.pieces[0]?.k === '+' && step.pieces[0].pos > 8
          ? new PieceStep(step.by, [{ ...step.pieces[0], pos: step.pieces[0].pos - 1 }])
          : step,
      );
    expect(history(fault)).toThrow(/ACCEPT-STEP|TRACK/);
  });

  it('[TR5] new text that keeps a mark of somebody else', () => {
    const fault = (steps: Step[]) =>
      steps.map((step) => {
        const [piece] = step instanceof PieceStep ? step.pieces : [];
        if (!(step instanceof PieceStep) || piece?.k !== '+' || piece.slice.openStart > 0)
          return step;
        const marked = piece.slice.content.content.map((node) =>
          node.mark(deletionMark('x', 'eve').addToSet(node.marks)),
        );
        const slice = new Slice(Fragment.fromArray(marked), 0, 0);
        return new PieceStep(step.by, [{ ...piece, slice }]);
      });
    expect(history(fault)).toThrow(/KEEPS-OTHERS|GUARD|ACCEPT-STEP/);
  });
});

const together = (faults: Partial<ConcurrentOptions>) => {
  let refused = 0;
  for (let seed = 1; seed <= 80; seed++)
    refused += runConcurrent(seed, { kinds, decides: true, direct: false, ...faults }).refused;
  return refused;
};

describe('concurrent histories find planted faults', () => {
  it('[TR2] strikes carried over by their two ends swallow what nobody has seen', () => {
    const disguise = (step: Step) =>
      step instanceof MarkStep ? new HullStep(step.by, step.runs) : step;
    expect(() => together({ disguise })).toThrow(/UNSEEN struck/);
  });

  it('[TR14] without adapting, removals of accepted text are refused by the guard', () => {
    const unadapted: typeof rebase = (head, steps, foreign) => {
      const mapping = new Mapping([
        ...steps.toReversed().map((s) => s.getMap().invert()),
        ...foreign,
      ]);
      const out = { ...rebase(head, [], foreign), steps: [] as Step[], doc: head };
      steps.forEach((step, i) => {
        const mapped = step.map(mapping.slice(steps.length - i));
        const after = mapped && tryApply(mapped, out.doc);
        if (!mapped || !after) return;
        out.steps.push(mapped);
        out.doc = after;
        mapping.appendMap(mapped.getMap(), steps.length - 1 - i);
      });
      return out;
    };
    expect(together({})).toBe(0);
    expect(together({ rebase: unadapted })).toBeGreaterThan(0);
  });
});
