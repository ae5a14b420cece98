/** What the forms before the door share: they are looked over before anything is sent, cannot be sent twice, and say at the
 *  field or above the button what is wrong. */
import {
  useEffect,
  useRef,
  useState,
  type FormEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { problemOf } from '#web/pages/api.ts';
import type { Problems } from '#web/pages/form-problems.ts';
import style from '#web/pages/form.module.css';
import { FieldError } from '#web/pages/form.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';

/** A form and where it stands. */
export interface EntranceState {
  problems: Problems;
  busy: boolean;
  ref: RefObject<HTMLFormElement | null>;
  /** Does something, once at a time; what went wrong is told in a sentence. True when all went well. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
  submit: (event: FormEvent) => void;
}

/** `check` says what is missing before `act` is asked; `tell` puts a failure into words. */
export function useEntranceForm({
  check,
  act,
  tell = problemOf,
}: {
  check: () => Problems;
  act: () => Promise<unknown>;
  tell?: (error: unknown) => string;
}): EntranceState {
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  // The first field with a fault takes the keyboard, as soon as it says so.
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  const run = async (what: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblems({});
    try {
      await what();
      return true;
    } catch (error) {
      setProblems({ form: tell(error) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = check();
    setProblems(found);
    if (Object.keys(found).length === 0) void run(act);
  };
  return { problems, busy, ref, run, submit };
}

/** The form itself, with the line for what concerns all of it and its one button. */
export function EntranceForm({
  form,
  label,
  busyLabel,
  children,
}: {
  form: EntranceState;
  label: string;
  busyLabel: string;
  children: ReactNode;
}): ReactElement {
  const { problems, busy, ref, submit } = form;
  return (
    <form ref={ref} className={style.form} onSubmit={submit} noValidate>
      {children}
      <div role="alert">{problems.form !== undefined && <FieldError text={problems.form} />}</div>
      <button
        type="submit"
        className={classes(control.button, control.primary, control.wide)}
        disabled={busy}
      >
        {busy ? busyLabel : label}
      </button>
    </form>
  );
}
