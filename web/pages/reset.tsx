/** Choosing a new password, from the link an administrator made. */
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { Entrance } from '#web/pages/entrance.tsx';
import { passwordProblems, type Problems } from '#web/pages/form-problems.ts';
import style from '#web/pages/form.module.css';
import { FieldError, PasswordField } from '#web/pages/form.tsx';
import { lookAtReset, resetPassword } from '#web/pages/people-api.ts';
import { problemOf } from '#web/pages/people-words.ts';
import { refreshMe } from '#web/pages/queries.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

const words = peopleMessages.reset;

export function ResetPage(): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const look = useQuery({
    queryKey: ['reset', token],
    queryFn: () => lookAtReset(token),
    enabled: token !== '',
    staleTime: Infinity,
    gcTime: 0,
  });
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);

  const set = async (): Promise<void> => {
    setBusy(true);
    try {
      await resetPassword(token, password);
      await refreshMe();
      navigate('/', { replace: true });
    } catch (error) {
      setProblems({ form: problemOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = passwordProblems(password);
    setProblems(found);
    if (Object.keys(found).length === 0) void set();
  };
  if (token === '' || look.isError)
    return (
      <Entrance title={words.title}>
        <p className={style.lead} role="alert">
          {look.isError ? problemOf(look.error) : peopleMessages.join.noToken}
        </p>
        <div>
          <Link href="/sign-in" className={control.button ?? ''}>
            {peopleMessages.join.toDoor}
          </Link>
        </div>
      </Entrance>
    );
  return (
    <Entrance title={words.title}>
      {look.data && (
        <form className={style.form} onSubmit={submit} noValidate>
          <p className={style.lead}>{words.lead(look.data.name, look.data.email)}</p>
          <input type="email" autoComplete="username" hidden readOnly value={look.data.email} />
          <PasswordField
            label={words.password}
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            error={problems.password}
            hint={messages.setup.passwordHint}
          />
          <div role="alert">
            {problems.form !== undefined && <FieldError text={problems.form} />}
          </div>
          <button
            type="submit"
            className={classes(control.button, control.primary, control.wide)}
            disabled={busy}
          >
            {busy ? words.busy : words.submit}
          </button>
        </form>
      )}
    </Entrance>
  );
}
