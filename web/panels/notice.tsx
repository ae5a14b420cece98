/** The session's short notices as a toast. What they say is spoken by the live region. */
import { useCallback, type ReactElement } from 'react';
import { useSession, useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';
import { Toast } from '#web/ui/toast.tsx';

export function Notice(): ReactElement | null {
  const session = useSession();
  const notice = useSnapshot((snapshot) => snapshot.notice);
  const dismiss = useCallback(() => session.dismissNotice(), [session]);
  if (!notice) return null;
  return (
    <Toast
      text={notice.text}
      undo={notice.undo}
      undoLabel={messages.toast.undo}
      dismissLabel={messages.toast.dismiss}
      onDismiss={dismiss}
    />
  );
}
