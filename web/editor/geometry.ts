/** Where annotations are on the sheet, for the cards beside it. Measured in one animation frame after changes, never while drawing. */
import { TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { openAnnotations, suggestionsOf } from '#web/session/annotations.ts';
import type { Review } from '#core/sync/review.ts';

/** A rectangle in CSS pixels; kept from the sheet's upper left corner, given in those of the window. */
export interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const same = (a: Box | null | undefined, b: Box | null | undefined): boolean =>
  a === b ||
  (!!a &&
    !!b &&
    a.top === b.top &&
    a.bottom === b.bottom &&
    a.left === b.left &&
    a.right === b.right);

export class EditorGeometry {
  #boxes: ReadonlyMap<string, Box> = new Map();
  #selected: Box | null = null;
  readonly #listeners = new Set<() => void>();
  #frame: number | null = null;
  #source: { view: EditorView; sheet: HTMLElement; review(): Review } | null = null;
  #dragging = false;

  /** Calls the listener once a frame in which something moved on the sheet. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The first lines of all drawn annotations, in pixels from the sheet's corner; the same map until something moves. */
  boxes = (): ReadonlyMap<string, Box> => this.#boxes;

  /** The first line of an annotation's words, in pixels of the window; null when they are not drawn. */
  get(id: string): Box | null {
    return this.#inWindow(this.#boxes.get(id) ?? null);
  }

  /** The selected words, all lines together, in pixels of the window; null while nothing is selected or the pointer still drags. */
  selection(): Box | null {
    return this.#inWindow(this.#selected);
  }

  #inWindow(box: Box | null): Box | null {
    if (!box || !this.#source) return null;
    const { top, left } = this.#source.sheet.getBoundingClientRect();
    return {
      top: box.top + top,
      bottom: box.bottom + top,
      left: box.left + left,
      right: box.right + left,
    };
  }

  /** Measures `view` on `sheet` from now on; returns how to stop. */
  watch(view: EditorView, sheet: HTMLElement, review: () => Review): () => void {
    this.#source = { view, sheet, review };
    const observer = new ResizeObserver(() => this.request());
    observer.observe(sheet);
    const down = (): void => {
      this.#dragging = true;
    };
    const up = (): void => {
      if (!this.#dragging) return;
      this.#dragging = false;
      this.request();
    };
    view.dom.addEventListener('pointerdown', down);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', up);
    void document.fonts.ready.then(() => this.request());
    this.request();
    return () => {
      observer.disconnect();
      view.dom.removeEventListener('pointerdown', down);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', up);
      if (this.#frame !== null) cancelAnimationFrame(this.#frame);
      this.#frame = null;
      this.#source = null;
    };
  }

  /** Asks for a measurement in the next frame. */
  request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#measure();
    });
  }

  #measure(): void {
    if (!this.#source) return;
    const { view, sheet, review } = this.#source;
    const origin = sheet.getBoundingClientRect();
    const boxes = new Map<string, Box>();
    let changed = false;
    const put = (id: string, ranges: readonly { from: number; to: number }[]): void => {
      for (const range of ranges) {
        const box = this.#first(view, range, origin);
        if (!box) continue;
        const old = this.#boxes.get(id);
        boxes.set(id, old && same(old, box) ? old : box);
        changed ||= !same(old, box);
        return;
      }
    };
    const shown = review();
    for (const { id, kind, from, to, detached } of openAnnotations(shown))
      if (kind !== 'suggestion' && !detached) put(id, [{ from, to }]);
    for (const { id, ranges } of suggestionsOf(view.state.doc)) put(id, ranges);
    const selection = this.#selection(view, origin);
    changed ||= boxes.size !== this.#boxes.size;
    changed ||= !same(selection, this.#selected);
    if (!changed) return;
    this.#boxes = boxes;
    this.#selected = selection;
    for (const listener of this.#listeners) listener();
  }

  /** The first line of a range that is on the screen at all; null for hidden words. */
  #first(
    view: EditorView,
    { from, to }: { from: number; to: number },
    origin: DOMRect,
  ): Box | null {
    if (to > view.state.doc.content.size) return null;
    const rects = rectsOf(view, from, to);
    const rect = rects.find(({ height, width }) => height > 0 && width > 0) ?? rects[0];
    return rect && rect.height > 0 ? boxOf(rect, origin) : null;
  }

  #selection(view: EditorView, origin: DOMRect): Box | null {
    const { selection } = view.state;
    if (this.#dragging || selection.empty || !(selection instanceof TextSelection)) return null;
    const rects = rectsOf(view, selection.from, selection.to).filter(({ width }) => width > 0);
    if (rects.length === 0) return null;
    return {
      top: Math.min(...rects.map(({ top }) => top)) - origin.top,
      bottom: Math.max(...rects.map(({ bottom }) => bottom)) - origin.top,
      left: Math.min(...rects.map(({ left }) => left)) - origin.left,
      right: Math.max(...rects.map(({ right }) => right)) - origin.left,
    };
  }
}

function rectsOf(view: EditorView, from: number, to: number): DOMRect[] {
  const range = document.createRange();
  const start = view.domAtPos(from, 1);
  const end = view.domAtPos(to, -1);
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  const rects = [...range.getClientRects()];
  return rects.length > 0 ? rects : [range.getBoundingClientRect()];
}

const boxOf = (rect: DOMRect, origin: DOMRect): Box => ({
  top: rect.top - origin.top,
  bottom: rect.bottom - origin.top,
  left: rect.left - origin.left,
  right: rect.right - origin.left,
});
