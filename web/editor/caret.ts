/** Keys act where the caret is on the screen. Browsers tell of a moved caret a moment after they moved it; a key pressed in
 *  that moment (a click and at once Backspace) would act where the caret was, and a change of others drawn in that moment
 *  would put the caret back. */
import { Plugin, type PluginView } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

/** Has ProseMirror look where the caret is, as if the browser had told already. */
export function lookForCaret(view: EditorView): void {
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}

function look(view: EditorView): boolean {
  lookForCaret(view);
  return false;
}

/** The events before which the caret is looked for. */
const events = ['keydown', 'beforeinput', 'compositionstart', 'cut', 'copy', 'paste'] as const;

/** What prosemirror-view 1.42 knows of a button that is held down. Its types do not tell of it. */
interface HeldDown {
  input: { mouseDown: { delayedSelectionSync?: boolean } | null };
}

/** When a change is drawn while somebody selects with the mouse, ProseMirror puts the selection right in a timer of its own
 *  once the button is up. A key pressed before that timer runs would move the caret and have it put back, and what is typed
 *  next would replace the words that were selected. Here it is put right at once, before any key. */
function settleAfterMouse(view: EditorView): PluginView {
  const { ownerDocument } = view.dom;
  let owed = false;
  const before = (): void => {
    const { mouseDown } = (view as unknown as HeldDown).input;
    owed = mouseDown?.delayedSelectionSync === true;
    if (mouseDown && owed) mouseDown.delayedSelectionSync = false;
  };
  const after = (): void => {
    if (!owed) return;
    owed = false;
    lookForCaret(view);
    if (!view.editable || view.hasFocus()) view.focus();
  };
  // ProseMirror listens at the document: after all who capture, and before the window.
  ownerDocument.addEventListener('mouseup', before, true);
  ownerDocument.defaultView?.addEventListener('mouseup', after);
  return {
    destroy() {
      ownerDocument.removeEventListener('mouseup', before, true);
      ownerDocument.defaultView?.removeEventListener('mouseup', after);
    },
  };
}

export function caret(): Plugin {
  return new Plugin({
    view: settleAfterMouse,
    props: { handleDOMEvents: Object.fromEntries(events.map((name) => [name, look])) },
  });
}
