/** What leaves by the clipboard: the text as it reads, without struck words, and nobody's suggestion, note or id. */
import {
  DOMSerializer,
  Fragment,
  Slice,
  type DOMOutputSpec,
  type Mark,
  type Node as TextNode,
} from 'prosemirror-model';
import { schema, type BlockStyle, type CellShape, type ListAttr } from '#core/article/schema.ts';
import { formOf, tableOf, tableRuns } from '#core/article/table.ts';
import { projectBlocks } from '#core/suggest/project.ts';
import { itemNumbers, listOf } from '#web/editor/list-numbers.ts';

/** The number that a footnote has in the text; undefined when it is not in the text. */
type NumberOf = (id: string) => number | undefined;

function projected(slice: Slice, verdict: 'accept' | 'reject'): Slice {
  const { content, openStart, openEnd } = slice;
  if (!content.firstChild?.isInline)
    return new Slice(
      Fragment.fromArray(projectBlocks(content.content, () => verdict)),
      openStart,
      openEnd,
    );
  const [block] = projectBlocks([schema.node('block', null, content)], () => verdict);
  return new Slice(block?.content ?? Fragment.empty, openStart, openEnd);
}

/** A copied slice as it reads in a view. When nothing but struck words is selected, it is those that are wanted. */
export function readable(slice: Slice, view: 'original' | 'marked' | 'accepted'): Slice {
  if (slice.size === 0) return slice;
  if (view === 'original') return projected(slice, 'reject');
  const read = projected(slice, 'accept');
  return read.content.size > 0 && leafCount(read.content) > 0 ? read : projected(slice, 'reject');
}

function leafCount(content: Fragment): number {
  let count = 0;
  content.descendants((node) => {
    if (node.isLeaf) count += 1;
    return true;
  });
  return count;
}

function lineOf(content: Fragment, numberOf: NumberOf): string {
  let line = '';
  content.forEach((node) => {
    if (node.isText) line += node.text ?? '';
    else if (node.type.name === 'lineBreak') line += '\n';
    else line += `[${numberOf(node.attrs['id'] as string) ?? '?'}]`;
  });
  return line;
}

/** The signs of list items, in turn. */
function signs(): (list: ListAttr | null) => string {
  const count = itemNumbers();
  return (list) => {
    const { number } = count(list);
    if (!list) return '';
    return '    '.repeat(list.level) + (list.kind === 'ordered' ? `${number}. ` : '- ');
  };
}

/** The plain text of a copied slice: an empty line between blocks, items and the rows of a table on lines of their own, the
 *  numbers of footnotes in brackets. */
export function plainText({ content }: Slice, numberOf: NumberOf): string {
  if (content.firstChild?.isInline) return lineOf(content, numberOf);
  const sign = signs();
  let out = '';
  content.forEach((block, _offset, index) => {
    const before = index === 0 ? null : content.child(index - 1);
    if (before) {
      const items = listOf(before) && listOf(block);
      const cells = before.type.name === 'cell' && block.type.name === 'cell';
      const { starts } = block.attrs as Partial<CellShape>;
      out += cells && starts === null ? '\t' : items || (cells && starts === 'row') ? '\n' : '\n\n';
    }
    const mark = content.childCount > 1 ? sign(listOf(block)) : '';
    const note =
      block.type.name === 'footnote' ? `[${numberOf(block.attrs['id'] as string) ?? '?'}] ` : '';
    out += mark + note + lineOf(block.content, numberOf);
  });
  return out;
}

const blockTags: Record<BlockStyle, readonly [tag: string, className?: string]> = {
  paragraph: ['p'],
  heading1: ['h2'],
  heading2: ['h3'],
  heading3: ['h4'],
  heading4: ['h5'],
  quote: ['blockquote'],
  caption: ['p', 'caption'],
  credit: ['p', 'credit'],
  bio: ['p', 'bio'],
};

function blockSpec(node: TextNode): DOMOutputSpec {
  if (listOf(node)) return ['li', 0];
  const [tag, className] = blockTags[node.attrs['style'] as BlockStyle];
  return className === undefined ? [tag, 0] : [tag, { class: className }, 0];
}

function figureSpec(node: TextNode): DOMOutputSpec {
  const { src, alt } = node.attrs as { src: string; alt: string };
  const picture: DOMOutputSpec[] = src === '' ? [] : [['img', { src, alt }]];
  return ['figure', ...picture, ['figcaption', 0]];
}

/** Writes a copied slice as HTML that any program reads: real lists and tables, and none of the editor's own marks. */
export class CopySerializer extends DOMSerializer {
  constructor(numberOf: NumberOf) {
    const sign = (node: TextNode): string => `[${numberOf(node.attrs['id'] as string) ?? '?'}]`;
    super(
      {
        ...DOMSerializer.nodesFromSchema(schema),
        kicker: () => ['p', 0],
        headline: () => ['h1', 0],
        standfirst: () => ['p', 0],
        byline: () => ['p', 0],
        block: blockSpec,
        figure: figureSpec,
        cell: (node) => [node.attrs['header'] === true ? 'th' : 'td', 0],
        footnote: (node) => ['p', `${sign(node)} `, ['span', 0]],
        // Known by its role, so that a paste here does not take the number for a word.
        footnoteRef: (node) => ['sup', { role: 'doc-noteref' }, sign(node)],
      },
      {
        link: (mark: Mark) => ['a', { href: mark.attrs['href'] as string }, 0],
        em: () => ['em', 0],
        strong: () => ['strong', 0],
      },
    );
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    if (!fragment.firstChild?.isBlock) return super.serializeFragment(fragment, options, target);
    const page = options.document ?? document;
    const out = target ?? page.createDocumentFragment();
    const lists: HTMLElement[] = [];
    const blocks = fragment.content;
    const tables = new Map(tableRuns(blocks).map((run) => [run.from, run]));
    blocks.forEach((node, i) => {
      const list = listOf(node);
      if (!list) lists.length = 0;
      const run = tables.get(i);
      if (run) out.appendChild(this.#table(blocks.slice(run.from, run.to), options, page));
      if (node.type.name === 'cell') return;
      const element = this.serializeNode(node, options) as HTMLElement;
      if (list) this.#item(out, lists, list, element, page);
      else out.appendChild(element);
    });
    return out;
  }

  #table(cells: readonly TextNode[], options: { document?: Document }, page: Document): Node {
    const table = page.createElement('table');
    for (const row of tableOf(cells.map(formOf)).rows) {
      const line = table.appendChild(page.createElement('tr'));
      for (const { at, span, rows, joined } of row) {
        const cell = cells[at];
        if (!cell || joined) continue;
        const element = line.appendChild(this.serializeNode(cell, options) as HTMLElement);
        if (span > 1) element.setAttribute('colspan', String(span));
        if (rows > 1) element.setAttribute('rowspan', String(rows));
      }
    }
    return table;
  }

  #item(
    out: HTMLElement | DocumentFragment,
    lists: HTMLElement[],
    { kind, level, start }: ListAttr,
    element: HTMLElement,
    page: Document,
  ): void {
    const tag = kind === 'ordered' ? 'ol' : 'ul';
    lists.length = Math.min(lists.length, level + 1);
    if (lists[level] && lists[level].localName !== tag) lists.length = level;
    while (lists.length <= level) {
      const list = page.createElement(tag);
      if (tag === 'ol' && start !== 1) list.setAttribute('start', String(start));
      const outer = lists.at(-1);
      (outer?.lastElementChild ?? outer ?? out).appendChild(list);
      lists.push(list);
    }
    lists.at(-1)?.appendChild(element);
  }
}
