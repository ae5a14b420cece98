/** Editing in a view that hides struck words: what is not seen is not deleted. A change made there is done over,
 *  so that it takes out only what was on the screen. */
import { Slice, type Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import { Mapping, ReplaceStep, StepMap } from 'prosemirror-transform';
import { entriesOf, isDeletion, isLooseBoundary } from '#core/suggest/entries.ts';

interface Range {
  from: number;
  to: number;
}

const isStruckBlock = (node: Node): boolean => entriesOf(node).some((entry) => entry.k === 'del');

/** True when the boundary before child `index` is struck: the view shows both blocks as one. */
export const joinsBefore = (doc: Node, index: number): boolean =>
  isLooseBoundary(doc, index) &&
  doc.child(index).type.name !== 'footnote' &&
  isStruckBlock(doc.child(index));

/** The parts of a range that the text as edited does not show, in order, touching ones as one. */
export function hiddenIn(doc: Node, from: number, to: number): Range[] {
  const out: Range[] = [];
  const add = (start: number, end: number): void => {
    const range = { from: Math.max(from, start), to: Math.min(to, end) };
    if (range.to <= range.from) return;
    const last = out.at(-1);
    if (last?.to === range.from) last.to = range.to;
    else out.push(range);
  };
  doc.forEach((block, offset, index) => {
    const end = offset + block.nodeSize;
    if (end < from || offset > to) return;
    // A boundary is hidden as a whole or not at all.
    if (joinsBefore(doc, index)) {
      if (from <= offset - 1 && to >= offset + 1) add(offset - 1, offset + 1);
    } else if (isStruckBlock(block)) {
      add(offset + 1, end - 1);
      return;
    }
    block.forEach((child, at) => {
      if (child.marks.some(isDeletion)) add(offset + 1 + at, offset + 1 + at + child.nodeSize);
    });
  });
  return out;
}

/** Hidden words that stand in the new document and not in the one the transaction speaks of. */
interface Extra {
  pos: number;
  size: number;
}

/** Where a position of the transaction's document is in the new one; `side` 1 is behind hidden words that stand there. */
function moved(extras: readonly Extra[], pos: number, side: -1 | 1): number {
  let at = pos;
  for (const extra of extras)
    if (extra.pos < pos || (side > 0 && extra.pos === pos)) at += extra.size;
  return at;
}

/** A step in positions inside blocks. Where whole blocks go, ProseMirror takes out the first and keeps the form of the last;
 *  that is the same as joining them, and hidden words can stay in a block that is joined. */
function inLines(doc: Node, { from, to, slice }: ReplaceStep): Range & { slice: Slice } {
  const [$from, $to] = [doc.resolve(from), doc.resolve(to)];
  const isText = (node: Node | null): boolean => node?.type.name === 'block';
  if ($from.depth !== 0 || from === to || !isText($from.nodeAfter)) return { from, to, slice };
  const { content, openStart, openEnd } = slice;
  if ($to.depth === 1 && openStart === 0 && openEnd === 1)
    return { from: from + 1, to, slice: new Slice(content, 1, 1) };
  if ($to.depth === 0 && slice.size === 0) {
    if (isText($to.nodeAfter)) return { from: from + 1, to: to + 1, slice };
    if (isText($from.nodeBefore)) return { from: from - 1, to: to - 1, slice };
  }
  return { from, to, slice };
}

/** The same change without what it would do to hidden words; the very transaction when it does nothing to them. */
export function sparing(state: EditorState, tr: Transaction): Transaction {
  const out = state.tr;
  let extras: Extra[] = [];
  let same = true;
  for (const [i, step] of tr.steps.entries()) {
    if (!(step instanceof ReplaceStep)) {
      const ranges = extras.flatMap(({ pos, size }) => [pos, 0, size]);
      const mapped = step.map(new Mapping([new StepMap(ranges)]));
      if (mapped) out.step(mapped);
      extras = extras.map(({ pos, size }) => ({ pos: step.getMap().map(pos, -1), size }));
      continue;
    }
    const { from, to, slice } = inLines(tr.docs[i] ?? state.doc, step);
    const start = moved(extras, from, 1);
    const end = to > from ? Math.max(start, moved(extras, to, -1)) : start;
    const $from = out.doc.resolve(start);
    const $to = out.doc.resolve(end);
    // Whole blocks that go, go with what is in them.
    const within = $from.depth === 1 && $to.depth === 1;
    const hidden = within ? hiddenIn(out.doc, start, end) : [];
    let at = end;
    const shown: Range[] = [];
    for (const { from: a, to: b } of hidden.toReversed()) {
      if (b < at) shown.push({ from: b, to: at });
      at = a;
    }
    const opensHidden = from === step.from + 1 && within && joinsBefore(out.doc, $from.index(0));
    if (hidden.length === 0 && !opensHidden) {
      const first = moved(extras, step.from, 1);
      const last = step.to > step.from ? Math.max(first, moved(extras, step.to, -1)) : first;
      out.step(new ReplaceStep(first, last, step.slice));
    } else {
      same = false;
      if (start < at) shown.push({ from: start, to: at });
      const behind = out.mapping.maps.length;
      for (const range of shown) out.delete(range.from, range.to);
      const place = out.mapping.slice(behind).map(end, -1);
      if (slice.size > 0) out.step(new ReplaceStep(place, place, slice));
    }
    const grown = step.slice.size - (to - step.from);
    const kept = hidden.reduce((sum, range) => sum + range.to - range.from, 0);
    const before = extras.filter(({ pos }) => pos <= step.from);
    const after = extras.filter(({ pos }) => pos > step.from && pos >= to);
    extras = [
      ...before,
      ...(kept > 0 ? [{ pos: from, size: kept }] : []),
      ...after.map(({ pos, size }) => ({ pos: pos + grown, size })),
    ];
  }
  if (same) return tr;
  const at = (pos: number) =>
    out.doc.resolve(Math.min(moved(extras, pos, 1), out.doc.content.size));
  out.setSelection(TextSelection.between(at(tr.selection.anchor), at(tr.selection.head)));
  if (tr.storedMarksSet) out.setStoredMarks(tr.storedMarks);
  return tr.scrolledIntoView ? out.scrollIntoView() : out;
}
