/** The dialogs over an article, one at a time. Each is fetched when it is first asked for. */
import { lazy, Suspense, type ReactElement } from 'react';
import type { ArticleDialog } from '#web/panels/page-state.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';

const AccessDialog = lazy(async () => ({
  default: (await import('#web/pages/access-dialog.tsx')).AccessDialog,
}));
const HandOverDialog = lazy(async () => ({
  default: (await import('#web/pages/hand-over-dialog.tsx')).HandOverDialog,
}));
const SendOutDialog = lazy(async () => ({
  default: (await import('#web/pages/send-out/article-send-out.tsx')).ArticleSendOut,
}));
const HelpDialog = lazy(async () => ({
  default: (await import('#web/panels/help-dialog.tsx')).HelpDialog,
}));
const NothingLost = lazy(async () => ({
  default: (await import('#web/panels/nothing-lost.tsx')).NothingLost,
}));

interface DialogProps {
  articleId: string;
  onClose: () => void;
}

/** Null when none is open. */
export function ArticleDialogs({
  dialog,
  ...props
}: DialogProps & { dialog: ArticleDialog | null }): ReactElement {
  return (
    <Suspense fallback={null}>{dialog !== null && <Opened dialog={dialog} {...props} />}</Suspense>
  );
}

function Opened({
  dialog,
  articleId,
  onClose,
}: DialogProps & { dialog: ArticleDialog }): ReactElement {
  const session = useSession();
  const role = useSnapshot((snapshot) => snapshot.standing.role);
  switch (dialog) {
    case 'access':
      return <AccessDialog articleId={articleId} myRole={role} onClose={onClose} />;
    case 'hand-over':
      return (
        <HandOverDialog
          articleId={articleId}
          onClose={onClose}
          onDone={(sentence) => {
            onClose();
            session.say(sentence);
          }}
        />
      );
    case 'help':
      return <HelpDialog open onClose={onClose} />;
    case 'nothing-lost':
      return <NothingLost onClose={onClose} />;
    case 'send-out':
      return <SendOutDialog onClose={onClose} />;
  }
}
