/** How routes answer: values as JSON, refusals from the one table, anything else as INTERNAL with a line in the log. */
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type * as z from 'zod/mini';
import { assetLimits } from '#core/formats/assets/asset.ts';
import { largestFile, largestReview } from '#core/formats/read-bytes.ts';
import { refusal, RefusalError, statusOf, type ErrorCode } from '#core/sync/error.ts';
import type { Logger } from '#server/log.ts';
import { hasNoRoom, isUnavailable } from '#server/store/failure.ts';

/** Answers with a refusal. */
export function refuse(res: Response, code: ErrorCode): void {
  res.status(statusOf(code)).json(refusal(code));
}

/** What a line in the log says an answer is about: request, article and person, as far as they are known. */
export function idsOf(res: Response): Record<string, string> {
  const { requestId, articleId, userId } = res.locals as Record<string, unknown>;
  const known = Object.entries({ requestId, articleId, userId });
  return Object.fromEntries(known.filter(([, id]) => typeof id === 'string')) as Record<
    string,
    string
  >;
}

/** Reads a body or query by its shape; BAD_REQUEST when it is another one. */
export function parse<T extends z.ZodMiniType>(shape: T, value: unknown): z.infer<T> {
  const read = shape.safeParse(value);
  if (!read.success) throw new RefusalError('BAD_REQUEST');
  return read.data;
}

/** The code for whatever a handler threw; null for what nobody expected. */
function codeFor(error: unknown): ErrorCode | null {
  if (error instanceof RefusalError) return error.code;
  if (hasNoRoom(error)) return 'STORAGE_FULL';
  if (isUnavailable(error)) return 'UNAVAILABLE';
  return null;
}

/** Errors of the body parsers, told by their type. */
function bodyCode(error: unknown): ErrorCode | null {
  const { type, status, limit } = (error ?? {}) as Record<string, unknown>;
  // Only files and pictures are taken with these limits; every other body is a message.
  if (type === 'entity.too.large' && limit === assetLimits.bytes) return 'PICTURE_TOO_LARGE';
  if (type === 'entity.too.large' && limit === largestReview) return 'REVIEW_TOO_LARGE';
  if (type === 'entity.too.large')
    return limit === largestFile ? 'FILE_TOO_LARGE' : 'MESSAGE_TOO_LARGE';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'BAD_REQUEST' : null;
}

/** The last middleware. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const code = codeFor(error) ?? bodyCode(error) ?? 'INTERNAL';
    if (code === 'INTERNAL' || code === 'UNAVAILABLE')
      log.error({ ...idsOf(res), err: error, code }, 'request failed');
    if (res.headersSent) next(error);
    else refuse(res, code);
  };
}

export const unknownRoute: RequestHandler = (_req, res) => refuse(res, 'NOT_FOUND');
