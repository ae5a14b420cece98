/** What administrators do to accounts: roles, bans, ending sessions. Each act is judged at once in every open connection. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { HousePeople } from '#core/people/answers.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayManagePeople } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import { presentInvitations } from '#server/people/invite.ts';
import { judgeAgain } from '#server/people/judge-again.ts';
import type { Changed } from '#server/store/people.ts';

function needAdmin(by: Person): void {
  if (!mayManagePeople(by.role)) throw new RefusalError('FORBIDDEN');
}

function take(changed: Changed): void {
  if (changed === 'unknown') throw new RefusalError('NOT_FOUND');
  if (changed === 'last-admin') throw new RefusalError('LAST_ADMIN');
}

/** Everybody with an account, the invitations that wait, and the articles that are closed to the desk. */
export async function listPeople(context: Context, by: Person): Promise<HousePeople> {
  needAdmin(by);
  const { links, now, people, store } = context;
  const [all, pending, articles] = await Promise.all([
    people.all(),
    links.pending(now()),
    store.listArticles(),
  ]);
  return {
    people: all,
    invitations: await presentInvitations(context, pending),
    restricted: articles
      .filter((article) => article.restricted)
      .map(({ id, headline }) => ({ id, headline })),
  };
}

export async function changeRole(
  context: Context,
  by: Person,
  personId: string,
  role: Role,
): Promise<void> {
  needAdmin(by);
  const { now, people, store } = context;
  take(await people.setRole(personId, role));
  judgeAgain(context);
  const detail = { person: personId, role };
  await store.audit({ at: now(), userId: by.id, action: 'person.role', detail });
}

/** Closes an account or opens it again. Nobody bans themselves: that would be a slip. */
export async function setBanned(
  context: Context,
  by: Person,
  personId: string,
  banned: boolean,
): Promise<void> {
  needAdmin(by);
  const { now, people, store } = context;
  if (banned && personId === by.id) throw new RefusalError('FORBIDDEN');
  take(await (banned ? people.ban(personId) : people.unban(personId)));
  judgeAgain(context);
  const action = banned ? 'person.ban' : 'person.unban';
  await store.audit({ at: now(), userId: by.id, action, detail: { person: personId } });
}

/** Ends all sessions of oneself, or as an administrator those of somebody. */
export async function signOutEverywhere(
  context: Context,
  by: Person,
  personId: string,
): Promise<void> {
  if (personId !== by.id) needAdmin(by);
  const { now, people, store } = context;
  if (!(await people.byId(personId))) throw new RefusalError('NOT_FOUND');
  await people.endSessions(personId);
  judgeAgain(context);
  const detail = { person: personId };
  await store.audit({ at: now(), userId: by.id, action: 'person.sign-out', detail });
}
