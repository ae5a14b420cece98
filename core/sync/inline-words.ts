/** The inline content of a block as a row of words, spaces, signs and atoms: the units in which two versions are compared. */
import type { Mark, Node } from 'prosemirror-model';

/** One unit. `size` is its length in the document; `key` tells units apart that must not be taken for each other. */
export interface Word {
  text: string;
  marks: readonly Mark[];
  from: number;
  size: number;
  key: string;
}

// Scripts that write no spaces between words are compared by the character.
const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{N}\p{M}]+(?:['’.-][\p{L}\p{N}\p{M}]+)*|\s+|[^]/gu;

/** The units of a textblock, in order; positions count from the start of its content. */
export function wordsOf(block: Node): Word[] {
  const words: Word[] = [];
  block.forEach((node, offset) => {
    const marks = node.marks.length === 0 ? '' : JSON.stringify(node.marks);
    if (node.text === undefined) {
      const key = JSON.stringify([node.type.name, node.attrs, marks]);
      words.push({ text: '', marks: node.marks, from: offset, size: node.nodeSize, key });
      return;
    }
    let from = offset;
    for (const [text] of node.text.matchAll(pieces)) {
      words.push({ text, marks: node.marks, from, size: text.length, key: `${marks} ${text}` });
      from += text.length;
    }
  });
  return words;
}
