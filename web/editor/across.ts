/** Selections that reach over a fixed boundary: the head of the article, figures, table cells, footnotes. Words go, the
 *  form stays; only in Edit mode does a figure or a table that lies wholly inside the selection go with them. */
import type { Node } from 'prosemirror-model';
import {
  Plugin,
  TextSelection,
  type Command,
  type EditorState,
  type Transaction,
} from 'prosemirror-state';
import { isLooseBoundary, isMasthead, isWhole } from '#core/suggest/entries.ts';

/** True when nothing may be joined over the boundary before child `index` by a deletion. */
const isKept = (doc: Node, index: number): boolean =>
  !isLooseBoundary(doc, index) || doc.child(index).type.name === 'footnote';

interface Stretch {
  from: number;
  to: number;
  /** Where its blocks stand when all of them may go: a figure, or a table whose every cell is covered. */
  whole: { from: number; to: number } | null;
}

/** The stretches of a selection between fixed boundaries, in order; null when it reaches over none. */
function stretchesOf(doc: Node, from: number, to: number): Stretch[] | null {
  const first = doc.resolve(from).index(0);
  const $to = doc.resolve(to);
  const last = $to.depth > 0 ? $to.index(0) : $to.index(0) - 1;
  const out: Stretch[] = [];
  let pos = 0;
  let fixed = false;
  doc.forEach((node, offset, index) => {
    pos = offset;
    if (index < first || index > last) return;
    const [start, end] = [pos + 1, pos + 1 + node.content.size];
    const covered = from < start && to > end;
    const whole = covered && isWhole(node) ? { from: pos, to: pos + node.nodeSize } : null;
    const one = { from: Math.max(from, start), to: Math.min(to, end), whole };
    const before = out.at(-1);
    if (before && !isKept(doc, index)) before.to = one.to;
    else {
      if (before) fixed = true;
      out.push(one);
    }
  });
  if (!fixed) return null;
  // A table goes only whole: a cell alone leaves a hole.
  const cells = (at: number) => doc.resolve(at).parent.type.name === 'cell';
  const runs: Stretch[][] = [];
  for (const one of out) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    if (run && previous && cells(previous.from) && cells(one.from)) run.push(one);
    else runs.push([one]);
  }
  for (const run of runs) {
    const head = run[0];
    const edges = head && [
      doc.childBefore(head.from - 1).node,
      doc.childAfter((run.at(-1)?.to ?? 0) + 1).node,
    ];
    const part = head && cells(head.from) && edges?.some((node) => node?.type.name === 'cell');
    if (part || run.some(({ whole }) => !whole)) for (const one of run) one.whole = null;
  }
  return out;
}

/** Deletes the words of a selection that reaches over fixed boundaries; null when it does not. */
export function deletionAcross(state: EditorState, withForm: boolean): Transaction | null {
  const { from, to, empty } = state.selection;
  const stretches = empty ? null : stretchesOf(state.doc, from, to);
  if (!stretches) return null;
  const { tr } = state;
  const body = state.doc.content.content.filter((node) => !isMasthead(node) && !isWhole(node));
  const form = withForm && body.some((node) => node.type.name === 'block');
  for (const { from: start, to: end, whole } of stretches.toReversed())
    if (whole && form) tr.delete(whole.from, whole.to);
    else if (end > start) tr.delete(start, end);
  return tr;
}

/** The command of Backspace and Delete on such a selection. */
export const deleteAcross =
  (withForm: () => boolean): Command =>
  (state, dispatch) => {
    const tr = deletionAcross(state, withForm());
    if (!tr) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** A transaction in which the selection is a caret where the words were, if they reach over fixed boundaries. */
export function cleared(state: EditorState, withForm: boolean): Transaction {
  const tr = deletionAcross(state, withForm);
  if (!tr) return state.tr;
  const at = tr.doc.resolve(tr.mapping.map(state.selection.from));
  return tr.setSelection(TextSelection.near(at));
}

/** Typing over such a selection takes the words out first, and so does cutting. */
export function across(withForm: () => boolean): Plugin {
  return new Plugin({
    props: {
      handleTextInput(view, _from, _to, text) {
        const tr = deletionAcross(view.state, withForm());
        if (!tr) return false;
        view.dispatch(
          tr.insertText(text, tr.mapping.map(view.state.selection.from)).scrollIntoView(),
        );
        return true;
      },
      handleDOMEvents: {
        cut(view, event) {
          const tr = deletionAcross(view.state, withForm());
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
