/** Reads what comes by the clipboard or is dropped in, with the rules of imported pages: only what the schema knows gets in,
 *  as blocks of the body. Nothing is taken aside here, since there is no preview that could give it back. */
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import {
  elementsOf,
  inlineTags,
  wordsOf,
  type HtmlElement,
  type HtmlNode,
} from '#core/formats/html/parse.ts';
import { plainTree } from '#core/formats/html/plain-tree.ts';
import { PageReader } from '#core/formats/html/read-blocks.ts';
import { Draft, type DraftBlock } from '#core/formats/import/draft.ts';
import { inlineContent } from '#core/suggest/entries.ts';

const isBreak = (node: Node | undefined): boolean => node?.type.name === 'lineBreak';

/** The lines of a block as its source meant them: two breaks part paragraphs, and none stands at an edge. */
function paragraphs(nodes: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  nodes.forEach((node, i) => {
    const doubled = isBreak(node) && (isBreak(nodes[i + 1]) || isBreak(nodes[i - 1]));
    if (!doubled) parts.at(-1)?.push(node);
    else if (parts.at(-1)?.length !== 0) parts.push([]);
  });
  return parts.map((part) => {
    const from = part.findIndex((node) => !isBreak(node));
    const to = part.findLastIndex((node) => !isBreak(node));
    return from < 0 ? [] : part.slice(from, to + 1);
  });
}

function nodesOf({ role, style, list, line, picture, cell }: DraftBlock, exact: boolean): Node[] {
  if (role === 'figure') return [schema.node('figure', { ...picture }, inlineContent(line.nodes))];
  if (role === 'cell') return [schema.node('cell', { ...cell }, inlineContent(line.nodes))];
  const make = (content: readonly Node[]): Node =>
    schema.node('block', { style, list }, inlineContent(content));
  if (exact) return [make(line.nodes)];
  const parts = paragraphs(line.nodes).filter((part) => part.length > 0);
  return parts.length === 0 ? [make([])] : parts.map(make);
}

/** Words that the reader would put aside for the preview of an import stay where they were. */
function withTaken(draft: Draft): readonly DraftBlock[] {
  for (const { flag, after } of draft.flags.toReversed()) {
    if (!('text' in flag)) continue;
    const block = draft.block();
    block.line.text(flag.text);
    draft.blocks.pop();
    draft.blocks.splice(after, 0, block);
  }
  return draft.blocks;
}

/** Within a line the space at an edge parts words; the reader of blocks has no use for it. */
function withEdges(block: Node, tree: HtmlElement): Node {
  if (elementsOf(tree).some((one) => one !== tree && !inlineTags.has(one.tagName))) return block;
  const [before, after] = [/^\s/, /\s$/].map((edge) =>
    edge.test(textUnder(tree)) ? [schema.text(' ')] : [],
  );
  return block.copy(inlineContent([...(before ?? []), ...block.content.content, ...(after ?? [])]));
}

function textUnder(node: HtmlNode): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textUnder).join('') : '';
}

/** The blocks of a page; none when it holds no words. `exact` says that an editor like ours wrote it: then every space counts. */
export function readPaste(page: HtmlNode, exact: boolean): Node[] {
  const tree = plainTree(page, exact);
  const draft = new Draft();
  new PageReader(draft, {
    own: exact,
    whole: true,
    notes: { references: new Map(), containers: new Map(), backlinks: new Set() },
    places: { words: new Map(), links: new Map(), keys: new Map() },
  }).read(tree);
  const blocks = withTaken(draft).flatMap((block) => nodesOf(block, exact));
  const [first] = blocks;
  if (!exact && blocks.length === 1 && first && wordsOf(tree) !== '')
    return [withEdges(first, tree)];
  return blocks;
}
