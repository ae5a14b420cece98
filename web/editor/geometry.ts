/** Where annotations are on the sheet, for the cards beside it. Measured in one animation frame after changes, never while
 *  drawing; in a long article exactly only for what is near the window, so that a key costs the same however much is marked. */
import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { BlockBoxes, type Band, type Words } from '#web/editor/block-boxes.ts';
import { firstLineOf, selectedBox, shifted, type Box } from '#web/editor/rects.ts';
import { suggestionsOf } from '#web/session/annotations.ts';
import type { Review } from '#core/sync/review.ts';

/** What an article is measured for. */
interface Source {
  view: EditorView;
  sheet: HTMLElement;
  review(): Review;
  focused(): string | null;
}

/** The top and the bottom of a line of words. */
export type Line = Pick<Box, 'top' | 'bottom'>;

/** Up to so many annotations are all near. */
const few = 150;
const everywhere: Band = { top: -Infinity, bottom: Infinity };

const same = (a: Box | null | undefined, b: Box | null | undefined): boolean =>
  a === b ||
  (!!a &&
    !!b &&
    a.top === b.top &&
    a.bottom === b.bottom &&
    a.left === b.left &&
    a.right === b.right);

/** Everything with words in the text: attached comments and facts that are open, and suggestions. */
function wordsIn(review: Review, doc: Node): Words[] {
  const all: Words[] = [];
  for (const { id, kind, from, to, state } of review.anchors.byId.values()) {
    if (state !== 'attached' || kind === 'stet') continue;
    const notes = kind === 'comment' ? review.comments : review.occurrences;
    if (notes.get(id)?.status === 'open') all.push({ id, ranges: [{ from, to }] });
  }
  for (const { id, ranges } of suggestionsOf(doc)) all.push({ id, ranges });
  return all;
}

export class EditorGeometry {
  #lines: ReadonlyMap<string, Line> = new Map();
  #selected: Box | null = null;
  #near = everywhere;
  #guessed: ReadonlySet<string> = new Set();
  #words: { review: Review; doc: Node; all: readonly Words[] } | null = null;
  readonly #blocks = new BlockBoxes();
  readonly #listeners = new Set<() => void>();
  #frame: number | null = null;
  /** The window was scrolled, and nothing else happened. */
  #onlyScrolled = true;
  #source: Source | null = null;
  #view = '';
  #dragging = false;

  /** Calls the listener once a frame in which something moved up or down on the sheet, came near, or was selected. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The first lines of all drawn annotations, in pixels from the sheet's corner; guessed for those outside `near`, and there
   *  only good for what stands before what. The same map until something moves up or down. */
  lines = (): ReadonlyMap<string, Line> => this.#lines;

  /** The part of the sheet whose words are measured: the window and a screen on each side. All of it when little is marked. */
  near = (): Band => this.#near;

  /** The first line of an annotation's words, in pixels of the window; null when they are not drawn. Exact, however far. */
  get(id: string): Line | null {
    if (this.#source && this.#words?.doc === this.#source.view.state.doc && this.#guessed.has(id))
      for (const range of this.#words.all.find((one) => one.id === id)?.ranges ?? []) {
        const line = firstLineOf(this.#source.view, range);
        if (line) return line;
      }
    const line = this.#lines.get(id);
    const top = this.top();
    return line ? { top: line.top + top, bottom: line.bottom + top } : null;
  }

  /** The selected words, all lines together, in pixels of the window; null while nothing is selected or the pointer still drags. */
  selection(): Box | null {
    if (!this.#selected || !this.#source) return null;
    const { top, left } = this.#source.sheet.getBoundingClientRect();
    return shifted(this.#selected, left, top);
  }

  /** The sheet's upper edge in pixels of the window. */
  top(): number {
    return this.#source?.sheet.getBoundingClientRect().top ?? 0;
  }

  /** Measures the view on its sheet from now on; returns how to stop. */
  watch(source: Source): () => void {
    this.#source = source;
    const { view, sheet } = source;
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
    const scrolled = (): void => {
      if (this.#near !== everywhere) this.#soon();
    };
    const resized = (): void => this.request();
    view.dom.addEventListener('pointerdown', down);
    document.addEventListener('pointerup', up);
    document.addEventListener('pointercancel', up);
    document.addEventListener('scroll', scrolled, { capture: true, passive: true });
    window.addEventListener('resize', resized);
    void document.fonts.ready.then(() => {
      this.#blocks.forget();
      this.request();
    });
    this.request();
    return () => {
      observer.disconnect();
      view.dom.removeEventListener('pointerdown', down);
      document.removeEventListener('pointerup', up);
      document.removeEventListener('pointercancel', up);
      document.removeEventListener('scroll', scrolled, { capture: true });
      window.removeEventListener('resize', resized);
      if (this.#frame !== null) cancelAnimationFrame(this.#frame);
      this.#frame = null;
      this.#source = null;
    };
  }

  /** Asks for a measurement in the next frame. */
  request(): void {
    this.#onlyScrolled = false;
    this.#soon();
  }

  #soon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#measure();
      this.#onlyScrolled = true;
    });
  }

  /** The annotations of what is drawn now; read anew only when it has changed. */
  #wordsOf({ view, review }: Source): readonly Words[] {
    const now = { review: review(), doc: view.state.doc };
    if (this.#words?.review !== now.review || this.#words.doc !== now.doc)
      this.#words = { ...now, all: wordsIn(now.review, now.doc) };
    return this.#words.all;
  }

  /** Stays as it is while the window moves less than half a screen. */
  #nearNow(count: number, { top }: DOMRect): Band {
    if (count <= few) return everywhere;
    const screen = window.innerHeight;
    const { top: from, bottom: to } = this.#near;
    const fits = from <= -top - screen / 2 && to >= -top + screen * 1.5;
    return fits && this.#near !== everywhere
      ? this.#near
      : { top: -top - screen, bottom: -top + screen * 2 };
  }

  #measure(): void {
    if (!this.#source) return;
    const { view, sheet, focused } = this.#source;
    const drawnAs = sheet.dataset['view'] ?? '';
    if (drawnAs !== this.#view) this.#blocks.forget();
    this.#view = drawnAs;
    const origin = sheet.getBoundingClientRect();
    const all = this.#wordsOf(this.#source);
    const near = this.#nearNow(all.length, origin);
    if (this.#onlyScrolled && near === this.#near) return;
    const guessed = new Set<string>();
    const boxes = this.#blocks.measure(view, origin, all, { near, also: focused(), guessed });
    const inWindow = this.#dragging ? null : selectedBox(view);
    const selected = inWindow && shifted(inWindow, -origin.left, -origin.top);
    let moved = boxes.size !== this.#lines.size;
    for (const [id, box] of boxes) {
      if (moved) break;
      const old = this.#lines.get(id);
      moved = old?.top !== box.top || old.bottom !== box.bottom;
    }
    const changed = moved || near !== this.#near || !same(selected, this.#selected);
    this.#near = near;
    this.#guessed = guessed;
    this.#selected = selected;
    if (moved) this.#lines = boxes;
    if (changed) for (const listener of this.#listeners) listener();
  }
}
