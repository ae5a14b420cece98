/** Makes suggestions of changes: they are done to the text as it stands now, as a hand would do them, and tracked. */
import { Fragment, Mark, Slice, type Node } from 'prosemirror-model';
import { Transform, type Step } from 'prosemirror-transform';
import type { Unit } from '#core/formats/return/row.ts';
import type { Edit } from '#core/formats/return/text-changes.ts';
import { BlockStep } from '#core/suggest/block-step.ts';
import { entriesOf, plainOf, sameShape, shapeOf } from '#core/suggest/entries.ts';
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

/** Text without what was suggested about it, as it is put into `container`; null if it holds what cannot be put in. */
function sliceOf(units: readonly Unit[], container: Node): Slice | null {
  const { schema } = container.type;
  const blocks: { node: Node; inline: Node[] }[] = [{ node: container, inline: [] }];
  for (const { open, node, text } of units) {
    if (open) {
      if (node.type.name !== 'block') return null;
      const { style, list } = shapeOf(node);
      blocks.push({ node: schema.node('block', { style, list }), inline: [] });
      continue;
    }
    if (node.type.name === 'footnoteRef') return null;
    const marks = Mark.setFrom(plainOf(node.marks));
    blocks
      .at(-1)
      ?.inline.push(
        node.isText ? schema.text(text, marks) : schema.node('lineBreak', null, undefined, marks),
      );
  }
  const filled = blocks.map(({ node, inline }) =>
    node.type.create(node.attrs, Fragment.fromArray(inline)),
  );
  const [first, ...rest] = filled;
  if (!first) return null;
  if (rest.length === 0) return new Slice(first.content, 0, 0);
  if (container.type.name !== 'block') return null;
  return new Slice(Fragment.fromArray(filled), 1, 1);
}

/** The place of an edit, for doing them from the back of the text. */
const placeOf = (edit: Edit): number =>
  edit.t === 'insert' ? edit.at : edit.t === 'shape' ? edit.pos : edit.from;

/** At one place the striking comes first: what is put in there would move it. */
const order = (a: Edit, b: Edit): number =>
  placeOf(b) - placeOf(a) || Number(a.t === 'insert') - Number(b.t === 'insert');

function put(tr: Transform, edit: Edit, { at, by }: Making): boolean {
  switch (edit.t) {
    case 'strike': {
      const [from, to] = [at(edit.from, 1), at(edit.to, -1)];
      if (from >= to) return true;
      tr.delete(from, to);
      return true;
    }
    case 'insert': {
      // Behind what an earlier change put in at the same place.
      const pos = at(edit.at, 1);
      const slice = sliceOf(edit.units, tr.doc.resolve(pos).parent);
      if (!slice || !tr.doc.resolve(pos).parent.isTextblock) return false;
      tr.replace(pos, pos, slice);
      return true;
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
    for (const edit of edits.toSorted(order)) {
      if (!put(tr, edit, making)) return null;
    }
    const tracked = track(head, tr, by, { idFor: () => id });
    return 'refused' in tracked ? null : { steps: tracked.steps, doc: tracked.doc };
  } catch (error) {
    // A place that does not take what is put in there: it is told as one that was not found.
    if (error instanceof RangeError || (error instanceof Error && error.name === 'Error'))
      return null;
    throw error;
  }
}
