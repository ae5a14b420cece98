/** Writes figures and tables as HTML. A kept picture is part of the page; one of the web is named and not loaded: the policy of
 *  the page forbids it. */
import { toBase64 } from '#core/formats/assets/base64.ts';
import { formOf, tableOf, type PlacedCell } from '#core/article/table.ts';
import { asides, contentHtml, wholeHtml } from '#core/formats/html/content.ts';
import { html } from '#core/formats/html/escape.ts';
import {
  assetOf,
  pictureOf,
  warnOfKept,
  type CopyBlock,
  type ReadingCopy,
} from '#core/formats/reading-copy.ts';
import {
  changesInWords,
  figureChanges,
  isChanged,
  noChanges,
  rowsChanges,
  type WholeChanges,
} from '#core/formats/whole-changes.ts';

/** A figure: its picture as an image that links to itself, or its description alone where there is no address. */
export function figureHtml(copy: ReadingCopy, block: CopyBlock, seen: Set<string>): string {
  const { src, alt } = pictureOf(block.node);
  const asset = assetOf(block.node, copy.assets);
  const address = asset ? `data:${asset.type};base64,${toBase64(asset.bytes)}` : html(src);
  const size = asset ? ` width="${asset.width}" height="${asset.height}"` : '';
  const image = `<img src="${address}" alt="${html(alt)}"${size}>`;
  const isLink = /^https?:/i.test(src);
  if (!asset) warnOfKept(copy, block.node);
  const picture =
    src === ''
      ? `<p class="picture">${html(alt)}</p>`
      : isLink
        ? `<a href="${html(src)}" rel="noopener noreferrer">${image}</a>`
        : image;
  const changes = figureChanges(copy, block);
  const caption = contentHtml(copy, block, seen, changes);
  const said = caption === '' ? '' : `<figcaption>${caption}</figcaption>`;
  const figure = wholeHtml(copy, changes, `<figure>${picture}${said}</figure>`);
  return `${figure}\n${asides(copy, block)}`;
}

/** A table of its cells in order; the notes of all of them stand after it. */
export function tableHtml(
  copy: ReadingCopy,
  cells: readonly CopyBlock[],
  seen: Set<string>,
): string {
  const { rows } = tableOf(cells.map(({ node }) => formOf(node)));
  const joined = joinedHtml(copy, rows, cells);
  const changes = rowsChanges(copy, cells, rows);
  const written = rows.map((row, index) => {
    const heads = row.every(({ header }) => header);
    const change = changes[index] ?? noChanges;
    const parts = row.map((placed) => {
      const block = cells[placed.at];
      if (!block || placed.joined) return '';
      const scope = placed.header ? (heads && index === 0 ? 'col' : 'row') : '';
      const content = contentHtml(copy, block, seen, change) + (joined.get(placed.at) ?? '');
      return openCell(placed, scope) + wholeHtml(copy, change, content) + closeCell(placed);
    });
    return `${openRow(copy, change)}${parts.join('')}</tr>\n`;
  });
  const notes = cells.map((block) => asides(copy, block)).join('');
  return `<table>\n<tbody>\n${written.join('')}</tbody>\n</table>\n${notes}`;
}

/** What the cells without words that are one with another hold: links to notes that end in them. By the index of that other. */
function joinedHtml(
  copy: ReadingCopy,
  rows: readonly PlacedCell[][],
  cells: readonly CopyBlock[],
): Map<number, string> {
  const tops = new Map<number, number>();
  const held = new Map<number, string>();
  for (const { at, column, joined } of rows.flat()) {
    if (!joined) tops.set(column, at);
    const top = tops.get(column) ?? at;
    const block = cells[at];
    if (joined && block) held.set(top, (held.get(top) ?? '') + contentHtml(copy, block, new Set()));
  }
  return held;
}

/** A row that comes or goes says so to the eye, to the ear and to whoever reads the page back. */
function openRow(copy: ReadingCopy, changes: WholeChanges): string {
  if (!isChanged(changes)) return '<tr>';
  const { ins, del } = changes;
  const looks = [...(ins ? ['inserted'] : []), ...(del.length > 0 ? ['struck'] : [])].join(' ');
  const inserted = ins ? ` data-inserted="${html(ins.id)}"` : '';
  const struck = del.length > 0 ? ` data-struck="${html(del.map(({ id }) => id).join(' '))}"` : '';
  const words = html(`This row is ${changesInWords(copy, changes)}`);
  return `<tr class="${looks}"${inserted}${struck} title="${words}">`;
}

function openCell({ header, span, rows }: PlacedCell, scope: string): string {
  const columns = span > 1 ? ` colspan="${span}"` : '';
  const reach = rows > 1 ? ` rowspan="${rows}"` : '';
  return header ? `<th scope="${scope}"${columns}${reach}>` : `<td${columns}${reach}>`;
}

const closeCell = ({ header }: PlacedCell): string => (header ? '</th>' : '</td>');
