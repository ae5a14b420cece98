/** Ids in addresses and bodies. What has not the form of one is refused before the database is asked for it. */
import type { RequestParamHandler } from 'express';
import * as z from 'zod/mini';
import { RefusalError, type ErrorCode } from '#core/sync/error.ts';

const form = /^[\w-]{1,80}$/;

export const idShape = z.string().check(z.regex(form));

/** For `router.param`: an address with anything else in this place is refused with the code. */
export const idOr =
  (code: ErrorCode): RequestParamHandler =>
  (_req, _res, next, id: string) => {
    next(form.test(id) ? undefined : new RefusalError(code));
  };
