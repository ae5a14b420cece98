/** An oracle that knows nothing of tracking: the same edit done directly on the text with everything accepted. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import type { BlockEntry } from '#core/article/schema.ts';
import { editTransform, inMasthead, type Edit } from '#tests/suggest/random-edit.ts';

const suggesting = (name: string) => ['insertion', 'deletion', 'format'].includes(name);

const isStruck = (node: Node): boolean => node.marks.some((mark) => mark.type.name === 'deletion');

const isStruckBoundary = (node: Node): boolean =>
  ((node.attrs['sugg'] ?? []) as BlockEntry[]).some((entry) => entry.k === 'del');

const isWhole = (node: Node): boolean => ['figure', 'cell'].includes(node.type.name);

/** For each inline position of `doc`, the position in the text with everything accepted. */
export function acceptedPositions(doc: Node): Map<number, number> {
  const map = new Map<number, number>();
  let out = 0;
  let body = false;
  let last: Node | null = null;
  doc.forEach((node, offset, index) => {
    const words = node.content.content.some((child) => !isStruck(child));
    const behind = node.type.name === 'block' && words && last !== null && isWhole(last);
    const joins = body && isStruckBoundary(node) && !behind;
    if (!joins) last = node;
    if (!inMasthead(node)) body = true;
    if (!joins) out += index === 0 ? 1 : 2;
    map.set(offset + 1, out);
    node.forEach((child, at) => {
      const gone = isStruck(child);
      for (let i = 0; i < child.nodeSize; i++) {
        if (!gone) out++;
        map.set(offset + 2 + at + i, out);
      }
    });
  });
  return map;
}

/** True when the boundary of the block at `pos` is struck behind a figure or a cell that stays: its words stand there by
 *  themselves when it is accepted, and it goes when it has none. */
function standsBehind(doc: Node, pos: number): boolean {
  let index = doc.resolve(pos).index(0);
  if (doc.child(index).type.name !== 'block' || !isStruckBoundary(doc.child(index))) return false;
  const goes = (node: Node) =>
    isStruckBoundary(node) && (isWhole(node) || node.content.content.every(isStruck));
  do index--;
  while (goes(doc.child(index)));
  return isWhole(doc.child(index));
}

/** `doc` without the first empty block behind the figure or cell before `pos`. */
function withoutEmpty(doc: Node, pos: number): Node {
  const index = doc.resolve(pos).index(0);
  const blocks = doc.content.content;
  const empty = blocks[index]?.type.name === 'block' && blocks[index].content.size === 0;
  return empty ? doc.copy(Fragment.fromArray(blocks.toSpliced(index, 1))) : doc;
}

/** The block whose words stand behind a figure put in at `pos`, before a boundary that is struck: empty, to put in with it. */
function halfBehind(doc: Node, pos: number): Node | null {
  for (let index = doc.resolve(pos).index(0); index < doc.childCount; index++) {
    const node = doc.child(index);
    if (!isStruckBoundary(node)) return null;
    if (isWhole(node) || !node.content.content.some((child) => !isStruck(child))) continue;
    return node.type.name === 'block' ? node.type.create({ ...node.attrs, sugg: [] }) : null;
  }
  return null;
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
    const { depth, parent } = doc.resolve(edit.from);
    const outside = depth === 0;
    // A row that is put in above the first one of a table that goes stays there alone.
    const above = edit.t === 'replace' && edit.slice.openStart > 0 && isWhole(parent);
    if (above && isStruckBoundary(parent)) return null;
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
      const end =
        blocks && isWhole(slice.content.lastChild as Node) ? halfBehind(doc, edit.to) : null;
      const opened = blocks
        ? new Slice(
            Fragment.from(host.create()).append(slice.content).append(Fragment.from(end)),
            1,
            1,
          )
        : slice;
      moved = { ...edit, from, to, slice: opened };
    }
  }
  let direct = (editTransform(accepted, moved) ?? new Transform(accepted)).doc;
  const place = edit.t === 'replace' ? edit.from : edit.t === 'mark' ? null : edit.pos;
  const at = place !== null && doc.resolve(place).depth === 0 ? place - 1 : place;
  if (at !== null && edit.t !== 'style' && standsBehind(doc, at)) {
    const words = (node: Node | null) =>
      !node || node.content.content.some((one) => !isStruck(one));
    const index = doc.resolve(at).index(0);
    const next = doc.maybeChild(index + 1);
    if (edit.t === 'replace' && doc.resolve(edit.to).index(0) > index) return null;
    // Without words it has gone already; with those of the next block it stands in the style of that one.
    if (!words(doc.resolve(at).parent) || (next && isStruckBoundary(next))) return null;
    direct = withoutEmpty(direct, map.get(doc.resolve(at).start()) ?? 0);
  }
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
