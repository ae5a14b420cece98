/** Writes figures and tables as Markdown: a picture with its caption in the lines under it, and tables of GFM. */
import { formOf, tableOf, type Table } from '#core/article/table.ts';
import { markdown, markdownAddress } from '#core/formats/markdown/escape.ts';
import { changedFigure, inlineMarkdown } from '#core/formats/markdown/inline.ts';
import {
  pictureOf,
  warnOfKept,
  type CopyBlock,
  type ReadingCopy,
} from '#core/formats/reading-copy.ts';
import { inQuotes, warning } from '#core/formats/warning.ts';
import {
  changesInWords,
  figureChanges,
  noChanges,
  rowsChanges,
  type WholeChanges,
} from '#core/formats/whole-changes.ts';

/** A figure: `![what is seen](<address>)`, and its caption after a line break; all of it in one pair of signs when it comes
 *  or goes by one change. */
export function figureMarkdown(copy: ReadingCopy, block: CopyBlock): string {
  const { src, alt } = pictureOf(block.node);
  warnOfKept(copy, block.node);
  const picture = `![${markdown(alt, 'within')}](${markdownAddress(src)})`;
  const { ins, del } = figureChanges(copy, block);
  const [one, ...more] = [...(ins ? [ins] : []), ...del];
  if (one) {
    const kind = ins ? 'insertion' : 'deletion';
    const whole =
      more.length > 0 ? null : changedFigure(copy, block, picture, { kind, id: one.id });
    if (whole !== null) return whole;
    warnOfWords(copy, `The picture ${inQuotes(alt)}`, { ins, del });
  }
  const caption = inlineMarkdown(copy, block, '\\\n');
  // A break needs something after it, also once the changes of the caption are decided.
  const hold = caption.startsWith('{') ? '&#32;' : '';
  return caption === '' ? picture : `${picture}\\\n${hold}${caption}`;
}

/** Says that of a whole that comes or goes the words alone are marked. */
function warnOfWords(copy: ReadingCopy, name: string, changes: WholeChanges): void {
  const what = changesInWords(copy, changes);
  if (what === '') return;
  copy.warn(
    warning(
      'changed',
      `${name} is ${what}: Markdown has no sign for that, so its words alone are marked.`,
      (changes.ins ?? changes.del[0])?.id,
    ),
  );
}

/** A table: a row of heads, which is empty where the table has none, the rule, and the rows. */
export function tableMarkdown(copy: ReadingCopy, cells: readonly CopyBlock[]): string {
  const table = tableOf(cells.map(({ node }) => formOf(node)));
  const changes = rowsChanges(copy, cells, table.rows);
  const lines = table.rows.map((row, r) => {
    const words = row.map(({ at }) => cells[at]?.node.textContent ?? '').join(' ');
    warnOfWords(copy, `The row ${inQuotes(words)}`, changes[r] ?? noChanges);
    const line = Array.from({ length: table.columns }, () => '');
    for (const { at, column } of row) {
      const block = cells[at];
      // Addresses and remarks may have a bar as well; a table takes every bar without a backslash for its own.
      if (block) line[column] = inlineMarkdown(copy, block, '<br>').replace(/(?<!\\)\|/g, '\\|');
    }
    return line;
  });
  const hasHeads = table.rows[0]?.some(({ header }) => header) === true;
  if (!hasHeads) lines.unshift(Array.from({ length: table.columns }, () => ''));
  warnOfForm(copy, table, cells);
  const rule = Array.from({ length: table.columns }, () => '---');
  const [heads = [], ...rows] = lines;
  return [heads, rule, ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** Says what of a table's form Markdown cannot say. */
function warnOfForm(
  copy: ReadingCopy,
  { rows, columns }: Table,
  cells: readonly CopyBlock[],
): void {
  const all = rows.flat();
  const widths = rows.map((row) => row.reduce((sum, { span }) => sum + span, 0));
  const [heads = [], ...others] = rows;
  const mixed = heads.some(({ header }) => header) && !heads.every(({ header }) => header);
  const lost = [
    ...(all.some(({ span, rows: reach }) => span > 1 || reach > 1)
      ? ['cells over several columns or rows take one, with empty ones beside them']
      : []),
    ...(mixed || others.flat().some(({ header }) => header)
      ? ['only the whole first row can be heads']
      : []),
    ...(widths.some((width) => width < columns) ? ['short rows are filled with empty cells'] : []),
  ];
  if (lost.length === 0) return;
  const words = cells.map(({ node }) => node.textContent).join(' ');
  copy.warn(
    warning(
      'changed',
      `The table ${inQuotes(words)} is written as Markdown can: ${lost.join('; ')}.`,
    ),
  );
}
