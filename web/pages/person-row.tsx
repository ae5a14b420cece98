/** One person in the list of the house, with what an administrator can do to their account. */
import { Ellipsis, KeyRound, LogOut, UserRoundCheck, UserRoundX } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Role } from '#core/annotate/audience.ts';
import type { HousePerson, MadeLink } from '#core/people/answers.ts';
import { makeResetLink, setBanned, setRole, signOutPerson } from '#web/pages/people-api.ts';
import style from '#web/pages/people.module.css';
import { Avatar } from '#web/ui/avatar.tsx';
import { IconButton } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { Confirm } from '#web/ui/dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { fullTime, timeWords } from '#web/ui/time.ts';

const words = peopleMessages.house;

export function PersonRow({
  person,
  isMe,
  choices,
  act,
  onLink,
}: {
  person: HousePerson;
  isMe: boolean;
  choices: readonly Role[];
  act: (run: () => Promise<unknown>, done: string, self?: boolean) => Promise<void>;
  onLink: (link: MadeLink) => void;
}): ReactElement {
  const { id, name, email, banned, lastSeenAt, role } = person;
  const [asking, setAsking] = useState(false);
  // Shown as chosen until the list says what became of it.
  const [chosen, setChosen] = useState<Role | null>(null);
  const choose = async (next: Role): Promise<void> => {
    setChosen(next);
    await act(() => setRole(id, next), words.roleChanged(name, messages.roles[next]), isMe);
    setChosen(null);
  };
  return (
    <tr className={classes(banned && style.banned)}>
      <th scope="row">
        <span className={style.person}>
          <Avatar name={name} color={person.color} size="large" />
          <span className={style.who}>
            <b>
              {name}
              {isMe && <small> ({words.you})</small>}
            </b>
            <small>{email}</small>
            {banned && <small className={style.closed}>{words.closed}</small>}
          </span>
        </span>
      </th>
      <td>
        <select
          className={classes(control.input, style.role)}
          aria-label={words.roleOf(name)}
          value={chosen ?? role}
          disabled={banned}
          onChange={(event) => {
            const next = choices.find((each) => each === event.target.value);
            if (next) void choose(next);
          }}
        >
          {choices.map((each) => (
            <option key={each} value={each}>
              {messages.roles[each]}
            </option>
          ))}
        </select>
      </td>
      <td className={style.seen}>
        {lastSeenAt === null ? (
          words.never
        ) : (
          <time dateTime={lastSeenAt} title={fullTime(lastSeenAt)}>
            {timeWords(lastSeenAt, new Date())}
          </time>
        )}
      </td>
      <td className={style.more}>
        <Menu
          label={words.more(name)}
          trigger={
            <IconButton label={words.more(name)}>
              <Ellipsis size={18} aria-hidden="true" />
            </IconButton>
          }
        >
          {!banned && (
            <MenuItem
              id="password"
              icon={<KeyRound size={16} aria-hidden="true" />}
              onAction={() => void act(async () => onLink(await makeResetLink(id)), '')}
            >
              {words.newPassword}
            </MenuItem>
          )}
          {!banned && (
            <MenuItem
              id="sign-out"
              icon={<LogOut size={16} aria-hidden="true" />}
              onAction={() => void act(() => signOutPerson(id), words.signedOut(name), isMe)}
            >
              {words.signOut}
            </MenuItem>
          )}
          {!banned && !isMe && <MenuSeparator />}
          {!banned && !isMe && (
            <MenuItem
              id="ban"
              danger
              icon={<UserRoundX size={16} aria-hidden="true" />}
              onAction={() => setAsking(true)}
            >
              {words.ban}
            </MenuItem>
          )}
          {banned && (
            <MenuItem
              id="unban"
              icon={<UserRoundCheck size={16} aria-hidden="true" />}
              onAction={() => void act(() => setBanned(id, false), words.unbanned(name))}
            >
              {words.unban}
            </MenuItem>
          )}
        </Menu>
        <Confirm
          question={words.banAsk(name)}
          open={asking}
          act={words.ban}
          cancel={words.cancel}
          onAct={() => void act(() => setBanned(id, true), words.banned(name))}
          onClose={() => setAsking(false)}
        />
      </td>
    </tr>
  );
}
