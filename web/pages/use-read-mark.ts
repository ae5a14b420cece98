/** Notes on the server how far this person has read, so that the library can say what is new. */
import { useEffect } from 'react';
import { post } from '#web/pages/api.ts';
import { useSession } from '#web/panels/use-session.ts';

const everyMs = 20_000;

/** Tells the newest revision on the screen when the article is opened, every so often, and when it is left. */
export function useReadMark(articleId: string): void {
  const session = useSession();
  useEffect(() => {
    let told = -1;
    const tell = (): void => {
      const { phase, review } = session.getSnapshot();
      if (phase !== 'ready' || review.rev === told || document.hidden) return;
      told = review.rev;
      // Only a convenience: when it fails the next one tells.
      post(`/api/articles/${encodeURIComponent(articleId)}/read`, { rev: review.rev }).catch(() => {
        told = -1;
      });
    };
    tell();
    const timer = setInterval(tell, everyMs);
    return () => {
      clearInterval(timer);
      tell();
    };
  }, [session, articleId]);
}
