// A house with an administrator and an editor, and what tests about people ask of it. One for each test file.
import { expect } from 'vitest';
import type { Role } from '#core/annotate/audience.ts';
import type { MadeLink } from '#core/people/answers.ts';
import type { Me } from '#core/sync/answers.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { openDatabase, type Database } from '#server/store/client.ts';
import { cookieHeader, liveServer, type LiveServer } from '#tests/server/live-server.ts';
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts';

export const password = 'a long enough one';
export const hour = 60 * 60 * 1000;

let fresh: FreshDatabase;
export let database: Database;
export let live: LiveServer;
export let admin: string;
export let editor: string;
/** Opens it; call before all tests of a file. */
export async function openHouse(): Promise<void> {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  live = await liveServer({ TRUSTED_PROXIES: '127.0.0.1' }, fresh);
  admin = await live.person('Ada', 'admin');
  editor = await live.person('Tom', 'editor');
}
export async function closeHouse(): Promise<void> {
  await live.end();
  await database.close();
  await fresh.drop();
}

/** Each question comes from an address of its own, so that limits of one test are none of another. */
let address = 0;
export interface Told {
  status: number;
  body: unknown;
  cookie: string;
  code: ErrorCode | undefined;
}
export async function ask(
  method: string,
  path: string,
  who: { as?: string; cookie?: string; from?: string } = {},
  body?: object,
): Promise<Told> {
  const cookie = who.cookie ?? (who.as === undefined ? '' : await live.cookie(who.as));
  const answer = await live.ask(path, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': who.from ?? `10.1.${++address >> 8}.${address & 255}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cookie,
  });
  const told: unknown = await answer.json();
  return {
    status: answer.status,
    body: told,
    cookie: cookieHeader(answer.headers.getSetCookie()),
    code: (told as { code?: ErrorCode }).code,
  };
}

let counter = 0;
export const mail = (): string => `person-${++counter}@galley.test`;
export const account = (name = 'Nina'): { name: string; password: string } => ({ name, password });

export async function invited(email: string, role: Role = 'reviewer', as = admin): Promise<string> {
  const told = await ask('POST', '/api/invitations', { as }, { email, role });
  expect(told.status).toBe(201);
  return (told.body as MadeLink).token;
}
export async function guest(
  articleId: string,
  email: string,
  rest: { role?: Role; endsAt?: string } = {},
  as = editor,
): Promise<Told> {
  const body = { email, role: 'writer', ...rest };
  return ask('POST', `/api/articles/${articleId}/invitations`, { as }, body);
}
export const join = (token: string, email: string, rest: object = {}): Promise<Told> =>
  ask('POST', '/api/join', {}, { token, email, account: account(), ...rest });
export const meOf = async (cookie: string): Promise<Me> =>
  (await ask('GET', '/api/me', { cookie })).body as Me;
export const auditsOf = async (action: string): Promise<number> =>
  (await live.audits(action)).length;
export const signIn = (email: string, word = password): Promise<Told> =>
  ask('POST', '/api/auth/sign-in/email', {}, { email, password: word });
