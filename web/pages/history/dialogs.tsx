/** The two questions of the history page: a name for a version, and whether to go back to one. */
import { useState, type ReactElement } from 'react';
import { Button } from '#web/ui/button.tsx';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';
import { historyWords } from '#web/ui/history-words.ts';
import overlay from '#web/ui/overlay.module.css';
import style from '#web/pages/history/history.module.css';

interface Asking {
  rev: number;
  onClose: () => void;
  /** Rejects with what to tell. */
  onAct: (value: string) => Promise<void>;
}

/** Keeps a button from being pressed twice, and what went wrong in sight. */
function useAct(onAct: Asking['onAct'], onClose: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const act = async (value: string): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await onAct(value);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  const told = (
    <div role="alert">{problem !== '' && <p className={control.error}>{problem}</p>}</div>
  );
  return { busy, act, told };
}

/** Asks for a name: a new one, or another one instead of `was`. */
export function NameDialog({
  rev,
  was,
  onClose,
  onAct,
}: Asking & { was?: string | undefined }): ReactElement {
  const words = historyWords.name;
  const [name, setName] = useState(was ?? '');
  const { busy, act, told } = useAct(onAct, onClose);
  const ready = name.trim() !== '' && name.trim() !== was && !busy;
  const title = was === undefined ? words.title(rev) : words.retitle(was);
  return (
    <Dialog title={title} open onClose={onClose}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void act(name.trim());
        }}
      >
        <div className={control.field}>
          <label htmlFor="version-name" className={control.label}>
            {words.field}
          </label>
          <input
            id="version-name"
            className={control.input}
            value={name}
            maxLength={120}
            autoFocus
            autoComplete="off"
            aria-describedby="version-hint"
            onFocus={(event) => event.target.select()}
            onChange={(event) => setName(event.target.value)}
          />
          <p id="version-hint" className={style.quiet}>
            {words.hint}
          </p>
        </div>
        {told}
        <div className={overlay.dialogActions}>
          <Button onPress={onClose}>{historyWords.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={!ready}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function RestoreDialog({ rev, onClose, onAct }: Asking): ReactElement {
  const words = historyWords.restore;
  const { busy, act, told } = useAct(onAct, onClose);
  return (
    <Dialog title={words.title(rev)} open onClose={onClose} role="alertdialog">
      <div className={style.form}>
        <p>{words.text}</p>
        <p className={style.quiet}>{words.notes}</p>
        {told}
        <div className={overlay.dialogActions}>
          <Button onPress={onClose} autoFocus>
            {historyWords.cancel}
          </Button>
          <Button look="primary" isDisabled={busy} onPress={() => void act('')}>
            {words.confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
