/** The first account of a new house, from the link printed at the start. */
import { useState, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { lookAtSetup, setUp } from '#web/pages/api.ts';
import { EntranceForm, useEntranceForm } from '#web/pages/entrance-form.tsx';
import { Entrance } from '#web/pages/entrance.tsx';
import { setupProblems } from '#web/pages/form-problems.ts';
import style from '#web/pages/entrance.module.css';
import { PasswordField, TextField } from '#web/pages/form.tsx';
import { refreshMe } from '#web/pages/queries.ts';
import { DeadLink, useLook } from '#web/pages/token-link.tsx';
import { messages } from '#web/ui/messages.ts';

const words = messages.setup;

export function SetupPage(): ReactElement {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const look = useLook('setup', token, lookAtSetup);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useEntranceForm({
    check: () => setupProblems(name, email, password),
    act: async () => {
      await setUp({ token, name: name.trim(), email: email.trim(), password });
      await refreshMe();
      navigate('/', { replace: true });
    },
  });
  const { problems } = form;

  if (token === '')
    return (
      <Entrance title={words.title}>
        <p className={style.lead}>{words.noToken}</p>
      </Entrance>
    );
  if (look.isError) return <DeadLink title={words.title} error={look.error} used={words.used} />;
  if (!look.data) return <Entrance title={words.title}>{null}</Entrance>;
  return (
    <Entrance title={words.title}>
      <p className={style.lead}>{words.lead}</p>
      <EntranceForm form={form} label={words.submit} busyLabel={words.busy}>
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
      </EntranceForm>
    </Entrance>
  );
}
