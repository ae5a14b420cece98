/** What a failed database call was, told by code only: words of errors change and are translated. */

/** What the driver says of a line that is dead or cut. Unlike all that PostgreSQL says these have no code; they are never translated. */
const lateWords = /^(Query read timeout|timeout exceeded when trying to connect)/;
const cutWords = /^(Connection terminated|Client has encountered a connection error)/;

function codeOfLine(error: object): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (lateWords.test(error.message)) return 'ETIMEDOUT';
  return cutWords.test(error.message) ? 'ECONNRESET' : undefined;
}

/** The SQLSTATE of a failed statement, or Prisma's own code; undefined when the error is none of the database's. */
export function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    const { code, originalCode, cause, meta } = at as Record<string, unknown>;
    if (typeof originalCode === 'string') return originalCode;
    const inner = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
    const next: unknown = inner ?? cause;
    if (typeof next === 'object' && next !== null) {
      const deeper = codeOf(next);
      if (deeper !== undefined) return deeper;
    }
    return typeof code === 'string' ? code : codeOfLine(at);
  }
  return undefined;
}

/** A row with this key is there already. */
export const isDuplicate = (error: unknown): boolean =>
  ['23505', 'P2002'].includes(codeOf(error) ?? '');

const unreachable = /^(P10\d\d|P2024|P2028|P2037|08\w{3}|57P0\d|53\w{3}|E[A-Z]+)$/;

/** The database cannot be reached, is starting or stopping, or has no room: another try may do. */
export const isUnavailable = (error: unknown): boolean => unreachable.test(codeOf(error) ?? '');

/** The disk of the database is full. */
export const hasNoRoom = (error: unknown): boolean =>
  ['53100', 'ENOSPC'].includes(codeOf(error) ?? '');
