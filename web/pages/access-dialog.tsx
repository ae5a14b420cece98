/** Who has access to one article: its people, the desk, guests who are invited, and whether the desk reads it at all. */
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type ReactElement } from 'react';
import type { Role } from '#core/annotate/audience.ts';
import type { ArticlePeople, ArticlePerson } from '#core/people/answers.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { rolesForGuests, rolesForMembers } from '#core/people/rules.ts';
import { problemOf } from '#web/pages/api.ts';
import { FieldError } from '#web/pages/form.tsx';
import { InviteForm, LastDayField, RoleField } from '#web/pages/invite-form.tsx';
import {
  fetchArticlePeople,
  putOnArticle,
  restrictArticle,
  takeOffArticle,
  withdrawInvitation,
} from '#web/pages/people-api.ts';
import style from '#web/pages/people.module.css';
import { endOfDay } from '#web/pages/people-words.ts';
import { PinField } from '#web/pages/pin-field.tsx';
import { WaitingList } from '#web/pages/waiting-list.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';
import { listed, messages } from '#web/ui/messages.ts';
import overlay from '#web/ui/overlay.module.css';
import { peopleMessages } from '#web/ui/people-messages.ts';
import { timeWords } from '#web/ui/time.ts';

const words = peopleMessages.access;
type Act = (run: () => Promise<unknown>, done: string) => Promise<void>;

function Member({
  one,
  handOvers,
  onPin,
  onRemove,
}: {
  one: ArticlePerson;
  handOvers: readonly HandOver[];
  onPin: (pin: HandOver | null) => void;
  onRemove: () => void;
}): ReactElement {
  const { person, role, endsAt, by, pin } = one;
  const what = [
    by === 'writing' ? words.wrote : messages.roles[role],
    endsAt === null ? '' : words.until(timeWords(endsAt, new Date())),
  ].filter((part) => part !== '');
  return (
    <li>
      <Avatar name={person.name} color={person.color} />
      <span className={style.grow}>
        <b>{person.name}</b>
        <small>{what.join(' · ')}</small>
      </span>
      {(handOvers.length > 0 || pin !== null) && (
        <span className={style.sees}>
          <PinField
            label={null}
            name={words.seesOf(person.name)}
            value={pin}
            handOvers={handOvers}
            onChange={onPin}
          />
        </span>
      )}
      <Button aria-label={words.removeOf(person.name)} onPress={onRemove}>
        {words.remove}
      </Button>
    </li>
  );
}

