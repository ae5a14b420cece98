/** Carrying a step over other people's changes. Everything that rebases (server, client, undo) maps through here,
 *  so one law holds everywhere: no step may remove a token that was inserted after it was made. */
import { Slice } from 'prosemirror-model';
import { ReplaceStep, type Mappable, type Mapping, type Step } from 'prosemirror-transform';

/** The runs of `from`..`to` that survive `mapping`, in the coordinates after it: tokens in between were inserted by others. */
function survivingRuns(
  mapping: Mappable,
  from: number,
  to: number,
): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let pos = from; pos < to; pos++) {
    const result = mapping.mapResult(pos, 1);
    if (result.deletedAfter) continue;
    const last = runs.at(-1);
    if (last?.to === result.pos) last.to++;
    else runs.push({ from: result.pos, to: result.pos + 1 });
  }
  return runs;
}

/** Maps a plain replacement. Its removed range falls apart where others have inserted; what it inserts goes to its first remaining run.
 *  The steps apply one after another (from the back, so that earlier ones do not move later ones). */
function mapReplace(step: ReplaceStep, mapping: Mappable): Step[] {
  const { from, to, slice } = step;
  const whole = step.map(mapping);
  if (from === to) return whole ? [whole] : [];
  const runs = survivingRuns(mapping, from, to);
  const [first, ...rest] = runs;
  if (!first)
    return slice.size > 0 && whole
      ? [new ReplaceStep(mapping.map(from, 1), mapping.map(from, 1), slice)]
      : [];
  const steps: Step[] = rest
    .toReversed()
    .map((run) => new ReplaceStep(run.from, run.to, Slice.empty));
  return [...steps, new ReplaceStep(first.from, first.to, slice)];
}

/** The steps that do what `step` did, after `mapping`; none when its place is gone. */
export function mapStep(step: Step, mapping: Mapping): Step[] {
  if (mapping.to <= mapping.from) return [step];
  if (step instanceof ReplaceStep) return mapReplace(step, mapping);
  const mapped = step.map(mapping);
  return mapped ? [mapped] : [];
}

/** The text a step would have put in, for the notice about what could not be placed. */
export function textOfStep(step: Step): string {
  const parts: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (key === 'text' && typeof inner === 'string') parts.push(inner);
        else walk(inner);
  };
  walk(step.toJSON());
  return parts.join('');
}
