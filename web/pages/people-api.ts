/** Questions about people, and what is done to them. */
import type { Role } from '#core/annotate/audience.ts';
import type {
  ArticlePeople,
  HousePeople,
  InvitationLook,
  JoinedHouse,
  MadeLink,
  ResetLook,
} from '#core/people/answers.ts';
import { get, send } from '#web/pages/api.ts';

const person = (id: string): string => `/api/people/${encodeURIComponent(id)}`;
const article = (id: string): string => `/api/articles/${encodeURIComponent(id)}`;

export const fetchHousePeople = async (): Promise<HousePeople> =>
  (await get('/api/people')) as HousePeople;

export const setRole = (id: string, role: Role): Promise<unknown> =>
  send('PUT', `${person(id)}/role`, { role });

export const setBanned = (id: string, banned: boolean): Promise<unknown> =>
  send('PUT', `${person(id)}/banned`, { banned });

export const signOutPerson = (id: string): Promise<unknown> =>
  send('POST', `${person(id)}/sign-out`);

export const signOutEverywhere = (): Promise<unknown> => send('POST', '/api/me/sign-out');

export const makeResetLink = async (id: string): Promise<MadeLink> =>
  (await send('POST', `${person(id)}/reset-link`)) as MadeLink;

/** Whom to invite with what role; `endsAt` is for guests of an article. */
export interface Invitee {
  email: string;
  role: Role;
  endsAt: string | null;
  /** The id of the hand-over they are to see the article at. */
  pin: string | null;
}

/** `articleId` null invites to the house. */
export async function invite(
  articleId: string | null,
  { endsAt, pin, ...who }: Invitee,
): Promise<MadeLink> {
  const path = articleId === null ? '/api/invitations' : `${article(articleId)}/invitations`;
  const body = articleId === null ? who : { ...who, endsAt, pin };
  return (await send('POST', path, body)) as MadeLink;
}

export const withdrawInvitation = (id: string): Promise<unknown> =>
  send('DELETE', `/api/invitations/${encodeURIComponent(id)}`);

export const fetchArticlePeople = async (id: string): Promise<ArticlePeople> =>
  (await get(`${article(id)}/people`)) as ArticlePeople;

export const putOnArticle = (
  articleId: string,
  userId: string,
  what: { role: Role; endsAt: string | null; pin: string | null },
): Promise<unknown> =>
  send('PUT', `${article(articleId)}/people/${encodeURIComponent(userId)}`, what);

export const takeOffArticle = (articleId: string, userId: string): Promise<unknown> =>
  send('DELETE', `${article(articleId)}/people/${encodeURIComponent(userId)}`);

export const restrictArticle = (articleId: string, restricted: boolean): Promise<unknown> =>
  send('PUT', `${article(articleId)}/restricted`, { restricted });

export const lookAtInvitation = async (token: string): Promise<InvitationLook> =>
  (await send('POST', '/api/join/look', { token })) as InvitationLook;

export const joinHouse = async (asked: {
  token: string;
  email: string;
  account: { name: string; password: string } | null;
}): Promise<JoinedHouse> => (await send('POST', '/api/join', asked)) as JoinedHouse;

export const lookAtReset = async (token: string): Promise<ResetLook> =>
  (await send('POST', '/api/reset/look', { token })) as ResetLook;

export const resetPassword = (token: string, password: string): Promise<unknown> =>
  send('POST', '/api/reset', { token, password });
