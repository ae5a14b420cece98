/** Which changes are undone together: typing that goes on at the same place within half a second. */
import type { Mapping, Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';

interface Range {
  from: number;
  to: number;
}

const pause = 500;

/** The hull of what steps changed, in positions after them; null when they changed nothing. */
export function changedRange(steps: readonly Step[], mapping: Mapping): Range | null {
  let hull: Range | null = null;
  const widen = (from: number, to: number): void => {
    hull = hull ? { from: Math.min(hull.from, from), to: Math.max(hull.to, to) } : { from, to };
  };
  steps.forEach((step, i) => {
    const rest = mapping.slice(i + 1);
    if (step instanceof MarkStep)
      for (const run of step.runs) widen(rest.map(run.from, -1), rest.map(run.to, 1));
    else if (step instanceof BlockStep) widen(rest.map(step.pos), rest.map(step.pos + 1));
    else
      mapping.maps[i]?.forEach((_from, _to, from, to) =>
        widen(rest.map(from, -1), rest.map(to, 1)),
      );
  });
  return hull;
}

export class UndoEvents {
  #event = 0;
  #at = -Infinity;
  #kind = '';
  #range: Range | null = null;

  /** The event a change belongs to. `kind` differs for changes that are never undone together; `now` in milliseconds. */
  next(steps: readonly Step[], mapping: Mapping, kind: string, now: number): number {
    const range = changedRange(steps, mapping);
    const last = this.#range && {
      from: mapping.map(this.#range.from, -1),
      to: mapping.map(this.#range.to, 1),
    };
    const near = range !== null && last !== null && range.from <= last.to && range.to >= last.from;
    if (!near || kind !== this.#kind || now - this.#at > pause) this.#event++;
    this.#at = now;
    this.#kind = kind;
    this.#range = range ?? last;
    return this.#event;
  }

  /** Other people's changes move the place where typing may go on. */
  moved(mapping: Mapping): void {
    if (this.#range)
      this.#range = {
        from: mapping.map(this.#range.from, -1),
        to: mapping.map(this.#range.to, 1),
      };
  }

  /** What comes next is undone for itself. */
  close(): void {
    this.#range = null;
  }
}
