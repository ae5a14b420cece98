/** Where ranges begin and end, block by block: comments, bookmarks for the way back, and the two places of a move. */
import type { Node } from 'prosemirror-model';
import type { WrittenThread } from '#core/formats/docx/write-comments.ts';
import type { Marker } from '#core/formats/docx/write-inline.ts';
import type { Writing } from '#core/formats/docx/writing.ts';
import { element } from '#core/formats/docx/xml.ts';
import { nameOf } from '#core/formats/reading-copy.ts';

interface Range {
  from: number;
  to: number;
  start: string;
  end: string;
}

interface Spot {
  block: number;
  offset: number;
}

/** Where each block of the document opens, and whether it is a footnote. */
interface Layout {
  /** The id of each block, '' for those that have none. */
  ids: string[];
  opens: number[];
  sizes: number[];
  /** The first footnote's index, or the count of blocks. */
  notes: number;
}

function layoutOf(doc: Node): Layout {
  const layout: Layout = { ids: [], opens: [], sizes: [], notes: doc.childCount };
  doc.forEach((node, offset, index) => {
    layout.ids.push((node.attrs['id'] as string | undefined) ?? '');
    layout.opens.push(offset);
    layout.sizes.push(node.content.size);
    if (node.type.name === 'footnote' && index < layout.notes) layout.notes = index;
  });
  return layout;
}

/** The spot of a position; between two blocks it is the end of the first for `end`, else the start of the second. */
function spotAt({ opens, sizes }: Layout, pos: number, end: boolean): Spot {
  let low = 0;
  let high = opens.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const open = opens[middle] ?? 0;
    if (end ? open < pos : open <= pos) low = middle;
    else high = middle - 1;
  }
  const size = sizes[low] ?? 0;
  return { block: low, offset: Math.min(size, Math.max(0, pos - (opens[low] ?? 0) - 1)) };
}

/** Every marker of the document, by the index of its block. */
export class Markers {
  private readonly byBlock = new Map<number, Marker[]>();

  constructor(
    writing: Writing,
    threads: readonly WrittenThread[],
    bookmarks: readonly { name: string; from: number; to: number }[],
  ) {
    const layout = layoutOf(writing.doc);
    const numbers = referencesOf(writing.doc);
    const ranges = [
      ...bookmarks.map(({ name, from, to }) => bookmark(writing, name, from, to)),
      ...moves(writing),
      ...threads.map((thread) => commentRange(thread, placeOf(thread, layout, numbers))),
    ];
    for (const { thread } of threads) {
      const { from, to, note } = thread;
      if (spotAt(layout, from, false).block >= layout.notes)
        writing.warn(
          'changed',
          `${nameOf(note)} is about words of a footnote; in Word it stands on the number of the note.`,
          note.id,
        );
      else if (crosses(layout, from, to))
        writing.warn(
          'changed',
          `${nameOf(note)} reaches over a footnote; in Word it ends before.`,
          note.id,
        );
      else if (to === from && note.quote !== '' && note.kind !== 'suggestion')
        writing.warn(
          'changed',
          `${nameOf(note)} has lost its words; in Word it stands where they were.`,
          note.id,
        );
    }
    this.place(layout, ranges);
  }

  /** The markers of a block, in order. */
  of(block: number): readonly Marker[] {
    return this.byBlock.get(block) ?? [];
  }

