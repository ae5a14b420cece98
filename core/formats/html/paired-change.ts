/** Replacements of a page: a deletion right before an insertion, or the other way round, of one hand and time. */
import { attribute, type HtmlElement } from '#core/formats/html/parse.ts';

/** The change right before this one that it makes a replacement with; null when there is none. */
export function pairedWith(element: HtmlElement): HtmlElement | null {
  const siblings = element.parentNode?.childNodes ?? [];
  const before = siblings[siblings.indexOf(element) - 1];
  if (!before || !('tagName' in before) || before.tagName === element.tagName) return null;
  if (before.tagName !== 'ins' && before.tagName !== 'del') return null;
  const alike = ['data-author', 'data-username', 'datetime'].every(
    (name) => attribute(before, name) === attribute(element, name),
  );
  return alike ? before : null;
}
