/** The words under an anchor with a little context, so that a note can always say what it was about. */
import type { Node } from 'prosemirror-model';

/** An exact quotation and up to 32 characters on either side. Blocks are joined by a newline, a footnote reference is U+FFFC. */
export interface Quote {
  exact: string;
  prefix: string;
  suffix: string;
}

export const contextLength = 32;
const atomText = (node: Node): string => (node.type.name === 'lineBreak' ? '\n' : '\ufffc');

/** The text of a range as it stands, struck words and insertions both included. */
export function textOf(doc: Node, from: number, to: number): string {
  return doc.textBetween(from, to, '\n', atomText);
}

/** Quotes `from`..`to` (positions in `doc`); the context stays inside the document. */
export function quoteAt(doc: Node, from: number, to: number): Quote {
  // Twice the length leaves room for block boundaries, which take two positions for one newline.
  const before = textOf(doc, Math.max(0, from - 2 * contextLength), from);
  const after = textOf(doc, to, Math.min(doc.content.size, to + 2 * contextLength));
  return {
    exact: textOf(doc, from, to),
    prefix: before.slice(-contextLength),
    suffix: after.slice(0, contextLength),
  };
}
