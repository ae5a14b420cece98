/** Where it goes on when a page has nothing to show any more. */
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

export function ToLibrary(): ReactElement {
  return (
    <Link href="/" className={control.button ?? ''}>
      {messages.page.toLibrary}
    </Link>
  );
}

/** The door, which leads back here. */
export function ToSignIn(): ReactElement {
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <a className={control.button} href={`/sign-in?next=${next}`}>
      {messages.page.signIn}
    </a>
  );
}
