/** The article page: opens the session, builds the editor for it, and says what is in the way while there is no text to show. */
import { useEffect, useState, type ReactElement } from 'react';
import { TextEditor } from '#web/editor/text-editor.ts';
import { ArticleDesk, type DeskProps } from '#web/pages/article-desk.tsx';
import { LoadingPage, MessagePage } from '#web/pages/message-page.tsx';
import { RefusedPage } from '#web/pages/refused-page.tsx';
import { ToLibrary } from '#web/pages/way-on.tsx';
import { LiveRegions } from '#web/panels/live-regions.tsx';
import { UnplacedTray } from '#web/panels/unplaced-tray.tsx';
import { DraftsProvider } from '#web/panels/use-kept-form.ts';
import { SessionProvider, useSnapshot } from '#web/panels/use-session.ts';
import { ArticleSession } from '#web/session/article-session.ts';
import { KeptDrafts } from '#web/session/kept-drafts.ts';
import { messages } from '#web/ui/messages.ts';
import { safetyWords } from '#web/ui/safety-words.ts';

/** Opens the article for as long as the page shows it. */
export function ArticlePage({
  articleId,
  userId,
  onSignOut,
}: {
  articleId: string;
  userId: string;
  onSignOut: () => void;
}): ReactElement | null {
  const [open, setOpen] = useState<{
    session: ArticleSession;
    editor: TextEditor;
    drafts: KeptDrafts;
  } | null>(null);
  useEffect(() => {
    let gone = false;
    const session = ArticleSession.open(articleId, { userId });
    void KeptDrafts.open(userId, articleId).then((drafts) => {
      if (!gone) setOpen({ session, editor: new TextEditor(session), drafts });
    });
    return () => {
      gone = true;
      session.close();
      setOpen(null);
    };
  }, [articleId, userId]);
  if (!open) return null;
  const { session, editor, drafts } = open;
  return (
    <SessionProvider value={session}>
      <DraftsProvider value={drafts}>
        <Opened articleId={articleId} editor={editor} drafts={drafts} onSignOut={onSignOut} />
      </DraftsProvider>
    </SessionProvider>
  );
}

function Opened(desk: DeskProps): ReactElement {
  const phase = useSnapshot((snapshot) => snapshot.phase);
  const refusal = useSnapshot((snapshot) => snapshot.refusal);
  const missing = useSnapshot((snapshot) => snapshot.missing);
  const hasWords = useSnapshot(({ unplaced }) => unplaced.length > 0);
  if (phase === 'loading' && missing)
    return (
      <MessagePage title={safetyWords.missingTitle} text={safetyWords.missing}>
        <ToLibrary />
      </MessagePage>
    );
  if (phase === 'loading') return <LoadingPage text={messages.page.loading} />;
  if (phase === 'refused')
    return (
      <RefusedPage refusal={refusal}>
        {hasWords && (
          <LiveRegions>
            <UnplacedTray />
          </LiveRegions>
        )}
      </RefusedPage>
    );
  return (
    <LiveRegions>
      <ArticleDesk {...desk} />
    </LiveRegions>
  );
}
