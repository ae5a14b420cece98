/** What an editor decides before an import is saved: other roles for blocks, words put back, another language.
 *  Choices speak of blocks and flags by their index in what the reader gave. */
import { Fragment, type Node } from 'prosemirror-model';
import { quoteAt } from '#core/annotate/quote.ts';
import { mastheadTypes, schema, type BlockStyle, type CellStart } from '#core/article/schema.ts';
import { cleanLine } from '#core/formats/clean-text.ts';
import { fitting } from '#core/formats/import/fit-entries.ts';
import { isTaken, type FileFlag, type Imported } from '#core/formats/import/imported.ts';
import type { WritersSources } from '#core/formats/import/writers-sources.ts';
import { fold } from '#core/formats/text/lines.ts';
import { bylineLabel } from '#core/formats/text/masthead.ts';
import { entriesOf, isWhole, suggestionsIn } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';

/** What a block can be made. */
export const blockRoles = [
  ...mastheadTypes,
  'paragraph',
  'heading1',
  'heading2',
  'heading3',
  'heading4',
  'quote',
  'caption',
  'credit',
  'bio',
] as const;
export type BlockRole = (typeof blockRoles)[number];

/** The choices. `blocks` has a role by the index of a block, `restore` the indexes of flags whose words come back. */
export interface ImportChoices {
  language?: string | undefined;
  restore?: readonly number[] | undefined;
  blocks?: Readonly<Record<string, BlockRole>> | undefined;
  /** The notes of the file are the writer's sources; they become facts. */
  sources?: WritersSources | undefined;
}

/** The review as chosen. `origins` has, for each child of the document, its index in what the reader gave, or null. */
export interface ChosenImport {
  review: Review;
  origins: (number | null)[];
}

interface Item {
  node: Node;
  origin: number | null;
  /** How far its words have moved within it: a label came back or went. */
  shift: number;
  chosen: boolean;
}

const isMastheadRole = (role: string): boolean =>
  (mastheadTypes as readonly string[]).includes(role);

/** What a block is; figures, table cells and footnotes stay what they are. */
export type AnyRole = BlockRole | 'figure' | 'cell' | 'footnote';

/** The role a block has. */
export function roleOf(node: Node): AnyRole {
  return node.type.name === 'block'
    ? (node.attrs['style'] as BlockStyle)
    : (node.type.name as BlockRole);
}

const keepsRole = (node: Node): boolean => isWhole(node) || node.type.name === 'footnote';

function made(role: BlockRole, content: Fragment): Node {
  return isMastheadRole(role)
    ? schema.node(role, null, content)
    : schema.node('block', { style: role }, content);
}

/** The block in its new role, with the label that belongs to it or without. */
function changed(item: Item, role: BlockRole, label: string, language: string): Item {
  const was = roleOf(item.node);
  let { content } = item.node;
  let shift = 0;
  const text = item.node.firstChild?.text ?? '';
  if (label !== '' && was !== role) {
    content = Fragment.from(schema.text(label)).append(content);
    shift = label.length;
  } else if (role === 'byline') {
    const length = bylineLabel(item.node.textContent, language) ?? 0;
    if (length > 0 && text.length > length) {
      content = content.cut(length);
      shift = -length;
    }
  }
  return { ...item, node: made(role, content), shift, chosen: true };
}

