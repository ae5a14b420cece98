/** Word's lists on the clipboard: paragraphs whose style says `mso-list`, with their sign as words in a span of its own. */
import { elementsOf, wordsOf, type HtmlElement, type HtmlNode } from '#core/formats/html/parse.ts';
import { make, styled } from '#core/formats/html/tree-nodes.ts';

/** A paragraph that is a list item. Levels begin at 0. */
export interface FakeItem {
  tag: 'ul' | 'ol';
  level: number;
  start: number;
}

/** The span with the sign of an item: "·", "1.", "(a)" and the spaces after it. */
export const isSign = (element: HtmlElement): boolean => styled(element, 'mso-list') === 'ignore';

/** What kind of item a paragraph is; null when it is none. */
export function fakeItem(element: HtmlElement): FakeItem | null {
  if (element.tagName !== 'p' && element.tagName !== 'div') return null;
  const level = /\blevel([1-9])\b/.exec(styled(element, 'mso-list'))?.[1];
  if (level === undefined) return null;
  const found = elementsOf(element).find(isSign);
  const sign = found ? wordsOf(found) : '';
  const counted = /^\(?(\d+|[a-z]{1,6})[.)]$/i.exec(sign)?.[1];
  const number = Number.parseInt(counted ?? '', 10);
  return {
    tag: counted === undefined ? 'ul' : 'ol',
    level: Number(level) - 1,
    start: number >= 0 ? number : 1,
  };
}

/** A paragraph that is a list item, with what it holds. */
export type Item = FakeItem & { content: HtmlNode[] };

/** Neighbouring items as lists within lists. */
export function nested(items: readonly Item[]): HtmlNode[] {
  const [first] = items;
  if (!first) return [];
  const { tag, level, start } = first;
  const end = items.findIndex(
    (one) => one.level < level || (one.level === level && one.tag !== tag),
  );
  const run = end < 0 ? items : items.slice(0, end);
  const children: HtmlNode[] = [];
  for (let i = 0; i < run.length;) {
    const next = run.findIndex((one, at) => at >= i && one.level === level);
    const deeper = run.slice(i, next < 0 ? run.length : next);
    children.push(...nested(deeper));
    i += deeper.length;
    const item = run[i];
    if (item) children.push(make('li', item.content));
    i += 1;
  }
  const from = tag === 'ol' && start !== 1 ? String(start) : '';
  return [make(tag, children, { start: from }), ...nested(items.slice(run.length))];
}
