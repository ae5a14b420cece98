/** Dialogs over the page: a plain one, and a question before something that cannot be overlooked. */
import type { ReactElement, ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import style from '#web/ui/overlay.module.css';

export function Dialog({
  title,
  open,
  onClose,
  wide,
  look,
  role = 'dialog',
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  wide?: boolean;
  /** A class that gives it another size. */
  look?: string | undefined;
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}): ReactElement {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable={role === 'dialog'}
      className={style.backdrop ?? ''}
    >
      <Modal className={classes(style.dialog, wide && style.wideDialog, look)}>
        <AriaDialog role={role} style={{ outline: 0 }}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks `question`; the answer that changes something is named by what it does. */
export function Confirm({
  question,
  open,
  act,
  cancel,
  onAct,
  onClose,
}: {
  question: string;
  open: boolean;
  act: string;
  cancel: string;
  onAct: () => void;
  onClose: () => void;
}): ReactElement {
  return (
    <Dialog title={question} open={open} onClose={onClose} role="alertdialog">
      <div className={style.dialogActions}>
        <Button onPress={onClose} autoFocus>
          {cancel}
        </Button>
        <Button
          look="danger"
          onPress={() => {
            onAct();
            onClose();
          }}
        >
          {act}
        </Button>
      </div>
    </Dialog>
  );
}
