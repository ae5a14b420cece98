/** Parses HTML without running, loading or displaying anything. A page too large or too deep to be an article gives null. */
import { defaultTreeAdapter, parse, parseFragment, type DefaultTreeAdapterMap } from 'parse5';

export type HtmlNode = DefaultTreeAdapterMap['node'];
export type HtmlElement = DefaultTreeAdapterMap['element'];

const mostElements = 200_000;
const deepest = 400;

class TooMuch extends Error {}

/** Counts what the parser makes: bad nesting can make many more elements, and deeper ones, than the source has tags. */
function countingAdapter(): typeof defaultTreeAdapter {
  let elements = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement(...made) {
      elements += 1;
      if (elements > mostElements) throw new TooMuch();
      return defaultTreeAdapter.createElement(...made);
    },
    onItemPush() {
      depth += 1;
      if (depth > deepest) throw new TooMuch();
    },
    onItemPop() {
      depth -= 1;
    },
  };
}

/** The tree of a page or of a fragment; null when it is too much. */
export function parseHtml(source: string, fragment: boolean): HtmlNode | null {
  const options = {
    sourceCodeLocationInfo: true,
    scriptingEnabled: false,
    treeAdapter: countingAdapter(),
  };
  try {
    return fragment ? parseFragment(source, options) : parse(source, options);
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function childrenOf(node: HtmlNode): readonly HtmlNode[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** The value of an attribute, or ''. */
export function attribute(element: HtmlElement, name: string): string {
  return element.attrs.find((one) => one.name === name)?.value ?? '';
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return attribute(element, 'class').split(/\s+/).includes(name);
}

/** The text of a text node; null for any other. */
export function textOf(node: HtmlNode): string | null {
  return node.nodeName === '#text' && 'value' in node ? node.value : null;
}

const unread = new Set([
  'script',
  'style',
  'template',
  'head',
  'noscript',
  'iframe',
  'svg',
  'math',
]);

/** All words under a node, as one line; `skip` names elements that do not count. */
export function wordsOf(node: HtmlNode, skip?: (element: HtmlElement) => boolean): string {
  const parts: string[] = [];
  const walk = (one: HtmlNode): void => {
    const text = textOf(one);
    if (text !== null) parts.push(text);
    if (isElement(one) && (unread.has(one.tagName) || skip?.(one))) return;
    for (const child of childrenOf(one)) walk(child);
    if (isElement(one) && !inlineTags.has(one.tagName)) parts.push(' ');
  };
  walk(node);
  return parts.join('').replace(/\s+/gu, ' ').trim();
}

/** Every element under a node, in the order of the page. */
export function elementsOf(node: HtmlNode): HtmlElement[] {
  const found: HtmlElement[] = [];
  const walk = (one: HtmlNode): void => {
    if (isElement(one)) found.push(one);
    for (const child of childrenOf(one)) walk(child);
  };
  walk(node);
  return found;
}

/** Elements that stand within a line. Anything else begins and ends a block. */
export const inlineTags = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp ' +
    'small span strike strong sub sup time tt u var wbr br img'
  ).split(' '),
);
