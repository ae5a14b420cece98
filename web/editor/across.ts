/** Selections that reach over a fixed boundary: the head of the article, figures, table cells, footnotes. Words go, the form stays;
 *  a figure or a table that lies wholly inside the selection goes with them, and so do whole rows when it reaches out of their
 *  table. In Suggest mode all of it is one suggestion. */
import type { Node } from 'prosemirror-model';
import {
  Plugin,
  TextSelection,
  type Command,
  type EditorState,
  type Transaction,
} from 'prosemirror-state';
import { isLooseBoundary, isWhole } from '#core/suggest/entries.ts';
import { isCell, rowOf, tableAt } from '#core/suggest/whole.ts';

/** True when nothing may be joined over the boundary before child `index` by a deletion. */
const isKept = (doc: Node, index: number): boolean =>
  !isLooseBoundary(doc, index) || doc.child(index).type.name === 'footnote';

interface Stretch {
  from: number;
  to: number;
  /** The figures and cells of the document that it is; of words several blocks can be one stretch. */
  index: number;
  /** True when all of it is inside the selection and goes whole: a figure, or a cell with its row. */
  whole: boolean;
}

/** Cells go by rows or stay: by all rows of the table, or by those inside a selection that reaches out of it. The first row of a
 *  table right behind another stays with the rest, else the two would be one. */
function keepRows(doc: Node, stretches: readonly Stretch[], ends: readonly number[]): void {
  const cells = new Map(
    stretches.filter(({ index }) => isCell(doc.child(index))).map((one) => [one.index, one]),
  );
  for (const [index] of cells) {
    const table = tableAt(doc, index);
    const covered = ({ from, to }: { from: number; to: number }): boolean => {
      for (let i = from; i < to; i += 1) if (cells.get(i)?.whole !== true) return false;
      return true;
    };
    if (index !== table.from && cells.has(index - 1)) continue;
    const all = covered(table);
    const within = ends.every((end) => table.from <= end && end < table.to);
    const glued = isCell(doc.maybeChild(table.from - 1));
    for (let at = table.from; at < table.to;) {
      const row = rowOf(doc, at);
      const goes = all || (covered(row) && !within && !(glued && at === table.from));
      for (; at < row.to; at += 1) {
        const cell = cells.get(at);
        if (cell) cell.whole = goes;
      }
    }
  }
}

/** The stretches of a selection between fixed boundaries, in order; null when it reaches over none. */
function stretchesOf(doc: Node, from: number, to: number): Stretch[] | null {
  const first = doc.resolve(from).index(0);
  const $to = doc.resolve(to);
  const last = $to.depth > 0 ? $to.index(0) : $to.index(0) - 1;
  const out: Stretch[] = [];
  let fixed = false;
  doc.forEach((node, pos, index) => {
    if (index < first || index > last) return;
    const [start, end] = [pos + 1, pos + 1 + node.content.size];
    const whole = from < start && to > end && isWhole(node);
    const one = { from: Math.max(from, start), to: Math.min(to, end), index, whole };
    const before = out.at(-1);
    if (before && !isKept(doc, index)) before.to = one.to;
    else {
      if (before) fixed = true;
      out.push(one);
    }
  });
  if (!fixed) return null;
  keepRows(doc, out, [first, last]);
  return out;
}

/** Deletes the words of a selection that reaches over fixed boundaries; null when it does not. With `withForm` what lies wholly
 *  inside goes whole, as long as a paragraph stays. */
export function deletionAcross(
  { doc, selection, tr }: EditorState,
  withForm: boolean,
): Transaction | null {
  const { from, to, empty } = selection;
  const stretches = empty ? null : stretchesOf(doc, from, to);
  if (!stretches) return null;
  const form = withForm && doc.content.content.some((node) => node.type.name === 'block');
  for (const { from: start, to: end, whole } of stretches.toReversed())
    if (whole && form) tr.delete(start - 1, end + 1);
    else if (end > start) tr.delete(start, end);
  return tr;
}

/** The command of Backspace and Delete on such a selection. */
export const deleteAcross: Command = (state, dispatch) => {
  const tr = deletionAcross(state, true);
  if (!tr) return false;
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** A transaction in which the selection is a caret where the words were, if they reach over fixed boundaries. */
export function cleared(state: EditorState): Transaction {
  const tr = deletionAcross(state, true);
  if (!tr) return state.tr;
  const at = tr.doc.resolve(tr.mapping.map(state.selection.from));
  return tr.setSelection(TextSelection.near(at));
}

/** Typing over such a selection takes the words out first, and so does cutting. */
export function across(): Plugin {
  return new Plugin({
    props: {
      handleTextInput(view, _from, _to, text) {
        const tr = deletionAcross(view.state, true);
        if (!tr) return false;
        const at = tr.doc.resolve(tr.mapping.map(view.state.selection.from));
        const { head } = TextSelection.near(at);
        view.dispatch(tr.insertText(text, head).scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        cut(view, event) {
          const tr = deletionAcross(view.state, true);
          if (!tr || !event.clipboardData || !view.editable) return false;
          const { dom, text } = view.serializeForClipboard(view.state.selection.content());
          event.preventDefault();
          event.clipboardData.setData('text/html', dom.innerHTML);
          event.clipboardData.setData('text/plain', text);
          view.dispatch(tr.scrollIntoView().setMeta('uiEvent', 'cut'));
          return true;
        },
      },
    },
  });
}
