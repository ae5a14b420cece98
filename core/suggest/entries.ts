/** Reading suggestions off marks and blocks: who suggested what, and what stands underneath.
 *  Every other file of this folder reads and writes suggestion marks and entries through these functions. */
import { type Attrs, Fragment, Mark, type Node } from 'prosemirror-model';
import {
  mastheadTypes,
  schema,
  type BlockEntry,
  type BlockShape,
  type BlockStyle,
  type ListAttr,
} from '#core/article/schema.ts';

/** What every part of a suggestion says of itself: which suggestion it belongs to and whose it is. */
export interface Authored {
  id: string;
  by: string;
}

/** What a decision or a projection does with one part. */
export type Verdict = 'accept' | 'reject' | 'keep';

/** Chooses a verdict for each part of a suggestion. */
export type Mode = (part: Authored) => Verdict;

/** Who signs the steps of a decision: they are made by the desk, not by a suggesting hand. */
export const decider = 'decision';

const insertion = schema.marks['insertion'];
const deletion = schema.marks['deletion'];
const format = schema.marks['format'];

/** The id and the author that a suggestion mark carries. */
export function authored(mark: Mark): Authored {
  return { id: mark.attrs['id'] as string, by: mark.attrs['by'] as string };
}

export const isInsertion = (mark: Mark): boolean => mark.type === insertion;
export const isDeletion = (mark: Mark): boolean => mark.type === deletion;
export const isFormat = (mark: Mark): boolean => mark.type === format;
export const isSuggestion = (mark: Mark): boolean =>
  mark.type === insertion || mark.type === deletion || mark.type === format;

/** The insertion a token belongs to, if any; a token has at most one. */
export function insertionOf(marks: readonly Mark[]): Authored | null {
  const found = marks.find(isInsertion);
  return found ? authored(found) : null;
}

/** The plain formatting of a token as it is seen, without suggestion marks. */
export function plainOf(marks: readonly Mark[]): readonly Mark[] {
  return marks.some(isSuggestion) ? marks.filter((mark) => !isSuggestion(mark)) : marks;
}

export function insertionMark(id: string, by: string): Mark {
  return schema.mark('insertion', { id, by });
}

export function deletionMark(id: string, by: string): Mark {
  return schema.mark('deletion', { id, by });
}

/** The suggestions about a block; masthead blocks have none. */
export function entriesOf(node: Node): readonly BlockEntry[] {
  return (node.attrs['sugg'] as readonly BlockEntry[] | undefined) ?? [];
}

/** The own `ins` entry of a block's boundary, whoever's it is; a boundary has at most one. */
export function boundaryInsertion(node: Node): Authored | null {
  return entriesOf(node).find((entry) => entry.k === 'ins') ?? null;
}

export const isMasthead = (node: Node): boolean =>
  (mastheadTypes as readonly string[]).includes(node.type.name);

/** The boundary before the body is fixed: it is never suggested about, whatever an entry on it may say. */
export function firstBodyIndex(doc: Node): number {
  let index = 0;
  while (index < doc.childCount && isMasthead(doc.child(index))) index++;
  return index;
}

/** Figures and table cells. An entry on one of them is about the whole of it: it comes and goes with its words. */
export const isWhole = (node: Node): boolean =>
  node.type === schema.nodes['figure'] || node.type === schema.nodes['cell'];

/** True when the boundary between two neighbours never goes by itself: in the masthead and before the body. `previous` is
 *  null at the head of the blocks looked at. */
export function isFixedBetween(previous: Node | null | undefined, node: Node): boolean {
  return !previous || isMasthead(previous) || isMasthead(node);
}

/** True when the boundary between two neighbours can be struck by itself: between two blocks of text, or a footnote's, which
 *  may be taken from behind anything with its text. Words of a figure and of a cell never run into others. */
export function isLooseBetween(previous: Node | null | undefined, node: Node): boolean {
  if (!previous || isFixedBetween(previous, node) || isWhole(node)) return false;
  return !isWhole(previous) || node.type === schema.nodes['footnote'];
}

/** `isLooseBetween` for the boundary before a child of `doc`. */
export function isLooseBoundary(doc: Node, index: number): boolean {
  return (
    index > 0 && index < doc.childCount && isLooseBetween(doc.child(index - 1), doc.child(index))
  );
}

export function shapeOf(node: Node): BlockShape {
  return {
    style: (node.attrs['style'] as BlockStyle | undefined) ?? 'paragraph',
    list: (node.attrs['list'] as ListAttr | null | undefined) ?? null,
  };
}

export function sameShape(a: BlockShape, b: BlockShape): boolean {
  if (a.style !== b.style) return false;
  if (a.list === null || b.list === null) return a.list === b.list;
  return (
    a.list.kind === b.list.kind && a.list.level === b.list.level && a.list.start === b.list.start
  );
}

/** The attributes of `node` with another shape and other entries; a footnote keeps its own shape. */
export function attrsWith(node: Node, shape: BlockShape, sugg: readonly BlockEntry[]): Attrs {
  return node.type.name === 'block'
    ? { ...node.attrs, style: shape.style, list: shape.list, sugg }
    : { ...node.attrs, sugg };
}

/** The same inline node with other marks; the same object when nothing changes. */
export function remarked(node: Node, marks: readonly Mark[]): Node {
  return Mark.sameSet(node.marks, marks) ? node : node.mark(marks);
}

/** Inline content with equal neighbours joined. */
export function inlineContent(nodes: readonly Node[]): Fragment {
  return Fragment.fromArray(nodes as Node[]);
}

/** The child of `doc` that a position inside it, or its open token, belongs to. */
export function blockAt(doc: Node, pos: number): { node: Node; index: number; pos: number } | null {
  if (!Number.isInteger(pos) || pos < 0 || pos >= doc.content.size) return null;
  const { node, index, offset } = doc.childAfter(pos);
  return node && { node, index, pos: offset };
}

/** Every suggestion id that has a part in `doc`, with its author. */
export function suggestionsIn(doc: Node): Map<string, string> {
  const found = new Map<string, string>();
  doc.descendants((node) => {
    for (const entry of entriesOf(node)) found.set(entry.id, entry.by);
    if (node.isInline)
      for (const mark of node.marks)
        if (isSuggestion(mark)) found.set(authored(mark).id, authored(mark).by);
  });
  return found;
}
