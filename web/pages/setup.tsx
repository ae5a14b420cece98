/** The first account of a new house, from the link printed at the start. */
import { useState, type FormEvent, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { ApiError, setUp } from '#web/pages/api.ts';
import { Entrance } from '#web/pages/entrance.tsx';
import { setupProblems, type Problems } from '#web/pages/form-problems.ts';
import style from '#web/pages/form.module.css';
import { FieldError, PasswordField, TextField } from '#web/pages/form.tsx';
import { refreshMe } from '#web/pages/queries.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const words = messages.setup;
export function SetupPage(): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);

  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      await setUp({ token, name: name.trim(), email: email.trim(), password });
      await refreshMe();
      navigate('/', { replace: true });
    } catch (error) {
      const known = error instanceof ApiError;
      setProblems({ form: known ? error.message : messages.signIn.unreachable });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = setupProblems(name, email, password);
    setProblems(found);
    if (Object.keys(found).length === 0) void make();
  };

  if (token === '')
    return (
      <Entrance title={words.title}>
        <p className={style.lead}>{words.noToken}</p>
      </Entrance>
    );
  return (
    <Entrance title={words.title}>
      <p className={style.lead}>{words.lead}</p>
      <form className={style.form} onSubmit={submit} noValidate>
        <TextField
          label={words.name}
          autoComplete="name"
          value={name}
          onChange={setName}
          error={problems.name}
        />
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          error={problems.email}
        />
        <PasswordField
          label={words.password}
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          error={problems.password}
          hint={words.passwordHint}
        />
        <div role="alert">{problems.form !== undefined && <FieldError text={problems.form} />}</div>
        <button
          type="submit"
          className={classes(control.button, control.primary, control.wide)}
          disabled={busy}
        >
          {busy ? words.busy : words.submit}
        </button>
      </form>
    </Entrance>
  );
}
