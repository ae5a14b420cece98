/** The way into a new house: a link that makes the first admin, printed at the terminal while there is no account. */
import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { Auth } from '#server/auth/auth.ts';
import type { Accounts } from '#server/store/accounts.ts';

const lifetimeMs = 30 * 60 * 1000;

export const setupShape = z.object({
  token: z.string().check(z.maxLength(200)),
  name: z.string().check(z.trim(), z.regex(/^\P{Cc}{1,100}$/u)),
  email: z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200)),
  password: z.string().check(z.minLength(8), z.maxLength(128)),
});
export type Setup = z.infer<typeof setupShape>;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new link's token, or null when there are accounts already. Only its hash is kept. */
export async function makeAdminLink(accounts: Accounts, now: Date): Promise<string | null> {
  if ((await accounts.count()) > 0) return null;
  const token = randomBytes(32).toString('base64url');
  await accounts.keepAdminLink(hashOf(token), new Date(now.getTime() + lifetimeMs));
  return token;
}

/** True while the link can still be used, so that its page need not ask for anything in vain. */
export const adminLinkWorks = (accounts: Accounts, now: Date, token: string): Promise<boolean> =>
  accounts.adminLinkWorks(hashOf(token), now);

/** Makes the first admin. Null when the link is unknown, expired or used. */
export async function useAdminLink(
  parts: { accounts: Accounts; auth: Auth; now: Date; newId(): string },
  setup: Setup,
): Promise<{ userId: string } | null> {
  const { accounts, auth, now } = parts;
  const { token, name, email, password } = setup;
  const account = {
    id: parts.newId(),
    name,
    email,
    role: 'admin' as const,
    color: 0,
    passwordHash: await auth.hashPassword(password),
  };
  const made = await accounts.takeAdminLink(hashOf(token), now, account);
  return made ? { userId: account.id } : null;
}
