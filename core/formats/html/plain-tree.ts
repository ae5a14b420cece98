/** Makes the HTML of a clipboard plain before the reader of pages reads it: what word processors and browsers wrap around
 *  words is taken off, and what they only show by style (bold, italics, Word's lists) becomes the element that says it. */
import { allowedHref } from '#core/article/href.ts';
import {
  attribute,
  childrenOf,
  hasClass,
  inlineTags,
  isElement,
  textOf,
  wordsOf,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';
import { dropped } from '#core/formats/html/read-parts.ts';
import { make, makeText, styled } from '#core/formats/html/tree-nodes.ts';
import { fakeItem, isSign, nested, type Item } from '#core/formats/html/word-lists.ts';

/** How words look where the walk is, and in how many lists it is. `exact` says that Galley wrote the page. */
interface Look {
  strong: boolean;
  em: boolean;
  heading: boolean;
  depth: number;
  exact: boolean;
}

/** Blocks that mean something to the reader; every other block is a `div`. */
const kept = new Set(
  (
    'p div h2 h3 h4 h5 h6 blockquote ul ol menu li table caption thead tbody tfoot tr td th pre ' +
    'figure figcaption'
  ).split(' '),
);

/** The page with nothing left but words, the elements that the reader of pages knows, and the addresses of links and pictures. */
export function plainTree(page: HtmlNode, exact: boolean): HtmlElement {
  const look = { strong: false, em: false, heading: false, depth: 0, exact };
  return make('body', children(page, look));
}

function children(parent: HtmlNode, look: Look): HtmlNode[] {
  const out: HtmlNode[] = [];
  let items: Item[] = [];
  const closeItems = (): void => {
    out.push(...nested(items));
    items = [];
  };
  for (const child of childrenOf(parent)) {
    const text = textOf(child);
    if (text !== null) {
      if (items.length > 0 && text.trim() === '') continue;
      closeItems();
      out.push(dressed(text, look));
    } else if (isElement(child) && !isUnread(child, look)) {
      const item = fakeItem(child);
      if (item) {
        items.push({ ...item, content: children(child, lookOf(child, look)) });
        continue;
      }
      closeItems();
      if (isBlock(child)) out.push(...block(child, look));
      else out.push(...inline(child, look));
    }
  }
  closeItems();
  return out;
}

function dressed(text: string, { strong, em, heading }: Look): HtmlNode {
  const words = em ? make('em', [makeText(text)]) : makeText(text);
  return strong && !heading ? make('strong', [words]) : words;
}

function lookOf(element: HtmlElement, look: Look): Look {
  const { tagName: tag } = element;
  let { strong, em } = look;
  if (tag === 'b' || tag === 'strong') strong = true;
  if (tag === 'i' || tag === 'em' || tag === 'cite') em = true;
  const weight = styled(element, 'font-weight');
  if (weight !== '') strong = weight.startsWith('bold') || Number.parseInt(weight, 10) >= 600;
  const slant = styled(element, 'font-style');
  if (slant !== '') em = /^(?:italic|oblique)/.test(slant);
  return { ...look, strong, em };
}

/** What is not part of the words: what is hidden, a word processor's comments and the signs of its lists, struck words,
 *  and the numbers of Galley's footnotes. */
function isUnread(element: HtmlElement, { heading }: Look): boolean {
  const { tagName: tag } = element;
  if (tag === 'del' || tag === 'hr' || dropped.has(tag)) return true;
  if (styled(element, 'display') === 'none' || styled(element, 'mso-hide') === 'all') return true;
  if (isSign(element) && !heading) return true;
  if (styled(element, 'mso-element').startsWith('comment')) return true;
  if (styled(element, 'mso-special-character') === 'comment') return true;
  if (hasClass(element, 'MsoCommentReference') || hasClass(element, 'msocomoff')) return true;
  if (hasClass(element, 'Apple-interchange-newline')) return true;
  return (
    attribute(element, 'role') === 'doc-noteref' ||
    element.attrs.some(({ name }) => name === 'hidden')
  );
}

/** Elements that are not HTML's own (`o:p`, `google-sheets-html-origin`) stand within a line. */
const isBlock = ({ tagName }: HtmlElement): boolean =>
  !inlineTags.has(tagName) && tagName !== 'font' && !/[:-]/.test(tagName);

function inline(element: HtmlElement, look: Look): HtmlNode[] {
  const { tagName: tag } = element;
  if (tag === 'br') return [make('br', [])];
  if (tag === 'img') {
    const [src, alt] = [attribute(element, 'src'), attribute(element, 'alt')];
    return [make('img', [], { src, alt })];
  }
  const inner = (): HtmlNode[] => children(element, lookOf(element, look));
  if (tag === 'q') return [make('q', inner())];
  if (tag !== 'a') return inner();
  const href = attribute(element, 'href').trim();
  // An address on its own page leads nowhere from here; the number of a footnote keeps brackets in its place.
  if (href.startsWith('#')) {
    const number = /^\[?(\d{1,3})\]?$/.exec(wordsOf(element))?.[1];
    if (number !== undefined) return [dressed(`[${number}]`, look)];
    // The letter that stands for a comment in a page of Google Docs.
    return href.startsWith('#cmnt') ? [] : inner();
  }
  return allowedHref(href) ? [make('a', inner(), { href })] : inner();
}

/** Parts of tables and lists stay what they are, whatever role they claim: out of their place their words would be lost. */
const structure: ReadonlySet<string> = new Set(
  'table caption colgroup col thead tbody tfoot tr td th ul ol menu li dl dt dd figure'.split(' '),
);

/** The element a block is to the reader, by its name or by the class or role that word processors give it. */
function tagOf(element: HtmlElement): string {
  const { tagName: tag } = element;
  if (tag === 'h1') return 'h2';
  if (attribute(element, 'role') === 'heading' && !structure.has(tag)) {
    const level = Number.parseInt(attribute(element, 'aria-level'), 10);
    return `h${Math.min(6, (level > 0 ? level : 1) + 1)}`;
  }
  if (tag === 'p' || tag === 'div') {
    if (hasClass(element, 'MsoTitle')) return 'h2';
    if (hasClass(element, 'MsoQuote') || hasClass(element, 'MsoIntenseQuote')) return 'blockquote';
    if (hasClass(element, 'MsoCaption')) return 'figcaption';
  }
  return kept.has(tag) ? tag : 'div';
}

function block(element: HtmlElement, look: Look): HtmlNode[] {
  const tag = tagOf(element);
  const at = lookOf(element, look);
  if (/^h[2-6]$/.test(tag))
    return [make(tag, children(element, { ...at, strong: false, heading: true }))];
  if (tag === 'ul' || tag === 'ol' || tag === 'menu') {
    const inner = children(element, { ...at, depth: look.depth + 1 });
    return [make(tag, inner, { start: attribute(element, 'start') })];
  }
  if (tag === 'li') return [item(element, at)];
  const names: Record<string, readonly string[]> = {
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    // The styles that Galley writes as a class.
    p: look.exact ? ['class'] : [],
  };
  const attributes = (names[tag] ?? []).map((name) => [name, attribute(element, name)] as const);
  return [make(tag, children(element, at), Object.fromEntries(attributes))];
}

/** A list item. Word on the web writes each in a list of its own and says its level. */
function item(element: HtmlElement, look: Look): HtmlNode {
  const said = attribute(element, 'data-aria-level') || attribute(element, 'aria-level');
  const level = Math.min(9, Number.parseInt(said, 10));
  const parent = element.parentNode;
  const list = parent && 'tagName' in parent ? parent.tagName : 'ul';
  let out = make('li', children(element, look));
  for (let depth = look.depth; depth < level && depth > 0; depth++) out = make(list, [out]);
  return out;
}
