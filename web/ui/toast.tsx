/** A short notice at the foot of the page with one way back. It leaves after 8 seconds unless pointed at or focused. */
import { X } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import style from '#web/ui/toast.module.css';
import { reviewMessages } from '#web/ui/review-messages.ts';

const stays = 8000;

export function Toast({
  text,
  undo,
  undoLabel,
  dismissLabel,
  onDismiss,
}: {
  text: string;
  undo?: (() => void) | undefined;
  undoLabel: string;
  dismissLabel: string;
  onDismiss: () => void;
}): ReactElement {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onDismiss, stays);
    return () => clearTimeout(timer);
  }, [held, text, onDismiss]);
  return (
    <section
      aria-label={reviewMessages.notice}
      className={style.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {undo && (
        <button
          type="button"
          onClick={() => {
            undo();
            onDismiss();
          }}
        >
          {undoLabel}
        </button>
      )}
      <button type="button" className={style.close} aria-label={dismissLabel} onClick={onDismiss}>
        <X size={16} aria-hidden="true" />
      </button>
    </section>
  );
}
