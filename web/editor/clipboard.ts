/** What leaves and enters by the clipboard. Copied text is the text as it reads: struck words stay behind, and nobody's suggestion travels. */
import { Fragment, Slice, type Node, type ResolvedPos } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { entriesOf, isDeletion, plainOf } from '#core/suggest/entries.ts';

function inlineOf(node: Node, keepStruck: boolean): Node[] {
  const out: Node[] = [];
  node.forEach((child) => {
    if (child.type.name === 'footnoteRef') return;
    if (!keepStruck && child.marks.some(isDeletion)) return;
    out.push(child.mark(plainOf(child.marks)));
  });
  return out;
}

function blockOf(node: Node, keepStruck: boolean): Node {
  const content = Fragment.fromArray(inlineOf(node, keepStruck));
  if (node.type.name !== 'block') return schema.node('block', null, content);
  const sugg = entriesOf(node).length > 0 ? [] : node.attrs['sugg'];
  return node.type.create({ ...node.attrs, sugg }, content);
}

function cleaned(slice: Slice, keepStruck: boolean): Slice {
  const first = slice.content.firstChild;
  if (!first) return slice;
  if (first.isInline) {
    const holder = schema.node('block', null, slice.content);
    return new Slice(Fragment.fromArray(inlineOf(holder, keepStruck)), 0, 0);
  }
  const blocks: Node[] = [];
  slice.content.forEach((node) => blocks.push(blockOf(node, keepStruck)));
  return new Slice(Fragment.fromArray(blocks), slice.openStart, slice.openEnd);
}

/** A copied slice as it reads. */
export const readable = (slice: Slice): Slice => cleaned(slice, false);

/** A pasted slice without suggestions, note references and mastheads; into a line of the masthead or a footnote it goes as one run of text. */
export function pasteable(slice: Slice, $at: ResolvedPos): Slice {
  const clean = cleaned(slice, true);
  if ($at.parent.type.name === 'block' || clean.content.childCount === 0) return clean;
  if (clean.content.firstChild?.isInline) return clean;
  const inline: Node[] = [];
  clean.content.forEach((block) => {
    if (inline.length > 0 && block.content.size > 0) inline.push(schema.text(' '));
    block.forEach((child) => inline.push(child));
  });
  return new Slice(Fragment.fromArray(inline), 0, 0);
}

/** The plain text of a copied slice: an empty line between blocks. */
export function plainText(slice: Slice): string {
  return slice.content.textBetween(0, slice.content.size, '\n\n');
}
