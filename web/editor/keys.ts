/** Keys inside the text: writing in a flat document with a masthead, and review without the mouse. */
import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinBackward,
  joinForward,
} from 'prosemirror-commands';
import { keydownHandler } from 'prosemirror-keymap';
import type { Node } from 'prosemirror-model';
import { Plugin, TextSelection, type Command, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema } from '#core/article/schema.ts';
import { isDeletion, isLooseBoundary, isMasthead, isWhole } from '#core/suggest/entries.ts';
import { deleteAcross, deletionAcross } from '#web/editor/across.ts';
import { insertFootnote } from '#web/editor/footnote-command.ts';
import { indent, toggleEm, toggleStrong } from '#web/editor/style-commands.ts';
import { isGone } from '#web/editor/tables.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import type { Mode } from '#web/session/snapshot.ts';

/** A caret that stands at the start (or end) of a block whose boundary there is fixed: masthead, first of the body, figures, table cells, footnotes. */
function atFixedEdge(state: EditorState, edge: 'start' | 'end'): boolean {
  const { $head, empty } = state.selection;
  if (!empty || !$head.parent.isTextblock) return false;
  const atEdge =
    edge === 'start' ? $head.parentOffset === 0 : $head.parentOffset === $head.parent.content.size;
  if (!atEdge) return false;
  const index = $head.index(0) + (edge === 'end' ? 1 : 0);
  if (index >= state.doc.childCount) return true;
  return !isLooseBoundary(state.doc, index) || state.doc.child(index).type.name === 'footnote';
}

/** Nothing can be joined over a fixed boundary. */
const stopAtStart: Command = (state) => atFixedEdge(state, 'start');
const stopAtEnd: Command = (state) => atFixedEdge(state, 'end');

const lineBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.isTextblock) return false;
  const tr = deletionAcross(state, false) ?? state.tr.deleteSelection();
  const pos = tr.mapping.map(state.selection.from);
  dispatch?.(tr.insert(pos, schema.node('lineBreak')).scrollIntoView());
  return true;
};

/** Enter: from a line of the masthead to the next block, in a footnote nothing, in a caption or a cell a line break, else
 *  a new paragraph. */
const enter: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if (isWhole($from.parent)) return lineBreak(state, dispatch);
  const { parent } = $from;
  if (isMasthead(parent) || parent.type.name === 'footnote') {
    if (isMasthead(parent) && dispatch)
      dispatch(
        state.tr
          .setSelection(TextSelection.near(state.doc.resolve($from.after(1)), 1))
          .scrollIntoView(),
      );
    return true;
  }
  if (!$to.parent.isTextblock || $to.parent.type.name !== 'block') return false;
  const tr = deletionAcross(state, false) ?? state.tr;
  if (!state.selection.empty && !tr.docChanged) tr.deleteSelection();
  const pos = tr.mapping.map($from.pos);
  const block = tr.doc.resolve(pos).parent;
  const atEnd = tr.doc.resolve(pos).parentOffset === block.content.size;
  const heading = String(block.attrs['style']).startsWith('heading');
  const shape = atEnd && heading ? { style: 'paragraph', list: null } : {};
  tr.split(pos, 1, [{ type: block.type, attrs: { ...block.attrs, ...shape, sugg: [] } }]);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Tab goes from cell to cell, past those that are not on the screen; out of the last one it goes on as elsewhere. */
const toCell =
  (dir: -1 | 1): Command =>
  (state, dispatch) => {
    const { $from } = state.selection;
    if ($from.parent.type.name !== 'cell') return false;
    let index = $from.index(0);
    let start = $from.start(1);
    let next: Node | null = $from.parent;
    do {
      index += dir;
      const passed: Node = next;
      next = index >= 0 ? state.doc.maybeChild(index) : null;
      if (next?.type.name !== 'cell') return false;
      start += dir > 0 ? passed.nodeSize : -next.nodeSize;
    } while (isGone(state, start - 1));
    const selection = TextSelection.create(state.doc, start, start + next.content.size);
    dispatch?.(state.tr.setSelection(selection).scrollIntoView());
    return true;
  };

