/** New nodes of an HTML tree, and what a `style` attribute says. */
import { attribute, type HtmlElement, type HtmlNode } from '#core/formats/html/parse.ts';

const htmlSpace = 'http://www.w3.org/1999/xhtml' as string as HtmlElement['namespaceURI'];

/** A new element with its children in it. Empty attributes are left out. */
export function make(
  tagName: string,
  childNodes: readonly HtmlNode[],
  attributes: Readonly<Record<string, string>> = {},
): HtmlElement {
  const element: HtmlElement = {
    nodeName: tagName,
    tagName,
    attrs: Object.entries(attributes)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => ({ name, value })),
    namespaceURI: htmlSpace,
    parentNode: null,
    childNodes: [],
  };
  for (const child of childNodes) {
    const own = child as HtmlElement['childNodes'][number];
    own.parentNode = element;
    element.childNodes.push(own);
  }
  return element;
}

/** A new text node. */
export const makeText = (value: string): HtmlNode => ({
  nodeName: '#text',
  value,
  parentNode: null,
});

/** The value of a property in a `style` attribute, or ''. Only whole names count: `mso-bidi-font-weight` is no weight. */
export function styled(element: HtmlElement, property: string): string {
  for (const part of attribute(element, 'style').split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0 && part.slice(0, colon).trim().toLowerCase() === property)
      return part
        .slice(colon + 1)
        .trim()
        .toLowerCase();
  }
  return '';
}
