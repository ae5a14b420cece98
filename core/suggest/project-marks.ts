/** What decisions leave of the marks of one token. */
import type { Mark } from 'prosemirror-model';
import {
  authored,
  isDeletion,
  isInsertion,
  isSuggestion,
  type Mode,
} from '#core/suggest/entries.ts';
import { readStack, withoutChange, writeStack } from '#core/suggest/format-stack.ts';

/** The marks of a token after decisions; null when the token is gone; the same array when nothing is decided. */
export function projectMarks(marks: readonly Mark[], mode: Mode): readonly Mark[] | null {
  let decided = false;
  let formats = false;
  for (const mark of marks) {
    if (!isSuggestion(mark)) continue;
    const verdict = mode(authored(mark));
    if (verdict === 'keep') continue;
    decided = true;
    if (isInsertion(mark)) {
      if (verdict === 'reject') return null;
    } else if (isDeletion(mark)) {
      if (verdict === 'accept') return null;
    } else formats = true;
  }
  if (!decided) return marks;
  const left = (mark: Mark) =>
    (!isInsertion(mark) && !isDeletion(mark)) || mode(authored(mark)) === 'keep';
  if (!formats) return marks.filter(left);
  const { base, stack, others } = readStack(marks);
  let plain = base;
  // Accepted changes come first: what stays pending is then pending against what has been decided.
  for (const change of stack)
    if (mode(change) === 'accept')
      plain = withoutChange(plain, { ...change, add: change.remove, remove: change.add });
  return writeStack({
    base: plain,
    stack: stack.filter((change) => mode(change) === 'keep'),
    others: others.filter(left),
  });
}
