/** Tables and figures in the text. Cells are flat blocks: what a cell needs of its table (columns, place, the head over
 *  it) is drawn on it as a decoration, worked out anew only when the form of a table changes. */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { formOf, tableOf, tableRuns, type PlacedCell, type Table } from '#core/article/table.ts';
import { isDeletion } from '#core/suggest/entries.ts';
import { FigureView } from '#web/editor/picture-view.ts';
import { tableWords } from '#web/ui/table-words.ts';

export const tablesKey = new PluginKey<DecorationSet>('galley.tables');

/** A table with more columns is written as a list of rows where the sheet is narrow. */
const mostNarrow = 4;

const isCell = (node: Node | undefined): node is Node => node?.type.name === 'cell';

/** The words of a cell as they are read, for the head over others. */
function wordsOf(cell: Node): string {
  let words = '';
  cell.forEach((node) => {
    if (!node.marks.some(isDeletion)) words += node.text ?? ' ';
  });
  return words.trim();
}

/** What a block says about the form of its table; '' for one that is no cell. */
function formKey(node: Node): string {
  if (!isCell(node)) return '';
  const { starts, header, span, joinsAbove, empty } = formOf(node);
  return JSON.stringify([starts, header, span, joinsAbove, empty, header ? wordsOf(node) : '']);
}

/** True when no table has another form than before: only the blocks between the first and the last that differ are looked at. */
function keepsForms(before: Node, after: Node): boolean {
  const [a, b] = [before.content.content, after.content.content];
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < least - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [was, is] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (was.length === is.length)
    return was.every((node, i) => formKey(node) === formKey(is[i] ?? node));
  const parted = isCell(b[start - 1]) && isCell(b[b.length - end]);
  return !parted && ![...was, ...is].some(isCell);
}

/** What is drawn on a cell. `follows` says that its table stands right after another. */
function lookOf(
  table: Table,
  row: number,
  cell: PlacedCell,
  { label, follows }: { label: string; follows: boolean },
): Record<string, string> {
  const isHead = row === 0 && (table.rows[0] ?? []).every(({ header }) => header);
  const classes = [
    'cell',
    ...(isHead ? ['head-row'] : []),
    ...(row === 0 ? ['first-row', ...(follows ? ['after-table'] : [])] : []),
    ...(row === table.rows.length - 1 ? ['last-row'] : []),
    ...(cell.column === 0 ? ['row-start'] : []),
    ...(cell.joined ? ['joined'] : []),
    ...(table.columns > mostNarrow ? ['of-wide-table'] : []),
  ];
  return {
    class: classes.join(' '),
    style: `--columns: ${table.columns}; --span: ${cell.span}`,
    role: 'group',
    'aria-label': tableWords.cell(row + 1, cell.column + 1),
    ...(label === '' ? {} : { 'data-label': label }),
  };
}

function drawn(doc: Node): DecorationSet {
  const blocks = doc.content.content;
  const runs = tableRuns(blocks);
  if (runs.length === 0) return DecorationSet.empty;
  const starts: number[] = [];
  doc.forEach((_node, offset) => void starts.push(offset));
  const made: Decoration[] = [];
  for (const { from, to } of runs) {
    const cells = blocks.slice(from, to);
    const table = tableOf(cells.map(formOf));
    const heads = new Map<number, string>();
    for (const { at, column, span, header } of table.rows[0] ?? [])
      for (let over = column; header && over < column + span; over += 1)
        heads.set(over, wordsOf(cells[at] ?? doc));
    table.rows.forEach((row, index) => {
      for (const cell of row) {
        const start = starts[from + cell.at];
        const node = cells[cell.at];
        if (start === undefined || !node) continue;
        const label = index === 0 ? '' : (heads.get(cell.column) ?? '');
        const follows = isCell(blocks[from - 1]);
        const look = lookOf(table, index, cell, { label, follows });
        made.push(Decoration.node(start, start + node.nodeSize, look));
      }
    });
  }
  return DecorationSet.create(doc, made);
}

/** The plugin that draws tables and figures. */
export function tables(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: tablesKey,
    state: {
      init: (_config, { doc }) => drawn(doc),
      apply: (tr, set, before, after) => {
        if (!tr.docChanged) return set;
        if (!keepsForms(before.doc, after.doc)) return drawn(after.doc);
        if (set === DecorationSet.empty) return set;
        const moved = set.map(tr.mapping, tr.doc);
        // A step that replaces a whole cell takes what was drawn on it away.
        return moved.find().length === set.find().length ? moved : drawn(after.doc);
      },
    },
    props: {
      decorations: (state) => tablesKey.getState(state),
      nodeViews: { figure: (node, _view, getPos) => new FigureView(node, getPos) },
    },
  });
}
