/** Input methods (dead keys, IME, phone keyboards) own the word they compose: nothing foreign may change the text under them.
 *  Their changes are tracked as they come; commits of others wait until the word is done, or the input method rests. */
import { Plugin, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { authored, insertionMark, isDeletion, isInsertion } from '#core/suggest/entries.ts';
import type { ArticleSession } from '#web/session/article-session.ts';

/** Phone keyboards keep a composition open between words; after this rest the others' changes come in all the same. */
const restMs = 3000;
/** ProseMirror reads the last change of a composition 20 ms after it ends. */
const settleMs = 60;

/** Readies the text for a composition in Suggest mode. A selection is struck first: its words stay, and nothing can be composed in their place.
 *  The new word goes before them, because Chromium puts its caret where the selection began, whatever has happened since.
 *  Beside an own suggestion the word begins inside the insertion it will belong to: drawn otherwise than it was composed, it would be lost. */
function makeRoom(view: EditorView, userId: string): void {
  const { from, empty } = view.state.selection;
  if (!empty) {
    view.dispatch(view.state.tr.deleteSelection());
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from)));
  }
  const { $from } = view.state.selection;
  const beside = [...($from.nodeBefore?.marks ?? []), ...($from.nodeAfter?.marks ?? [])];
  const own = beside
    .filter((mark) => isInsertion(mark) || isDeletion(mark))
    .map(authored)
    .find(({ by }) => by === userId);
  if (own && !view.state.storedMarks)
    view.dispatch(
      view.state.tr.setStoredMarks(insertionMark(own.id, own.by).addToSet($from.marks())),
    );
}

export function composition(session: ArticleSession): Plugin {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const releaseIn = (ms: number): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      session.releaseFrames();
    }, ms);
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        compositionstart(view) {
          session.holdFrames();
          releaseIn(restMs);
          const { mode, me } = session.getSnapshot();
          if (mode === 'suggest') makeRoom(view, me.id);
          return false;
        },
        compositionupdate() {
          session.holdFrames();
          releaseIn(restMs);
          return false;
        },
        compositionend() {
          releaseIn(settleMs);
          return false;
        },
      },
    },
    view: () => ({
      destroy() {
        if (timer) clearTimeout(timer);
        session.releaseFrames();
      },
    }),
  });
}
