/** Commands on the rows of the table that has the caret, and on the figure or the table as a whole. Ordinary changes of the text:
 *  in Suggest mode each is a suggestion. As in prosemirror: without `dispatch` they say whether they could. */
import type { Node } from 'prosemirror-model';
import { Fragment, Slice } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { schema, type CellShape } from '#core/article/schema.ts';
import { formOf, rowAt, tableOf, type PlacedCell, type Table } from '#core/article/table.ts';
import { isMasthead } from '#core/suggest/entries.ts';
import { isCell, tableAt } from '#core/suggest/whole.ts';
import { apart } from '#web/session/own-whole.ts';

/** Blocks of the document that stand one after another: from the first to before `to`. */
interface Run {
  from: number;
  to: number;
}

/** The table at the caret and the row that has it. */
interface Place {
  doc: Node;
  run: Run;
  table: Table;
  row: number;
}

const startOf = (doc: Node, index: number): number => {
  let pos = 0;
  for (let i = 0; i < index; i += 1) pos += doc.child(i).nodeSize;
  return pos;
};

function placeOf({ doc, selection }: EditorState): Place | null {
  const { $head } = selection;
  if ($head.depth !== 1 || !isCell($head.parent)) return null;
  const index = $head.index(0);
  const run = tableAt(doc, index);
  const table = tableOf(doc.content.content.slice(run.from, run.to).map(formOf));
  return { doc, run, table, row: rowAt(table, index - run.from) };
}

/** The blocks of a row. */
function rowRun({ run, table }: Place, row: number): Run {
  const cells = table.rows[row] ?? [];
  const from = run.from + (cells[0]?.at ?? 0);
  return { from, to: from + cells.length };
}

/** The empty cells of a row between two others. It has the columns of the row it is made for, and joins what is one above and
 *  below it; it has heads where that row has them, but none under a row of heads. */
function freshRow({ table }: Place, at: number, row: number): Partial<CellShape>[] {
  const isHeads = (cells: readonly PlacedCell[]): boolean => cells.every(({ header }) => header);
  const own = table.rows[row] ?? [];
  const under = table.rows[at] ?? [];
  const belowHeads = at > row && row === 0 && isHeads(own);
  const model = belowHeads && under.length > 0 ? under : own;
  return model.map(({ span, column, header }, i) => ({
    span,
    starts: i > 0 ? null : at === 0 ? 'table' : 'row',
    header: belowHeads && model === own ? false : header,
    joinsAbove: under.some((one) => one.joined && one.column === column && one.span === span),
  }));
}

/** Puts an empty row above (0) or below (1) the one at the caret, and the caret into it. */
const addRow =
  (side: 0 | 1): Command =>
  (state, dispatch) => {
    const place = placeOf(state);
    if (!place) return false;
    const { tr, doc } = state;
    const at = place.row + side;
    const cells = freshRow(place, at, place.row).map((shape) => schema.node('cell', shape));
    let pos: number;
    if (at > 0) {
      const { from, to } = rowRun(place, place.row);
      pos = startOf(doc, side === 0 ? from : to);
      tr.insert(pos, cells);
    } else {
      // Above the first row: the cell that begins the table goes on to do so, and its words go down into a cell of the next row.
      pos = startOf(doc, place.run.from);
      const first = doc.child(place.run.from);
      const shape = { ...first.attrs, starts: 'row', joinsAbove: false, sugg: [] };
      const below = first.type.create(shape);
      tr.replace(pos + 1, pos + 1, new Slice(Fragment.fromArray([...cells, below]), 1, 1));
    }
    tr.setSelection(TextSelection.create(tr.doc, pos + 1)).setMeta(apart, true);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** Takes blocks out. An article is never without a block: an empty paragraph stands for the last one. */
function without(state: EditorState, { from, to }: Run): Transaction {
  const { doc, tr } = state;
  const others = doc.content.content.some(
    (node, i) => (i < from || i >= to) && !isMasthead(node) && node.type.name !== 'footnote',
  );
  const [start, end] = [startOf(doc, from), startOf(doc, to)];
  if (others) tr.delete(start, end);
  else tr.replaceWith(start, end, schema.node('block'));
  const near = TextSelection.near(tr.doc.resolve(Math.min(start + 1, tr.doc.content.size)));
  return tr.setSelection(near).setMeta(apart, true).scrollIntoView();
}

const deleteTable: Command = (state, dispatch) => {
  const place = placeOf(state);
  if (!place) return false;
  dispatch?.(without(state, place.run));
  return true;
};

const deleteRow: Command = (state, dispatch) => {
  const place = placeOf(state);
  if (!place) return false;
  if (place.table.rows.length === 1) return deleteTable(state, dispatch);
  const run = rowRun(place, place.row);
  const tr = without(state, run);
  // Right behind another table, what is left goes on to be a table of its own.
  if (place.row === 0 && isCell(state.doc.maybeChild(run.from - 1)))
    tr.setNodeAttribute(startOf(tr.doc, run.from), 'starts', 'table');
  dispatch?.(tr);
  return true;
};

const deletePicture: Command = (state, dispatch) => {
  const { $head } = state.selection;
  if ($head.depth !== 1 || $head.parent.type.name !== 'figure') return false;
  const index = $head.index(0);
  dispatch?.(without(state, { from: index, to: index + 1 }));
  return true;
};

/** The commands by the names of their words. */
export const wholeCommands = {
  rowAbove: addRow(0),
  rowBelow: addRow(1),
  deleteRow,
  deleteTable,
  deletePicture,
} satisfies Record<string, Command>;

export type WholeCommand = keyof typeof wholeCommands;

const ofFigures: readonly WholeCommand[] = ['deletePicture'];
const ofCells: readonly WholeCommand[] = ['rowAbove', 'rowBelow', 'deleteRow', 'deleteTable'];
const none: readonly WholeCommand[] = [];

/** Those that make sense where the caret is; the same list for the same kind of place. */
export function wholeCommandsAt({ selection: { $head } }: EditorState): readonly WholeCommand[] {
  const name = $head.depth === 1 ? $head.parent.type.name : '';
  return name === 'figure' ? ofFigures : name === 'cell' ? ofCells : none;
}
