/** Structured logs on standard error. They never hold the text of an article, a password, a cookie or a token. */
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '#server/config.ts';

export type { Logger };

/** Keys that never reach a log, wherever they are two levels deep. */
const secretKeys = [
  'password',
  'token',
  'secret',
  'cookie',
  'authorization',
  'text',
  'doc',
  'steps',
  'ops',
  'databaseUrl',
];

/** An error as it is logged: kind, code, where. Messages of databases and parsers quote values, so only our own are kept. */
function errorOf(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const ours = error instanceof RangeError || error instanceof TypeError;
  return {
    kind: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(ours ? { message: error.message.slice(0, 200) } : {}),
    stack: frames.slice(0, 12).map((line) => line.trim()),
  };
}

export function makeLog(level: LogLevel, destination?: DestinationStream): Logger {
  const paths = secretKeys.flatMap((key) => [key, `*.${key}`]);
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorOf },
    redact: { paths, censor: '[kept out]' },
  };
  return pino(options, destination ?? process.stderr);
}
