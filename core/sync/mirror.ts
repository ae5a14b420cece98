/** When one step map may stand as the mirror of another: what the first takes out, the second puts back, range by range. */
import type { StepMap } from 'prosemirror-transform';

/** True when every range that `back` removes is inserted again by `again`. A step that fell apart on the way has other ranges,
 *  and recovering a position through those would give one that does not exist. */
export function mirrors(back: StepMap, again: StepMap): boolean {
  const out: number[] = [];
  const inn: number[] = [];
  back.forEach((from, to) => out.push(to - from));
  again.forEach((_from, _to, newFrom, newTo) => inn.push(newTo - newFrom));
  return out.length === inn.length && out.every((size, i) => size === inn[i]);
}
