/** Carrying a step over other people's changes. Everything that rebases (server, client, undo) maps through here,
 *  so one law holds everywhere: no step may remove a token that was inserted after it was made. */
import { Slice, type Node } from 'prosemirror-model';
import { ReplaceStep, type Mappable, type Mapping, type Step } from 'prosemirror-transform';
import { PieceStep } from '#core/suggest/piece-step.ts';

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

const isInline = ({ openStart, openEnd, content }: Slice): boolean =>
  openStart === 0 && openEnd === 0 && content.firstChild?.isInline === true;

/** A step that puts words in at one place, and does nothing else; null for other steps. */
function wordsIn(step: Step): { pos: number; at: (pos: number) => Step } | null {
  if (step instanceof ReplaceStep) {
    const { from, to, slice } = step;
    if (from !== to || !isInline(slice)) return null;
    return { pos: from, at: (pos) => new ReplaceStep(pos, pos, slice) };
  }
  if (!(step instanceof PieceStep)) return null;
  const [piece, another] = step.pieces;
  if (piece?.k !== '+' || another || !isInline(piece.slice)) return null;
  return { pos: piece.pos, at: (pos) => new PieceStep(step.by, [{ ...piece, pos }], step.back) };
}

/** Where words put in at `pos`, the end of a paragraph, stay in it although others have put blocks behind it: carried forward
 *  they would stand in a paragraph or a caption of theirs. Null where there is no such choice. */
function inOwnParagraph(pos: number, mapping: Mapping, doc: Node): number | null {
  const before = mapping.map(pos, -1);
  const { pos: after, deletedAcross } = mapping.mapResult(pos, 1);
  if (deletedAcross || before >= after || after > doc.content.size) return null;
  const [$before, $after] = [doc.resolve(before), doc.resolve(after)];
  const atEnd = $after.parentOffset === $after.parent.content.size;
  return atEnd && $before.parent.isTextblock && !$before.sameParent($after) ? before : null;
}

/** The steps that do what `step` did, after `mapping`, on `doc`; none when its place is gone. */
export function mapStep(step: Step, mapping: Mapping, doc: Node): Step[] {
  if (mapping.to <= mapping.from) return [step];
  const words = wordsIn(step);
  const own = words && inOwnParagraph(words.pos, mapping, doc);
  if (words && own !== null) return [words.at(own)];
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
