/** Elements of a page that do not get into the article: what runs or loads goes, words beside the article can be put back. */
import { attribute, wordsOf, type HtmlElement } from '#core/formats/html/parse.ts';
import { lineOf } from '#core/formats/html/read-parts.ts';
import type { Draft, DraftBlock } from '#core/formats/import/draft.ts';
import type { TakenFlag } from '#core/formats/import/imported.ts';
import { isHiddenAddressLine, isWebLeftover } from '#core/formats/text/leftover.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Says that an element with all that is in it was left out. */
export function dropElement(draft: Draft, element: HtmlElement, own: boolean): void {
  const { tagName: tag } = element;
  if (['link', 'meta', 'base', 'title', 'source', 'area'].includes(tag)) return;
  if (own && tag === 'style') return;
  const src = attribute(element, 'src') || attribute(element, 'data');
  const named = src === '' ? '' : ` (${inQuotes(src)})`;
  draft.warn('left-out', `The <${tag}>${named}${lineOf(element)} was left out.`);
}

/** Takes the words of an element out; they can be put back. */
export function takeElement(draft: Draft, kind: TakenFlag['kind'], element: HtmlElement): void {
  const words = wordsOf(element);
  const place = element.sourceCodeLocation;
  if (words === '') {
    if (kind === 'form') draft.warn('left-out', `The <form>${lineOf(element)} was left out.`);
    return;
  }
  draft.take(kind, words, place?.startOffset ?? 0, place?.endOffset ?? 0);
  if (kind === 'form')
    draft.warn('left-out', `The <form> ${inQuotes(words)}${lineOf(element)} was left out.`);
}

/** What kind of leftover of the web a block is; null for one that belongs to the text. */
export function leftoverIn({
  role,
  style,
  line,
}: DraftBlock): 'web-leftover' | 'obfuscated-email' | null {
  if (role !== 'block' || style !== 'paragraph') return null;
  if (isWebLeftover(line.words)) return 'web-leftover';
  return isHiddenAddressLine(line.words) ? 'obfuscated-email' : null;
}
