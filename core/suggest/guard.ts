/** The server's guard of a suggest commit: allowed kinds of step, nobody else's suggestions and no original text
 *  touched, no forged hand. Keeping the original alone is not enough: it would let one reviewer erase another's work. */
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import type { Step } from 'prosemirror-transform';
import { BlockStep } from '#core/suggest/block-step.ts';
import { blockOpIds } from '#core/suggest/block-op.ts';
import {
  authored,
  entriesOf,
  firstBodyIndex,
  insertionOf,
  isFormat,
  isInsertion,
  isMasthead,
  isSuggestion,
} from '#core/suggest/entries.ts';
import { markOpIds } from '#core/suggest/mark-op.ts';
import { MarkStep } from '#core/suggest/mark-step.ts';
import type { Piece } from '#core/suggest/piece.ts';
import { PieceStep } from '#core/suggest/piece-step.ts';
import { projectBlocks } from '#core/suggest/project.ts';

/** Why a suggest commit is refused. `fit`: a step does not apply at all. */
export type GuardReason = 'whitelist' | 'keeps-others' | 'honest' | 'forged-id' | 'fit';

export type GuardResult =
  | { ok: true; after: Node; steps: Step[] }
  | { ok: false; reason: GuardReason };

/** The blocks in which two documents differ, by index: `[head, childCount - tail)` in each. Compared by identity, then content. */
export function changedBlocks(before: Node, after: Node): { head: number; tail: number } {
  const most = Math.min(before.childCount, after.childCount);
  const same = (a: Node, b: Node) => a === b || a.eq(b);
  let head = 0;
  while (head < most && same(before.child(head), after.child(head))) head++;
  let tail = 0;
  while (
    tail < most - head &&
    same(before.child(before.childCount - 1 - tail), after.child(after.childCount - 1 - tail))
  )
    tail++;
  return { head, tail };
}

/** True when `by`'s suggestions are all that changed: without them both documents are the same. Looks at the blocks
 *  that differ, one more to the left, and further left while content may flow into the block before. */
export function keepsOthers(before: Node, after: Node, by: string): boolean {
  if (before === after) return true;
  const { head, tail } = changedBlocks(before, after);
  let from = Math.max(0, head - 1);
  const flows = (index: number) =>
    index > firstBodyIndex(before) && entriesOf(before.child(index)).some((e) => e.k !== 'block');
  while (from > 0 && flows(from)) from--;
  const mode = (part: { by: string }) => (part.by === by ? 'reject' : 'keep');
  const slice = (doc: Node) => doc.content.content.slice(from, doc.childCount - tail);
  const [old, now] = [projectBlocks(slice(before), mode), projectBlocks(slice(after), mode)];
  return old.length === now.length && old.every((node, i) => now[i]?.eq(node) === true);
}

/** Other people's parts survive as they are; of formats and styles those that became moot may vanish. */
function keepsForeign<T>(
  old: readonly T[],
  now: readonly T[],
  by: string,
  read: (part: T) => { by: string; key: string; moot: boolean },
): boolean {
  const foreign = (parts: readonly T[]) => parts.map(read).filter((part) => part.by !== by);
  const [was, is] = [foreign(old), foreign(now)];
  let i = 0;
  for (const part of was) {
    if (is[i]?.key === part.key) i++;
    else if (!part.moot) return false;
  }
  return i === is.length;
}

const readMark = (mark: Mark) => {
  const { id, by } = authored(mark);
  return { by, key: `${mark.type.name} ${id}`, moot: isFormat(mark) };
};

/** A step that changes marks or entries leaves other people's where they are and forges none. */
function honestInPlace(before: Node, after: Node, by: string): boolean {
  const { head, tail } = changedBlocks(before, after);
  for (let index = head; index < before.childCount - tail; index++) {
    const [old, now] = [before.child(index), after.child(index)];
    const entries = keepsForeign(entriesOf(old), entriesOf(now), by, (entry) => ({
      by: entry.by,
      key: `${entry.k} ${entry.id}`,
      moot: entry.k === 'block',
    }));
    if (!entries || old.content.size !== now.content.size) return false;
    let at = 0;
    while (at < old.content.size) {
      const [a, b] = [old.childAfter(at), now.childAfter(at)];
      if (!a.node || !b.node) return false;
      const suggestions = (node: Node) => node.marks.filter(isSuggestion);
      if (!keepsForeign(suggestions(a.node), suggestions(b.node), by, readMark)) return false;
      at = Math.min(a.offset + a.node.nodeSize, b.offset + b.node.nodeSize);
    }
  }
  return true;
}