/** Applies choices. Those that make no sense (a footnote's role, a flag without words) change nothing. */
export function applyChoices(imported: Imported, choices: ImportChoices): ChosenImport {
  const { review, labels } = imported;
  const language = (choices.language ?? review.article.language).split('-', 1)[0] ?? '';
  const items: Item[] = [];
  const returning = new Map<number, FileFlag[]>();
  for (const i of [...new Set(choices.restore ?? [])].toSorted((a, b) => a - b)) {
    const [flag, before] = [imported.flags[i], imported.restoreBefore[i]];
    if (!flag || before === undefined) continue;
    const there = returning.get(before);
    if (there) there.push(flag);
    else returning.set(before, [flag]);
  }
  const restore = (before: number): void => {
    returning.get(before)?.forEach((flag) => {
      if (!isTaken(flag)) return;
      const words = cleanLine(fold(flag.text)).replace(/\s+/gu, ' ').trim();
      if (words === '') return;
      const node = schema.node('block', null, schema.text(words));
      items.push({ node, origin: null, shift: 0, chosen: false });
    });
  };
  review.doc.forEach((node, _offset, index) => {
    restore(index);
    const item = { node, origin: index, shift: 0, chosen: false };
    const role = choices.blocks?.[String(index)];
    const asked = role !== undefined && !keepsRole(node) && role !== roleOf(node);
    items.push(asked ? changed(item, role, labels.get(index) ?? '', language) : item);
  });
  restore(review.doc.childCount);
  const ordered = inOrder(items);
  const doc = review.doc.copy(Fragment.from(ordered.map((item) => item.node)));
  doc.check();
  return {
    review: placed(
      {
        ...review,
        article: { ...review.article, language: choices.language ?? review.article.language },
      },
      doc,
      ordered,
    ),
    origins: ordered.map((item) => item.origin),
  };
}

/** The items in the order of the schema. Of two blocks with one masthead role, the one that was chosen has it. */
function inOrder(items: readonly Item[]): Item[] {
  const head: Item[] = [];
  for (const role of mastheadTypes) {
    const same = items.filter((item) => item.node.type.name === role);
    const one = same.find((item) => item.chosen) ?? same[0];
    if (one) head.push(one);
    else if (role === 'headline')
      head.push({ node: schema.node('headline'), origin: null, shift: 0, chosen: false });
  }
  const body: Item[] = [];
  const notes: Item[] = [];
  for (const item of items) {
    if (head.includes(item)) continue;
    if (item.node.type.name === 'footnote') notes.push(item);
    else if (item.node.type.name === 'block' || isWhole(item.node)) body.push(item);
    else body.push({ ...item, node: made('paragraph', item.node.content) });
  }
  if (body.length === 0)
    body.push({ node: schema.node('block'), origin: null, shift: 0, chosen: false });
  return unbound([...head, ...body, ...notes]);
}

/** The items without what is suggested about boundaries that are fixed now. */
function unbound(items: readonly Item[]): Item[] {
  const fits = fitting(
    items.map(({ node }) => ({
      role: node.type.name,
      starts: (node.attrs['starts'] as CellStart | undefined) ?? null,
      entries: entriesOf(node),
      words: node.content.content,
    })),
  );
  return items.map((item, i) => {
    const { type, attrs, content } = item.node;
    const sugg = entriesOf(item.node);
    const left = sugg.filter((entry) => fits(i, entry));
    if (left.length === sugg.length) return item;
    return { ...item, node: type.create({ ...attrs, sugg: left }, content) };
  });
}

/** The review on another document whose blocks are those of its own, moved. */
function placed(review: Review, doc: Node, items: readonly Item[]): Review {
  if (doc.eq(review.doc)) return review;
  const starts = new Map<number, { start: number; shift: number; size: number }>();
  let at = 0;
  for (const { node, origin, shift } of items) {
    if (origin !== null) starts.set(origin, { start: at + 1, shift, size: node.content.size });
    at += node.nodeSize;
  }
  const moved = (pos: number): number => {
    const { index, offset } = review.doc.childBefore(Math.max(1, pos));
    const to = starts.get(index);
    if (!to) return 1;
    return to.start + Math.max(0, Math.min(to.size, pos - offset - 1 + to.shift));
  };
  const byId = new Map(
    [...review.anchors.byId.values()].map((anchor) => {
      if (anchor.state === 'detached') return [anchor.id, anchor] as const;
      const from = moved(anchor.from);
      const to = moved(anchor.to);
      if (to <= from) {
        const good = { rev: 0, from: 1, to: 1 };
        return [
          anchor.id,
          { ...anchor, from: 1, to: 1, state: 'detached' as const, good },
        ] as const;
      }
      const good = { rev: 0, from, to };
      return [anchor.id, { ...anchor, from, to, good, ...quoteAt(doc, from, to) }] as const;
    }),
  );
  const inText = suggestionsIn(doc);
  const suggestions = new Map([...review.suggestions].filter(([id]) => inText.has(id)));
  return { ...review, doc, suggestions, anchors: { byId, graves: [] } };
}
