/** One random history: several authors suggest in turn, an editor decides now and then; every law is checked each time. */
import type { Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { decide } from '#core/suggest/decide.ts';
import { suggestionsIn } from '#core/suggest/entries.ts';
import { accepted, original } from '#core/suggest/project.ts';
import { track } from '#core/suggest/track.ts';
import {
  decides,
  keepsOriginal,
  keepsOthersInFull,
  passesGuard,
  rollsBack,
  run,
  valid,
  validSteps,
} from '#tests/suggest/laws.ts';
import { onAccepted } from '#tests/suggest/oracle.ts';
import {
  below,
  editTransform,
  pick,
  randomArticle,
  randomEditData,
  rng,
  type EditKinds,
} from '#tests/suggest/random-edit.ts';

export interface HistoryOptions {
  authors: string[];
  edits: number;
  kinds: EditKinds;
  /** Share of turns in which something is decided. */
  decides: number;
  /** A planted fault: other steps in place of the tracked ones. */
  fault?: (steps: Step[], author: string, before: Node) => Step[];
}

export interface HistoryCount {
  tracked: number;
  refused: number;
  decided: number;
  oracle: number;
}

const fail = (seed: number, turn: number, what: string): never => {
  throw new Error(`seed ${seed}, turn ${turn}: ${what}`);
};

/** Runs one history and throws, naming the seed, when a law is broken. Returns what it did. */
export function runHistory(seed: number, options: HistoryOptions): HistoryCount {
  const random = rng(seed);
  let doc = randomArticle(random, options.kinds.whole);
  let start: Node = doc;
  let decided = false;
  let ids = 0;
  const count: HistoryCount = { tracked: 0, refused: 0, decided: 0, oracle: 0 };
  for (let turn = 0; turn < options.edits; turn++) {
    const present = [...suggestionsIn(doc).keys()];
    if (present.length > 0 && random() < options.decides) {
      const chosen = present.filter(() => random() < 0.4);
      const verdict = pick(random, ['accept', 'reject'] as const);
      const broken = decides(doc, chosen, verdict);
      if (broken) fail(seed, turn, broken);
      doc = run(doc, decide(doc, chosen, verdict).steps);
      start = original(doc);
      decided = true;
      count.decided++;
      continue;
    }
    const author = pick(random, options.authors);
    const edit = randomEditData(random, doc, options.kinds);
    const tr = edit && editTransform(doc, edit);
    if (!edit || !tr) continue;
    const result = track(doc, tr, author, {
      idFor: (near) => (random() < 0.5 ? near[0]?.id : undefined) ?? `${author}${++ids}`,
    });
    if ('refused' in result) {
      if (!['masthead', 'footnote', 'figure'].includes(result.refused))
        fail(seed, turn, `refused ${result.refused}`);
      count.refused++;
      continue;
    }
    count.tracked++;
    const steps = options.fault ? options.fault(result.steps, author, doc) : result.steps;
    const after = run(doc, steps);
    // Struck words typed again over themselves, marks and all: nothing was asked for.
    const direct = tr.doc.eq(doc) ? null : onAccepted(doc, accepted(doc), edit);
    const broken =
      valid(after) ??
      validSteps(doc, steps, after) ??
      keepsOriginal(doc, after) ??
      keepsOthersInFull(doc, after, author) ??
      passesGuard(doc, steps, after, author) ??
      rollsBack(doc, steps) ??
      (result.doc.eq(after) ? null : 'TRACK doc');
    if (broken)
      fail(seed, turn, `${broken}\n  edit ${JSON.stringify(edit)}\n  doc ${JSON.stringify(doc)}`);
    if (direct) {
      count.oracle++;
      const now = accepted(after);
      if (!direct.eq(now))
        fail(
          seed,
          turn,
          `ACCEPT-STEP\n  edit ${JSON.stringify(edit)}\n  doc    ${String(doc)} ${JSON.stringify(doc)}\n  after  ${String(after)}\n  direct ${JSON.stringify(direct)}\n  now    ${JSON.stringify(now)}`,
        );
    }
    for (let i = 0; i < 3; i++) {
      const place = result.place(below(random, tr.doc.content.size + 1), random() < 0.5 ? -1 : 1);
      if (!(place >= 0 && place <= after.content.size)) fail(seed, turn, `PLACE ${place}`);
    }
    doc = after;
  }
  if (!decided && JSON.stringify(original(doc)) !== JSON.stringify(start))
    fail(seed, options.edits, 'ORIGINAL is not the start');
  return count;
}
