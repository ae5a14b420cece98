/** The session's short notices, and the page's own, as a toast. What they say is spoken by the live region. */
import { useCallback, useEffect, type ReactElement } from 'react';
import { useVoice } from '#web/panels/live-regions.tsx';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';
import { Toast } from '#web/ui/toast.tsx';

export function Notice(): ReactElement | null {
  const session = useSession();
  const notice = useSnapshot((snapshot) => snapshot.notice);
  const { told, forget } = useVoice();
  const dismiss = useCallback(() => {
    session.dismissNotice();
    forget();
  }, [session, forget]);
  // Whatever came last is shown.
  useEffect(() => {
    if (notice) forget();
  }, [notice, forget]);
  const text = told || notice?.text;
  if (text === undefined) return null;
  return (
    <Toast
      text={text}
      undo={told ? undefined : notice?.undo}
      undoLabel={messages.toast.undo}
      dismissLabel={messages.toast.dismiss}
      onDismiss={dismiss}
    />
  );
}
