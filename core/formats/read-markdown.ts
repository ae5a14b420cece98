/** Reads Markdown (CommonMark with footnotes and tables, and CriticMarkup) into a review. It never throws. */
// The package has no types of its own; every room that reaches this file needs these.
// oxlint-disable-next-line typescript/triple-slash-reference -- the package has no types, and other rooms compile this file too
/// <reference path="./markdown/markdown-it-footnote.d.ts" />
import parser, { type MarkdownIt, type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import type { BlockStyle, ListAttr } from '#core/article/schema.ts';
import { schema } from '#core/article/schema.ts';
import { Draft, type DraftBlock } from '#core/formats/import/draft.ts';
import { finishDraft } from '#core/formats/import/finish.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { guessMasthead, guessTail, languageOf, takeNotice } from '#core/formats/import/roles.ts';
import { addHtmlBlocks } from '#core/formats/html/add-blocks.ts';
import { criticMarkup } from '#core/formats/markdown/critic-rule.ts';
import { addFigure, figureIn } from '#core/formats/markdown/read-figure.ts';
import { InlineReader } from '#core/formats/markdown/read-inline.ts';
import { TableReader } from '#core/formats/markdown/read-table.ts';
import { inQuotes } from '#core/formats/warning.ts';

const deepest = 60;

interface Notes {
  footnotes?: { refs?: Record<string, number>; list?: { label?: string; count?: number }[] };
}

/** A list to which another is added in place: the rule that puts the footnotes at the end copies all tokens for each of
 *  them otherwise, which takes a minute for ten thousand. */
class Tokens<T> extends Array<T> {
  override concat(...lists: (T | ConcatArray<T>)[]): this {
    for (const list of lists as T[][]) for (const one of list) this.push(one);
    return this;
  }
}

/** Footnotes that the text does not refer to are kept, after the others. */
function keepUnused(md: MarkdownIt): void {
  md.core.ruler.before('footnote_tail', 'footnote_unused', (state) => {
    const found = (state.env as Notes).footnotes;
    if (!found?.refs) return;
    state.tokens = Tokens.from(state.tokens) as Tokens<(typeof state.tokens)[number]>;
    found.list ??= [];
    for (const [label, index] of Object.entries(found.refs))
      if (index < 0) {
        found.refs[label] = found.list.length;
        found.list.push({ label: label.slice(1), count: 0 });
      }
  });
}

function makeReader(): MarkdownIt {
  const md = parser('commonmark', { maxNesting: deepest });
  md.enable('table').use(footnotes).use(keepUnused).use(criticMarkup);
  // Addresses are judged by the schema's own rule, and kept as they are written.
  md.validateLink = () => true;
  md.normalizeLink = (url) => url;
  return md;
}

const headingStyles: BlockStyle[] = [
  'heading1',
  'heading1',
  'heading2',
  'heading3',
  'heading4',
  'heading4',
];

/** The front matter that some programs write before the text, with its fences; '' if there is none. */
function frontMatter(source: string): string {
  return (
    /^---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t#-].*\r?\n){1,60}(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(
      source,
    )?.[0] ?? ''
  );
}

/** Reads a text. */
export function readMarkdown(source: string, context: ImportContext): Imported {
  const draft = new Draft(context.hashBytes);
  const front = frontMatter(source);
  if (front !== '') draft.take('front-matter', front.trimEnd(), 0, front.trimEnd().length);
  const text = source.slice(front.length);
  draft.checkText(text.replace(/[\r\n\t\f\v]/g, ' '));
  const md = makeReader();
  const tokens = md.parse(text, {});
  readBlocks(draft, tokens, md);
  takeNotice(draft);
  const language = languageOf(draft, context.language);
  guessMasthead(draft, language.tag);
  guessTail(draft);
  return finishDraft(draft, context, language);
}

interface OpenList {
  attr: Omit<ListAttr, 'level'>;
  /** The block of the item that is open, if it has one. */
  item: DraftBlock | null;
}

