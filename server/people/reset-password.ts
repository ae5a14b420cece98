/** A new password by a link an administrator makes: one hour, once. There is no mail, so there is no other way back in. */
import type { Person } from '#core/annotate/annotation.ts';
import type { MadeLink, ResetLook } from '#core/people/answers.ts';
import { resetMs } from '#core/people/rules.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayManagePeople } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import { judgeAgain } from '#server/people/judge-again.ts';
import { hashOf, newToken } from '#server/people/token.ts';

/** Makes the link; it is told this once. */
export async function makeResetLink(
  context: Context,
  by: Person,
  personId: string,
): Promise<MadeLink> {
  const { links, now, people, store } = context;
  if (!mayManagePeople(by.role)) throw new RefusalError('FORBIDDEN');
  const person = await people.byId(personId);
  if (!person || person.banned) throw new RefusalError('NOT_FOUND');
  const at = now();
  const token = newToken();
  const expiresAt = new Date(Date.parse(at) + resetMs).toISOString();
  const tokenHash = hashOf(token);
  await links.keepReset({ tokenHash, userId: personId, madeBy: by.id, at, expiresAt });
  await store.audit({
    at,
    userId: by.id,
    action: 'person.reset-link',
    detail: { person: personId },
  });
  return { token, expiresAt };
}

/** Whose password the link changes. LINK_EXPIRED when it does not work, or its maker is no administrator any more. */
async function opened(
  { links, now, people }: Context,
  token: string,
): Promise<ResetLook & { id: string }> {
  const found = await links.reset(hashOf(token), now());
  if (!found) throw new RefusalError('LINK_EXPIRED');
  const [person, maker] = await Promise.all([people.byId(found.userId), people.byId(found.madeBy)]);
  if (!person || person.banned || !maker || maker.banned || !mayManagePeople(maker.role))
    throw new RefusalError('LINK_EXPIRED');
  const { id, name, email } = person;
  return { id, name, email };
}

export async function lookAtReset(context: Context, token: string): Promise<ResetLook> {
  const { name, email } = await opened(context, token);
  return { name, email };
}

/** Sets the password and ends every session of the person. Gives the address to sign in with. */
export async function resetPassword(
  context: Context,
  { token, password }: { token: string; password: string },
): Promise<{ email: string }> {
  const { auth, links, now, store } = context;
  const { id: userId, email } = await opened(context, token);
  const passwordHash = await auth.hashPassword(password);
  if (!(await links.useReset(hashOf(token), now(), { userId, passwordHash })))
    throw new RefusalError('LINK_EXPIRED');
  judgeAgain(context);
  await store.audit({ at: now(), userId, action: 'person.password', detail: {} });
  return { email };
}
