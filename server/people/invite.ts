/** Invitations: made by an administrator for the house or by an editor for one article, and used once by whoever was meant. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Role } from '#core/annotate/audience.ts';
import type {
  InvitationLook,
  JoinedHouse,
  MadeLink,
  PendingInvitation,
} from '#core/people/answers.ts';
import {
  houseRoleOfGuests,
  invitationMs,
  mayShare,
  refusesEnd,
  refusesGuest,
  refusesHouseInvitation,
} from '#core/people/rules.ts';
import { RefusalError, type ErrorCode } from '#core/sync/error.ts';
import { headlineOf } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { judgeAgain } from '#server/people/judge-again.ts';
import { hashOf, newToken } from '#server/people/token.ts';
import { reviewAtPin } from '#server/review/pinned.ts';
import type { Invitation } from '#server/store/links.ts';

/** Whom to invite to what. `articleId` null is the whole house. */
export interface Asked {
  email: string;
  role: Role;
  articleId: string | null;
  endsAt: string | null;
  /** The hand-over they are to see the article at, by its id. */
  pin: string | null;
}

/** Why the person may not make this invitation, or null. Read afresh, so that a right taken away is gone at once. */
async function refuses(
  { people, standings }: Context,
  giverId: string,
  { role, articleId }: Pick<Asked, 'role' | 'articleId'>,
): Promise<ErrorCode | null> {
  const giver = await people.byId(giverId);
  if (!giver || giver.banned) return 'FORBIDDEN';
  if (articleId === null) return refusesHouseInvitation(giver.role);
  return refusesGuest(giver.role, await standings.of(giver.id, articleId), role);
}

/** Makes an invitation; the link is told this once. */
export async function invite(context: Context, by: Person, asked: Asked): Promise<MadeLink> {
  const { desk, links, now, people, store } = context;
  const { pin: pinId, ...rest } = asked;
  const { articleId, email, endsAt, role } = rest;
  const at = now();
  const refused = (await refuses(context, by.id, asked)) ?? refusesEnd(endsAt, at);
  if (refused) throw new RefusalError(refused);
  if (await people.byEmail(email)) throw new RefusalError('ALREADY_HERE');
  if (pinId !== null && !(articleId !== null && (await desk.oneHandOver(articleId, pinId))))
    throw new RefusalError('NOT_FOUND');
  const token = newToken();
  const week = new Date(Date.parse(at) + invitationMs).toISOString();
  const expiresAt = endsAt !== null && endsAt < week ? endsAt : week;
  const tokenHash = hashOf(token);
  const id = await links.invite({ ...rest, pinId, tokenHash, invitedBy: by.id, at, expiresAt });
  await store.audit({
    at,
    userId: by.id,
    action: 'person.invite',
    ...(articleId === null ? {} : { articleId }),
    detail: { invitation: id, role, endsAt, ...(pinId === null ? {} : { pin: pinId }) },
  });
  return { token, expiresAt };
}

/** How lists show invitations. */
export async function presentInvitations(
  { people }: Context,
  invitations: readonly Invitation[],
): Promise<PendingInvitation[]> {
  const names = await people.named(invitations.map((one) => one.invitedBy));
  return invitations.map(({ invitedBy, ...rest }) => ({
    ...rest,
    by: names.get(invitedBy)?.name ?? '',
  }));
}

/** Takes an invitation back: by an administrator, or by who shares the article it is for. */
export async function withdraw(context: Context, by: Person, id: string): Promise<void> {
  const { links, now, standings, store } = context;
  const at = now();
  const found = await links.invitation({ id }, at);
  const standing = found?.article ? await standings.of(by.id, found.article.id) : null;
  const mayTakeBack = by.role === 'admin' || (standing !== null && mayShare(by.role, standing));
  if (!found || !mayTakeBack || !(await links.withdraw(id))) throw new RefusalError('NOT_FOUND');
  await store.audit({
    at,
    userId: by.id,
    action: 'person.invite.withdraw',
    ...(found.article ? { articleId: found.article.id } : {}),
    detail: { invitation: id },
  });
}

/** The invitation behind a token. LINK_EXPIRED when it is unknown, used, old, or its maker could not make it any more. */
async function opened(context: Context, token: string): Promise<Invitation> {
  const found = await context.links.invitation({ tokenHash: hashOf(token) }, context.now());
  if (!found) throw new RefusalError('LINK_EXPIRED');
  const { article, invitedBy, role } = found;
  const asked = { role, articleId: article?.id ?? null };
  if (await refuses(context, invitedBy, asked)) throw new RefusalError('LINK_EXPIRED');
  return found;
}

/** What a link is for. `me` is who is signed in, if anybody. */
export async function lookAtInvitation(
  context: Context,
  me: Person | null,
  token: string,
): Promise<InvitationLook> {
  const { article, email, endsAt, role, pin } = await opened(context, token);
  // Who will see the article as it stood is not told what it is called now.
  const then = article && pin ? await reviewAtPin(context, article.id, pin) : null;
  const owner = await context.people.byEmail(email);
  return {
    email,
    role,
    endsAt,
    asOf: pin?.at ?? null,
    article: then ? headlineOf(then.doc) : (article?.headline ?? null),
    hasAccount: owner !== null,
    isMe: owner !== null && owner.id === me?.id,
  };
}

/** How somebody comes in: with a new account, or as who is signed in already. */
export interface Joining {
  token: string;
  email: string;
  account: { name: string; password: string } | null;
}

/** Uses an invitation. Role, article and address are those of the invitation, whatever was sent. */
export async function join(
  context: Context,
  me: Person | null,
  { token, email, account }: Joining,
): Promise<JoinedHouse & { isNew: boolean }> {
  const { auth, links, newId, now, people, store } = context;
  const invitation = await opened(context, token);
  if (invitation.email !== email) throw new RefusalError('LINK_EXPIRED');
  const owner = await people.byEmail(email);
  const { article, role } = invitation;
  let userId: string;
  if (owner) {
    // Having the link is not enough to give somebody else's account a new article.
    if (owner.id !== me?.id || !article) throw new RefusalError('LINK_EXPIRED');
    userId = owner.id;
    if (!(await links.accept(invitation, now(), { userId })))
      throw new RefusalError('LINK_EXPIRED');
  } else {
    if (!account) throw new RefusalError('BAD_REQUEST');
    userId = newId();
    const made = {
      id: userId,
      name: account.name,
      email,
      role: article ? houseRoleOfGuests : role,
      color: await context.accounts.count(),
      passwordHash: await auth.hashPassword(account.password),
    };
    if (!(await links.accept(invitation, now(), { account: made })))
      throw new RefusalError('LINK_EXPIRED');
  }
  await store.audit({
    at: now(),
    userId,
    action: 'person.join',
    ...(article ? { articleId: article.id } : {}),
    detail: { invitation: invitation.id, invitedBy: invitation.invitedBy, role },
  });
  judgeAgain(context);
  return { articleId: article?.id ?? null, isNew: !owner };
}
