/** Whom to invite, and the link that comes of it. For the house, and for one article with an end. */
import { useId, useState, type FormEvent, type ReactElement } from 'react';
import type { Role } from '#core/annotate/audience.ts';
import type { MadeLink } from '#core/people/answers.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { problemOf } from '#web/pages/api.ts';
import { signInProblems } from '#web/pages/form-problems.ts';
import { FieldError, TextField } from '#web/pages/form.tsx';
import { LinkBox } from '#web/pages/link-box.tsx';
import { invite } from '#web/pages/people-api.ts';
import style from '#web/pages/people.module.css';
import { PinField } from '#web/pages/pin-field.tsx';
import { dayOf, endOfDay } from '#web/pages/people-words.ts';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';

const words = peopleMessages.invite;

/** One of the roles, by name. */
export function RoleField({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: Role;
  choices: readonly Role[];
  onChange: (role: Role) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className={control.field}>
      <label htmlFor={id} className={control.label}>
        {label}
      </label>
      <select
        id={id}
        className={control.input}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((role) => role === event.target.value);
          if (chosen) onChange(chosen);
        }}
      >
        {choices.map((role) => (
          <option key={role} value={role}>
            {messages.roles[role]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The last day of an access; empty for no end. */
export function LastDayField({
  value,
  onChange,
}: {
  value: string;
  onChange: (day: string) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className={control.field}>
      <label htmlFor={id} className={control.label}>
        {peopleMessages.access.lastDay}
      </label>
      <input
        id={id}
        type="date"
        className={control.input}
        min={dayOf(new Date())}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** `articleId` null invites to the house. `handOvers` are those of the article. */
export function InviteForm({
  articleId,
  handOvers = [],
  choices,
  onMade,
  onDone,
}: {
  articleId: string | null;
  handOvers?: readonly HandOver[];
  choices: readonly Role[];
  onMade: () => void;
  onDone: () => void;
}): ReactElement {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>(articleId === null ? 'reviewer' : 'writer');
  const [day, setDay] = useState('');
  const [pin, setPin] = useState<HandOver | null>(null);
  const [wrong, setWrong] = useState<{ email?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  const [link, setLink] = useState<MadeLink | null>(null);
  if (link) return <LinkBox page="join" link={link} onDone={onDone} />;
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const asked = { email: email.trim(), role, endsAt: endOfDay(day), pin: pin?.id ?? null };
      setLink(await invite(articleId, asked));
      onMade();
    } catch (error) {
      setWrong({ form: problemOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = signInProblems(email, 'x');
    setWrong(found);
    if (Object.keys(found).length === 0) void make();
  };
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <TextField
        label={words.email}
        type="email"
        autoComplete="off"
        value={email}
        onChange={setEmail}
        error={wrong.email}
      />
      <div className={style.pair}>
        <RoleField label={words.role} value={role} choices={choices} onChange={setRole} />
        {articleId !== null && <LastDayField value={day} onChange={setDay} />}
      </div>
      {handOvers.length > 0 && (
        <PinField
          label={peopleMessages.access.sees}
          name={peopleMessages.access.sees}
          value={pin}
          handOvers={handOvers}
          onChange={setPin}
        />
      )}
      <div role="alert">{wrong.form !== undefined && <FieldError text={wrong.form} />}</div>
      <div className={style.submit}>
        <button type="submit" className={classes(control.button, control.primary)} disabled={busy}>
          {busy ? words.busy : words.submit}
        </button>
      </div>
    </form>
  );
}
