/** Catches what should not happen while drawing, and offers the one thing that helps. */
import { Component, type ReactNode } from 'react';
import { MessagePage } from '#web/pages/message-page.tsx';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

export class BrokenBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <MessagePage title={messages.page.brokenTitle} text={messages.page.broken}>
        <button type="button" className={control.button} onClick={() => location.reload()}>
          {messages.page.reload}
        </button>
      </MessagePage>
    );
  }
}
