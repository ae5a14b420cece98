/** An oracle that knows nothing of tracking: the same edit done directly on the text with everything accepted. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import type { BlockEntry } from '#core/article/schema.ts';
import { editTransform, inMasthead, type Edit } from '#tests/suggest/random-edit.ts';

const suggesting = (name: string) => ['insertion', 'deletion', 'format'].includes(name);

/** For each inline position of `doc`, the position in the text with everything accepted. */
export function acceptedPositions(doc: Node): Map<number, number> {
  const map = new Map<number, number>();
  let out = 0;
  let body = false;
  doc.forEach((node, offset, index) => {
    const entries = (node.attrs['sugg'] ?? []) as BlockEntry[];
    const joins = body && entries.some((entry) => entry.k === 'del');
    if (!inMasthead(node)) body = true;
    if (!joins) out += index === 0 ? 1 : 2;
    map.set(offset + 1, out);
    node.forEach((child, at) => {
      const gone = child.marks.some((mark) => mark.type.name === 'deletion');
      for (let i = 0; i < child.nodeSize; i++) {
        if (!gone) out++;
        map.set(offset + 2 + at + i, out);
      }
    });
  });
  return map;
}

/** A slice without suggestions, as a paste must arrive. */
export function cleaned({ content, openStart, openEnd }: Slice): Slice {
  const clean = (node: Node): Node => {
    if (node.isInline) return node.mark(node.marks.filter((mark) => !suggesting(mark.type.name)));
    const attrs = 'sugg' in node.attrs ? { ...node.attrs, sugg: [] } : node.attrs;
    return node.type.create(attrs, Fragment.fromArray(node.content.content.map(clean)));
  };
  return new Slice(Fragment.fromArray(content.content.map(clean)), openStart, openEnd);
}

/** The result of `edit` (made for `doc`) on `accepted`, the text of `doc` with everything accepted; null where the
 *  question has no answer: the block it is about goes when accepted, or the edit begins with the first body block. */
export function onAccepted(doc: Node, accepted: Node, edit: Edit): Node | null {
  const map = acceptedPositions(doc);
  let moved: Edit;
  if (edit.t === 'style') {
    const index = doc.resolve(edit.pos).index();
    const entries = doc.child(index).attrs['sugg'] as BlockEntry[];
    const first = inMasthead(doc.child(index - 1));
    if (!first && entries.some((entry) => entry.k === 'del')) return null;
    moved = { ...edit, pos: (map.get(edit.pos + 1) ?? 0) - 1, raw: false };
  } else if (edit.t === 'footnote') {
    const pos = map.get(edit.pos);
    if (pos === undefined) return null;
    moved = { ...edit, pos };
  } else {
    // Between two blocks: the same place is the end of the block before, and the slice opens a new block there.
    const outside = doc.resolve(edit.from).depth === 0;
    const from = map.get(outside ? edit.from - 1 : edit.from);
    const to = map.get(outside ? edit.to - 1 : edit.to);
    if (from === undefined || to === undefined) return null;
    if (outside && !doc.resolve(edit.from).nodeBefore?.isTextblock) return null;
    if (outside && inMasthead(doc.resolve(edit.from).nodeBefore as Node)) return null;
    if (edit.t === 'mark') moved = { ...edit, from, to };
    else {
      const slice = cleaned(edit.slice);
      const host = doc.type.schema.nodes['block'];
      const blocks = outside && slice.size > 0 && host;
      const opened = blocks
        ? new Slice(Fragment.from(host.create()).append(slice.content), 1, 1)
        : slice;
      moved = { ...edit, from, to, slice: opened };
    }
  }
  const direct = (editTransform(accepted, moved) ?? new Transform(accepted)).doc;
  // A footnote goes with its reference: that is more than the edit did by itself.
  return lost(doc, direct) ? null : direct;
}

/** True when the reference of one of the footnotes of `doc` is not in `direct`. */
function lost(doc: Node, direct: Node): boolean {
  const refs = new Set<unknown>();
  direct.descendants((node) => {
    if (node.type.name === 'footnoteRef') refs.add(node.attrs['id']);
  });
  return doc.content.content.some(
    (node) => node.type.name === 'footnote' && !refs.has(node.attrs['id']),
  );
}
