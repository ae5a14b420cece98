/** Everybody with an account, for administrators: roles, closing accounts, sessions, new passwords, invitations. */
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, UserPlus } from 'lucide-react';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { roles } from '#core/annotate/audience.ts';
import type { HousePerson, MadeLink } from '#core/people/answers.ts';
import type { Me } from '#core/sync/answers.ts';
import { problemOf } from '#web/pages/api.ts';
import { FieldError } from '#web/pages/form.tsx';
import { InviteForm } from '#web/pages/invite-form.tsx';
import page from '#web/pages/library.module.css';
import { LinkBox } from '#web/pages/link-box.tsx';
import { MessagePage } from '#web/pages/message-page.tsx';
import { fetchHousePeople, withdrawInvitation } from '#web/pages/people-api.ts';
import style from '#web/pages/people.module.css';
import { PersonRow } from '#web/pages/person-row.tsx';
import { refreshMe } from '#web/pages/queries.ts';
import { WaitingList } from '#web/pages/waiting-list.tsx';
import { ToLibrary } from '#web/pages/way-on.tsx';
import { AccountMenu } from '#web/panels/account-menu.tsx';
import { ThemeToggle } from '#web/panels/theme-toggle.tsx';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/class-names.ts';
import control from '#web/ui/control.module.css';
import { Dialog } from '#web/ui/dialog.tsx';
import { messages } from '#web/ui/messages.ts';
import { peopleMessages } from '#web/ui/people-messages.ts';
import table from '#web/ui/table.module.css';

const words = peopleMessages.house;
const AccessDialog = lazy(async () => ({
  default: (await import('#web/pages/access-dialog.tsx')).AccessDialog,
}));

/** What lies over the page. */
type Over =
  | { what: 'invite' }
  | { what: 'reset'; person: HousePerson; link: MadeLink }
  | { what: 'access'; articleId: string };

export function HousePeoplePage({
  me,
  onSignOut,
}: {
  me: Me;
  onSignOut: () => void;
}): ReactElement {
  const list = useQuery({
    queryKey: ['people'],
    queryFn: fetchHousePeople,
    enabled: me.rights.people,
    staleTime: 0,
  });
  const [over, setOver] = useState<Over | null>(null);
  const [told, setTold] = useState<{ text: string; failed: boolean }>({ text: '', failed: false });
  const close = (): void => setOver(null);

  /** Does one thing to somebody, says what came of it, and reads the list again. */
  const act = async (run: () => Promise<unknown>, done: string, self = false): Promise<void> => {
    try {
      await run();
      setTold({ text: done, failed: false });
      // What one may do oneself can have changed.
      if (self) await refreshMe();
    } catch (error) {
      setTold({ text: problemOf(error), failed: true });
    }
    await list.refetch();
  };

  if (!me.rights.people)
    return (
      <MessagePage title={words.title} text={words.forbidden}>
        <ToLibrary />
      </MessagePage>
    );
  const { people = [], invitations = [], restricted = [] } = list.data ?? {};
  return (
    <div className={page.page}>
      <title>{`${words.title} · ${messages.app.name}`}</title>
      <header className={page.bar}>
        <Link href="/" className={control.icon ?? ''} aria-label={words.back}>
          <ArrowLeft size={18} aria-hidden="true" className={style.mirrored} />
        </Link>
        <b>{messages.app.name}</b>
        <span className={page.space} />
        <ThemeToggle />
        <AccountMenu
          person={me.person}
          roleLabel={messages.roles[me.person.role]}
          onSignOut={onSignOut}
        />
      </header>
      <main className={page.main}>
        <div className={page.top}>
          <h1>{words.title}</h1>
          <Button look="ink" tall onPress={() => setOver({ what: 'invite' })}>
            <UserPlus size={16} aria-hidden="true" />
            {words.invite}
          </Button>
        </div>
        <div role="status">
          {!told.failed && told.text !== '' && <p className={style.told}>{told.text}</p>}
        </div>
        <div role="alert">{told.failed && <FieldError text={told.text} />}</div>
        {list.isError && (
          <div className={page.empty} role="alert">
            <p>
              {words.failed} {problemOf(list.error)}
            </p>
            <button type="button" className={control.button} onClick={() => void list.refetch()}>
              {words.retry}
            </button>
          </div>
        )}
        {list.isSuccess && (
          <>
            <table className={classes(table.table, style.table)}>
              <thead>
                <tr>
                  <th scope="col">{words.person}</th>
                  <th scope="col">{words.role}</th>
                  <th scope="col">{words.seen}</th>
                  <th scope="col">
                    <span className="hidden-text">{words.actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {people.map((person) => (
                  <PersonRow
                    key={person.id}
                    person={person}
                    isMe={person.id === me.person.id}
                    choices={roles}
                    act={act}
                    onLink={(link) => setOver({ what: 'reset', person, link })}
                  />
                ))}
              </tbody>
            </table>
            <WaitingList
              invitations={invitations}
              onWithdraw={({ id, email }) =>
                void act(() => withdrawInvitation(id), peopleMessages.waiting.withdrawn(email))
              }
            />
            {restricted.length > 0 && (
              <section className={style.section} aria-labelledby="restricted">
                <h2 id="restricted">{words.restricted}</h2>
                <p className={style.lead}>{words.restrictedHint}</p>
                <ul className={style.list}>
                  {restricted.map(({ id, headline }) => (
                    <li key={id}>
                      <span className={style.grow}>{headline || words.untitled}</span>
                      <Button onPress={() => setOver({ what: 'access', articleId: id })}>
                        {peopleMessages.menu.access}
                      </Button>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </main>
      <Dialog title={peopleMessages.invite.title} open={over?.what === 'invite'} onClose={close}>
        <p className={style.lead}>{peopleMessages.invite.lead}</p>
        <InviteForm
          articleId={null}
          choices={roles}
          onMade={() => void list.refetch()}
          onDone={close}
        />
      </Dialog>
      {over?.what === 'reset' && (
        <Dialog title={peopleMessages.link.password(over.person.name)} open onClose={close}>
          <LinkBox page="reset" link={over.link} onDone={close} />
        </Dialog>
      )}
      {over?.what === 'access' && (
        <Suspense fallback={null}>
          <AccessDialog
            articleId={over.articleId}
            myRole={me.person.role}
            onClose={() => {
              close();
              void list.refetch();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