/** New text carries the author's insertion and nobody else's mark; new boundaries likewise. */
function honestSlice(slice: Slice, by: string): boolean {
  const inline = (node: Node) =>
    insertionOf(node.marks)?.by === by &&
    node.marks.every((mark) => !isSuggestion(mark) || authored(mark).by === by) &&
    node.marks.filter(isInsertion).length === 1;
  if (slice.openStart === 0) return slice.content.content.every(inline);
  return slice.content.content.every((block, index) => {
    const entries = entriesOf(block);
    const own = entries.every((entry) => entry.by === by) && entries.some((e) => e.k === 'ins');
    // The first block is the one the text is put into; its own attributes are not used.
    return (index === 0 || own) && block.content.content.every(inline);
  });
}

/** Text that an undo puts back may carry marks that others made on it meanwhile; they are not the author's to set. */
function stripped(piece: Piece, by: string): Piece {
  if (piece.k !== '+') return piece;
  const own = (part: { by: string }) => part.by === by;
  const clean = (nodes: readonly Node[]): Node[] =>
    nodes.map((node) => {
      if (node.isInline)
        return node.mark(node.marks.filter((mark) => !isSuggestion(mark) || own(authored(mark))));
      const attrs =
        'sugg' in node.attrs ? { ...node.attrs, sugg: entriesOf(node).filter(own) } : node.attrs;
      return node.type.create(attrs, Fragment.fromArray(clean(node.content.content)), node.marks);
    });
  const { content, openStart, openEnd } = piece.slice;
  return {
    ...piece,
    slice: new Slice(Fragment.fromArray(clean(content.content)), openStart, openEnd),
  };
}

/** The ids a step names, or null when the step is of a kind that a suggestion may not contain. */
function namedIds(step: Step): string[] | null {
  if (step instanceof MarkStep)
    return step.runs.some((run) => run.what.t === 'set')
      ? null
      : step.runs.flatMap((run) => markOpIds(run.what));
  if (step instanceof BlockStep) return step.op.t === 'set' ? null : blockOpIds(step.op);
  if (!(step instanceof PieceStep)) return null;
  const ids: string[] = [];
  for (const piece of step.pieces) {
    if (piece.k !== '+') continue;
    for (const block of piece.slice.openStart === 0 ? [] : piece.slice.content.content.slice(1)) {
      if (isMasthead(block)) return null;
      ids.push(...entriesOf(block).map((entry) => entry.id));
    }
    piece.slice.content.descendants((node) => {
      if (node.isInline) ids.push(...node.marks.filter(isSuggestion).map((m) => authored(m).id));
    });
  }
  return ids;
}

/** Checks the steps of a suggest commit one by one and applies them. On success `steps` are what to apply and store:
 *  the same, except that with `undo` foreign marks are stripped from text that is put back. */
export function guardSuggest(
  before: Node,
  steps: readonly Step[],
  author: string,
  ownsId: (id: string) => boolean,
  options: { undo?: boolean } = {},
): GuardResult {
  const refuse = (reason: GuardReason): GuardResult => ({ ok: false, reason });
  const checked: Step[] = [];
  let doc = before;
  for (const given of steps) {
    const step =
      options.undo && given instanceof PieceStep
        ? new PieceStep(
            given.by,
            given.pieces.map((piece) => stripped(piece, given.by)),
            given.back,
          )
        : given;
    const ids = namedIds(step);
    if (!ids || (step as MarkStep | BlockStep | PieceStep).by !== author)
      return refuse('whitelist');
    const { doc: after } = step.apply(doc);
    if (!after) return refuse('fit');
    const honest =
      step instanceof PieceStep
        ? step.pieces.every((piece) => piece.k !== '+' || honestSlice(piece.slice, author))
        : honestInPlace(doc, after, author);
    if (!honest) return refuse('honest');
    if (!ids.every((id) => id === '-' || ownsId(id.replace(/~+$/, '')))) return refuse('forged-id');
    if (!keepsOthers(doc, after, author)) return refuse('keeps-others');
    checked.push(step);
    doc = after;
  }
  return { ok: true, after: doc, steps: checked };
}
