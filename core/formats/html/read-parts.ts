/** What the elements of a page are to an article, and small changes at the edges of a line. */
import type { Mark } from 'prosemirror-model';
import { schema, type BlockStyle } from '#core/article/schema.ts';
import {
  attribute,
  childrenOf,
  inlineTags,
  isElement,
  textOf,
  type HtmlElement,
} from '#core/formats/html/parse.ts';
import type { DraftBlock, DraftRole } from '#core/formats/import/draft.ts';
import { isDeletion, isInsertion } from '#core/suggest/entries.ts';

/** The styles of headings. The first `h1` of a page is its headline. */
export const headings: Record<string, BlockStyle> = {
  h1: 'heading1',
  h2: 'heading1',
  h3: 'heading2',
  h4: 'heading3',
  h5: 'heading4',
  h6: 'heading4',
};

/** Elements that are formatting. */
export const emphasis: Record<string, 'em' | 'strong'> = {
  em: 'em',
  i: 'em',
  cite: 'em',
  strong: 'strong',
  b: 'strong',
};

/** Elements that are left out with what is in them, and said so. */
export const dropped = new Set(
  (
    'script style iframe frame frameset object embed applet template noscript svg math canvas audio video source ' +
    'input button select textarea datalist meter progress link meta base title dialog portal map area'
  ).split(' '),
);

/** Names of classes that tell a part of the masthead, and how sure they are. */
const roleNames: [role: DraftRole, names: RegExp][] = [
  ['kicker', /(?:^|[\s_-])(?:kicker|overline|eyebrow)(?:$|[\s_-])/i],
  ['standfirst', /(?:^|[\s_-])(?:standfirst|dek|deck|subtitle|subheadline|strapline)(?:$|[\s_-])/i],
  ['byline', /(?:^|[\s_-])byline(?:$|[\s_-])/i],
];

/** Takes white space off the end of a block; with `most`, at most so many characters. */
export function trimEnd(block: DraftBlock, most = Infinity): void {
  const { line } = block;
  let left = most;
  for (let last = line.nodes.at(-1); last?.isText && left > 0; last = line.nodes.at(-1)) {
    const text = last.text ?? '';
    const spaces = Math.min(left, text.length - text.trimEnd().length);
    if (spaces === 0) return;
    line.nodes.pop();
    line.size -= text.length;
    left -= spaces;
    if (spaces < text.length) {
      line.push(schema.text(text.slice(0, text.length - spaces), last.marks));
      return;
    }
  }
}

/** Cuts a label off the start of a block. */
export function cutStart(block: DraftBlock, length: number): void {
  const { line } = block;
  const first = line.nodes.shift();
  const text = first?.text ?? '';
  line.size -= length;
  block.cut += length;
  if (first && text.length > length)
    line.nodes.unshift(schema.text(text.slice(length), first.marks));
}

/** Cuts off the number that some pages write before the words of a note. */
export function cutNumber(block: DraftBlock): void {
  const words = block.line.nodes[0]?.text ?? '';
  const label = /^\s*(?:\[\d{1,3}\]|\d{1,3}[.)]?)\s+/.exec(words)?.[0] ?? '';
  if (label !== '') cutStart(block, label.length);
}

/** The insertions and strikings among marks: what stands between changed paragraphs comes and goes with them. */
export const changesIn = (marks: readonly Mark[]): Mark[] =>
  marks.filter((mark) => isInsertion(mark) || isDeletion(mark));

/** True for an element that holds nothing but the sign of a boundary. */
export function isBoundarySign(element: HtmlElement): boolean {
  const [only, ...more] = childrenOf(element);
  return only !== undefined && more.length === 0 && textOf(only) === '¶';
}

/** The part of the masthead that a paragraph's class names, or null. */
export function roleOf(element: HtmlElement): DraftRole | null {
  const isLine = childrenOf(element).every((one) => !isElement(one) || inlineTags.has(one.tagName));
  if (element.tagName !== 'p' && !isLine) return null;
  const name = attribute(element, 'class');
  return roleNames.find(([, names]) => names.test(name))?.[0] ?? null;
}

/** Where an element stands in the source, for a message. */
export function lineOf(element: HtmlElement): string {
  const line = element.sourceCodeLocation?.startLine;
  return line === undefined ? '' : ` in line ${line}`;
}
