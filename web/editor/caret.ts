/** Keys act where the caret is on the screen. Browsers tell of a moved caret a moment after they moved it; a key pressed in
 *  that moment (a click and at once Backspace) would act where the caret was, and a change of others drawn in that moment
 *  would put the caret back. */
import { Plugin } from 'prosemirror-state';
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

export function caret(): Plugin {
  return new Plugin({
    props: { handleDOMEvents: Object.fromEntries(events.map((name) => [name, look])) },
  });
}
