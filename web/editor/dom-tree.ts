/** The browser's parsed page as the tree that the readers of core know. Nothing in it runs or loads: it is only looked at. */
import type { HtmlElement, HtmlNode } from '#core/formats/html/parse.ts';
import { make, makeText } from '#core/formats/html/tree-nodes.ts';

const mostNodes = 200_000;
const deepest = 400;

/** The tree under a node; null when it is larger or deeper than an article can be. */
export function treeOf(root: Node): HtmlElement | null {
  let count = 0;
  let tooMuch = false;
  const walk = (node: Node, depth: number): HtmlNode[] => {
    const out: HtmlNode[] = [];
    for (const child of node.childNodes) {
      count += 1;
      if (count > mostNodes || depth > deepest) tooMuch = true;
      if (tooMuch) return out;
      if (child instanceof Text) out.push(makeText(child.data));
      else if (child.nodeType === child.ELEMENT_NODE) {
        const element = child as Element;
        const attributes = Object.fromEntries(
          [...element.attributes].map((one) => [one.name, one.value]),
        );
        out.push(make(element.localName, walk(element, depth + 1), attributes));
      }
    }
    return out;
  };
  const tree = make('body', walk(root, 0));
  return tooMuch ? null : tree;
}
