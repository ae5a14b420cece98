/** The rail of a page without one: it slides in over the text and goes when something is chosen. */
import type { ReactElement } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Rail } from '#web/panels/rail.tsx';
import style from '#web/panels/rail-drawer.module.css';
import { reviewMessages } from '#web/ui/review-messages.ts';

export function RailDrawer({ onClose }: { onClose: () => void }): ReactElement {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={style.back ?? ''}
    >
      <Modal className={style.drawer ?? ''}>
        <AriaDialog aria-label={reviewMessages.rail} className={style.dialog ?? ''}>
          <Rail onGo={onClose} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
