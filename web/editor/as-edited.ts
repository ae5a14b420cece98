/** Writing in the view "As edited": struck words are not on the screen, so the caret passes them by, and what a key takes
 *  out is what is seen. Which words a change spares is settled in web/session/spare-hidden.ts. */
import type { Node } from 'prosemirror-model';
import { Plugin, TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { isDeletion } from '#core/suggest/entries.ts';
import type { ArticleSession } from '#web/session/article-session.ts';
import { joinsBefore } from '#web/session/spare-hidden.ts';

/** Where the caret stands once it has passed what is hidden beside it, in a direction. */
export function pastHidden(doc: Node, pos: number, dir: -1 | 1): number {
  let at = pos;
  for (;;) {
    const $at = doc.resolve(at);
    const beside = dir < 0 ? $at.nodeBefore : $at.nodeAfter;
    const index = $at.index(0) + (dir < 0 ? 0 : 1);
    if (beside?.isInline && beside.marks.some(isDeletion)) at += dir * beside.nodeSize;
    else if (!beside && $at.depth === 1 && index < doc.childCount && joinsBefore(doc, index))
      at += dir * 2;
    else return at;
  }
}

/** Marks the moves of a caret that is about to be used where it stands. */
const passing = 'galley.passing';

/** Moves the caret past hidden words. */
function pass(view: EditorView, dir: -1 | 1): void {
  const { selection, doc, tr } = view.state;
  if (!selection.empty) return;
  const pos = pastHidden(doc, selection.head, dir);
  if (pos === selection.head) return;
  view.dispatch(tr.setSelection(TextSelection.create(doc, pos)).setMeta(passing, true));
}

/** The caret behind the word that is seen before it, rather than behind hidden ones: there the browser can draw it. */
function atSeen({ doc, selection, tr }: EditorState): Transaction | null {
  if (!selection.empty || !(selection instanceof TextSelection)) return null;
  const pos = pastHidden(doc, selection.head, -1);
  if (pos === selection.head || !doc.resolve(pos).nodeBefore) return null;
  return tr.setSelection(TextSelection.create(doc, pos));
}

const rightToLeft = (view: EditorView): boolean => view.dom.matches(':dir(rtl)');

/** The way a key goes in the text; 0 for keys that go nowhere. */
function way(view: EditorView, { key }: KeyboardEvent): -1 | 0 | 1 {
  if (key === 'Backspace') return -1;
  if (key === 'Delete') return 1;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return 0;
  return (key === 'ArrowLeft') === rightToLeft(view) ? 1 : -1;
}

/** True for a key that would change the text. */
const writes = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  !ctrlKey && !altKey && !metaKey && (key.length === 1 || /^(?:Backspace|Delete|Enter)$/.test(key));

/** Keys beside hidden words, and those that write where nothing can be written. The keys themselves are answered as everywhere. */
export function asEdited(session: ArticleSession): Plugin {
  return new Plugin({
    appendTransaction: (made, _old, state) =>
      session.display.view === 'accepted' && !made.some((tr) => tr.getMeta(passing) === true)
        ? atSeen(state)
        : null,
    props: {
      handleDOMEvents: {
        keydown(view, event) {
          const { view: shown, mode } = session.display;
          if (shown !== 'original' || mode === 'read' || view.editable || !writes(event))
            return false;
          // Letters are also keys of the page, which answers after the text.
          setTimeout(() => {
            if (!event.defaultPrevented) session.refuseAsFiled();
          });
          return false;
        },
      },
      handleKeyDown(view, event) {
        if (session.display.view !== 'accepted' || view.composing || event.shiftKey) return false;
        const dir = way(view, event);
        if (dir !== 0) pass(view, dir);
        return false;
      },
    },
  });
}
