/** Tables and figures in the text. Cells are flat blocks: what a cell needs of its table (columns, place, the head over
 *  it, whether its row comes or goes) is drawn on it as a decoration, worked out anew only when the form of a table changes. In the
 *  views for reading, tables are those of the rows that are shown there. */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { formOf, tableOf, tableRuns, type PlacedCell, type Table } from '#core/article/table.ts';
import { entriesOf, insertionOf, isDeletion, isWhole } from '#core/suggest/entries.ts';
import { rowChanges, type RowChange } from '#core/suggest/rows.ts';
import { FigureView } from '#web/editor/picture-view.ts';
import type { View } from '#web/session/snapshot.ts';
import { tableWords } from '#web/ui/table-words.ts';

/** How the text is shown: in which view, and which annotation is in focus. */
interface Shown {
  view: View;
  focused: string | null;
}

interface Drawn extends Shown {
  set: DecorationSet;
  /** Some row comes or goes. */
  pending: boolean;
}

export const tablesKey = new PluginKey<Drawn>('galley.tables');

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

/** What a block says about the form of its table and about which rows come and go; '' for one that is in no table. Of a figure,
 *  which may stand behind one, it is whether that comes or goes. */
function formKey(node: Node): string {
  if (node.type.name === 'figure') return JSON.stringify(entriesOf(node));
  if (!isCell(node)) return '';
  const { starts, header, span, joinsAbove, empty } = formOf(node);
  const entries = entriesOf(node).map(({ k, id }) => `${k} ${id}`);
  const put = new Set(node.content.content.map((one) => insertionOf(one.marks)?.id ?? ''));
  const form = [starts, header, span, joinsAbove, empty, header ? wordsOf(node) : ''];
  return JSON.stringify([...form, ...entries, put.size === 1 ? [...put] : []]);
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
  return !parted && ![...was, ...is].some(isWhole);
}

/** What a cell is drawn by, besides its place. `follows` says that its table stands right after another. */
interface Surroundings {
  label: string;
  follows: boolean;
  change: RowChange | undefined;
  shown: Shown;
}

/** What is drawn on a cell. */
function lookOf(
  table: Table,
  row: number,
  cell: PlacedCell,
  { label, follows, change, shown }: Surroundings,
): Record<string, string> {
  const isHead = row === 0 && (table.rows[0] ?? []).every(({ header }) => header);
  const { view, focused } = shown;
  const one = change?.del ?? change?.ins;
  const kind = one && (change?.del ? 'del' : 'ins');
  const classes = [
    'cell',
    ...(isHead ? ['head-row'] : []),
    ...(row === 0 ? ['first-row', ...(follows ? ['after-table'] : [])] : []),
    ...(row === table.rows.length - 1 ? ['last-row'] : []),
    ...(cell.column === 0 ? ['row-start'] : []),
    ...(cell.joined ? ['joined'] : []),
    ...(table.columns > mostNarrow ? ['of-wide-table'] : []),
    ...(kind && view === 'marked' ? ['row-change', `row-${kind}`] : []),
    ...(change?.ins && view === 'accepted' ? ['row-new'] : []),
    ...(one && [change?.ins?.id, change?.del?.id].includes(focused ?? '') ? ['row-in-focus'] : []),
  ];
  return {
    class: classes.join(' '),
    style: `--columns: ${table.columns}; --span: ${cell.span}`,
    role: 'group',
    'aria-label': tableWords.cell(row + 1, cell.column + 1, (view === 'marked' && kind) || null),
    ...(label === '' ? {} : { 'data-label': label }),
    ...(one ? { 'data-annotation': one.id, 'aria-details': `note-${one.id}` } : {}),
  };
}

/** True for a row that is not shown: as filed none that is put in, as edited none that is struck. */
const isHidden = ({ ins, del }: RowChange, view: View): boolean =>
  (view === 'original' && ins !== null) || (view === 'accepted' && del !== null);

interface Spec {
  gone: boolean;
  pending: boolean;
}

