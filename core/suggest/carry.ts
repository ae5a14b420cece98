/** Carrying suggestions through a direct edit: typed and pasted text takes no suggestion with it, a split copies none,
 *  and a retyped block keeps its own. The same alignment as tracking, read the other way. */
import type { Mark, Node } from 'prosemirror-model';
import { AttrStep, RemoveMarkStep, type Step, type Transform } from 'prosemirror-transform';
import type { BlockEntry } from '#core/article/schema.ts';
import { align } from '#core/suggest/align.ts';
import {
  entriesOf,
  isFormat,
  isSuggestion,
  plainOf,
  sameShape,
  shapeOf,
} from '#core/suggest/entries.ts';
import { difference, type MarkJson } from '#core/suggest/format-stack.ts';

function sameList(a: readonly BlockEntry[], b: readonly BlockEntry[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The extra steps to apply to `transform.doc` after a direct edit of `before`. Not for undo and redo, which put text
 *  back as it was. A block restyled directly loses the styles suggested for it, and a text the formats of the same kind:
 *  the editor has decided. */
export function carry(before: Node, transform: Transform): Step[] {
  const alignment = align(before, transform, false);
  if (!alignment) return [];
  const steps: Step[] = [];
  const setEntries = (pos: number, node: Node, entries: readonly BlockEntry[]) => {
    if ('sugg' in node.attrs && !sameList(entriesOf(node), entries))
      steps.push(new AttrStep(pos, 'sugg', entries));
  };
  for (const { before: old, after: now } of alignment.pairs) {
    if (!old.open) {
      const touched = changedTypes(old.node.marks, now.node.marks);
      if (touched.size === 0) continue;
      for (const mark of now.node.marks)
        if (isFormat(mark) && formatTypes(mark).some((type) => touched.has(type)))
          steps.push(new RemoveMarkStep(now.pos, now.pos + now.size, mark));
      continue;
    }
    const restyled = !sameShape(shapeOf(old.node), shapeOf(now.node));
    const entries = entriesOf(old.node).filter((entry) => !restyled || entry.k !== 'block');
    setEntries(now.pos, now.node, entries);
  }
  for (const { inserted } of alignment.gaps)
    for (const token of inserted) {
      const { pos, size, node } = token;
      if (token.open) {
        setEntries(
          pos,
          node,
          entriesOf(node).filter((entry) => entry.k === 'block'),
        );
        continue;
      }
      for (const mark of node.marks)
        if (isSuggestion(mark)) steps.push(new RemoveMarkStep(pos, pos + size, mark));
    }
  return joined(steps);
}

/** The kinds of plain formatting in which two sets of marks differ. */
function changedTypes(old: readonly Mark[], now: readonly Mark[]): Set<string> {
  if (old === now) return new Set();
  const { add, remove } = difference(plainOf(old), plainOf(now));
  return new Set([...add, ...remove].map(({ type }) => type));
}

const formatTypes = (mark: Mark): string[] =>
  [...(mark.attrs['add'] as MarkJson[]), ...(mark.attrs['remove'] as MarkJson[])].map(
    ({ type }) => type,
  );

/** Neighbouring removals of the same mark become one step. */
function joined(steps: readonly Step[]): Step[] {
  const out: Step[] = [];
  for (const step of steps) {
    const at = out.findLastIndex((other) => other instanceof RemoveMarkStep);
    const whole = step instanceof RemoveMarkStep && at >= 0 ? out[at]?.merge(step) : null;
    if (whole) out[at] = whole;
    else out.push(step);
  }
  return out;
}