  /** Ends come before starts at one place, each in the order of the ranges, as Word has them; an empty range ends
   *  where it starts. */
  private place(layout: Layout, ranges: readonly Range[]): void {
    const all: { spot: Spot; rank: number; xml: string }[] = [];
    ranges.forEach(({ from, to, start, end }, i) => {
      const first = spotAt(layout, from, false);
      let last = to > from ? spotAt(layout, to, true) : first;
      const lastOf = (block: number): Spot => ({ block, offset: layout.sizes[block] ?? 0 });
      // A footnote is a text of its own.
      if (first.block >= layout.notes && last.block !== first.block) last = lastOf(first.block);
      else if (first.block < layout.notes && last.block >= layout.notes)
        last = lastOf(layout.notes - 1);
      const isEmpty =
        last.block < first.block || (last.block === first.block && last.offset <= first.offset);
      if (isEmpty) all.push({ spot: first, rank: ranges.length + i, xml: start + end });
      else
        all.push(
          { spot: first, rank: ranges.length + i, xml: start },
          { spot: last, rank: i, xml: end },
        );
    });
    all.sort(
      (a, b) => a.spot.block - b.spot.block || a.spot.offset - b.spot.offset || a.rank - b.rank,
    );
    for (const { spot, xml } of all) {
      const list = this.byBlock.get(spot.block) ?? [];
      this.byBlock.set(spot.block, list);
      list.push({ offset: spot.offset, xml });
    }
  }
}

function crosses(layout: Layout, from: number, to: number): boolean {
  if (to <= from) return false;
  const [first, last] = [spotAt(layout, from, false).block, spotAt(layout, to, true).block];
  return last > first && last >= layout.notes;
}

/** Where the first reference to each footnote stands in the body. */
function referencesOf(doc: Node): Map<string, number> {
  const numbers = new Map<string, number>();
  doc.descendants((node, pos, parent) => {
    const id = node.attrs['id'] as string;
    const isFirst = node.type.name === 'footnoteRef' && !numbers.has(id);
    if (isFirst && parent?.type.name !== 'footnote') numbers.set(id, pos);
  });
  return numbers;
}

/** The place of a thread. Other programs open no file with a comment in its notes, so one on the words of a note stands on
 *  the note's number; its bookmark stays with the words. */
function placeOf(
  { thread: { from, to } }: WrittenThread,
  layout: Layout,
  numbers: ReadonlyMap<string, number>,
): { from: number; to: number } {
  const { block } = spotAt(layout, from, false);
  if (block < layout.notes) return { from, to };
  const at = numbers.get(layout.ids[block] ?? '');
  if (at !== undefined) return { from: at, to: at + 1 };
  const last = layout.notes - 1;
  const end = (layout.opens[last] ?? 0) + 1 + (layout.sizes[last] ?? 0);
  return { from: end, to: end };
}

/** Start0 Start1 … End0 ref0 End1 ref1: every reply needs a range and a reference of its own. */
function commentRange(
  { thread, ids }: WrittenThread,
  { from, to }: { from: number; to: number },
): Range {
  // A comment that came without a range has a reference alone, as it had in the file it came from.
  const isPoint = thread.from === thread.to && thread.bare && ids.length === 1;
  const mark = (side: 'Start' | 'End', id: number): string =>
    isPoint ? '' : element(`w:commentRange${side}`, { 'w:id': id });
  const start = ids.map((id) => mark('Start', id)).join('');
  const end = ids
    .map(
      (id) =>
        mark('End', id) +
        `<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>${element('w:commentReference', { 'w:id': id })}</w:r>`,
    )
    .join('');
  return { from, to, start, end };
}

function bookmark(writing: Writing, name: string, from: number, to: number): Range {
  const id = writing.nextId();
  return {
    from,
    to,
    start: element('w:bookmarkStart', { 'w:id': id, 'w:name': name }),
    end: element('w:bookmarkEnd', { 'w:id': id }),
  };
}

function moves(writing: Writing): Range[] {
  return [...writing.moves].flatMap(([id, { name, from, to }]) => {
    const by = writing.suggestions.find((one) => one.id === id)?.by ?? '';
    return (['moveFrom', 'moveTo'] as const).map((side): Range => {
      const attrs: ReturnType<Writing['change']> = { ...writing.change(id, by), 'w:name': name };
      return {
        ...(side === 'moveFrom' ? from : to),
        start: element(`w:${side}RangeStart`, attrs),
        end: element(`w:${side}RangeEnd`, { 'w:id': attrs['w:id'] }),
      };
    });
  });
}
