/** The words of a block as edited: without what is struck. */
import type { Node } from 'prosemirror-model';

export function editedWords(block: Node): string {
  let words = '';
  block.forEach((node) => {
    if (!node.marks.some((mark) => mark.type.name === 'deletion'))
      words += node.isText ? (node.text ?? '') : ' ';
  });
  return words.replace(/\s+/gu, ' ').trim();
}

/** The headline as edited. */
export function editedHeadline(doc: Node): string {
  let words = '';
  doc.forEach((block) => {
    if (block.type.name === 'headline') words = editedWords(block);
  });
  return words;
}
