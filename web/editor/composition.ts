/** Input methods (dead keys, IME, phone keyboards) own the word they compose: nothing foreign may change the text under them.
 *  Their changes are tracked as they come; commits of others wait until the word is done, or the input method rests. */
import { Plugin } from 'prosemirror-state';
import type { ArticleSession } from '#web/session/article-session.ts';

/** Phone keyboards keep a composition open between words; after this rest the others' changes come in all the same. */
const restMs = 3000;
/** ProseMirror reads the last change of a composition 20 ms after it ends. */
const settleMs = 60;

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
          // Struck first: text that replaces a selection could not be composed beside words that have to stay.
          if (session.display.mode === 'suggest' && !view.state.selection.empty)
            view.dispatch(view.state.tr.deleteSelection());
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
