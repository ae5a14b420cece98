/** After a right, a session or a membership has changed: nothing that was known before counts, in requests and in open connections. */
import type { Context } from '#server/context.ts';

export function judgeAgain(context: Context): void {
  context.standings.forget();
  context.recheckSessions();
}
