/** Stays over an open article once its connection was ended for good, and leads on. The text stays, so that nothing half-written is lost. */
import type { ReactElement } from 'react';
import style from '#web/pages/ended-bar.module.css';
import { ToLibrary, ToSignIn } from '#web/pages/way-on.tsx';
import { useSnapshot } from '#web/panels/use-session.ts';
import { messages } from '#web/ui/messages.ts';

export function EndedBar(): ReactElement | null {
  const refusal = useSnapshot((snapshot) => snapshot.refusal);
  const { page } = messages;
  if (!refusal) return null;
  const signedOut = refusal.code === 'NOT_SIGNED_IN';
  return (
    <div className={style.bar} role="alert">
      <span>{signedOut ? page.ended : refusal.message}</span>
      {signedOut ? <ToSignIn /> : <ToLibrary />}
    </div>
  );
}
