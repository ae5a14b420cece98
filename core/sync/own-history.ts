/** Undo of own changes only. Every change of the local document, own or foreign, confirmed or rolled back, adds one map to one log;
 *  an own change is taken back by carrying its inverse over all that came after it. Mirrors let what was removed and restored be found again. */
import type { Node } from 'prosemirror-model';
import type { Step, StepMap } from 'prosemirror-transform';
import { MirroredLog } from '#core/sync/mirrored-log.ts';

/** Where the map of a step's latest application stands in the log; `stands` is false while the step is rolled back. */
interface Trace {
  mapAt: number;
  stands: boolean;
}

/** How one own step is taken back. `after` is the number of maps before the inverse applies; `fresh` until it is rolled back
 *  for the first time. `of` is the step that this one takes back itself, when it came by undo or redo: wherever both stand, the
 *  later is the mirror of the earlier, also after both were rolled back and put back. */
export interface UndoItem {
  inverse: Step;
  after: number;
  trace: Trace;
  of: Trace | null;
  fresh: boolean;
}

/** Own steps that are undone together. */
interface UndoEvent {
  id: number;
  items: UndoItem[];
}

const maxEvents = 300;

export class OwnHistory {
  readonly log = new MirroredLog();
  /** Events that undo would take back, newest last. */
  readonly undone: UndoEvent[] = [];
  /** Events that redo would put back, newest last. */
  readonly redone: UndoEvent[] = [];

  /** Adds an own step that was just applied to `before`. A new event forgets what could be redone. */
  add(step: Step, before: Node, event: number): UndoItem {
    this.log.append(step.getMap());
    const item = this.itemFor(step, before, null);
    const last = this.undone.at(-1);
    if (last?.id === event) last.items.push(item);
    else this.undone.push({ id: event, items: [item] });
    if (this.undone.length > maxEvents) this.undone.shift();
    this.redone.length = 0;
    return item;
  }

  private itemFor(step: Step, before: Node, of: Trace | null): UndoItem {
    const after = this.log.length;
    const trace = { mapAt: after - 1, stands: true };
    return { inverse: step.invert(before), after, trace, of, fresh: true };
  }

  /** True when `item` is the last change of all, just as it was made, and belongs to `event`: only then may another step merge
   *  into it. One that was rolled back and put back is referred to by its mirror and must keep its size. */
  isNewest(item: UndoItem, event: number): boolean {
    const last = this.undone.at(-1);
    return (
      item.fresh &&
      last?.id === event &&
      last.items.at(-1) === item &&
      item.after === this.log.length
    );
  }

  /** Puts the merged step in the place of the newest one. */
  replaceNewest(item: UndoItem, merged: Step, before: Node): void {
    this.log.replaceLast(merged.getMap());
    item.inverse = merged.invert(before);
  }

  /** A change that is not recorded for undo: other people's, a roll-back of an own one (`rolled`), or its return (`mirror` is its roll-back). */
  follow(map: StepMap, rolled: UndoItem | null, mirror?: number): void {
    this.log.append(map, mirror ?? rolled?.trace.mapAt);
    if (rolled) rolled.trace.stands = false;
  }

  /** An own step came back as `steps` (one as a rule, several where others have typed inside it), the last maps of the log:
   *  each part is taken back for itself from now on. */
  returned(item: UndoItem, steps: readonly { step: Step; before: Node }[]): UndoItem[] {
    const end = this.log.length;
    const items = steps.map(({ step, before }, k): UndoItem => {
      const after = end - steps.length + k + 1;
      // One step that came back whole goes on under its name; parts are steps of their own.
      const trace = steps.length === 1 ? item.trace : { mapAt: 0, stands: true };
      Object.assign(trace, { mapAt: after - 1, stands: true });
      const of = steps.length === 1 ? item.of : null;
      return { inverse: step.invert(before), after, trace, of, fresh: false };
    });
    const [only, another] = items;
    if (only?.of?.stands && !another) this.log.link(only.of.mapAt, only.trace.mapAt);
    for (const events of [this.undone, this.redone])
      for (const event of events) {
        const at = event.items.indexOf(item);
        if (at >= 0) event.items.splice(at, 1, ...items);
      }
    return items;
  }

  /** The item for an undo or redo step just applied to `before`; `of` is what it takes back, when it does so whole. */
  turned(step: Step, before: Node, of: UndoItem | null): UndoItem {
    this.log.append(step.getMap(), of?.trace.mapAt);
    return this.itemFor(step, before, of?.trace ?? null);
  }
}