/** Draws the table that these neighbouring cells make, each given with its place in the text. */
function drawTable(
  cells: readonly { node: Node; start: number }[],
  follows: boolean,
  shown: Shown,
): Decoration[] {
  const changes = rowChanges(cells.map(({ node }) => node)).rows;
  const changeOf = new Map<object, RowChange>();
  tableOf(cells.map(({ node }) => formOf(node))).rows.forEach((row, index) => {
    for (const { at } of row) {
      const [cell, change] = [cells[at], changes[index]];
      if (cell && change) changeOf.set(cell, change);
    }
  });
  const isGoneHere = (cell: object): boolean => {
    const change = changeOf.get(cell);
    return change !== undefined && isHidden(change, shown.view);
  };
  const left = cells.filter((cell) => !isGoneHere(cell));
  const draw = ({ node, start }: { node: Node; start: number }, look: Record<string, string>) => {
    const gone = look['class']?.startsWith('gone') === true;
    const spec: Spec = { gone, pending: gone || look['data-annotation'] !== undefined };
    // What is told of rows is not told of the boundary of each cell.
    const attrs = { ...look, 'data-sugg-kinds': '' };
    return Decoration.node(start, start + node.nodeSize, attrs, spec);
  };
  // A table that is not shown closes nothing, unless it stands right behind one that is.
  const gone = left.length === 0 && !follows ? 'gone gone-table' : 'gone';
  const made = cells.filter(isGoneHere).map((cell) => draw(cell, { class: gone }));
  const table = tableOf(left.map(({ node }) => formOf(node)));
  const heads = new Map<number, string>();
  for (const { at, column, span, header } of table.rows[0] ?? []) {
    const head = left[at];
    for (let over = column; header && head && over < column + span; over += 1)
      heads.set(over, wordsOf(head.node));
  }
  table.rows.forEach((row, index) => {
    for (const place of row) {
      const cell = left[place.at];
      if (!cell) continue;
      const label = index === 0 ? '' : (heads.get(place.column) ?? '');
      const around = { label, follows, change: changeOf.get(cell), shown };
      made.push(draw(cell, lookOf(table, index, place, around)));
    }
  });
  return made;
}

function drawn(doc: Node, shown: Shown): Drawn {
  const blocks = doc.content.content;
  const runs = tableRuns(blocks);
  if (runs.length === 0) return { ...shown, set: DecorationSet.empty, pending: false };
  const starts: number[] = [];
  doc.forEach((_node, offset) => void starts.push(offset));
  const made: Decoration[] = [];
  let pending = false;
  // The run before, when some of it is shown.
  let before = -1;
  for (const { from, to } of runs) {
    const cells = blocks.slice(from, to).map((node, i) => ({ node, start: starts[from + i] ?? 0 }));
    const drawnHere = drawTable(cells, before === from, shown);
    made.push(...drawnHere);
    if (before === from || drawnHere.some(({ spec }) => !(spec as Spec).gone)) before = to;
    // The rule that closes a table stands on what is shown behind it.
    const [behind, start] = [blocks[to], starts[to]];
    if (before !== to || behind?.type.name !== 'figure' || start === undefined) continue;
    const one = (k: 'ins' | 'del') => entriesOf(behind).find((entry) => entry.k === k) ?? null;
    pending ||= entriesOf(behind).length > 0;
    if (isHidden({ ins: one('ins'), del: one('del') }, shown.view)) {
      const look = { class: 'gone gone-figure' };
      made.push(Decoration.node(start, start + behind.nodeSize, look, { gone: true }));
    }
  }
  pending ||= made.some(({ spec }) => (spec as Spec).pending);
  return { ...shown, set: DecorationSet.create(doc, made), pending };
}

/** True for the cell at `pos` when its row is not on the screen. */
export const isGone = (state: EditorState, pos: number): boolean =>
  (tablesKey.getState(state)?.set.find(pos, pos + 1) ?? []).some(
    ({ from, spec }) => from === pos && (spec as Spec).gone,
  );

/** The plugin that draws tables and figures. `shown` is asked after every transaction. */
export function tables(shown: () => Shown): Plugin<Drawn> {
  return new Plugin<Drawn>({
    key: tablesKey,
    state: {
      init: (_config, { doc }) => {
        const { view, focused } = shown();
        return drawn(doc, { view, focused });
      },
      apply: (tr, old, before, after) => {
        const { view, focused } = shown();
        const looks = old.pending && (old.view !== view || old.focused !== focused);
        if (looks || (tr.docChanged && !keepsForms(before.doc, after.doc)))
          return drawn(after.doc, { view, focused });
        if (!tr.docChanged || old.set === DecorationSet.empty)
          return old.view === view && old.focused === focused ? old : { ...old, view, focused };
        const moved = old.set.map(tr.mapping, tr.doc);
        // A step that replaces a whole cell takes what was drawn on it away.
        return moved.find().length === old.set.find().length
          ? { ...old, set: moved, view, focused }
          : drawn(after.doc, { view, focused });
      },
    },
    props: {
      decorations: (state) => tablesKey.getState(state)?.set,
      nodeViews: { figure: (node, _view, getPos) => new FigureView(node, getPos) },
    },
  });
}
