/** Writes a review as plain text: blocks parted by blank lines, notes at the end, in a marked copy `[-struck-]` and
 *  `{+inserted+}`. A clean copy reads back as the article it was written from. */
import type { BlockStyle, ListAttr } from '#core/article/schema.ts';
import { formOf, tableOf } from '#core/article/table.ts';
import { bylineBefore } from '#core/formats/byline.ts';
import { cleanLine, cleanLines } from '#core/formats/clean-text.ts';
import type { Run } from '#core/formats/inline-run.ts';
import { groupRuns, type Group } from '#core/formats/markdown/critic.ts';
import type { Note, NoteMessage } from '#core/formats/note-list.ts';
import { tableLines } from '#core/formats/text/table-lines.ts';
import {
  bodyParts,
  pictureOf,
  readingCopy,
  timeInWords,
  warnOfKept,
  type CopyBlock,
  type CopyOptions,
  type ReadingCopy,
  type WrittenCopy,
} from '#core/formats/reading-copy.ts';
import { inQuotes, warning } from '#core/formats/warning.ts';
import { changesInWords, figureChanges, rowsChanges } from '#core/formats/whole-changes.ts';
import { entriesOf, isWhole } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';

/** Writes the file. */
export function writeText(review: Review, { view, notice, facts }: CopyOptions): WrittenCopy {
  const copy = readingCopy(review, view, facts);
  const style = referenceStyle(copy);
  const parts: string[] = notice === null ? [] : [cleanLine(notice)];
  const items: OpenItem[] = [];
  let wasItem = false;
  for (const part of bodyParts(copy.blocks)) {
    if (part.is === 'table') {
      items.length = 0;
      wasItem = false;
      parts.push(tableText(copy, part.cells, style));
      continue;
    }
    const { block } = part;
    if (block.node.type.name === 'footnote') continue;
    warnOfFormats(copy, block);
    const list =
      block.node.type.name === 'block' ? (block.node.attrs['list'] as ListAttr | null) : null;
    const line = lineOf(copy, block, style);
    if (!list) items.length = 0;
    const text = list ? itemSign(items, list) + line : line;
    if (text === '') continue;
    if (list && wasItem) parts[parts.length - 1] += `\n${text}`;
    else parts.push(text);
    wasItem = list !== null;
  }
  const notes = copy.footnotes.indexes.flatMap((index, i) => {
    const block = copy.blocks[index];
    if (!block) return [];
    warnOfFormats(copy, block);
    const sign = style === 'glued' ? `${i + 1} ` : `[${i + 1}] `;
    return [sign + lineOf(copy, block, style)];
  });
  if (notes.length > 0) parts.push(notes.join('\n'));
  const all = [...copy.blocks.flatMap((block) => block.notes), ...copy.loose];
  if (copy.marked && all.length > 0) {
    parts.push('* * *');
    for (const note of all.toSorted((a, b) => a.number - b.number)) {
      copy.wrote(note);
      parts.push(noteText(note));
    }
  }
  return copy.finish(`${parts.join('\n\n')}\n`);
}

/** `glued`: "persons.1"; `bracketed`: "persons[1]", where a glued number could be read as part of the text. */
type ReferenceStyle = 'glued' | 'bracketed';

function referenceStyle(copy: ReadingCopy): ReferenceStyle {
  for (const { runs } of copy.blocks)
    for (const [i, run] of runs.entries()) {
      if (run.kind !== 'reference') continue;
      const before = runs[i - 1];
      const after = runs[i + 1];
      const clear =
        before?.kind === 'text' &&
        /[\p{L}\p{N})\]}][.,;!?)\]”’"']{1,3}$/u.test(before.text) &&
        (!/\d[.,]$/.test(before.text) || /(?<![\d,])\d{4}\.$/.test(before.text)) &&
        (!after || after.kind === 'break' || /^\s/.test(after.text));
      if (!clear) return 'bracketed';
    }
  return 'glued';
}

interface OpenItem {
  kind: ListAttr['kind'];
  number: number;
}

/** The sign of a list item with its indent; `open` keeps the numbers of the lists it is in. */
function itemSign(open: OpenItem[], { kind, level, start }: ListAttr): string {
  open.length = Math.min(open.length, level + 1);
  const same = open[level];
  const number = same?.kind === kind ? same.number + 1 : start;
  while (open.length < level) open.push({ kind: 'bullet', number: 0 });
  open[level] = { kind, number };
  return '    '.repeat(level) + (kind === 'ordered' ? `${number}. ` : '- ');
}

function runText(copy: ReadingCopy, run: Run, style: ReferenceStyle): string {
  if (run.kind === 'text') return run.text;
  if (run.kind === 'break') return '\n';
  const number = copy.footnotes.numbers.get(run.footnote);
  if (number === undefined) return '[?]';
  return style === 'glued' ? `${number}` : `[${number}]`;
}

