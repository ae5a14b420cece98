/** Sign-in with e-mail and password; in the demo also by picking a person. */
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { fetchDemoPeople, signIn, signInAs } from '#web/pages/api.ts';
import { EntranceForm, useEntranceForm } from '#web/pages/entrance-form.tsx';
import { DemoBanner, Entrance } from '#web/pages/entrance.tsx';
import { safeNext, signInProblem, signInProblems } from '#web/pages/form-problems.ts';
import style from '#web/pages/form.module.css';
import { PasswordField, TextField } from '#web/pages/form.tsx';
import { refreshMe } from '#web/pages/queries.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { messages } from '#web/ui/messages.ts';

const words = messages.signIn;

export function SignInPage(): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const demo = useQuery({ queryKey: ['demo'], queryFn: fetchDemoPeople, staleTime: Infinity });
  const people = demo.data ?? [];

  const form = useEntranceForm({
    check: () => signInProblems(email, password),
    act: () => enter(() => signIn(email.trim(), password)),
    tell: (error) => {
      passwordField.current?.focus();
      return signInProblem(error);
    },
  });
  const { problems, busy } = form;
  const enter = async (ask: () => Promise<unknown>): Promise<void> => {
    await ask();
    await refreshMe();
    navigate(safeNext(search.get('next')), { replace: true });
  };

  return (
    <Entrance title={words.title} banner={people.length > 0 && <DemoBanner />}>
      <EntranceForm form={form} label={words.submit} busyLabel={words.busy}>
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
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={problems.password}
          fieldRef={passwordField}
        />
      </EntranceForm>
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
                  onClick={() => void form.run(() => enter(() => signInAs(person.id)))}
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
