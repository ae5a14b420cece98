/** How many words an article has, as filed and as edited. */
import type { Node } from 'prosemirror-model';

const words = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)?.length ?? 0;

interface Length {
  asFiled: number;
  asEdited: number;
}

/** Blocks do not change, they are replaced: each is counted once. */
const counted = new WeakMap<Node, Length>();

function lengthOf(block: Node): Length {
  let filed = '';
  let edited = '';
  block.forEach((node) => {
    const text = node.isText ? (node.text ?? '') : ' ';
    const names = node.marks.map((mark) => mark.type.name);
    if (!names.includes('insertion')) filed += text;
    if (!names.includes('deletion')) edited += text;
  });
  return { asFiled: words(filed), asEdited: words(edited) };
}

/** Words without what is inserted, and without what is struck; footnotes and masthead count. */
export function lengthsOf(doc: Node): Length {
  const sum = { asFiled: 0, asEdited: 0 };
  doc.forEach((block) => {
    let length = counted.get(block);
    if (!length) counted.set(block, (length = lengthOf(block)));
    sum.asFiled += length.asFiled;
    sum.asEdited += length.asEdited;
  });
  return sum;
}
