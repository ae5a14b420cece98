/** Where annotations are, block by block. Words near the window are measured; those further away stand where their place in
 *  their block says, until they come near. What was measured in a block holds as long as the block and its size do. */
import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { firstLineOf, shifted, type Box, type Stretch } from '#web/editor/rects.ts';

/** A stretch of the sheet from top to bottom, in pixels from its upper edge. */
export interface Band {
  top: number;
  bottom: number;
}

/** The words of an annotation, in the order of the text. */
export interface Words {
  id: string;
  ranges: readonly Stretch[];
}

/** A line of text, for words whose block only is known. */
const line = 32;

/** Where a block stands on the sheet. */
interface Frame {
  top: number;
  left: number;
  width: number;
  height: number;
}

/** What was measured in a block, from its own corner; null for words that are not drawn. */
interface Known {
  width: number;
  height: number;
  lines: Map<string, Box | null>;
}

export class BlockBoxes {
  #frames: Frame[] = [];
  #sheet = '';
  #known = new WeakMap<Node, Known>();
  readonly #lineOf: typeof firstLineOf;

  /** `lineOf` asks the browser for the first line of a stretch. */
  constructor(lineOf: typeof firstLineOf = firstLineOf) {
    this.#lineOf = lineOf;
  }

  /** Something else than the text has changed how it is drawn: fonts, the view. */
  forget(): void {
    this.#known = new WeakMap();
    this.#frames = [];
  }

  /** The boxes of `all` from the sheet's corner, which is at `origin` in the window. Words in blocks within `near`, and those of
   *  `also`, are exact; `guessed` gets the ids of the others. */
  measure(
    view: EditorView,
    origin: DOMRect,
    all: readonly Words[],
    how: { near: Band; also: string | null; guessed: Set<string> },
  ): Map<string, Box> {
    const { doc } = view.state;
    const blocks = doc.content.content;
    const read = this.#reader(view, doc, origin);
    // As long as the sheet keeps its size no block far from the change has moved.
    const sheet = `${blocks.length} ${origin.width} ${origin.height}`;
    if (sheet !== this.#sheet || this.#frames.length !== blocks.length) {
      this.#sheet = sheet;
      this.#frames = blocks.map((_, index) => read(index));
    }
    const starts: number[] = [];
    doc.forEach((_, offset) => void starts.push(offset));
    const fresh = new Set<number>();
    const boxes = new Map<string, Box>();
    for (const words of all) {
      const [first] = words.ranges;
      if (!first) continue;
      const index = blockAt(starts, first.from);
      const block = blocks[index];
      let frame = this.#frames[index];
      if (!block || !frame) continue;
      const isNear =
        words.id === how.also ||
        (frame.top + frame.height >= how.near.top && frame.top <= how.near.bottom);
      if (isNear && !fresh.has(index)) {
        fresh.add(index);
        frame = read(index);
        this.#frames[index] = frame;
      }
      const start = starts[index] ?? 0;
      const box = this.#boxOf(view, words, { block, start, frame, origin, isNear });
      if (box === 'unknown') {
        how.guessed.add(words.id);
        if (frame.height > 0) boxes.set(words.id, guess(first.from - start, block, frame));
      } else if (box) boxes.set(words.id, shifted(box, frame.left, frame.top));
    }
    return boxes;
  }

  /** From the corner of the block; 'unknown' when it was not measured and is not to be. */
  #boxOf(
    view: EditorView,
    { ranges }: Words,
    at: { block: Node; start: number; frame: Frame; origin: DOMRect; isNear: boolean },
  ): Box | null | 'unknown' {
    const { block, start, frame, origin } = at;
    let known = this.#known.get(block);
    const holds = known?.width === frame.width && known.height === frame.height;
    if (!holds && !at.isNear) return 'unknown';
    if (!known || !holds)
      this.#known.set(
        block,
        (known = { width: frame.width, height: frame.height, lines: new Map() }),
      );
    const end = start + block.nodeSize;
    const key = ranges.map(({ from, to }) => `${from - start}-${to - start}`).join();
    const before = known.lines.get(key);
    if (before !== undefined) return before;
    if (!at.isNear) return 'unknown';
    for (const { from, to } of ranges) {
      // The first line is nearly always in the first block.
      const inBlock = to >= end ? this.#lineOf(view, { from, to: Math.max(from, end - 1) }) : null;
      const box = inBlock ?? this.#lineOf(view, { from, to });
      if (!box) continue;
      const own = shifted(box, -origin.left - frame.left, -origin.top - frame.top);
      if (own.top < frame.height) known.lines.set(key, own);
      return own;
    }
    if ((ranges.at(-1)?.to ?? 0) < end) known.lines.set(key, null);
    return null;
  }

  #reader(view: EditorView, doc: Node, origin: DOMRect): (index: number) => Frame {
    const { children } = view.dom;
    const aligned = children.length === doc.childCount;
    return (index) => {
      const element = aligned ? children[index] : elementAt(view, startOf(doc, index));
      const rect = element?.getBoundingClientRect();
      if (!rect) return { top: 0, left: 0, width: 0, height: 0 };
      const { top, left, width, height } = rect;
      return { top: top - origin.top, left: left - origin.left, width, height };
    };
  }
}

function elementAt(view: EditorView, pos: number): Element | null {
  const dom = view.nodeDOM(pos);
  return dom instanceof Element ? dom : null;
}

function startOf(doc: Node, index: number): number {
  let start = 0;
  for (let i = 0; i < index; i++) start += doc.child(i).nodeSize;
  return start;
}

/** The last block that starts before a position. */
function blockAt(starts: readonly number[], pos: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < pos) low = middle;
    else high = middle;
  }
  return low;
}

/** As far down its block as its words are far into the text of it. */
function guess(offset: number, block: Node, { top, left, width, height }: Frame): Box {
  const tall = Math.min(line, height);
  const lines = Math.max(1, Math.floor(height / line));
  const at = Math.min(lines - 1, Math.floor((offset / block.nodeSize) * lines));
  const y = top + (at * height) / lines;
  return { top: y, bottom: y + tall, left, right: left + width };
}
