/** Fields of the pages before one is in: plain HTML, so that these pages load next to nothing. */
import { Eye, EyeOff, TriangleAlert } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactElement, type Ref } from 'react';
import style from '#web/pages/form.module.css';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string;
  autoComplete: string;
  fieldRef?: Ref<HTMLInputElement>;
}

/** What is wrong with a field, next to it, in words with an icon. */
export function FieldError({ id, text }: { id?: string; text: string }): ReactElement {
  return (
    <p id={id} className={control.error}>
      <TriangleAlert size={15} aria-hidden="true" className={style.errorIcon} />
      <span>{text}</span>
    </p>
  );
}

export function TextField({
  label,
  value,
  onChange,
  error,
  autoComplete,
  fieldRef,
  type = 'text',
}: FieldProps & { type?: 'text' | 'email' }): ReactElement {
  const id = useId();
  return (
    <div className={control.field}>
      <label htmlFor={id} className={control.label}>
        {label}
      </label>
      <input
        ref={fieldRef}
        id={id}
        className={control.input}
        // An e-mail is checked by us, with a sentence, not by the browser with a balloon.
        type={type}
        inputMode={type === 'email' ? 'email' : undefined}
        autoComplete={autoComplete}
        autoCapitalize={type === 'email' ? 'none' : undefined}
        spellCheck={false}
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

/** A password with a way to see it and a word when Caps Lock is on. */
export function PasswordField({
  label,
  value,
  onChange,
  error,
  hint,
  autoComplete,
  fieldRef,
}: FieldProps): ReactElement {
  const id = useId();
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const watch = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'));
  const { signIn } = messages;
  const described = [
    error !== undefined && `${id}-error`,
    caps && `${id}-caps`,
    hint !== undefined && error === undefined && `${id}-hint`,
  ].filter((part) => part !== false);
  return (
    <div className={control.field}>
      <label htmlFor={id} className={control.label}>
        {label}
      </label>
      <div className={style.password}>
        <input
          ref={fieldRef}
          id={id}
          className={control.input}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={watch}
          onKeyUp={watch}
          onBlur={() => setCaps(false)}
        />
        <button
          type="button"
          className={classes(control.icon, control.small)}
          aria-label={shown ? signIn.hide : signIn.show}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff size={17} aria-hidden="true" /> : <Eye size={17} aria-hidden="true" />}
        </button>
      </div>
      {hint !== undefined && error === undefined && (
        <p id={`${id}-hint`} className={control.hint}>
          {hint}
        </p>
      )}
      {caps && (
        <p id={`${id}-caps`} className={control.hint} role="status">
          {signIn.caps}
        </p>
      )}
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}
