/** How many words an article has, as filed and as edited. */
import type { Node } from 'prosemirror-model';

const words = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)?.length ?? 0;

let last: { doc: Node; asFiled: number; asEdited: number } | null = null;

/** Words without what is inserted, and without what is struck; footnotes and masthead count. The newest answer is kept. */
export function lengthsOf(doc: Node): { asFiled: number; asEdited: number } {
  if (last?.doc === doc) return last;
  let asFiled = 0;
  let asEdited = 0;
  doc.forEach((block) => {
    let filed = '';
    let edited = '';
    block.forEach((node) => {
      const text = node.isText ? (node.text ?? '') : ' ';
      const names = node.marks.map((mark) => mark.type.name);
      if (!names.includes('insertion')) filed += text;
      if (!names.includes('deletion')) edited += text;
    });
    asFiled += words(filed);
    asEdited += words(edited);
  });
  last = { doc, asFiled, asEdited };
  return last;
}
