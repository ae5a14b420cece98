/** The reader of clipboard HTML, as a part of its own that is loaded once the text is on the page. */
import type { Node as TextNode } from 'prosemirror-model';
import { readPaste } from '#core/formats/html/read-paste.ts';
import { treeOf } from '#web/editor/dom-tree.ts';

/** The blocks under a node of a parsed page; null when there is more of it than an article can be. */
export function blocksIn(dom: Node, exact: boolean): TextNode[] | null {
  const tree = treeOf(dom);
  return tree && readPaste(tree, exact);
}
