/** The second row of the search: other words for what was found, one place after another or all at once. */
import { CaseSensitive, WholeWord } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import style from '#web/panels/find-bar.module.css';
import type { How } from '#web/panels/find-text.ts';
import { replaceWords as words } from '#web/panels/replace-words.ts';
import { useSnapshot } from '#web/panels/use-session.ts';
import { may } from '#core/sync/policy.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';
import { asFiledIsForReading } from '#web/session/words.ts';
import { messages } from '#web/ui/messages.ts';
import overlay from '#web/ui/overlay.module.css';

/** More places than this are asked about first. */
const many = 20;

/** Why nothing can be replaced now; empty when it can. */
function useReason(): string {
  const mode = useSnapshot((snapshot) => snapshot.mode);
  const view = useSnapshot((snapshot) => snapshot.view);
  const suggests = useSnapshot(({ standing }) => may(standing, 'suggest'));
  const talks = useSnapshot(({ standing }) => may(standing, 'comment'));
  if (!suggests) return talks ? messages.mode.closed : messages.mode.noSuggest;
  if (mode === 'read') return words.reading;
  return view === 'original' ? asFiledIsForReading : '';
}

/** A button that keeps the keyboard when there is nothing left for it to do. */
function Deed({
  off,
  onPress,
  children,
}: {
  off: boolean;
  onPress: () => void;
  children: ReactNode;
}): ReactElement {
  return (
    <button
      type="button"
      className={control.button}
      aria-disabled={off}
      onClick={off ? undefined : onPress}
    >
      {children}
    </button>
  );
}

export function ReplaceRow({
  searched,
  replacement,
  onReplacement,
  how,
  onHow,
  count,
  kept,
  asked,
  onOne,
  onAll,
}: {
  searched: string;
  replacement: string;
  onReplacement: (words: string) => void;
  how: How;
  onHow: (how: How) => void;
  /** How many places would change. */
  count: number;
  /** How many stay because somebody has kept their words. */
  kept: number;
  /** Changes whenever the row is asked for: it has the keyboard then, once there is something to replace. */
  asked: number;
  onOne: () => void;
  onAll: () => void;
}): ReactElement {
  const reason = useReason();
  const edits = useSnapshot((snapshot) => snapshot.mode === 'edit');
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement | null>(null);
  const off = reason !== '';
  const isReady = useRef(false);
  isReady.current = searched !== '' && !off;
  useEffect(() => {
    // Not while one is typing in the row above.
    if (asked > 0 && isReady.current) field.current?.focus();
  }, [asked]);
  const none = off || count + kept === 0;
  const all = (): void => {
    if (off || count === 0) return;
    if (count > many) setAsking(true);
    else onAll();
  };
  return (
    <>
      <input
        ref={field}
        type="text"
        className={control.input}
        aria-label={words.field}
        placeholder={words.field}
        aria-describedby={off ? 'replace-off' : undefined}
        maxLength={1000}
        disabled={off}
        value={replacement}
        onChange={({ target }) => onReplacement(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (event.ctrlKey || event.metaKey) all();
          else if (!none) onOne();
        }}
      />
      <div className={style.tools}>
        <span className={style.options}>
          <IconButton
            label={words.exact}
            hint={words.exactHint}
            aria-pressed={how.exact}
            onPress={() => onHow({ ...how, exact: !how.exact })}
          >
            <CaseSensitive size={18} aria-hidden="true" />
          </IconButton>
          <IconButton
            label={words.whole}
            aria-pressed={how.whole}
            onPress={() => onHow({ ...how, whole: !how.whole })}
          >
            <WholeWord size={18} aria-hidden="true" />
          </IconButton>
        </span>
        <Deed off={none} onPress={onOne}>
          {words.one}
        </Deed>
        <Deed off={off || count === 0} onPress={all}>
          {words.all(count)}
        </Deed>
      </div>
      {off && (
        <p id="replace-off" className={style.reason}>
          {reason}
        </p>
      )}
      {!off && kept > 0 && <p className={style.reason}>{words.kept(kept)}</p>}
      <Dialog
        open={asking}
        role="alertdialog"
        title={words.sure(searched, replacement, count)}
        onClose={() => setAsking(false)}
      >
        <p>{edits ? words.atOnce : words.each}</p>
        <div className={overlay.dialogActions}>
          <Button autoFocus onPress={() => setAsking(false)}>
            {words.back}
          </Button>
          <Button
            look="primary"
            onPress={() => {
              setAsking(false);
              onAll();
            }}
          >
            {words.all(count)}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
