/** The document as a plain row of tokens: the open token of each block and every inline unit (UTF-16 unit or atom).
 *  Close tokens say nothing of their own. */
import type { Mark, Node } from 'prosemirror-model';

/** One token. `node` is the block for an open token, else the inline node it is in; `text` is empty for atoms and opens. */
export interface Token {
  pos: number;
  open: boolean;
  node: Node;
  text: string;
  /** Index of the block among the document's children. */
  block: number;
}

/** The tokens of the children `[from, to)` of `doc`, in order. */
export function tokensOf(doc: Node, from: number, to: number): Token[] {
  const out: Token[] = [];
  let pos = 0;
  for (let index = 0; index < to; index++) {
    const node = doc.child(index);
    if (index >= from) {
      out.push({ pos, open: true, node, text: '', block: index });
      const start = pos + 1;
      node.forEach((child, offset) => {
        const { text } = child;
        const at = start + offset;
        if (text === undefined)
          out.push({ pos: at, open: false, node: child, text: '', block: index });
        else
          for (let i = 0; i < text.length; i++)
            out.push({ pos: at + i, open: false, node: child, text: text[i] ?? '', block: index });
      });
    }
    pos += node.nodeSize;
  }
  return out;
}

/** True when both are the same character, atom or kind of block; formatting and block style may differ. */
export function sameToken(a: Token, b: Token): boolean {
  if (a.open !== b.open || a.node.type !== b.node.type || a.text !== b.text) return false;
  if (a.open) return a.node.attrs['id'] === b.node.attrs['id'];
  return a.text !== '' || a.node.hasMarkup(a.node.type, b.node.attrs, a.node.marks);
}

export const marksOf = (token: Token): readonly Mark[] => (token.open ? [] : token.node.marks);
