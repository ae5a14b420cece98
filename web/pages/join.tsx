/** Accepting an invitation: with a new account, or as who one is already. */
import { useState, type ReactElement } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { InvitationLook } from '#core/people/answers.ts';
import { problemOf } from '#web/pages/api.ts';
import { EntranceForm, useEntranceForm } from '#web/pages/entrance-form.tsx';
import { Entrance } from '#web/pages/entrance.tsx';
import { setupProblems } from '#web/pages/form-problems.ts';
import style from '#web/pages/entrance.module.css';
import { FieldError, PasswordField, TextField } from '#web/pages/form.tsx';
import { joinHouse, lookAtInvitation } from '#web/pages/people-api.ts';
import { refreshMe } from '#web/pages/queries.ts';
import { DeadLink, useLook } from '#web/pages/token-link.tsx';
import { articlePath } from '#web/ui/article-path.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

const words = peopleMessages.join;

/** What the link is for, in words. */
function Purpose({ look }: { look: InvitationLook }): ReactElement {
  const role = messages.roles[look.role];
  return (
    <p className={style.lead}>
      {look.article === null ? words.house(role) : words.article(look.article, role)}
      {look.asOf !== null && ` ${words.asOf(fullTime(look.asOf))}`}
      {look.endsAt !== null && ` ${words.until(timeWords(look.endsAt, new Date()))}`}
    </p>
  );
}

export function JoinPage(): ReactElement {
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const look = useLook('join', token, lookAtInvitation);
  if (token === '' || look.isError) return <DeadLink title={words.title} error={look.error} />;
  return (
    <Entrance title={words.title}>
      {look.data && <Purpose look={look.data} />}
      {look.data && !look.data.hasAccount && <NewAccount token={token} look={look.data} />}
      {look.data?.hasAccount === true && <Accept token={token} look={look.data} />}
    </Entrance>
  );
}

/** Goes in after accepting: to the article, or to the library. */
function useEnter(): (articleId: string | null) => Promise<void> {
  const [, navigate] = useLocation();
  return async (articleId) => {
    await refreshMe();
    navigate(articleId === null ? '/' : articlePath(articleId), { replace: true });
  };
}

function Accept({ token, look }: { token: string; look: InvitationLook }): ReactElement {
  const enter = useEnter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const accept = async (): Promise<void> => {
    setBusy(true);
    try {
      await enter((await joinHouse({ token, email: look.email, account: null })).articleId);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const wide = classes(control.button, control.primary, control.wide);
  if (!look.isMe) {
    const next = encodeURIComponent(`/join?token=${encodeURIComponent(token)}`);
    return (
      <>
        <p className={style.lead}>{words.hasAccount(look.email)}</p>
        <Link href={`/sign-in?next=${next}`} className={wide}>
          {words.signIn}
        </Link>
      </>
    );
  }
  return (
    <>
      <div role="alert">{problem !== '' && <FieldError text={problem} />}</div>
      <button type="button" className={wide} disabled={busy} onClick={() => void accept()}>
        {words.accept}
      </button>
    </>
  );
}

function NewAccount({ token, look }: { token: string; look: InvitationLook }): ReactElement {
  const enter = useEnter();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { email } = look;
  const form = useEntranceForm({
    check: () => setupProblems(name, email, password),
    act: async () => {
      const account = { name: name.trim(), password };
      await enter((await joinHouse({ token, email, account })).articleId);
    },
  });
  const { problems } = form;
  return (
    <EntranceForm form={form} label={words.submit} busyLabel={words.busy}>
      <TextField
        label={words.name}
        autoComplete="name"
        value={name}
        onChange={setName}
        error={problems.name}
      />
      <div className={control.field}>
        <label htmlFor="join-email" className={control.label}>
          {words.email}
        </label>
        {/* The address is the invitation's; it is a field so that a password manager files the password under it. */}
        <input
          id="join-email"
          className={control.input}
          type="email"
          autoComplete="username"
          readOnly
          value={email}
        />
      </div>
      <PasswordField
        label={words.password}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        error={problems.password}
        hint={messages.setup.passwordHint}
      />
    </EntranceForm>
  );
}
