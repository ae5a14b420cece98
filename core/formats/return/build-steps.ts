/** Makes suggestions of changes: they are done to the text as it stands now, as a hand would do them, and tracked. */
import { Fragment, Mark, Slice, type Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { NewNote } from '#core/formats/return/notes.ts';
import { putAbove } from '#core/formats/return/row-above.ts';
import type { Unit } from '#core/formats/return/row.ts';
import type { Edit } from '#core/formats/return/text-changes.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { entriesOf, isWhole, plainOf, sameShape, shapeOf } from '#core/suggest/entries.ts';
import { track } from '#core/suggest/track.ts';

/** Where a position of the base is in the text the changes are made to. */
export type Place = (pos: number, side: -1 | 1) => number;

/** What a suggestion is made with. */
export interface Making {
  head: Node;
  at: Place;
  by: string;
  id: string;
}

/** What is put in, without what was suggested about it: words for the place itself, and whole blocks behind them. */
interface Piece {
  inline: Node[];
  blocks: Node[];
}

/** Makes the nodes. `noteIds` has the ids that new footnotes get here; null where something cannot be put in. */
function pieceOf(units: readonly Unit[], noteIds: ReadonlyMap<unknown, string>): Piece | null {
  const blocks: { open: Node | null; inline: Node[] }[] = [{ open: null, inline: [] }];
  for (const { open, node, text } of units) {
    const { schema } = node.type;
    if (open) {
      if (!isBody(node)) return null;
      blocks.push({ open: node, inline: [] });
      continue;
    }
    const marks = Mark.setFrom(plainOf(node.marks));
    const isNote = node.type.name === 'footnoteRef';
    const id = isNote ? noteIds.get(node.attrs['id']) : undefined;
    if (isNote && id === undefined) return null;
    const inline = node.isText
      ? schema.text(text, marks)
      : schema.node(node.type, id === undefined ? null : { id }, undefined, marks);
    blocks.at(-1)?.inline.push(inline);
  }
  const [first, ...rest] = blocks;
  return {
    inline: first?.inline ?? [],
    blocks: rest.map(({ open, inline }) => blockOf(open, Fragment.fromArray(inline))),
  };
}

function blockOf(open: Node | null, content: Fragment): Node {
  if (open && isWhole(open)) return open.type.create({ ...open.attrs, sugg: [] }, content);
  const { style, list } = open ? shapeOf(open) : { style: 'paragraph', list: null };
  return schema.node('block', { style, list }, content);
}

/** Behind what an earlier change put in at the same place; but the first footnote of a text is put in at the end of its
 *  last block, and nothing else goes into it. */
function placeIn({ doc }: Transform, pos: number, at: Place): number {
  const [before, behind] = [at(pos, -1), at(pos, 1)];
  const isNote = (place: number): boolean => doc.resolve(place).parent.type.name === 'footnote';
  if (!isNote(behind) || isNote(before)) return behind;
  // What a change before it put in at the same place, such as the footnote's mark, ends that block too.
  const { parent } = doc.resolve(before);
  return parent.isTextblock ? doc.resolve(before).end() : before;
}

/** Puts words in at a place, and blocks behind it: at the end of its block beside it, else into it. */
function putIn(tr: Transform, pos: number, { inline, blocks }: Piece): boolean {
  const $pos = tr.doc.resolve(pos);
  const container = $pos.parent;
  if (!container.isTextblock) return false;
  const hasNotes = inline.some(({ type }) => type.name === 'footnoteRef');
  const { name } = container.type;
  if (hasNotes && (name === 'footnote' || name === 'byline')) return false;
  if (blocks.length === 0) {
    tr.replace(pos, pos, new Slice(Fragment.fromArray(inline), 0, 0));
    return true;
  }
  if (putAbove(tr, pos, { inline, blocks })) return true;
  if ($pos.parentOffset === container.content.size && isBody(container)) {
    tr.insert(pos + 1, blocks);
    tr.insert(pos, inline);
    return true;
  }
  if (name !== 'block' || blocks.at(-1)?.type.name !== 'block') return false;
  const start = container.type.create(container.attrs, Fragment.fromArray(inline));
  tr.replace(pos, pos, new Slice(Fragment.fromArray([start, ...blocks]), 1, 1));
  return true;
}

/** Blocks of the body, behind which others can stand. */
const isBody = (node: Node): boolean => node.type.name === 'block' || isWhole(node);

/** Puts a new footnote to its place: behind those whose references come before its own. */
function putNote(tr: Transform, { units }: NewNote, id: string): boolean {
  const before = new Set<unknown>();
  let isThere = false;
  tr.doc.descendants((node) => {
    if (node.type.name !== 'footnoteRef' || isThere) return;
    if (node.attrs['id'] === id) isThere = true;
    else before.add(node.attrs['id']);
  });
  const words = pieceOf(units.slice(1), new Map());
  if (!isThere || !words || words.blocks.length > 0) return false;
  let at = -1;
  tr.doc.forEach((node, offset) => {
    if (node.type.name !== 'footnote') return;
    if (at < 0) at = offset;
    if (before.has(node.attrs['id'])) at = offset + node.nodeSize;
  });
  const note = schema.node('footnote', { id }, Fragment.fromArray(words.inline));
  tr.insert(at < 0 ? tr.doc.content.size : at, note);
  return true;
}

type Placed = Exclude<Edit, { t: 'note' }>;

/** The place of an edit, for doing them from the back of the text. */
const placeOf = (edit: Placed): number =>
  edit.t === 'insert' ? edit.at : edit.t === 'shape' ? edit.pos : edit.from;

/** At one place the striking comes first: what is put in there would move it. */
const order = (a: Placed, b: Placed): number =>
  placeOf(b) - placeOf(a) || Number(a.t === 'insert') - Number(b.t === 'insert');

function put(
  tr: Transform,
  edit: Placed,
  { at, by }: Making,
  noteIds: ReadonlyMap<unknown, string>,
): boolean {
  switch (edit.t) {
    case 'strike': {
      const [from, to] = [at(edit.from, 1), at(edit.to, -1)];
      if (from >= to) return true;
      tr.delete(from, to);
      return true;
    }
    case 'insert': {
      // Behind what an earlier change put in at the same place.
      const piece = pieceOf(edit.units, noteIds);
      return piece !== null && putIn(tr, placeIn(tr, edit.at, at), piece);
    }
    case 'look': {
      const [from, to] = [at(edit.from, 1), at(edit.to, -1)];
      if (from >= to) return true;
      const names = ['em', 'strong', 'link'];
      for (const name of names) {
        const type = tr.doc.type.schema.marks[name];
        const mark = edit.marks.find((one) => one.type === type);
        if (type) tr.removeMark(from, to, type);
        if (mark) tr.addMark(from, to, mark);
      }
      return true;
    }
    case 'shape': {
      const pos = at(edit.pos, 1);
      const node = tr.doc.nodeAt(pos);
      if (node?.type.name !== 'block') return false;
      if (sameShape(shapeOf(node), edit.shape)) return true;
      tr.step(new BlockStep(by, pos, { t: 'set', shape: edit.shape, sugg: entriesOf(node) }));
      return true;
    }
  }
}

/** The steps of the suggestion, and the text with it; null if it cannot be suggested there. */
export function buildSteps(
  edits: readonly Edit[],
  making: Making,
): { steps: readonly Step[]; doc: Node } | null {
  const { head, by, id } = making;
  const tr = new Transform(head);
  try {
    const notes = edits.flatMap((edit) => (edit.t === 'note' ? [edit.note] : []));
    const ids = new Map(notes.map((note, i) => [note.id, `${id}-note${i + 1}`]));
    const placed = edits.filter((edit): edit is Placed => edit.t !== 'note');
    for (const edit of placed.toSorted(order)) if (!put(tr, edit, making, ids)) return null;
    for (const note of notes) if (!putNote(tr, note, ids.get(note.id) ?? '')) return null;
    const tracked = track(head, tr, by, { idFor: () => id });
    return 'refused' in tracked ? null : { steps: tracked.steps, doc: tracked.doc };
  } catch (error) {
    // A place that does not take what is put in there: it is told as one that was not found.
    if (error instanceof RangeError || (error instanceof Error && error.name === 'Error'))
      return null;
    throw error;
  }
}
