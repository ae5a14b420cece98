/** Rectangles of drawn text, as the browser has it. */
import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** A rectangle in CSS pixels; kept from the sheet's upper left corner, given in those of the window. */
export interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Stretch {
  from: number;
  to: number;
}

/** The same box seen from another corner. */
export const shifted = (box: Box, x: number, y: number): Box => ({
  top: box.top + y,
  bottom: box.bottom + y,
  left: box.left + x,
  right: box.right + x,
});

function rectsOf(view: EditorView, { from, to }: Stretch): DOMRect[] {
  const range = document.createRange();
  const start = view.domAtPos(from, 1);
  const end = view.domAtPos(to, -1);
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  const rects = [...range.getClientRects()];
  if (rects.length > 0) return rects;
  // A place in a block without words has no line: that of the block is meant.
  const { node } = start;
  const block = from === to && node instanceof Element && node.textContent === '' ? node : range;
  return [block.getBoundingClientRect()];
}

/** The first line of a stretch that is on the screen at all, in pixels of the window; null for hidden words. */
export function firstLineOf(view: EditorView, stretch: Stretch): Box | null {
  if (stretch.to > view.state.doc.content.size) return null;
  const rects = rectsOf(view, stretch);
  const rect = rects.find(({ height, width }) => height > 0 && width > 0) ?? rects[0];
  return rect && rect.height > 0 ? shifted(rect, 0, 0) : null;
}

/** All selected lines together, in pixels of the window; null while nothing is selected. */
export function selectedBox(view: EditorView): Box | null {
  const { selection } = view.state;
  if (selection.empty || !(selection instanceof TextSelection)) return null;
  const rects = rectsOf(view, selection).filter(({ width }) => width > 0);
  if (rects.length === 0) return null;
  return {
    top: Math.min(...rects.map(({ top }) => top)),
    bottom: Math.max(...rects.map(({ bottom }) => bottom)),
    left: Math.min(...rects.map(({ left }) => left)),
    right: Math.max(...rects.map(({ right }) => right)),
  };
}
