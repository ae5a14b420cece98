/** What one person may do about another: invite, give a role, share an article. Pure, the same on the server and in the browser.
 *  An invitation is judged by these rules twice: when it is made, and again when it is used. */
import { roles, type Role } from '#core/annotate/audience.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { may, mayManagePeople, type Standing } from '#core/sync/policy.ts';

/** How long an invitation waits. */
export const invitationMs = 7 * 24 * 60 * 60 * 1000;
/** How long a link for a new password works. */
export const resetMs = 60 * 60 * 1000;

/** The roles somebody can have in one article; administrators are of the house. */
export const articleRoles: readonly Role[] = roles.filter((role) => role !== 'admin');
/** What an editor may make of somebody from outside: neither sees what is only for the desk. */
export const guestRoles: readonly Role[] = ['viewer', 'writer'];

/** Whoever is invited to one article is a reader of the house; what they may do there is their membership. */
export const houseRoleOfGuests: Role = 'viewer';

/** May the person say who has access to the article? An admin may without reading it, so that none is ever locked up for good. */
export const mayShare = (role: Role, standing: Standing): boolean =>
  mayManagePeople(role) || may(standing, 'share');

/** Why the person may not say who has access, or null. Who may not read the article is told nothing of it. */
export function refusesSharing(role: Role, standing: Standing | null): ErrorCode | null {
  if (standing === null) return 'ARTICLE_UNKNOWN';
  if (mayShare(role, standing)) return null;
  return may(standing, 'read') ? 'FORBIDDEN' : 'ARTICLE_UNKNOWN';
}

/** The roles that somebody of role `giver` may invite outsiders with to an article. */
export const rolesForGuests = (giver: Role): readonly Role[] =>
  mayManagePeople(giver) ? articleRoles : guestRoles;

/** The roles that `giver` may give in an article to somebody who is `holder` in the house: never more than they are, unless by an admin. */
export const rolesForMembers = (giver: Role, holder: Role): readonly Role[] =>
  mayManagePeople(giver)
    ? roles.filter((role) => role !== 'admin' || holder === 'admin')
    : roles.filter((role) => role === holder || guestRoles.includes(role));

/** An end that has passed is no end; `null` is for as long as the article is there. */
export const refusesEnd = (endsAt: string | null, now: string): ErrorCode | null =>
  endsAt !== null && endsAt <= now ? 'BAD_REQUEST' : null;

/** Why the person may not invite to the house, or null. */
export const refusesHouseInvitation = (giver: Role): ErrorCode | null =>
  mayManagePeople(giver) ? null : 'FORBIDDEN';

/** Why the person may not invite somebody with this role to the article, or null. */
export function refusesGuest(giver: Role, standing: Standing | null, role: Role): ErrorCode | null {
  const refused = refusesSharing(giver, standing);
  if (refused) return refused;
  return rolesForGuests(giver).includes(role) ? null : 'FORBIDDEN';
}

/** The role of a membership after its holder's role in the house has changed: one that was given as what they were follows,
 *  so that nobody keeps a right by it. Who wrote an article stays its writer. */
export const roleAfterChange = (membership: Role, before: Role, after: Role): Role =>
  membership === before && before !== 'writer' ? after : membership;
