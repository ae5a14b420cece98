/** Questions to the server over HTTP. A refusal becomes an ApiError that carries the server's own sentence. */
import type { Library, DemoPeople, Me } from '#core/sync/answers.ts';
import { messages } from '#web/ui/messages.ts';

/** What went wrong, in words for people. `code` is the server's, or UNREACHABLE when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const { unreachable } = messages.signIn;

/** The sentence for something that failed. */
export const problemOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : unreachable;

interface RefusalBody {
  code?: unknown;
  message?: unknown;
}

async function request(path: string, init: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: 'same-origin', ...init });
  } catch {
    throw new ApiError(0, 'UNREACHABLE', unreachable);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const { code, message } = (body ?? {}) as RefusalBody;
  throw new ApiError(
    answer.status,
    typeof code === 'string' ? code : 'INTERNAL',
    typeof message === 'string' ? message : unreachable,
  );
}

export const get = (path: string): Promise<unknown> =>
  request(path, { headers: { Accept: 'application/json' } });

/** Asks for something to be done; `body` goes as JSON. */
export const send = (
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown = {},
): Promise<unknown> =>
  request(path, {
    method,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });

export const post = (path: string, body: unknown): Promise<unknown> => send('POST', path, body);

/** Sends the bytes of a file as they are: the server judges what they are. */
export async function sendFile(
  path: string,
  file: Blob,
  type = 'application/octet-stream',
): Promise<unknown> {
  const body = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': type, Accept: 'application/json' },
    body: file,
  });
  if (body === null) throw new ApiError(0, 'INTERNAL', unreachable);
  return body;
}

/** Who is signed in; null when nobody is. */
export async function fetchMe(): Promise<Me | null> {
  try {
    return (await get('/api/me')) as Me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const fetchLibrary = async (asked: Record<string, string>): Promise<Library> =>
  (await get(`/api/articles?${new URLSearchParams(asked)}`)) as Library;

/** The people of the demo; an empty list where there is no demo. */
export async function fetchDemoPeople(): Promise<DemoPeople['people']> {
  try {
    return ((await get('/api/demo')) as DemoPeople).people;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

export const signIn = (email: string, password: string): Promise<unknown> =>
  post('/api/auth/sign-in/email', { email, password });

export const signInAs = (userId: string): Promise<unknown> => post('/api/demo/sign-in', { userId });

export const signOut = (): Promise<unknown> => post('/api/auth/sign-out', {});

/** Refused when the link does not work, or not any more. */
export const lookAtSetup = (token: string): Promise<unknown> => post('/api/setup/look', { token });

export const setUp = (account: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<unknown> => post('/api/setup', account);
