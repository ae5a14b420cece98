/** A link that was just made: shown this once, with a button that copies it. */
import { Check, Copy } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { MadeLink } from '#core/people/answers.ts';
import { FieldError } from '#web/pages/form.tsx';
import style from '#web/pages/people.module.css';
import { linkAddress } from '#web/pages/people-words.ts';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import overlay from '#web/ui/overlay.module.css';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { timeWords } from '#web/ui/time.ts';

const words = peopleMessages.link;

export function LinkBox({
  page,
  link,
  onDone,
}: {
  page: 'join' | 'reset';
  link: MadeLink;
  onDone: () => void;
}): ReactElement {
  const [copied, setCopied] = useState<boolean | null>(null);
  const address = linkAddress(page, link.token, location.origin);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // Only secure pages may write to the clipboard.
      setCopied(false);
    }
  };
  return (
    <div className={style.form}>
      <p className={style.lead}>{words.once(timeWords(link.expiresAt, new Date()))}</p>
      <input
        className={classes(control.input, style.link)}
        aria-label={words.label}
        readOnly
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <div role="status">
        {copied === true && <span className={style.copied}>{words.copied}</span>}
        {copied === false && <FieldError text={words.notCopied} />}
      </div>
      <div className={overlay.dialogActions}>
        <Button onPress={onDone}>{words.done}</Button>
        <Button look="primary" onPress={() => void copy()} autoFocus>
          {copied === true ? (
            <Check size={16} aria-hidden="true" />
          ) : (
            <Copy size={16} aria-hidden="true" />
          )}
          {words.copy}
        </Button>
      </div>
    </div>
  );
}
