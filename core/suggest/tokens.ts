/** The document as a plain row of tokens: the open token of each block and every inline unit (UTF-16 unit or atom), units
 *  of one text node in runs. Close tokens say nothing of their own. */
import type { Mark, Node } from 'prosemirror-model';

/** An open token, an atom, or a run of `size` units of one text node. `node` is the block for an open token, else the inline
 *  node it is in; `text` is empty for atoms and opens. */
export interface Token {
  pos: number;
  size: number;
  open: boolean;
  node: Node;
  text: string;
  /** Index of the block among the document's children. */
  block: number;
}

/** The tokens of the children `[from, to)` of `doc`, in order, runs as long as can be. */
export function tokensOf(doc: Node, from: number, to: number): Token[] {
  const out: Token[] = [];
  let pos = 0;
  for (let index = 0; index < to; index++) {
    const node = doc.child(index);
    if (index >= from) {
      out.push({ pos, size: 1, open: true, node, text: '', block: index });
      const start = pos + 1;
      node.forEach((child, offset) => {
        const text = child.text ?? '';
        out.push({
          pos: start + offset,
          size: child.nodeSize,
          open: false,
          node: child,
          text,
          block: index,
        });
      });
    }
    pos += node.nodeSize;
  }
  return out;
}

/** The part of a run between two positions. */
export function tokenPart(token: Token, from: number, to: number): Token {
  const start = from - token.pos;
  if (start === 0 && to - from === token.size) return token;
  return { ...token, pos: from, size: to - from, text: token.text.slice(start, to - token.pos) };
}

/** True when both are the same characters, atom or kind of block; formatting and block style may differ. */
export function sameToken(a: Token, b: Token): boolean {
  if (a.open !== b.open || a.node.type !== b.node.type || a.text !== b.text) return false;
  if (a.open) return a.node.attrs['id'] === b.node.attrs['id'];
  return a.text !== '' || a.node.hasMarkup(a.node.type, b.node.attrs, a.node.marks);
}

export const marksOf = (token: Token): readonly Mark[] => (token.open ? [] : token.node.marks);
