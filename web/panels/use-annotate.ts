/** Starting a comment, a fact or a suggestion on the selected words. */
import { useCallback } from 'react';
import { may, type Right } from '#core/sync/policy.ts';
import type { Draft } from '#web/panels/page-state.tsx';
import { trimmed, wordsOf } from '#web/panels/selected-words.ts';
import type { ArticleSession } from '#web/session/article-session.ts';

/** The right each kind needs. */
export const rightFor: Record<Draft['kind'], Right> = {
  comment: 'comment',
  fact: 'markFact',
  suggestion: 'suggest',
};

/** The selection as it is drawn, kept apart from the selection itself, which the composer will take away. */
function drawnSelection(): globalThis.Range | null {
  const selection = window.getSelection();
  const inText = selection?.anchorNode?.parentElement?.closest('.ProseMirror');
  return selection && inText && selection.rangeCount > 0
    ? selection.getRangeAt(0).cloneRange()
    : null;
}

/** Opens the composer of that kind on the selection; false when there is nothing selected or no right to it. */
export function useAnnotate(
  session: ArticleSession,
  setDraft: (draft: Draft) => void,
): (kind: Draft['kind']) => boolean {
  return useCallback(
    (kind) => {
      const { selection, review, standing, view, phase } = session.getSnapshot();
      if (phase !== 'ready' || selection.empty || view !== 'marked') return false;
      if (!may(standing, rightFor[kind])) return false;
      const range = trimmed(review.doc, selection);
      if (range.to <= range.from) return false;
      session.focus(null);
      setDraft({ kind, range, quote: wordsOf(review.doc, range), words: drawnSelection() });
      return true;
    },
    [session, setDraft],
  );
}
