/** Undo of own changes only. Every change of the local document, own or foreign, confirmed or rolled back, adds one map to one log;
 *  an own change is taken back by carrying its inverse over all that came after it. Mirrors let what was removed and restored be found again. */
import type { Node } from 'prosemirror-model';
import type { Step, StepMap } from 'prosemirror-transform';
import { MirroredLog } from '#core/sync/mirrored-log.ts';

/** How one own step is taken back. `after` is the number of maps before the inverse applies, `mapAt` the map of the step's latest
 *  application; `fresh` until it is rolled back for the first time. */
export interface UndoItem {
  inverse: Step;
  after: number;
  mapAt: number;
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
    const item = this.itemFor(step, before);
    const last = this.undone.at(-1);
    if (last?.id === event) last.items.push(item);
    else this.undone.push({ id: event, items: [item] });
    if (this.undone.length > maxEvents) this.undone.shift();
    this.redone.length = 0;
    return item;
  }

  private itemFor(step: Step, before: Node): UndoItem {
    const after = this.log.length;
    return { inverse: step.invert(before), after, mapAt: after - 1, fresh: true };
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
    this.log.append(map, mirror ?? rolled?.mapAt);
  }

  /** An own step came back as `steps` (one as a rule, several where others have typed inside it), the last maps of the log:
   *  each part is taken back for itself from now on. */
  returned(item: UndoItem, steps: readonly { step: Step; before: Node }[]): UndoItem[] {
    const end = this.log.length;
    const items = steps.map(({ step, before }, k): UndoItem => {
      const after = end - steps.length + k + 1;
      return { inverse: step.invert(before), after, mapAt: after - 1, fresh: false };
    });
    for (const events of [this.undone, this.redone])
      for (const event of events) {
        const at = event.items.indexOf(item);
        if (at >= 0) event.items.splice(at, 1, ...items);
      }
    return items;
  }

  /** The item for an undo or redo step just applied to `before`; `mirror` is the map it takes back. */
  turned(step: Step, before: Node, mirror: number | undefined): UndoItem {
    this.log.append(step.getMap(), mirror);
    return this.itemFor(step, before);
  }
}
