/** Sign-in: better-auth with e-mail and password on our own tables. Nobody signs themselves up; accounts come from the admin. */
import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthEndpoint, createAuthMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as z from 'zod';
import type { Person } from '#core/annotate/annotation.ts';
import { RefusalError } from '#core/sync/error.ts';
import { Attempts } from '#server/auth/attempts.ts';
import type { Config } from '#server/config.ts';
import type { Logger } from '#server/log.ts';
import type { Database } from '#server/store/client.ts';
import { personOf } from '#server/store/article-row.ts';

/** The header in which the HTTP layer tells better-auth the client's address; what a client sends in it is thrown away. */
export const addressHeader = 'x-galley-address';

/** Who is signed in, and in which session. */
export interface SignedIn {
  person: Person;
  sessionId: string;
}

const dayInSeconds = 24 * 60 * 60;

/** Signs in as a person without a password. Called by the demo's own route only; it has no path of its own. */
const pickPerson = {
  id: 'pick-person',
  endpoints: {
    pickPerson: createAuthEndpoint(
      { method: 'POST', body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw new RefusalError('NOT_FOUND');
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ ok: true });
      },
    ),
  },
} satisfies BetterAuthPlugin;

export interface AuthDeps {
  config: Config;
  database: Database;
  secret: string;
  origins: readonly string[];
  log: Logger;
  /** Hears of every new session. */
  onSignIn(userId: string): Promise<void>;
  /** Whose account is closed gets no session. */
  isBanned(userId: string): Promise<boolean>;
  /** Hears of everybody whose session is used, each time. */
  onSeen(userId: string): void;
}

/** The only paths of better-auth that are open: accounts are changed by our own verbs, if at all. */
export const authPaths: ReadonlySet<string> = new Set([
  '/api/auth/sign-in/email',
  '/api/auth/sign-out',
]);

const emailOf = (body: unknown): string | null => {
  const { email } = (body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email : null;
};

/** Refuses further tries on an account after too many wrong passwords, whatever address they come from. */
function limitByAccount(attempts: Attempts) {
  return {
    before: createAuthMiddleware(async (ctx) => {
      const email = ctx.path === '/sign-in/email' ? emailOf(ctx.body) : null;
      if (email !== null && attempts.isBlocked(email))
        throw new APIError('TOO_MANY_REQUESTS', {
          message: 'Too many wrong passwords. Try again in a quarter of an hour.',
        });
    }),
    after: createAuthMiddleware(async (ctx) => {
      const email = ctx.path === '/sign-in/email' ? emailOf(ctx.body) : null;
      if (email === null) return;
      if (ctx.context.returned instanceof APIError) attempts.failed(email);
      else attempts.succeeded(email);
    }),
  };
}

/** A closed account's own words, told only to who knows its password. */
const closed = { code: 'ACCOUNT_CLOSED', message: 'This account is closed. Ask an administrator.' };

function make({ config, database, secret, origins, log, onSignIn, isBanned }: AuthDeps) {
  return betterAuth({
    baseURL: origins[0] ?? '',
    basePath: '/api/auth',
    secret,
    trustedOrigins: [...origins],
    database: prismaAdapter(database.prisma, { provider: 'postgresql', transaction: true }),
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        color: { type: 'string', input: false, required: false },
        banned: { type: 'boolean', input: false, required: false },
      },
    },
    session: { expiresIn: 30 * dayInSeconds, updateAge: dayInSeconds },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 200,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
      },
    },
    advanced: {
      useSecureCookies: (origins[0] ?? '').startsWith('https:'),
      cookiePrefix: 'galley',
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    hooks: limitByAccount(new Attempts()),
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (await isBanned(session.userId)) throw new APIError('FORBIDDEN', closed);
          },
          after: (session) => onSignIn(session.userId),
        },
      },
    },
    // Its messages can name people; what went wrong is told by level and place alone.
    logger: {
      log: (level) => log[level === 'error' ? 'error' : 'debug']({ part: 'auth' }, 'auth'),
    },
    plugins: config.demo ? [pickPerson] : [],
  });
}

export class Auth {
  readonly engine: ReturnType<typeof make>;
  private readonly database: Database;
  private readonly demo: boolean;
  private readonly onSeen: (userId: string) => void;

  constructor(deps: AuthDeps) {
    this.engine = make(deps);
    this.database = deps.database;
    this.demo = deps.config.demo;
    this.onSeen = (userId) => deps.onSeen(userId);
  }

  /** The person of the session cookie, or null. A banned person has no session. */
  async identify(headers: Headers): Promise<SignedIn | null> {
    if (!headers.has('cookie')) return null;
    const found = await this.engine.api.getSession({ headers, query: { disableRefresh: true } });
    if (!found || found.user.banned === true) return null;
    const { id, name, role, color } = found.user;
    this.onSeen(id);
    return {
      person: personOf({ id, name, role, color: color ?? null }),
      sessionId: found.session.id,
    };
  }

  /** Of these sessions those that still stand, with their people as they are now; one question for all of them. */
  async stillSignedIn(sessionIds: readonly string[]): Promise<Map<string, Person>> {
    const rows = await this.database.prisma.session.findMany({
      where: {
        id: { in: [...new Set(sessionIds)] },
        expiresAt: { gt: new Date() },
        user: { banned: false },
      },
      select: { id: true, user: { select: { id: true, name: true, role: true, color: true } } },
    });
    for (const { user } of rows) this.onSeen(user.id);
    return new Map(rows.map(({ id, user }) => [id, personOf(user)]));
  }

  async hashPassword(password: string): Promise<string> {
    return (await this.engine.$context).password.hash(password);
  }

  /** Signs in with a password; gives the cookies to set. */
  async signIn(email: string, password: string, headers: Headers): Promise<string[]> {
    const body = { email, password };
    const answer = await this.engine.api.signInEmail({ body, headers, returnHeaders: true });
    return answer.headers.getSetCookie();
  }

  /** Demo only: signs in as somebody; gives the cookies to set. */
  async signInAs(userId: string, headers: Headers): Promise<string[]> {
    if (!this.demo) throw new RefusalError('NOT_FOUND');
    const api = this.engine.api as unknown as {
      pickPerson(input: {
        body: { userId: string };
        headers: Headers;
        returnHeaders: true;
      }): Promise<{ headers: Headers }>;
    };
    const answer = await api.pickPerson({ body: { userId }, headers, returnHeaders: true });
    return answer.headers.getSetCookie();
  }
}
