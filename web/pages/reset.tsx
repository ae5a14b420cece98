/** Choosing a new password, from the link an administrator made. */
import { useState, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { EntranceForm, useEntranceForm } from '#web/pages/entrance-form.tsx';
import { Entrance } from '#web/pages/entrance.tsx';
import { passwordProblems } from '#web/pages/form-problems.ts';
import style from '#web/pages/entrance.module.css';
import { PasswordField } from '#web/pages/form.tsx';
import { lookAtReset, resetPassword } from '#web/pages/people-api.ts';
import { refreshMe } from '#web/pages/queries.ts';
import { DeadLink, useLook } from '#web/pages/token-link.tsx';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

const words = peopleMessages.reset;

export function ResetPage(): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const look = useLook('reset', token, lookAtReset);
  const [password, setPassword] = useState('');
  const form = useEntranceForm({
    check: () => passwordProblems(password),
    act: async () => {
      await resetPassword(token, password);
      await refreshMe();
      navigate('/', { replace: true });
    },
  });
  if (token === '' || look.isError) return <DeadLink title={words.title} error={look.error} />;
  return (
    <Entrance title={words.title}>
      {look.data && (
        <EntranceForm form={form} label={words.submit} busyLabel={words.busy}>
          <p className={style.lead}>{words.lead(look.data.name, look.data.email)}</p>
          <input type="email" autoComplete="username" hidden readOnly value={look.data.email} />
          <PasswordField
            label={words.password}
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            error={form.problems.password}
            hint={messages.setup.passwordHint}
          />
        </EntranceForm>
      )}
    </Entrance>
  );
}
