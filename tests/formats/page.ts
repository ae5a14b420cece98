/** Reads an HTML page with an independent parser, for judging what the writers made. */
import { parse, type DefaultTreeAdapterMap } from 'parse5';

type ParsedNode = DefaultTreeAdapterMap['node'];
export type Element = DefaultTreeAdapterMap['element'];

/** A parsed page: every element in order, and what the parser complained of. */
export interface Page {
  root: ParsedNode;
  elements: Element[];
  errors: string[];
}

function isElement(node: ParsedNode): node is Element {
  return 'tagName' in node;
}

function childrenOf(node: ParsedNode): ParsedNode[] {
  return 'childNodes' in node ? node.childNodes : [];
}

export function readPage(source: string): Page {
  const errors: string[] = [];
  const root = parse(source, { onParseError: ({ code }) => void errors.push(code) });
  const elements: Element[] = [];
  const walk = (node: ParsedNode): void => {
    if (isElement(node)) elements.push(node);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(root);
  return { root, elements, errors };
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The text under a node without the elements that `skip` names; white space is left out. */
export function words(node: ParsedNode, skip: (element: Element) => boolean): string {
  if (isElement(node) && skip(node)) return '';
  const own = node.nodeName === '#text' && 'value' in node ? node.value : '';
  return bare(
    own +
      childrenOf(node)
        .map((child) => words(child, skip))
        .join(''),
  );
}

/** Text without white space: what two formats must agree on. */
export function bare(text: string): string {
  return text.replace(/[\s\u0085]+/gu, '');
}
