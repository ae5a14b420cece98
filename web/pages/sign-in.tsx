/** Sign-in with e-mail and password; in the demo also by picking a person. */
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { fetchDemoPeople, signIn, signInAs } from '#web/pages/api.ts';
import { DemoBanner, Entrance } from '#web/pages/entrance.tsx';
import {
  safeNext,
  signInProblem,
  signInProblems,
  type Problems,
} from '#web/pages/form-problems.ts';
import style from '#web/pages/form.module.css';
import { FieldError, PasswordField, TextField } from '#web/pages/form.tsx';
import { refreshMe } from '#web/pages/queries.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';

const words = messages.signIn;

export function SignInPage(): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const demo = useQuery({ queryKey: ['demo'], queryFn: fetchDemoPeople, staleTime: Infinity });
  const people = demo.data ?? [];

  const enter = async (ask: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblems({});
    try {
      await ask();
      await refreshMe();
      navigate(safeNext(search.get('next')), { replace: true });
    } catch (error) {
      setProblems({ form: signInProblem(error) });
      passwordField.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = signInProblems(email, password);
    setProblems(found);
    if (found.email !== undefined) emailField.current?.focus();
    else if (found.password !== undefined) passwordField.current?.focus();
    else void enter(() => signIn(email.trim(), password));
  };

  return (
    <Entrance title={words.title} banner={people.length > 0 && <DemoBanner />}>
      <form className={style.form} onSubmit={submit} noValidate>
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          error={problems.email}
          fieldRef={emailField}
        />
        <PasswordField
          label={words.password}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={problems.password}
          fieldRef={passwordField}
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
      {people.length > 0 && (
        <section className={style.demo} aria-labelledby="demo-people">
          <h2 id="demo-people">{words.demo}</h2>
          <ul>
            {people.map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  className={style.person}
                  disabled={busy}
                  onClick={() => void enter(() => signInAs(person.id))}
                >
                  <Avatar name={person.name} color={person.color} />
                  {person.name}
                  <small>{person.what}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Entrance>
  );
}
