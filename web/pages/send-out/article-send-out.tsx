/** Sending out from the page of the article: it knows the version on the screen, and the way to each note. */
import type { ReactElement } from 'react';
import { usePage } from '#web/panels/page-state.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { SendOutDialog } from '#web/pages/send-out/send-out-dialog.tsx';

export function ArticleSendOut({ onClose }: { onClose: () => void }): ReactElement {
  const session = useSession();
  const page = usePage();
  const articleId = useSnapshot(({ review }) => review.article.id);
  const rev = useSnapshot(({ review }) => review.rev);
  return (
    <SendOutDialog
      articleId={articleId}
      rev={rev}
      onGo={(id) => {
        onClose();
        // The dialog gives the keyboard back first.
        setTimeout(() => {
          page.setListing(false);
          page.setFilter('all');
          page.following.current = 'card';
          session.focus(id);
        }, 0);
      }}
      onClose={onClose}
      onDone={(sentence) => {
        onClose();
        session.say(sentence);
      }}
    />
  );
}
