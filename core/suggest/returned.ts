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
import { changed, difference, readStack, writeStack } from '#core/suggest/format-stack.ts';

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
  // What the decision changed underneath is changed back; what was changed directly since stays.
  const under = difference(readStack(now).base, readStack(was).base);
  const plain = changed(base, under.add, under.remove);
  const back = lost.filter((mark) =>
    isInsertion(mark)
      ? !others.some(isInsertion)
      : isDeletion(mark) &&
        !others.some((other) => isDeletion(other) && authored(other).by === authored(mark).by),
  );
  return writeStack({
    base: plain,
    stack: inOrder([...formats, ...stack], readStack(was).stack, (a, b) => a.id === b.id),
    others: inOrder([...others, ...back], was, (a, b) => a.eq(b)),
  });
}

/** `parts` in the order they once had; those that came since follow. */
function inOrder<T>(parts: readonly T[], once: readonly T[], same: (a: T, b: T) => boolean): T[] {
  const place = (part: T) => {
    const index = once.findIndex((old) => same(old, part));
    return index < 0 ? once.length : index;
  };
  return parts.toSorted((a, b) => place(a) - place(b));
}

const sameEntry = (a: BlockEntry, b: BlockEntry) => a.k === b.k && a.id === b.id;

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
    entriesOf(now).every((other) => !sameEntry(other, entry)),
  );
  const here = entriesOf(current);
  const back = lost.filter(
    (entry) =>
      entry.k === 'block' ||
      !here.some((other) => other.k === entry.k && (entry.k === 'ins' || other.by === entry.by)),
  );
  const styles = restylings(was).filter(({ entry }) => lost.includes(entry));
  const stack = inOrder([...styles, ...restylings(current)], restylings(was), (a, b) =>
    sameEntry(a.entry, b.entry),
  );
  const bottom = (node: Node) => restylings(node)[0]?.entry.before ?? shapeOf(node);
  const base = sameShape(bottom(current), bottom(now)) ? bottom(was) : bottom(current);
  const { shape, kept } = restyled(base, stack);
  return { shape, sugg: entriesWith(inOrder([...back, ...here], entriesOf(was), sameEntry), kept) };
}
