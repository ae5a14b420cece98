/** What goes between the server and a converting process. */
import type { ErrorCode } from '#core/sync/error.ts';
import type { JobKind, Jobs } from '#server/convert/jobs.ts';

/** A job as it is sent. */
export type JobMessage = { [K in JobKind]: { kind: K; asked: Jobs[K]['asked'] } }[JobKind];

/** What a process says: that it is ready, or how a job ended. What was done comes as one piece of serialised bytes. */
export type WorkerMessage =
  | { said: 'ready' }
  | { said: 'done'; bytes: Uint8Array; rss: number }
  | { said: 'refused'; code: ErrorCode }
  /** It was too much for the stack, for a string or for an answer. */
  | { said: 'too-much' }
  /** A fault of ours: its kind and its place, without its words, which may be those of an article. */
  | { said: 'failed'; kind: string; stack: string };
