/** What is wrong with what was typed at the door, in sentences, before and after the server was asked. */
import { ApiError } from '#web/pages/api.ts';
import { messages } from '#web/ui/messages.ts';

const { signIn, setup } = messages;
const leastPassword = 8;

/** What is wrong with a form, by field; `form` is about all of it. */
export interface Problems {
  name?: string;
  email?: string;
  password?: string;
  form?: string;
}

/** What is missing or odd before the server is asked. */
export function signInProblems(email: string, password: string): Problems {
  const problems: Problems = {};
  if (email.trim() === '') problems.email = signIn.emailMissing;
  else if (!/^\S+@\S+$/u.test(email.trim())) problems.email = signIn.emailOdd;
  if (password === '') problems.password = signIn.passwordMissing;
  return problems;
}

/** The sentence for a sign-in that failed. */
export function signInProblem(error: unknown): string {
  if (!(error instanceof ApiError)) return signIn.unreachable;
  if (error.code === 'WRONG_ADDRESS') return error.message;
  if (error.status === 429) return signIn.throttled;
  if (error.code === 'ACCOUNT_CLOSED') return error.message;
  if (error.status === 400 || error.status === 401 || error.status === 403) return signIn.wrong;
  return error.message;
}

/** Where to go after signing in: only an address of our own. */
export const safeNext = (next: string | null): string =>
  next !== null && /^\/(?![/\\])/u.test(next) ? next : '/';

/** What is missing before the server is asked. */
export function setupProblems(name: string, email: string, password: string): Problems {
  const problems: Problems = {};
  if (name.trim() === '') problems.name = setup.nameMissing;
  if (email.trim() === '') problems.email = signIn.emailMissing;
  else if (!/^\S+@\S+$/u.test(email.trim())) problems.email = signIn.emailOdd;
  return { ...problems, ...passwordProblems(password) };
}

/** What is wrong with a new password. */
export const passwordProblems = (password: string): Problems =>
  password.length < leastPassword ? { password: setup.passwordShort } : {};
