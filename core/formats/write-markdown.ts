/** Writes a review as Markdown: CommonMark with footnotes, and CriticMarkup in a marked copy. */
import type { BlockEntry, BlockStyle, ListAttr } from '#core/article/schema.ts';
import { inlineMarkdown, noteMarkdown } from '#core/formats/markdown/inline.ts';
import { markdown } from '#core/formats/markdown/escape.ts';
import { figureMarkdown, tableMarkdown } from '#core/formats/markdown/whole.ts';
import {
  bodyParts,
  nameOf,
  readingCopy,
  type CopyBlock,
  type CopyOptions,
  type ReadingCopy,
  type WrittenCopy,
} from '#core/formats/reading-copy.ts';
import type { Note } from '#core/formats/note-list.ts';
import { bylineBefore } from '#core/formats/byline.ts';
import { inQuotes, warning } from '#core/formats/warning.ts';
import type { Review } from '#core/sync/review.ts';

const headingSigns: Partial<Record<BlockStyle, string>> = {
  heading1: '## ',
  heading2: '### ',
  heading3: '#### ',
  heading4: '##### ',
};

/** A part of the file with the kind of its neighbour rules. */
interface Part {
  text: string;
  /** The list it is an item of, or '' for any other block; items of one list stand without blank lines. */
  list: string;
}

/** Writes the file. */
export function writeMarkdown(review: Review, { view, notice, facts }: CopyOptions): WrittenCopy {
  const copy = readingCopy(review, view, facts);
  const parts: Part[] = notice === null ? [] : [{ text: markdown(notice, 'line'), list: '' }];
  const open: OpenItem[] = [];
  for (const one of bodyParts(copy.blocks)) {
    if (one.is === 'block' && one.block.node.type.name === 'footnote') continue;
    for (const block of one.is === 'table' ? one.cells : [one.block])
      for (const note of block.notes) wrote(copy, note);
    const part =
      one.is === 'table' ? tablePart(copy, one.cells, open) : partOf(copy, one.block, open);
    if (part.text !== '') parts.push(part);
  }
  copy.footnotes.indexes.forEach((index, i) => {
    const block = copy.blocks[index];
    if (!block) return;
    for (const note of block.notes) wrote(copy, note);
    const line = boundary(copy, block) + inlineMarkdown(copy, block, '\\\n    ');
    parts.push({ text: `[^${i + 1}]: ${line}`, list: '' });
  });
  for (const note of copy.loose) {
    copy.wrote(note);
    parts.push({ text: noteMarkdown(note, ''), list: '' });
  }
  let content = '';
  parts.forEach((part, i) => {
    const before = parts[i - 1];
    if (before) content += before.list !== '' && part.list === 'item' ? '\n' : '\n\n';
    content += part.text;
  });
  return copy.finish(`${content}\n`);
}

/** Counts a note as written. A change that CriticMarkup has no signs for is there, but as a comment. */
function wrote(copy: ReadingCopy, note: Note): void {
  copy.wrote(note);
  if (note.kind === 'suggestion' && /(?:^|; )(?:Add|Remove|Change) /.test(note.title))
    copy.warn(
      warning(
        'changed',
        `${nameOf(note)} is written as a comment: CriticMarkup has no signs for it.`,
        note.id,
      ),
    );
}

interface OpenItem {
  kind: ListAttr['kind'];
  number: number;
  /** Columns its content is indented by. */
  width: number;
}

/** The marks of suggestions about the boundary before a block. */
function boundary(copy: ReadingCopy, block: CopyBlock): string {
  if (!copy.marked) return '';
  return ((block.node.attrs['sugg'] ?? []) as BlockEntry[])
    .map((entry) => (entry.k === 'ins' ? '{++¶++}' : entry.k === 'del' ? '{--¶--}' : ''))
    .join('');
}

function oneLine(copy: ReadingCopy, block: CopyBlock): string {
  if (block.runs.some((run) => run.kind === 'break'))
    copy.warn(
      warning(
        'changed',
        `A line break in ${inQuotes(block.node.textContent)} is a space: Markdown headings have one line.`,
      ),
    );
  return boundary(copy, block) + inlineMarkdown(copy, block, ' ');
}

function tablePart(copy: ReadingCopy, cells: readonly CopyBlock[], open: OpenItem[]): Part {
  open.length = 0;
  return { text: tableMarkdown(copy, cells), list: '' };
}

function partOf(copy: ReadingCopy, block: CopyBlock, open: OpenItem[]): Part {
  const name = block.node.type.name;
  const list = name === 'block' ? (block.node.attrs['list'] as ListAttr | null) : null;
  if (!list) open.length = 0;
  if (name === 'figure') return { text: figureMarkdown(copy, block), list: '' };
  const column = list ? openItem(copy, block, list, open) : { first: '', rest: '', key: '' };
  const style = name === 'block' ? (block.node.attrs['style'] as BlockStyle) : 'paragraph';
  let text: string;
  if (name === 'headline') {
    const line = oneLine(copy, block);
    text = line === '' ? '' : `# ${line}`;
  } else if (headingSigns[style] !== undefined) {
    text = `${headingSigns[style] ?? ''}${oneLine(copy, block)}`;
  } else {
    const sign = style === 'quote' ? '> ' : '';
    const line = boundary(copy, block) + inlineMarkdown(copy, block, `\\\n${column.rest}${sign}`);
    const by = name === 'byline' ? bylineBefore(copy.review, block.node) : '';
    text = line === '' ? '' : `${sign}${by}${line}`;
    if (style !== 'paragraph' && style !== 'quote' && text !== '')
      copy.warn(
        warning(
          'changed',
          `The ${style} ${inQuotes(block.node.textContent)} is a plain paragraph: Markdown has no such style.`,
        ),
      );
  }
  // An item without any words (or none once its changes are decided) could not follow another line; a space can.
  const hold = text === '' || text.startsWith('{') ? '&#32;' : '';
  return list ? { text: column.first + hold + text, list: column.key } : { text, list: '' };
}

/** Opens or goes on with the list of an item; gives the indent of its first line and of its further lines, and a key
 *  that differs where a blank line is needed: before a list that could not interrupt the line above it. */
function openItem(
  copy: ReadingCopy,
  block: CopyBlock,
  list: ListAttr,
  open: OpenItem[],
): { first: string; rest: string; key: string } {
  const level = Math.min(list.level, open.length);
  if (level < list.level)
    copy.warn(
      warning(
        'changed',
        `The list item ${inQuotes(block.node.textContent)} is one level under the item before it.`,
      ),
    );
  open.length = Math.min(open.length, level + 1);
  const same = open[level];
  const number = same?.kind === list.kind ? same.number + 1 : list.start;
  const sign = list.kind === 'ordered' ? `${number}. ` : '- ';
  open[level] = { kind: list.kind, number, width: sign.length };
  const indent = ' '.repeat(open.slice(0, level).reduce((sum, item) => sum + item.width, 0));
  const begins = same?.kind !== list.kind && (level === 0 || number !== 1);
  const key = begins ? `new ${list.kind}` : 'item';
  return { first: indent + sign, rest: indent + ' '.repeat(sign.length), key };
}
