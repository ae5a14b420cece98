/** The entry file of a converting process: one job after another, until whoever asks is gone. It is started with
 *  bounded memory and, where Node can, without the right to read or write files or to start programs. */
import { serialize } from 'node:v8';
import { RefusalError } from '#core/sync/error.ts';
import { jobs, type JobKind, type Jobs } from '#server/convert/jobs.ts';
import { convertLimits } from '#server/convert/limits.ts';
import type { JobMessage, WorkerMessage } from '#server/convert/messages.ts';
import { watchSelf } from '#server/convert/watchdog.ts';

const limits = { ...convertLimits, memory: Number(process.argv[2] ?? convertLimits.memory) };
const watchdog = watchSelf({ memory: limits.memory });

function doneOf(job: JobMessage): Jobs[JobKind]['done'] {
  switch (job.kind) {
    case 'read':
      return jobs.read(job.asked);
    case 'write':
      return jobs.write(job.asked);
    case 'return':
      return jobs.return(job.asked);
    case 'unpack':
      return jobs.unpack(job.asked);
  }
}

function answer(job: JobMessage): WorkerMessage {
  try {
    const done = doneOf(job);
    const bytes = serialize(done);
    if (bytes.length > limits.answer) return { said: 'too-much' };
    return { said: 'done', bytes, rss: process.memoryUsage.rss() };
  } catch (error) {
    if (error instanceof RefusalError) return { said: 'refused', code: error.code };
    if (!(error instanceof Error)) return { said: 'failed', kind: typeof error, stack: '' };
    // The stack is full, or a string or an array would be longer than there can be.
    if (
      error instanceof RangeError &&
      /stack size|Invalid (?:string|array)|allocation/.test(error.message)
    )
      return { said: 'too-much' };
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    return { said: 'failed', kind: error.name, stack: frames.slice(0, 12).join('\n') };
  }
}

const say = (message: WorkerMessage): void => void process.send?.(message);

// Signals of a terminal or a service manager reach the whole group; the server says when this process ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));
process.on('message', (job: JobMessage) => {
  watchdog.busy();
  const said = answer(job);
  watchdog.idle();
  say(said);
});
say({ said: 'ready' });
