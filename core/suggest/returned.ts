/** What a token or a block looks like when a decision on it is taken back: the decided suggestions return, and what
 *  others did to it since stays. */
import { Mark, type Node } from 'prosemirror-model';
import type { BlockEntry, BlockShape } from '#core/article/schema.ts';
import { entriesWith, restyled, restylings } from '#core/suggest/block-op.ts';
import {
  authored,
  entriesOf,
  isDeletion,
  isFormat,
  isInsertion,
  isSuggestion,
  sameShape,
  shapeOf,
} from '#core/suggest/entries.ts';
import { readStack, withoutChange, writeStack } from '#core/suggest/format-stack.ts';

/** The marks of a token that had `was` before the decision, `now` after it and has `current` today. */
export function returnedMarks(
  current: readonly Mark[],
  was: readonly Mark[],
  now: readonly Mark[],
): readonly Mark[] {
  if (Mark.sameSet(current, now)) return was;
  const lost = was.filter(
    (mark) =>
      isSuggestion(mark) &&
      now.every((other) => other.type !== mark.type || authored(other).id !== authored(mark).id),
  );
  const { base, stack, others } = readStack(current);
  const formats = readStack(was).stack.filter((change) =>
    lost.some((mark) => isFormat(mark) && authored(mark).id === change.id),
  );
  let plain = base;
  for (const change of formats.toReversed()) plain = withoutChange(plain, change);
  const back = lost.filter((mark) =>
    isInsertion(mark)
      ? !others.some(isInsertion)
      : isDeletion(mark) &&
        !others.some((other) => isDeletion(other) && authored(other).by === authored(mark).by),
  );
  return writeStack({ base: plain, stack: [...formats, ...stack], others: [...others, ...back] });
}

/** The style and the entries of a block that was `was` before the decision, `now` after it and is `current` today. */
export function returnedEntries(
  current: Node,
  was: Node,
  now: Node,
): { shape: BlockShape; sugg: readonly BlockEntry[] } {
  const same =
    sameShape(shapeOf(current), shapeOf(now)) &&
    JSON.stringify(entriesOf(current)) === JSON.stringify(entriesOf(now));
  if (same) return { shape: shapeOf(was), sugg: entriesOf(was) };
  const lost = entriesOf(was).filter((entry) =>
    entriesOf(now).every((other) => other.k !== entry.k || other.id !== entry.id),
  );
  const here = entriesOf(current);
  const back = lost.filter(
    (entry) =>
      entry.k === 'block' ||
      !here.some((other) => other.k === entry.k && (entry.k === 'ins' || other.by === entry.by)),
  );
  const styles = restylings(was).filter(({ entry }) => lost.includes(entry));
  const stack = [...styles, ...restylings(current)];
  const base = styles[0]?.entry.before ?? restylings(current)[0]?.entry.before ?? shapeOf(current);
  const { shape, kept } = restyled(base, stack);
  return { shape, sugg: entriesWith([...back, ...here], kept) };
}