/** The words of a run of links, with the address behind them. */
function wordsOf(copy: ReadingCopy, runs: readonly Run[], style: ReferenceStyle): string {
  let out = '';
  runs.forEach((run, i) => {
    out += runText(copy, run, style);
    if (run.link !== '' && runs[i + 1]?.link !== run.link) out += ` <${run.link}>`;
  });
  return out;
}

function groupText(copy: ReadingCopy, group: Group, style: ReferenceStyle): string {
  const words = wordsOf(copy, group.runs, style);
  switch (group.is) {
    case 'plain':
    case 'highlight':
      return words;
    case 'insertion':
      return `{+${words}+}`;
    case 'deletion':
      return `[-${words}-]`;
    case 'both':
      return `{+[-${words}-]+}`;
    case 'replacement':
      return `[-${words}-]{+${wordsOf(copy, group.inserted, style)}+}`;
  }
}

function lineOf(copy: ReadingCopy, block: CopyBlock, style: ReferenceStyle): string {
  const { name } = block.node.type;
  const by =
    name === 'byline'
      ? bylineBefore(copy.review, block.node)
      : name === 'figure'
        ? pictureText(copy, block) + (block.node.content.size > 0 ? ' ' : '')
        : '';
  if (!copy.marked) return by + wordsOf(copy, block.runs, style);
  const sign = (notes: readonly Note[]): string =>
    notes.map((note) => ` [note ${note.number}]`).join('');
  // Figures and rows say in words that they come or go.
  const edges = (isWhole(block.node) ? [] : entriesOf(block.node))
    .map(({ k }) => (k === 'ins' ? '{+¶+}' : k === 'del' ? '[-¶-]' : ''))
    .join('');
  return (
    by +
    edges +
    sign(block.before) +
    groupRuns(block.runs)
      .map((group) => groupText(copy, group, style) + sign(group.ends))
      .join('')
  );
}

/** A table in lines; line breaks in its cells are slashes. */
function tableText(copy: ReadingCopy, cells: readonly CopyBlock[], style: ReferenceStyle): string {
  const words = cells.map((block) => {
    warnOfFormats(copy, block);
    return lineOf(copy, block, style).replaceAll('\n', ' / ');
  });
  const table = tableOf(cells.map(({ node }) => formOf(node)));
  const said = rowsChanges(copy, cells, table.rows).map((changes) => {
    const what = cleanLine(changesInWords(copy, changes));
    return what === '' ? '' : `[row ${what}]`;
  });
  return tableLines(table, words, said).join('\n');
}

/** What stands for the picture of a figure before its caption. */
function pictureText(copy: ReadingCopy, block: CopyBlock): string {
  const { src, alt } = pictureOf(block.node);
  warnOfKept(copy, block.node);
  const address = /^https?:/i.test(src) ? `<${src}>` : '';
  const about = [cleanLine(alt), address].filter((part) => part !== '').join(' ');
  const changes = cleanLine(changesInWords(copy, figureChanges(copy, block)));
  const what = changes === '' ? 'Picture' : `Picture ${changes}`;
  return about === '' ? `[${what}]` : `[${what}: ${about}]`;
}

function messageText({ author, at, text, edited }: NoteMessage): string {
  const time = at === '' ? '' : `, ${timeInWords(at)}`;
  const says = text === '' ? '' : `: ${cleanLines(text).join('\n    ')}`;
  return `${cleanLine(author)}${time}${edited ? ' (edited)' : ''}${says}`;
}

function noteText(note: Note): string {
  const about = note.quote === '' ? '' : ` On “${cleanLine(note.quote)}”.`;
  const title = note.title === '' ? '' : ` ${cleanLine(note.title)}.`;
  const closed = note.closed === '' ? '' : ` ${cleanLine(note.closed)}.`;
  const head = `Note ${note.number}.${closed}${title}${note.kind === 'suggestion' ? '' : about}`;
  const lines = [note, ...note.replies].map((one) => `  ${messageText(one)}`);
  return [head, ...lines].join('\n');
}

/** Emphasis and the styles of blocks have no form in plain text; that is said, block by block. */
function warnOfFormats(copy: ReadingCopy, block: CopyBlock): void {
  const words = inQuotes(block.node.textContent);
  if (block.runs.some((run) => run.em || run.strong))
    copy.warn(warning('left-out', `The emphasis in ${words} is not in plain text.`));
  if (block.node.type.name !== 'block') return;
  const style = block.node.attrs['style'] as BlockStyle;
  if (style !== 'paragraph')
    copy.warn(warning('left-out', `The style “${style}” of ${words} is not in plain text.`));
}
