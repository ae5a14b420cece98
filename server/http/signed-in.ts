/** Who is behind a request. */
import type { Request, RequestHandler } from 'express';
import { fromNodeHeaders } from 'better-auth/node';
import { RefusalError } from '#core/sync/error.ts';
import { mayImport } from '#core/sync/policy.ts';
import { addressHeader, type SignedIn } from '#server/auth/auth.ts';
import type { Context } from '#server/context.ts';

/** The headers of a request for better-auth, with the client's address as we know it and not as the client says. */
export function authHeaders(req: Request): Headers {
  const headers = fromNodeHeaders(req.headers);
  if (req.ip === undefined) headers.delete(addressHeader);
  else headers.set(addressHeader, req.ip);
  return headers;
}

/** The signed-in person; NOT_SIGNED_IN when there is none. */
export async function signedIn(context: Context, req: Request): Promise<SignedIn> {
  const found = await context.auth.identify(authHeaders(req));
  if (!found) throw new RefusalError('NOT_SIGNED_IN');
  // For the line in the log.
  if (req.res) req.res.locals['userId'] = found.person.id;
  return found;
}

/** Lets those through who may import, before their file is read. The parsers behind it still drain what they refuse, so that
 *  the answer arrives. */
export function importersOnly(context: Context): RequestHandler {
  return async (req, _res, next) => {
    const { person } = await signedIn(context, req);
    if (!mayImport(person.role)) throw new RefusalError('FORBIDDEN');
    next();
  };
}
