/** Stays over an open article once its connection was ended for good, and leads on. The text stays, so that nothing half-written is lost. */
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import style from '#web/pages/ended-bar.module.css';
import { useSnapshot } from '#web/panels/use-session.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

export function EndedBar(): ReactElement | null {
  const refusal = useSnapshot((snapshot) => snapshot.refusal);
  const { page } = messages;
  if (!refusal) return null;
  const signedOut = refusal.code === 'NOT_SIGNED_IN';
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <div className={style.bar} role="alert">
      <span>{signedOut ? page.ended : refusal.message}</span>
      {signedOut ? (
        <a className={control.button} href={`/sign-in?next=${next}`}>
          {page.signIn}
        </a>
      ) : (
        <Link href="/" className={control.button ?? ''}>
          {page.toLibrary}
        </Link>
      )}
    </div>
  );
}
