/** Nothing at this address. */
import type { ReactElement } from 'react';
import { MessagePage } from '#web/pages/message-page.tsx';
import { ToLibrary } from '#web/pages/way-on.tsx';
import { messages } from '#web/ui/messages.ts';

export function NotFoundPage(): ReactElement {
  return (
    <MessagePage title={messages.page.notFoundTitle} text={messages.page.notFound}>
      <ToLibrary />
    </MessagePage>
  );
}