/** The caret steps over words that are struck already, so that every Backspace does something that can be seen. */
function overStruck(view: EditorView, dir: -1 | 1): void {
  const { selection, doc, tr } = view.state;
  if (!selection.empty) return;
  let pos = selection.head;
  for (;;) {
    const $pos = doc.resolve(pos);
    const node = dir < 0 ? $pos.nodeBefore : $pos.nodeAfter;
    if (!node?.isInline || !node.marks.some(isDeletion)) break;
    pos += dir * node.nodeSize;
  }
  if (pos !== selection.head) view.dispatch(tr.setSelection(TextSelection.create(doc, pos)));
}

const modes: Readonly<Record<string, Mode>> = { Digit1: 'read', Digit2: 'suggest', Digit3: 'edit' };

/** The mode that Mod+Alt with a digit asks for. On many layouts Ctrl+Alt is AltGr and types a character: then it is not ours. */
function modeOf(event: KeyboardEvent): Mode | null {
  const mod = event.ctrlKey || event.metaKey;
  if (!mod || !event.altKey || event.getModifierState('AltGraph')) return null;
  return modes[event.code] ?? null;
}

/** All keys of the text. */
export function keys(session: ArticleSession): Plugin {
  const does =
    (act: () => void): Command =>
    () => {
      act();
      return true;
    };
  const backspace = chainCommands(deleteAcross, deleteSelection, stopAtStart, joinBackward);
  const forward = chainCommands(deleteAcross, deleteSelection, stopAtEnd, joinForward);
  // Every key that the system deletes with, those of macOS too, has our chains in place of the stock ones.
  const deleting = Object.fromEntries(
    Object.keys(baseKeymap).flatMap((key): [string, Command][] => {
      if (/Delete$|-d$|^Ctrl-Alt-Backspace$/.test(key)) return [[key, forward]];
      return /Backspace$|^Ctrl-h$/.test(key) ? [[key, backspace]] : [];
    }),
  );
  // These serve reading too; the rest writes.
  const review = {
    F8: does(() => session.next()),
    'Shift-F8': does(() => session.previous()),
    'Mod-Enter': () => session.decideFocused('accept'),
    'Mod-Shift-Enter': () => session.decideFocused('stet'),
    Escape: () => {
      if (session.display.focused === null) return false;
      session.focus(null);
      return true;
    },
  };
  const reading = keydownHandler(review);
  const writing = keydownHandler({
    ...baseKeymap,
    ...review,
    Enter: enter,
    'Shift-Enter': lineBreak,
    ...deleting,
    'Mod-z': does(() => session.undo()),
    'Mod-Shift-z': does(() => session.redo()),
    'Mod-y': does(() => session.redo()),
    'Mod-b': toggleStrong,
    'Mod-i': toggleEm,
    'Mod-Alt-f': insertFootnote(() => session.newId()),
    Tab: chainCommands(toCell(1), indent(1)),
    'Shift-Tab': chainCommands(toCell(-1), indent(-1)),
  });
  return new Plugin({
    props: {
      handleDOMEvents: {
        // A text for reading gets no key handlers from ProseMirror.
        keydown(view, event) {
          if (view.editable || !reading(view, event)) return false;
          event.preventDefault();
          return true;
        },
      },
      handleKeyDown(view, event) {
        if (view.composing) return false;
        const mode = modeOf(event);
        if (mode) {
          session.setMode(mode);
          return true;
        }
        if (session.display.mode === 'suggest') {
          if (event.key === 'Backspace') overStruck(view, -1);
          if (event.key === 'Delete') overStruck(view, 1);
        }
        return writing(view, event);
      },
    },
  });
}