function readBlocks(draft: Draft, tokens: readonly Token[], md: MarkdownIt): void {
  const inline = new InlineReader(draft, {
    unescape: (text) => md.utils.unescapeAll(text),
    footnote: (id) => `note-${id + 1}`,
  });
  const lists: OpenList[] = [];
  let quotes = 0;
  let heading: BlockStyle | null = null;
  let isHeadline = false;
  let note: DraftBlock | null = null;
  const table = new TableReader(draft);
  let hasHeadline = false;

  /** The block that a paragraph or heading goes into: a new one, or the item or note that is open. */
  const place = (): DraftBlock => {
    const list = lists.at(-1);
    const open = table.cell ?? note ?? list?.item ?? null;
    if (open && !(open === list?.item && heading !== null)) {
      if (open.line.size > 0) {
        open.line.push(schema.node('lineBreak'));
        if (open === list?.item)
          draft.warn(
            'changed',
            `The list item ${inQuotes(open.line.words)} has several paragraphs; line breaks part them.`,
          );
      }
      return open;
    }
    const style = heading ?? (quotes > 0 ? 'quote' : 'paragraph');
    const attr = list && !list.item ? { ...list.attr, level: Math.min(8, lists.length - 1) } : null;
    const block = draft.block(style, attr);
    if (list && !list.item) list.item = block;
    if (isHeadline) block.role = 'headline';
    return block;
  };

  for (const token of tokens) {
    if (token.level >= deepest - 1)
      draft.warn('left-out', `What is nested deeper than ${deepest} levels was left out.`);
    switch (token.type) {
      case 'heading_open': {
        const level = Number(token.tag.slice(1));
        heading = headingStyles[level - 1] ?? 'heading1';
        isHeadline = level === 1 && !hasHeadline && lists.length === 0 && quotes === 0 && !note;
        if (isHeadline) hasHeadline = true;
        break;
      }
      case 'heading_close':
        heading = null;
        isHeadline = false;
        break;
      case 'blockquote_open':
        quotes += 1;
        break;
      case 'blockquote_close':
        quotes -= 1;
        break;
      case 'bullet_list_open':
        lists.push({ attr: { kind: 'bullet', start: 1 }, item: null });
        break;
      case 'ordered_list_open': {
        const start = Number(token.attrGet('start') ?? 1);
        lists.push({ attr: { kind: 'ordered', start: Math.min(start, 999_999_999) }, item: null });
        break;
      }
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'list_item_open': {
        const list = lists.at(-1);
        if (list) list.item = null;
        break;
      }
      case 'list_item_close':
        // An item of nothing is an item still.
        if (lists.at(-1)?.item === null && !note) place();
        break;
      case 'inline': {
        const isLone = !table.cell && !note && lists.length === 0 && heading === null;
        let children: readonly Token[] = token.children ?? [];
        for (let one = isLone ? figureIn(children) : null; one; one = figureIn(children)) {
          const block = addFigure(draft, one);
          if (one.caption.length > 0) inline.read(block, one.caption, one.whole);
          children = one.rest;
        }
        if (children.length === 0 && token.children?.length !== 0) break;
        const block = place();
        const from = block.line.size;
        inline.read(block, children);
        dropLoose(draft, block, from, token);
        break;
      }
      case 'fence':
      case 'code_block': {
        draft.warn('changed', `The code ${inQuotes(token.content)} is a plain paragraph.`);
        const block = place();
        token.content
          .replace(/\n$/, '')
          .split('\n')
          .forEach((line, i) => {
            if (i > 0) block.line.push(schema.node('lineBreak'));
            block.line.text(line);
          });
        break;
      }
      case 'hr':
        draft.warn('left-out', 'A rule between paragraphs was left out.');
        break;
      case 'html_block':
        addHtmlBlocks(draft, token.content);
        break;
      case 'table_open':
        table.open();
        break;
      case 'tr_open':
        table.openRow();
        break;
      case 'th_open':
      case 'td_open':
        table.openCell(token.tag === 'th');
        break;
      case 'th_close':
      case 'td_close':
        table.cell = null;
        break;
      case 'tr_close':
        table.closeRow();
        break;
      case 'footnote_open':
        note = draft.footnote(`note-${(token.meta as { id: number }).id + 1}`);
        break;
      case 'footnote_close':
        note = null;
        break;
      default:
    }
  }
}

/** A paragraph of nothing but comments is no paragraph: they are about words that are gone, or about the block before. */
function dropLoose(draft: Draft, block: DraftBlock, from: number, token: Token): void {
  const onlyRemarks =
    from === 0 &&
    block.line.size === 0 &&
    block.list === null &&
    block.role === 'block' &&
    block.entries.length === 0 &&
    (token.children ?? []).some((child) => child.type === 'critic_comment');
  if (onlyRemarks) draft.blocks.splice(draft.blocks.lastIndexOf(block), 1);
}