function AddPerson({
  articleId,
  others,
  handOvers,
  myRole,
  act,
}: {
  articleId: string;
  others: ArticlePeople['others'];
  handOvers: readonly HandOver[];
  myRole: Role;
  act: Act;
}): ReactElement {
  const field = useId();
  const [chosen, setChosen] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [day, setDay] = useState('');
  const [pin, setPin] = useState<HandOver | null>(null);
  const person = others.find((one) => one.id === chosen);
  const choices = rolesForMembers(myRole, person?.role ?? 'viewer');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (!person) return;
    setChosen('');
    setDay('');
    setPin(null);
    const what = { role, endsAt: endOfDay(day), pin: pin?.id ?? null };
    void act(() => putOnArticle(articleId, person.id, what), words.added(person.name));
  };
  return (
    <form className={style.form} onSubmit={add}>
      <div className={control.field}>
        <label htmlFor={field} className={control.label}>
          {words.add}
        </label>
        <select
          id={field}
          className={control.input}
          value={chosen}
          onChange={(event) => {
            const next = others.find((one) => one.id === event.target.value);
            setChosen(next?.id ?? '');
            setRole(next?.role ?? 'viewer');
          }}
        >
          <option value="">{words.choose}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.name} · ${messages.roles[one.role]}`}
            </option>
          ))}
        </select>
      </div>
      {person && (
        <>
          <div className={style.pair}>
            <RoleField label={words.role} value={role} choices={choices} onChange={setRole} />
            <LastDayField value={day} onChange={setDay} />
          </div>
          {handOvers.length > 0 && (
            <PinField
              label={words.sees}
              name={words.sees}
              value={pin}
              handOvers={handOvers}
              onChange={setPin}
            />
          )}
          <div className={style.submit}>
            <button type="submit" className={classes(control.button, control.primary)}>
              {words.addSubmit}
            </button>
          </div>
        </>
      )}
    </form>
  );
}

function Access({
  articleId,
  list,
  myRole,
  act,
  reload,
}: {
  articleId: string;
  list: ArticlePeople;
  myRole: Role;
  act: Act;
  reload: () => void;
}): ReactElement {
  const hint = useId();
  const [inviting, setInviting] = useState(false);
  // Shown as chosen until the list says what became of it.
  const [closing, setClosing] = useState<boolean | null>(null);
  const restrict = async (closed: boolean): Promise<void> => {
    setClosing(closed);
    await act(() => restrictArticle(articleId, closed), closed ? words.restricted : words.opened);
    setClosing(null);
  };
  const pinTo = ({ person, role, endsAt }: ArticlePerson, pin: HandOver | null): Promise<void> =>
    act(
      () => putOnArticle(articleId, person.id, { role, endsAt, pin: pin?.id ?? null }),
      (pin === null ? words.unpinned : words.pinned)(person.name),
    );
  const own = list.people.filter((one) => one.by !== 'desk');
  const desk = list.people.filter((one) => one.by === 'desk');
  const names = listed(desk.map((one) => one.person.name));
  return (
    <>
      <section className={style.part}>
        <h3>{words.people}</h3>
        {own.length === 0 && <p className={style.lead}>{words.nobody}</p>}
        <ul className={style.list}>
          {own.map((one) => (
            <Member
              key={one.person.id}
              one={one}
              handOvers={list.handOvers}
              onPin={(pin) => void pinTo(one, pin)}
              onRemove={() =>
                void act(
                  () => takeOffArticle(articleId, one.person.id),
                  words.removed(one.person.name),
                )
              }
            />
          ))}
        </ul>
        <AddPerson
          articleId={articleId}
          others={list.others}
          handOvers={list.handOvers}
          myRole={myRole}
          act={act}
        />
      </section>
      <section className={style.part}>
        <h3>{words.desk}</h3>
        {!list.restricted && (
          <p className={style.lead}>
            {desk.length === 0 ? words.deskNobody : words.deskReads(names)}
          </p>
        )}
        <label className={style.check}>
          <input
            type="checkbox"
            checked={closing ?? list.restricted}
            aria-describedby={hint}
            onChange={({ target: { checked } }) => void restrict(checked)}
          />
          {words.restrict}
        </label>
        <p id={hint} className={style.lead}>
          {words.restrictHint}
        </p>
      </section>
      <section className={style.part}>
        <h3>{words.guest}</h3>
        <p className={style.lead}>{words.guestHint}</p>
        {inviting ? (
          <InviteForm
            articleId={articleId}
            handOvers={list.handOvers}
            choices={rolesForGuests(myRole)}
            onMade={reload}
            onDone={() => setInviting(false)}
          />
        ) : (
          <Button onPress={() => setInviting(true)}>{words.guest}</Button>
        )}
        {list.invitations.length > 0 && (
          <WaitingList
            invitations={list.invitations.map((one) => ({ ...one, article: null }))}
            onWithdraw={({ id, email }) =>
              void act(() => withdrawInvitation(id), peopleMessages.waiting.withdrawn(email))
            }
          />
        )}
      </section>
    </>
  );
}

/** `myRole` is what the reader is in the house, or else in the article: it decides which roles they can give. */
export function AccessDialog({
  articleId,
  myRole,
  onClose,
}: {
  articleId: string;
  myRole: Role;
  onClose: () => void;
}): ReactElement {
  const list = useQuery({
    queryKey: ['article-people', articleId],
    queryFn: () => fetchArticlePeople(articleId),
    staleTime: 0,
    gcTime: 0,
  });
  const [told, setTold] = useState({ text: '', failed: false });
  const act: Act = async (run, done) => {
    try {
      await run();
      setTold({ text: done, failed: false });
    } catch (error) {
      setTold({ text: problemOf(error), failed: true });
    }
    await list.refetch();
  };
  return (
    <Dialog title={words.title} open onClose={onClose} wide>
      {list.isPending && <p className={style.lead}>{words.loading}</p>}
      {list.isError && <FieldError text={problemOf(list.error)} />}
      {list.data && (
        <Access
          articleId={articleId}
          list={list.data}
          myRole={myRole}
          act={act}
          reload={() => void list.refetch()}
        />
      )}
      <div role="status">
        {!told.failed && told.text !== '' && <p className={style.told}>{told.text}</p>}
      </div>
      <div role="alert">{told.failed && <FieldError text={told.text} />}</div>
      <div className={overlay.dialogActions}>
        <Button onPress={onClose}>{words.close}</Button>
      </div>
    </Dialog>
  );
}
