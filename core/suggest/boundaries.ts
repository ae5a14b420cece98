/** What decisions do to the boundaries of neighbouring blocks: which of them go, and what is left of the style and the entries
 *  of a block that stays. Reading and deciding both ask here. */
import type { Mark, Node } from 'prosemirror-model';
import type { BlockEntry, BlockShape } from '#core/article/schema.ts';
import { entriesWith, restyled, restylings } from '#core/suggest/block-op.ts';
import {
  authored,
  entriesOf,
  isDeletion,
  isInsertion,
  isMasthead,
  isWhole,
  sameShape,
  shapeOf,
  type Mode,
} from '#core/suggest/entries.ts';
import { projectMarks } from '#core/suggest/project-marks.ts';

const paragraph: BlockShape = { style: 'paragraph', list: null };

/** What becomes of a block: whether its boundary goes, and its style and entries if it stays. */
export interface ProjectedBlock {
  joins: boolean;
  shape: BlockShape;
  sugg: readonly BlockEntry[];
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

/** True when a block already is what becomes of it. */
export const isSameBlock = (node: Node, { shape, sugg }: ProjectedBlock): boolean =>
  sameEntries(sugg, entriesOf(node)) && sameShape(shape, shapeOf(node));

const isCut = (node: Node, mode: Mode): boolean =>
  entriesOf(node).some((entry) => entry.k === 'ins' && mode(entry) === 'reject');

/** True when the boundary of a block is decided away. */
const isDropped = (node: Node, mode: Mode): boolean =>
  isCut(node, mode) ||
  entriesOf(node).some((entry) => entry.k === 'del' && mode(entry) === 'accept');

/** The words of a block that stay, each with the marks it keeps. */
const wordsLeft = (node: Node, mode: Mode): (readonly Mark[])[] =>
  node.content.content.flatMap((child) => {
    const marks = projectMarks(child.marks, mode);
    return marks ? [marks] : [];
  });

/** True when a figure or a table that begins the body, decided away, can go: no word of it is left to run into the masthead,
 *  and a block behind it stays. */
function canLeave(blocks: readonly Node[], first: number, mode: Mode): boolean {
  for (const node of blocks.slice(first)) {
    if (node.type.name === 'footnote') return false;
    if (!isDropped(node, mode)) return true;
    // A paragraph that keeps words begins the body then.
    if (wordsLeft(node, mode).length > 0) return !isWhole(node);
  }
  return false;
}

/** A block that stays. */
function staying(node: Node, mode: Mode): ProjectedBlock {
  const entries = entriesOf(node);
  if (entries.every((entry) => mode(entry) === 'keep'))
    return { joins: false, shape: shapeOf(node), sugg: entries };
  const stack = restylings(node);
  let plain = stack[0]?.entry.before ?? shapeOf(node);
  for (const { entry, target } of stack) if (mode(entry) === 'accept') plain = target;
  const { shape, kept } = restyled(
    plain,
    stack.filter(({ entry }) => mode(entry) === 'keep'),
  );
  const left = entries.filter((entry) => entry.k === 'block' || mode(entry) === 'keep');
  return { joins: false, shape, sugg: entriesWith(left, kept) };
}

/** What a paragraph goes with that stands behind a figure only so as not to run into it: with the figure, and with its own
 *  words when all of them are suggestions (`first` are the marks of the first one). */
function goingWith(whole: readonly BlockEntry[], first: readonly Mark[] | null): BlockEntry[] {
  const parts = (k: 'ins' | 'del', is: (mark: Mark) => boolean): BlockEntry[] => {
    const own = whole.filter((entry) => entry.k === k);
    return own.length > 0 || !first
      ? own
      : first.filter(is).map((mark) => ({ k, ...authored(mark) }));
  };
  return [...parts('ins', isInsertion), ...parts('del', isDeletion)];
}

const isPending = (marks: readonly Mark[]): boolean =>
  marks.some((mark) => isInsertion(mark) || isDeletion(mark));

/** The decisions about neighbouring blocks. The first one keeps its boundary, and so does what comes to stand behind the
 *  masthead. Nor does a paragraph ever run into a figure or a cell: with a word left it stands behind, as it would had the figure
 *  been put amid the joined words, and goes when the figure goes. After a split it has the style it was split from. */
export function projectBoundaries(blocks: readonly Node[], mode: Mode): ProjectedBlock[] {
  const out: ProjectedBlock[] = [];
  // The block that the next one would join, and a paragraph there that stands behind a figure, with the words it gathers.
  let last = -1;
  let behind: { whole: ProjectedBlock; words: (readonly Mark[])[] } | null = null;
  let leaves: boolean | null = null;
  const settle = (): void => {
    const own = out[last];
    if (!behind || !own) return;
    const first = behind.words.every(isPending) ? (behind.words[0] ?? null) : null;
    const styles = own.sugg.filter(({ k }) => k === 'block');
    own.sugg = [...goingWith(behind.whole.sugg, first), ...styles];
    behind = null;
  };
  /** The style of the last paragraph before the figures and cells that a block comes behind. */
  const styleBefore = (): BlockShape => {
    let at = last;
    while (at >= 0 && (out[at]?.joins || isWhole(blocks[at] as Node))) at--;
    const node = blocks[at];
    return node?.type.name === 'block' ? (out[at]?.shape ?? shapeOf(node)) : paragraph;
  };
  for (const [index, node] of blocks.entries()) {
    const previous = blocks[last];
    let joins = previous !== undefined && !isMasthead(node) && isDropped(node, mode);
    if (joins && previous && isMasthead(previous))
      joins = isWhole(node) && (leaves ??= canLeave(blocks, index, mode));
    const stands = joins && node.type.name === 'block' && !!previous && isWhole(previous);
    const words: (readonly Mark[])[] = joins && (behind || stands) ? wordsLeft(node, mode) : [];
    if (joins && !(stands && words.length > 0)) {
      behind?.words.push(...words);
      out.push({ joins, shape: shapeOf(node), sugg: [] });
      continue;
    }
    settle();
    const whole = stands ? out[last] : undefined;
    const split = whole && isCut(node, mode);
    out.push(split ? { joins: false, shape: styleBefore(), sugg: [] } : staying(node, mode));
    last = index;
    if (whole) behind = { whole, words };
  }
  settle();
  return out;
}
