/** The server's half of concurrent editing: a commit made at an older revision is carried to the head and applied there. */
import type { Node } from 'prosemirror-model';
import { Mapping, type Step, type StepMap } from 'prosemirror-transform';
import { adapt } from '#core/suggest/adapt.ts';
import { mapStep, textOfStep } from '#core/sync/map-step.ts';
import { mirrors } from '#core/sync/mirror.ts';
import type { Dropped } from '#core/sync/commit.ts';

/** A commit's steps as they stand at the head. `origins[i]` is the index of the sent step that `steps[i]` came from.
 *  `mapping` takes positions of the sender's document after the commit to positions of `doc`, the head after it. */
export interface Rebased {
  steps: Step[];
  origins: number[];
  dropped: Dropped[];
  doc: Node;
  mapping: Mapping;
}

/** Applies a step, or says why not. ProseMirror throws for some misfits and returns a failure for others. */
export function tryApply(step: Step, doc: Node): Node | null {
  try {
    return step.apply(doc).doc;
  } catch (error) {
    if (
      error instanceof RangeError ||
      (error instanceof Error && error.constructor.name === 'ReplaceError')
    )
      return null;
    // ReplaceError calls itself plain "Error"; anything else is a fault of ours.
    if (error instanceof Error && error.name === 'Error') return null;
    throw error;
  }
}

/** Carries `steps`, made one after another at some base, over the `foreign` maps since that base and applies them to `head`.
 *  Algorithm: undo the own steps in reverse, follow the foreign maps, then redo each own step and mirror it with its undoing. */
export function rebase(head: Node, steps: readonly Step[], foreign: readonly StepMap[]): Rebased {
  const mapping = new Mapping();
  if (foreign.length > 0) {
    for (const step of steps.toReversed()) mapping.appendMap(step.getMap().invert());
    for (const map of foreign) mapping.appendMap(map);
  }
  const result: Rebased = { steps: [], origins: [], dropped: [], doc: head, mapping };
  steps.forEach((step, i) => {
    const mapped =
      foreign.length > 0 ? mapStep(step, mapping.slice(steps.length - i), result.doc) : [step];
    const placed: Step[] = [];
    let doc = result.doc;
    for (const candidate of mapped)
      for (const fitting of adapt(candidate, doc)) {
        const after = tryApply(fitting, doc);
        if (!after) continue;
        placed.push(fitting);
        doc = after;
      }
    if (placed.length === 0) {
      result.dropped.push({ i, why: mapped.length === 0 ? 'gone' : 'fit', text: textOfStep(step) });
      return;
    }
    result.doc = doc;
    placed.forEach((own, at) => {
      result.steps.push(own);
      result.origins.push(i);
      const undoing = steps.length - 1 - i;
      const back = at === placed.length - 1 ? mapping.maps[undoing] : undefined;
      const fits = foreign.length > 0 && back && mirrors(back, own.getMap());
      mapping.appendMap(own.getMap(), fits ? undoing : undefined);
    });
  });
  return result;
}
