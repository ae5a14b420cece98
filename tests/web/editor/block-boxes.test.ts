/** Where annotations are said to be, on a sheet of lines of ten characters, and how often the browser is asked for it. */
import { describe, expect, it } from 'vitest';
import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { schema } from '#core/article/schema.ts';
import { BlockBoxes, type Band, type Words } from '#web/editor/block-boxes.ts';
import type { Stretch } from '#web/editor/rects.ts';

const perLine = 10;
const lineHeight = 30;

const articleOf = (texts: readonly string[]): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Title')]),
    ...texts.map((text) => schema.node('block', null, [schema.text(text)])),
  ]);

/** A sheet that stands 100 pixels above the window's upper edge. */
class Sheet {
  doc: Node;
  width = 300;
  asked: Stretch[] = [];
  blocksRead = 0;
  readonly boxes = new BlockBoxes((_view, stretch) => this.#line(stretch));

  constructor(doc: Node) {
    this.doc = doc;
  }

  get #perLine(): number {
    return (perLine * this.width) / 300;
  }

  #heights(): number[] {
    return this.doc.content.content.map(
      (block) => Math.ceil(block.content.size / this.#perLine) * lineHeight,
    );
  }

  #line(stretch: Stretch) {
    this.asked.push(stretch);
    const top = this.topOf(stretch.from) - 100;
    return { top, bottom: top + lineHeight, left: 0, right: 10 };
  }

  /** Where a position really is, from the sheet's upper edge. */
  topOf(pos: number): number {
    let top = 0;
    const $pos = this.doc.resolve(pos);
    const heights = this.#heights();
    for (let i = 0; i < $pos.index(0); i++) top += heights[i] ?? 0;
    return top + Math.floor($pos.parentOffset / this.#perLine) * lineHeight;
  }

  measure(all: readonly Words[], near: Band, also: string | null = null) {
    this.asked = [];
    this.blocksRead = 0;
    const heights = this.#heights();
    const total = heights.reduce((sum, height) => sum + height, 0);
    const rect = (top: number, height: number) => {
      const { width } = this;
      return { top, height, width, left: 0, right: width, bottom: top + height } as DOMRect;
    };
    const children = heights.map((height, i) => ({
      getBoundingClientRect: () => {
        this.blocksRead += 1;
        return rect(heights.slice(0, i).reduce((sum, one) => sum + one, 0) - 100, height);
      },
    }));
    const view = { state: { doc: this.doc }, dom: { children } } as unknown as EditorView;
    const guessed = new Set<string>();
    const boxes = this.boxes.measure(view, rect(-100, total), all, { near, also, guessed });
    return { boxes, guessed };
  }
}

/** A note on the first letters of every tenth of each block, `each` of them. */
function notesOn(doc: Node, each: number): Words[] {
  const all: Words[] = [];
  doc.forEach((block, offset) => {
    for (let i = 0; i < each; i++) {
      const from = offset + 1 + Math.floor((i * (block.content.size - 4)) / each);
      all.push({ id: `n${all.length}`, ranges: [{ from, to: from + 3 }] });
    }
  });
  return all;
}

const typed = (doc: Node, at: number): Node => {
  const { parent } = doc.resolve(at);
  const blocks = doc.content.content.map((block) =>
    block === parent
      ? block.copy(block.content.append(schema.node('block', null, [schema.text('x')]).content))
      : block,
  );
  return schema.node('doc', null, blocks);
};

const text = 'nobody counts them twice along the warm coast '.repeat(4);
const window: Band = { top: 0, bottom: 2000 };

describe('where annotations are', () => {
  it('[PF1] a key asks for the words of one block, however many annotations there are', () => {
    const askedFor = (blocks: number, each: number): { words: number; blocks: number } => {
      const sheet = new Sheet(articleOf(Array.from({ length: blocks }, () => text)));
      sheet.measure(notesOn(sheet.doc, each), window);
      sheet.doc = typed(sheet.doc, 20);
      sheet.measure(notesOn(sheet.doc, each), window);
      return { words: sheet.asked.length, blocks: sheet.blocksRead };
    };
    const little = askedFor(20, 5);
    expect(little.words).toBeLessThanOrEqual(5);
    expect(little.words).toBeGreaterThan(0);
    expect(askedFor(400, 5)).toEqual(little);
    expect(askedFor(400, 50).words).toBeLessThanOrEqual(50);
    expect(askedFor(400, 50).blocks).toBe(little.blocks);
  });

  it('[PF2] near words are where they are, far ones within their block, and those asked for by name exact', () => {
    const sheet = new Sheet(articleOf(Array.from({ length: 60 }, () => text)));
    const all = notesOn(sheet.doc, 6);
    const { boxes, guessed } = sheet.measure(all, window, 'n300');
    expect(boxes.size).toBe(all.length);
    let far = 0;
    let last = -Infinity;
    for (const { id, ranges } of all) {
      const top = boxes.get(id)?.top ?? Number.NaN;
      const real = sheet.topOf(ranges[0]?.from ?? 0);
      const exact = real < window.bottom || id === 'n300';
      if (exact) expect([id, top]).toEqual([id, real]);
      else expect(Math.abs(top - real), id).toBeLessThan(text.length * 3);
      if (id !== 'n300') expect(top, id).toBeGreaterThanOrEqual(last);
      last = Math.max(last, top);
      if (guessed.has(id)) far += 1;
      else expect(exact || top === real, id).toBe(true);
    }
    expect(far).toBeGreaterThan(200);
    const later = sheet.measure(all, { top: 8000, bottom: 12000 });
    for (const { id, ranges } of all) {
      const real = sheet.topOf(ranges[0]?.from ?? 0);
      if (real >= 8000 && real < 12000) expect(later.boxes.get(id)?.top, id).toBe(real);
    }
  });

  it('[PF3] what was measured holds: scrolling back asks for nothing, another width or a word from the view for all of it', () => {
    const sheet = new Sheet(articleOf(Array.from({ length: 60 }, () => text)));
    const all = notesOn(sheet.doc, 6);
    sheet.measure(all, window);
    const first = sheet.asked.length;
    expect(first).toBeGreaterThan(10);
    sheet.measure(all, { top: 8000, bottom: 9000 });
    const back = sheet.measure(all, window);
    expect(sheet.asked).toEqual([]);
    expect(back.guessed.has('n0')).toBe(false);
    sheet.width = 600;
    const wide = sheet.measure(all, window);
    expect(sheet.asked.length).toBeGreaterThan(first);
    expect(wide.boxes.get('n20')?.top).toBe(sheet.topOf(all[20]?.ranges[0]?.from ?? 0));
    const again = sheet.asked.length;
    sheet.boxes.forget();
    sheet.measure(all, window);
    expect(sheet.asked).toHaveLength(again);
  });
});
