/** Who can open one article: its people, and whether the desk can. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { ArticlePeople, ArticlePerson } from '#core/people/answers.ts';
import { refusesEnd, refusesSharing, rolesForMembers } from '#core/people/rules.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { standingOf } from '#server/store/standing-of.ts';
import type { Context } from '#server/context.ts';
import { presentInvitations } from '#server/people/invite.ts';
import { judgeAgain } from '#server/people/judge-again.ts';
import type { ArticleRow } from '#server/store/store.ts';

/** The article, for somebody who may say who has access to it. */
async function shared(context: Context, by: Person, articleId: string): Promise<ArticleRow> {
  const [row, standing] = await Promise.all([
    context.store.article(articleId),
    context.standings.of(by.id, articleId),
  ]);
  const refused = refusesSharing(by.role, standing);
  if (!row || refused) throw new RefusalError(refused ?? 'ARTICLE_UNKNOWN');
  return row;
}

/** Older hand-overs than these nobody is pinned to anew. */
const mostHandOvers = 50;

/** Everybody with access, who else could have it, and who is invited. Closed accounts are left out. */
export async function showArticlePeople(
  context: Context,
  by: Person,
  articleId: string,
): Promise<ArticlePeople> {
  const row = await shared(context, by, articleId);
  const { desk, links, now, people, store } = context;
  const [all, memberships, pending, handOvers] = await Promise.all([
    people.all(),
    store.membershipsIn(articleId),
    links.pending(now(), articleId),
    desk.handOvers(articleId, mostHandOvers),
  ]);
  const found: ArticlePerson[] = [];
  const others: Person[] = [];
  for (const { email: _none, banned, lastSeenAt: _never, ...person } of all) {
    if (banned) continue;
    const standing = standingOf(person, row, memberships, now());
    const { member, pin, role, writer } = standing;
    if (!member && !writer) others.push(person);
    if (!may(standing, 'read')) continue;
    const own = memberships.find((one) => one.userId === person.id);
    const endsAt = member ? (own?.endsAt ?? null) : null;
    const by = member ? 'membership' : writer ? 'writing' : 'desk';
    found.push({ person, role, endsAt, by, pin: pin ?? null });
  }
  return {
    headline: row.headline,
    restricted: row.restricted,
    people: found,
    others,
    invitations: await presentInvitations(context, pending),
    handOvers,
  };
}

/** Adds somebody of the house to an article, or changes what they are there. `pin` is the hand-over they are to see it at. */
export async function putOnArticle(
  context: Context,
  by: Person,
  asked: {
    articleId: string;
    userId: string;
    role: Role;
    endsAt: string | null;
    pin: string | null;
  },
): Promise<void> {
  const { articleId, userId, role, endsAt } = asked;
  await shared(context, by, articleId);
  const { desk, now, people, store } = context;
  const person = await people.byId(userId);
  if (!person || person.banned) throw new RefusalError('NOT_FOUND');
  const at = now();
  const refused = refusesEnd(endsAt, at);
  if (refused) throw new RefusalError(refused);
  if (!rolesForMembers(by.role, person.role).includes(role)) throw new RefusalError('FORBIDDEN');
  const pin = asked.pin === null ? null : await desk.oneHandOver(articleId, asked.pin);
  if (asked.pin !== null && !pin) throw new RefusalError('NOT_FOUND');
  // Nobody locks themselves out of what they work on.
  if (pin && userId === by.id) throw new RefusalError('FORBIDDEN');
  await store.putMembership({ articleId, userId, role, endsAt, pin });
  judgeAgain(context);
  const detail = { person: userId, role, endsAt, ...(pin && { pin: pin.id }) };
  await store.audit({ at, userId: by.id, action: 'article.person', articleId, detail });
}

/** Takes somebody off an article. On one that is not restricted the desk reads on. */
export async function takeOffArticle(
  context: Context,
  by: Person,
  asked: { articleId: string; userId: string },
): Promise<void> {
  const { articleId, userId } = asked;
  await shared(context, by, articleId);
  const { now, people, store } = context;
  if (!(await people.removeFrom(articleId, userId))) throw new RefusalError('NOT_FOUND');
  judgeAgain(context);
  const detail = { person: userId };
  await store.audit({
    at: now(),
    userId: by.id,
    action: 'article.person.remove',
    articleId,
    detail,
  });
}

/** Closes an article to the desk, or opens it again. An editor who closes it stays in. */
export async function restrict(
  context: Context,
  by: Person,
  asked: { articleId: string; restricted: boolean },
): Promise<void> {
  const { articleId, restricted } = asked;
  await shared(context, by, articleId);
  const { now, people, standings, store } = context;
  const standing = await standings.of(by.id, articleId);
  if (restricted && standing && !standing.member && may(standing, 'read'))
    await store.putMembership({ articleId, userId: by.id, role: by.role, endsAt: null });
  await people.setRestricted(articleId, restricted);
  judgeAgain(context);
  const detail = { restricted };
  await store.audit({ at: now(), userId: by.id, action: 'article.restrict', articleId, detail });
}
