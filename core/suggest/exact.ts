/** The inverse a client needs to roll its unconfirmed steps back: byte for byte, whatever a step's meaning.
 *  Undo uses `step.invert` instead, which leaves standing what others did since. */
import type { Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';

/** The step that turns the document after `step` into `doc`, the document before it, exactly. */
export function exactInverse(step: Step, doc: Node): Step {
  return step instanceof MarkStep || step instanceof BlockStep
    ? step.invertExactly(doc)
    : step.invert(doc);
}
