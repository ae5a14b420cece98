/** Nothing at this address. */
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { MessagePage } from '#web/pages/message-page.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

export function NotFoundPage(): ReactElement {
  return (
    <MessagePage title={messages.page.notFoundTitle} text={messages.page.notFound}>
      <Link href="/" className={control.button ?? ''}>
        {messages.page.toLibrary}
      </Link>
    </MessagePage>
  );
}
