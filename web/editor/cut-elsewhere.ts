/** Words cut from one article and put into another: the notes on them stay with the first and are told where the words went. */
import { Plugin } from 'prosemirror-state';
import type { ArticleSession } from '#web/session/article-session.ts';

const key = 'galley.cut';
/** A cut longer ago, in milliseconds, is not what is pasted now. */
const memory = 10 * 60_000;

interface Cut {
  articleId: string;
  text: string;
  at: number;
}

function remembered(): Cut | null {
  try {
    const cut = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Cut> | null;
    return typeof cut?.articleId === 'string' &&
      typeof cut.text === 'string' &&
      typeof cut.at === 'number'
      ? (cut as Cut)
      : null;
  } catch {
    return null;
  }
}

/** Letters and digits alone: the clipboard changes spaces and line ends. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** Tells the article a person cut from that the words went into this one. Failing is quiet: nothing is lost by it. */
async function tell({ articleId, text }: Cut, into: string): Promise<void> {
  try {
    await fetch(`/api/articles/${encodeURIComponent(articleId)}/elsewhere`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ articleId: into, text: text.slice(0, 20_000) }),
    });
  } catch {
    // Offline: the notes wait for a place as they would anyway.
  }
}

export function cutElsewhere(session: ArticleSession): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        cut(view) {
          const { from, to, empty } = view.state.selection;
          if (empty || session.display.mode !== 'edit') return false;
          const text = view.state.doc.textBetween(from, to, '\n', '\ufffc');
          try {
            localStorage.setItem(
              key,
              JSON.stringify({ articleId: session.articleId, text, at: Date.now() } satisfies Cut),
            );
          } catch {
            // Storage is off or full: then the words are simply cut.
          }
          return false;
        },
        paste(_view, event) {
          const cut = remembered();
          const pasted = event.clipboardData?.getData('text/plain') ?? '';
          if (
            cut &&
            cut.articleId !== session.articleId &&
            Date.now() - cut.at < memory &&
            letters(cut.text) !== '' &&
            letters(pasted).includes(letters(cut.text))
          )
            void tell(cut, session.articleId);
          return false;
        },
      },
    },
  });
}
