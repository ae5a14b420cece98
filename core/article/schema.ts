/** The one document schema of Galley: a flat sequence of textblocks, every one a direct child of the document.
 *  Flatness is what makes suggestions exact: the document is a plain run of block-open and inline tokens. */
import { Schema, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { allowedHref } from '#core/article/href.ts';
import { allowedPicture } from '#core/article/picture.ts';

/** Styles a body block may have. `paragraph` is the default; the others are the trade's own kinds of block. */
export const blockStyles = [
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
export type BlockStyle = (typeof blockStyles)[number];

/** A list item is a block with this attribute; nesting is `level` (0 is the outermost), as Word's numPr. */
export interface ListAttr {
  kind: 'bullet' | 'ordered';
  level: number;
  start: number;
}

/** What a block looks like without its pending suggestions; the target of a `block` entry. */
export interface BlockShape {
  style: BlockStyle;
  list: ListAttr | null;
}

/** A pending suggestion about the boundary before a block (`ins`, `del`) or about its style (`block`, a stack). */
export type BlockEntry =
  | { k: 'ins'; id: string; by: string }
  | { k: 'del'; id: string; by: string }
  | { k: 'block'; id: string; by: string; before: BlockShape };

/** What a table cell begins. A table is a row of neighbouring cells: the first one begins it whatever it says. */
export const cellStarts = ['table', 'row', null] as const;
export type CellStart = (typeof cellStarts)[number];

/** The form of a table cell. `span` is the number of columns it is wide; `joinsAbove` makes it one with the cell above. */
export interface CellShape {
  starts: CellStart;
  header: boolean;
  span: number;
  joinsAbove: boolean;
}

/** The most columns a table may have; Word's own limit. */
export const maxColumns = 63;

/** Text blocks at the head of an article. Their boundaries are never suggested about, retyped or removed. */
export const mastheadTypes = ['kicker', 'headline', 'standfirst', 'byline'] as const;

const isString = (value: unknown): boolean => typeof value === 'string' && value !== '';

function validateList(value: unknown): void {
  if (value === null) return;
  const list = value as Partial<ListAttr>;
  if (
    typeof value !== 'object' ||
    (list.kind !== 'bullet' && list.kind !== 'ordered') ||
    !Number.isInteger(list.level) ||
    (list.level ?? -1) < 0 ||
    (list.level ?? 9) > 8 ||
    !Number.isInteger(list.start) ||
    (list.start ?? -1) < 0
  )
    throw new RangeError('A list attribute needs a kind, a level from 0 to 8 and a start.');
}

function validateStyle(value: unknown): void {
  if (!(blockStyles as readonly unknown[]).includes(value))
    throw new RangeError('That block style is not known.');
}

function validateEntries(value: unknown): void {
  if (!Array.isArray(value)) throw new RangeError('Block suggestions must be a list.');
  for (const raw of value) {
    const entry = raw as Partial<BlockEntry> | null;
    if (typeof entry !== 'object' || entry === null || !isString(entry.id) || !isString(entry.by))
      throw new RangeError('A block suggestion needs an id and an author.');
    if (entry.k === 'block') {
      validateStyle(entry.before?.style);
      validateList(entry.before?.list ?? null);
    } else if (entry.k !== 'ins' && entry.k !== 'del')
      throw new RangeError('That kind of block suggestion is not known.');
  }
}

function validateId(value: unknown): void {
  if (!isString(value)) throw new RangeError('An id must be a text.');
}

function validateStart(value: unknown): void {
  if (!(cellStarts as readonly unknown[]).includes(value))
    throw new RangeError('A table cell begins a table, a row or neither.');
}

function validateSpan(value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > maxColumns)
    throw new RangeError('A table cell is from 1 to 63 columns wide.');
}

function validatePicture(value: unknown): void {
  if (typeof value !== 'string' || !allowedPicture(value))
    throw new RangeError('That picture address is not allowed.');
}

function validateMarkList(value: unknown): void {
  if (
    !Array.isArray(value) ||
    value.some((m) => typeof (m as { type?: unknown })?.type !== 'string')
  )
    throw new RangeError('A format suggestion lists marks.');
}

const masthead = (tag: string, role: string): NodeSpec => ({
  content: 'inline*',
  defining: true,
  marks: '_',
  parseDOM: [{ tag: `${tag}[data-role=${role}]` }],
  toDOM: () => [tag, { 'data-role': role }, 0],
});

const blockTag: Record<BlockStyle, string> = {
  paragraph: 'p',
  heading1: 'h2',
  heading2: 'h3',
  heading3: 'h4',
  heading4: 'h5',
  quote: 'blockquote',
  caption: 'p',
  credit: 'p',
  bio: 'p',
};

function entryAttrs(entries: readonly BlockEntry[]): Record<string, string> {
  if (entries.length === 0) return {};
  return {
    'data-sugg': entries.map((e) => `${e.k}:${e.id}`).join(' '),
    'data-sugg-kinds': [...new Set(entries.map((e) => e.k))].join(' '),
  };
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'kicker? headline standfirst? byline? (block | figure | cell)+ footnote*' },
  kicker: masthead('p', 'kicker'),
  headline: masthead('h1', 'headline'),
  standfirst: masthead('p', 'standfirst'),
  byline: masthead('p', 'byline'),
  block: {
    content: 'inline*',
    marks: '_',
    attrs: {
      style: { default: 'paragraph', validate: validateStyle },
      list: { default: null, validate: validateList },
      sugg: { default: [], validate: validateEntries },
    },
    parseDOM: [
      { tag: 'h1, h2', attrs: { style: 'heading1' } },
      { tag: 'h3', attrs: { style: 'heading2' } },
      { tag: 'h4', attrs: { style: 'heading3' } },
      { tag: 'h5, h6', attrs: { style: 'heading4' } },
      { tag: 'blockquote', attrs: { style: 'quote' } },
      {
        tag: 'p, div',
        getAttrs: (dom) => {
          const style = dom.getAttribute('data-style');
          return {
            style: (blockStyles as readonly (string | null)[]).includes(style)
              ? style
              : 'paragraph',
          };
        },
      },
      {
        tag: 'li',
        getAttrs: (dom) => ({
          list: {
            kind: dom.parentElement?.nodeName === 'OL' ? 'ordered' : 'bullet',
            level: 0,
            start: 1,
          },
        }),
      },
    ],
    toDOM: (node) => {
      const style = node.attrs['style'] as BlockStyle;
      const list = node.attrs['list'] as ListAttr | null;
      return [
        blockTag[style],
        {
          'data-style': style,
          ...(list ? { 'data-list': list.kind, 'data-level': String(list.level) } : {}),
          ...entryAttrs(node.attrs['sugg'] as BlockEntry[]),
        },
        0,
      ];
    },
  },
  // The content of a figure is its caption. The picture itself is not loaded from elsewhere: it is named and linked.
  figure: {
    content: 'inline*',
    marks: '_',
    defining: true,
    attrs: {
      src: { default: '', validate: validatePicture },
      alt: { default: '', validate: 'string' },
      sugg: { default: [], validate: validateEntries },
    },
    toDOM: (node) => {
      const { src, alt, sugg } = node.attrs as { src: string; alt: string; sugg: BlockEntry[] };
      return [
        'figure',
        { 'data-src': src, ...entryAttrs(sugg) },
        ['div', { class: 'picture', contenteditable: 'false', 'data-alt': alt, 'data-src': src }],
        ['figcaption', 0],
      ];
    },
  },
  cell: {
    content: 'inline*',
    marks: '_',
    defining: true,
    attrs: {
      starts: { default: null, validate: validateStart },
      header: { default: false, validate: 'boolean' },
      span: { default: 1, validate: validateSpan },
      joinsAbove: { default: false, validate: 'boolean' },
      sugg: { default: [], validate: validateEntries },
    },
    toDOM: (node) => {
      const { starts, header, span, joinsAbove, sugg } = node.attrs as CellShape & {
        sugg: BlockEntry[];
      };
      return [
        'div',
        {
          'data-cell': starts ?? 'next',
          ...(header ? { 'data-header': '' } : {}),
          ...(span > 1 ? { 'data-span': String(span) } : {}),
          ...(joinsAbove ? { 'data-joins-above': '' } : {}),
          ...entryAttrs(sugg),
        },
        0,
      ];
    },
  },
  footnote: {
    content: 'inline*',
    marks: '_',
    defining: true,
    attrs: { id: { validate: validateId }, sugg: { default: [], validate: validateEntries } },
    toDOM: (node) => [
      'p',
      {
        'data-footnote': node.attrs['id'] as string,
        ...entryAttrs(node.attrs['sugg'] as BlockEntry[]),
      },
      0,
    ],
  },
  text: { group: 'inline' },
  footnoteRef: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { id: { validate: validateId } },
    toDOM: (node) => ['sup', { 'data-footnote-ref': node.attrs['id'] as string }],
  },
  lineBreak: {
    group: 'inline',
    inline: true,
    atom: true,
    selectable: false,
    leafText: () => '\n',
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
};

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: {
      href: {
        validate: (value) => {
          if (typeof value !== 'string' || !allowedHref(value))
            throw new RangeError('That link address is not allowed.');
        },
      },
    },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom) => {
          const href = dom.getAttribute('href') ?? '';
          return allowedHref(href) ? { href } : false;
        },
      },
    ],
    toDOM: (mark) => ['a', { href: mark.attrs['href'] as string, rel: 'noopener noreferrer' }, 0],
  },
  em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: () => ['em', 0] },
  strong: { parseDOM: [{ tag: 'b' }, { tag: 'strong' }], toDOM: () => ['strong', 0] },
  // The suggestion marks stand after the plain ones, so that plain marks keep their order around them.
  insertion: {
    attrs: { id: { validate: validateId }, by: { validate: validateId } },
    inclusive: false,
    excludes: '',
    toDOM: (mark) => [
      'ins',
      { 'data-id': mark.attrs['id'] as string, 'data-by': mark.attrs['by'] as string },
      0,
    ],
  },
  deletion: {
    attrs: { id: { validate: validateId }, by: { validate: validateId } },
    inclusive: false,
    excludes: '',
    toDOM: (mark) => [
      'del',
      { 'data-id': mark.attrs['id'] as string, 'data-by': mark.attrs['by'] as string },
      0,
    ],
  },
  format: {
    attrs: {
      id: { validate: validateId },
      by: { validate: validateId },
      add: { default: [], validate: validateMarkList },
      remove: { default: [], validate: validateMarkList },
    },
    inclusive: false,
    excludes: '',
    toDOM: (mark) => ['span', { 'data-format': mark.attrs['id'] as string }, 0],
  },
};

/** The schema. Node types: doc, kicker, headline, standfirst, byline, block, figure, cell, footnote, text, footnoteRef, lineBreak. */
export const schema = new Schema({ nodes, marks });

/** The marks that speak of suggestions; all other marks are plain formatting. */
export const suggestionMarks = ['insertion', 'deletion', 'format'] as const;
