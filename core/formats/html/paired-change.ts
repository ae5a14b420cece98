/** Replacements of a page: a deletion right before an insertion, or the other way round, of one hand and time. */
import { attribute, type HtmlElement, type HtmlNode } from '#core/formats/html/parse.ts';

/** The place of each node among its siblings, which a page can have a hundred thousand of. */
const places = new WeakMap<readonly HtmlNode[], Map<HtmlNode, number>>();

function placeIn(siblings: readonly HtmlNode[], element: HtmlElement): number {
  const known = places.get(siblings)?.get(element);
  if (known !== undefined && siblings[known] === element) return known;
  places.set(siblings, new Map(siblings.map((one, i) => [one, i])));
  return siblings.indexOf(element);
}

/** The change right before this one that it makes a replacement with; null when there is none. */
export function pairedWith(element: HtmlElement): HtmlElement | null {
  const siblings = element.parentNode?.childNodes ?? [];
  const before = siblings[placeIn(siblings, element) - 1];
  if (!before || !('tagName' in before) || before.tagName === element.tagName) return null;
  if (before.tagName !== 'ins' && before.tagName !== 'del') return null;
  const alike = ['data-author', 'data-username', 'datetime'].every(
    (name) => attribute(before, name) === attribute(element, name),
  );
  return alike ? before : null;
}
