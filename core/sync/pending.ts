/** Own changes that the log does not hold yet: their shape, how they are kept on the device, and how they find their place again. */
import type { Node } from 'prosemirror-model';
import type { Mapping, Step } from 'prosemirror-transform';
import type { AskedOp } from '#core/annotate/op.ts';
import { adapt } from '#core/suggest/adapt.ts';
import type { AskedCommit, Dropped, Intent, StepJson } from '#core/sync/commit.ts';
import { mapStep } from '#core/sync/map-step.ts';
import type { UndoItem } from '#core/sync/own-history.ts';
import { tryApply } from '#core/sync/rebase.ts';

/** A local step that the log does not hold yet. `exact` rolls it back byte for byte; `items` are its places in the undo history. */
export interface PendingStep {
  kind: 'step';
  intent: Intent;
  step: Step;
  exact: Step;
  /** The document it applies to, while it is the newest (merging needs it). */
  before: Node;
  item: UndoItem | null;
  /** Steps of one transaction travel in one commit: a later one may clean up after an earlier one. */
  group: number;
  /** The confirmed revision when it was made. */
  seen: number;
  sent: { seq: number; i: number } | null;
}

/** A local operation that the log does not hold yet; its positions are kept true to the local document. */
export interface PendingOp {
  kind: 'op';
  intent: Intent;
  op: AskedOp;
  sent: { seq: number } | null;
}

export type Pending = PendingStep | PendingOp;

export type KeptChange =
  | { intent: Intent; sent: PendingStep['sent']; step: StepJson; group: number; seen?: number }
  | { intent: Intent; sent: PendingOp['sent']; op: AskedOp };

/** The unconfirmed changes of a working copy as data, with the revision they stand on. */
export interface KeptChanges {
  base: number;
  lastSeq: number;
  inFlight: AskedCommit | null;
  changes: KeptChange[];
}

/** A note that waits, with its place carried over a mapping. */
export function mapOp(op: AskedOp, mapping: Mapping): AskedOp {
  if (!('quote' in op)) return op;
  const from = mapping.map(op.from, 1);
  return { ...op, from, to: Math.max(from, mapping.map(op.to, -1)) };
}

/** A step carried over `mapping` and fitted to `doc`: the steps to apply one after another, each with the document before it. */
export function place(
  step: Step,
  mapping: Mapping,
  doc: Node,
): { placed: { step: Step; before: Node }[]; why: Dropped['why'] } {
  const mapped = mapStep(step, mapping, doc);
  const placed: { step: Step; before: Node }[] = [];
  let current = doc;
  for (const candidate of mapped)
    for (const fitting of adapt(candidate, current)) {
      const after = tryApply(fitting, current);
      if (!after) continue;
      placed.push({ step: fitting, before: current });
      current = after;
    }
  return { placed, why: mapped.length === 0 ? 'gone' : 'fit' };
}
