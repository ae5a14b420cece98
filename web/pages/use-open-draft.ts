/** The note being written on the page, kept so that it opens again where it was when the page went away. */
import { useCallback, useEffect, useState } from 'react';
import type { Draft } from '#web/panels/page-state.tsx';
import { useSession } from '#web/panels/use-session.ts';
import type { KeptDrafts } from '#web/session/kept-drafts.ts';

export function useOpenDraft(drafts: KeptDrafts): [Draft | null, (draft: Draft | null) => void] {
  const session = useSession();
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    let gone = false;
    void session.settledIn.then(() => {
      const left = gone ? null : drafts.leftOpen(session.state.doc);
      if (!left) return;
      if ('range' in left) setDraft((now) => now ?? { ...left, words: null });
      else {
        // Its words are no longer in the text, or in several places.
        session.keepWords(left.words);
        drafts.keepOpen(null, session.state.doc);
      }
    });
    return () => {
      gone = true;
    };
  }, [drafts, session]);
  const choose = useCallback(
    (next: Draft | null) => {
      drafts.keepOpen(next, session.state.doc);
      setDraft(next);
    },
    [drafts, session],
  );
  return [draft, choose];
}
