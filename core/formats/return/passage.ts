/** A stretch of a text as it reads with what is pending taken in, and a little of what stands around it. */
import type { Passage } from '#core/formats/return/return-plan.ts';
import type { Unit } from '#core/formats/return/row.ts';

const context = 70;

const read = (units: readonly Unit[]): string =>
  units
    .filter(({ del }) => del === null)
    .map(({ open, text }) => (open ? '\n' : text === '\ufffc' ? '' : text))
    .join('');

/** The index of the first unit at or behind a position. */
export function indexAt(units: readonly Unit[], pos: number): number {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle]?.pos ?? 0) < pos) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The passage of the units from `first` up to `last`; what stands around it stays in its blocks, and starts with a word. */
export function passageOf(units: readonly Unit[], first: number, last: number): Passage {
  let start = first;
  while (start > 0 && first - start < context && !units[start - 1]?.open) start -= 1;
  let end = Math.max(first, last);
  while (end < units.length && end - last < context && !units[end]?.open) end += 1;
  const before = read(units.slice(start, first));
  const after = read(units.slice(Math.max(first, last), end));
  const cutBefore = start > 0 && !units[start - 1]?.open;
  const cutAfter = end < units.length && !units[end]?.open;
  return {
    before: cutBefore ? `…${before.replace(/^\S*\s/u, '')}` : before,
    words: read(units.slice(first, last)),
    after: cutAfter ? `${after.replace(/\s\S*$/u, '')}…` : after,
  };
}
