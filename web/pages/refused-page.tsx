/** What stands in place of an article that somebody may not see, or not any more. */
import type { ReactElement, ReactNode } from 'react';
import type { Refusal } from '#core/sync/error.ts';
import { MessagePage } from '#web/pages/message-page.tsx';
import { ToLibrary, ToSignIn } from '#web/pages/way-on.tsx';
import { messages } from '#web/ui/messages.ts';

export function RefusedPage({
  refusal,
  children,
}: {
  refusal: Refusal | null;
  /** What is shown below the way on. */
  children?: ReactNode;
}): ReactElement {
  const { page } = messages;
  const hasEnded = refusal?.code === 'NOT_SIGNED_IN';
  const text = hasEnded ? page.ended : (refusal?.message ?? page.notFound);
  return (
    <MessagePage title={page.refusedTitle} text={text}>
      {hasEnded ? <ToSignIn /> : <ToLibrary />}
      {children}
    </MessagePage>
  );
}
