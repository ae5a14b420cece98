/** Projections: the document as it would be with some suggestions accepted, some rejected and the rest kept.
 *  One function serves reading (original, accepted), permission (`without` one author) and the tests' oracles. */
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import type { BlockEntry, BlockShape } from '#core/article/schema.ts';
import { entriesWith, restyled, restylings } from '#core/suggest/block-op.ts';
import {
  attrsWith,
  authored,
  entriesOf,
  inlineContent,
  isDeletion,
  isFixedBetween,
  isInsertion,
  isMasthead,
  isSuggestion,
  isWhole,
  remarked,
  sameShape,
  shapeOf,
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

/** What becomes of a block: whether its boundary goes, and its style and entries if it stays. */
export interface ProjectedBlock {
  joins: boolean;
  shape: BlockShape;
  sugg: readonly BlockEntry[];
}

/** True when the boundary of a block is decided away. */
const isDropped = (node: Node, mode: Mode): boolean =>
  entriesOf(node).some(
    (entry) =>
      (entry.k === 'ins' && mode(entry) === 'reject') ||
      (entry.k === 'del' && mode(entry) === 'accept'),
  );

const keepsWords = (node: Node, mode: Mode): boolean =>
  node.content.content.some((child) => projectMarks(child.marks, mode) !== null);

/** True when the boundary before a block stays whatever its entries say. A figure or a table that begins the body goes all
 *  the same when no word of it is left and a block behind it stays: then nothing runs into the masthead. */
export function staysFixed(blocks: readonly Node[], index: number, mode: Mode): boolean {
  const node = blocks[index];
  const previous = blocks[index - 1];
  if (!node || !previous) return true;
  if (!isFixedBetween(previous, node)) return false;
  if (!isMasthead(previous) || !isWhole(node)) return true;
  for (const [at, next] of blocks.entries()) {
    if (at < index) continue;
    if (next.type.name === 'footnote') return true;
    if (!isDropped(next, mode)) return false;
    if (keepsWords(next, mode)) return true;
  }
  return true;
}

/** The decision about one block. A `fixed` boundary (of the masthead, of the body) stays whatever its entries say. */
export function projectBlock(node: Node, mode: Mode, fixed: boolean): ProjectedBlock {
  const entries = entriesOf(node);
  if (entries.every((entry) => mode(entry) === 'keep'))
    return { joins: false, shape: shapeOf(node), sugg: entries };
  const joins = !fixed && isDropped(node, mode);
  const stack = restylings(node);
  let base = stack[0]?.entry.before ?? shapeOf(node);
  for (const { entry, target } of stack) if (mode(entry) === 'accept') base = target;
  const { shape, kept } = restyled(
    base,
    stack.filter(({ entry }) => mode(entry) === 'keep'),
  );
  const left = entries.filter((entry) => entry.k === 'block' || mode(entry) === 'keep');
  return { joins, shape, sugg: entriesWith(left, kept) };
}

function sameEntries(a: readonly BlockEntry[], b: readonly BlockEntry[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((entry, i) => {
        const other = b[i];
        return (
          other?.k === entry.k &&
          other.id === entry.id &&
          other.by === entry.by &&
          (entry.k !== 'block' || (other.k === 'block' && sameShape(entry.before, other.before)))
        );
      }))
  );
}

function projectContent(node: Node, mode: Mode): Node[] | null {
  let same = true;
  const out: Node[] = [];
  node.forEach((child) => {
    const marks = projectMarks(child.marks, mode);
    if (marks !== child.marks) same = false;
    if (marks) out.push(remarked(child, marks));
  });
  return same ? null : out;
}

/** Projects a row of neighbouring blocks. The first of them keeps its boundary; so does a body block after the masthead. */
export function projectBlocks(blocks: readonly Node[], mode: Mode): Node[] {
  const out: Node[] = [];
  for (const [index, node] of blocks.entries()) {
    const previous = out.at(-1);
    const content = projectContent(node, mode);
    if (isMasthead(node)) {
      out.push(content ? node.copy(inlineContent(content)) : node);
      continue;
    }
    const { joins, shape, sugg } = projectBlock(node, mode, staysFixed(blocks, index, mode));
    if (joins && previous) {
      const joined = [...previous.content.content, ...(content ?? node.content.content)];
      out[out.length - 1] = previous.copy(inlineContent(joined));
    } else if (sameEntries(sugg, entriesOf(node)) && sameShape(shape, shapeOf(node)))
      out.push(content ? node.copy(inlineContent(content)) : node);
    else
      out.push(
        node.type.create(
          attrsWith(node, shape, sugg),
          content ? inlineContent(content) : node.content,
          node.marks,
        ),
      );
  }
  return out;
}

/** The document with every part of a suggestion treated as `mode` says. */
export function project(doc: Node, mode: Mode): Node {
  return doc.copy(Fragment.fromArray(projectBlocks(doc.content.content, mode)));
}

/** The text as it was before any pending suggestion. */
export function original(doc: Node): Node {
  return project(doc, () => 'reject');
}

/** The text as it would be with every pending suggestion accepted. */
export function accepted(doc: Node): Node {
  return project(doc, () => 'accept');
}

/** The document as if one author had suggested nothing. What a suggestion by `by` must never change. */
export function without(doc: Node, by: string): Node {
  return project(doc, (part) => (part.by === by ? 'reject' : 'keep'));
}
