/** One process that converts, seen from the server: it is started, given one job at a time, and killed. */
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { heapMegabytes } from '#server/convert/limits.ts';
import type { JobMessage, WorkerMessage } from '#server/convert/messages.ts';

/** How a job ended: by an answer, by its limits, or with the process itself. */
export type Outcome =
  | Exclude<WorkerMessage, { said: 'ready' }>
  | { said: 'time' }
  | { said: 'memory' }
  | { said: 'died'; stack: string };

/** The program beside the built server; from the sources it is run as they are. */
function ownProgram(): string {
  const here = import.meta.url;
  const name = here.endsWith('.ts') ? './convert-main.ts' : './convert.mjs';
  return fileURLToPath(new URL(name, here));
}

/** What Node is started with. A built program is one file, so it needs to read no other. */
function flagsFor(program: string): string[] {
  const heap = [`--max-old-space-size=${heapMegabytes}`, '--no-warnings'];
  if (program.endsWith('.ts')) {
    const loader = createRequire(import.meta.url).resolve('tsx');
    return [...heap, '--import', pathToFileURL(loader).href];
  }
  const flag = ['--permission', '--experimental-permission'].find((one) =>
    process.allowedNodeEnvironmentFlags.has(one),
  );
  return flag ? [...heap, flag, '--allow-worker', `--allow-fs-read=${program}`] : heap;
}

export class ConvertingProcess {
  /** Bytes of memory after the last job. */
  rss = 0;
  private readonly child: ChildProcess;
  private readonly ready: Promise<boolean>;
  private ended: ((outcome: Outcome) => void) | undefined;
  private isKilled = false;
  private isGone: Outcome | null = null;

  /** `onEnd` is called once, when the process is gone. */
  constructor(program: string | undefined, memory: number, onEnd: () => void) {
    const path = program ?? ownProgram();
    const child = fork(path, [String(memory)], {
      execArgv: flagsFor(path),
      // Nothing of the server's settings, which hold secrets.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    // What V8 says when its heap is full; the rest may hold words of an article and goes nowhere.
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk}`.slice(-4000)));
    let isReady: (ready: boolean) => void = () => undefined;
    this.ready = new Promise((resolve) => (isReady = resolve));
    child.on('message', (message: WorkerMessage) => {
      if (message.said === 'ready') return isReady(true);
      if (message.said === 'done') this.rss = message.rss;
      this.end(message);
    });
    const gone = (signal: string | null, stack: string): void => {
      if (this.isGone) return;
      // The watchdog inside and the system's own kill alike; V8 aborts.
      const full = signal === 'SIGKILL' || /heap out of memory|allocation failed/i.test(complaint);
      this.isGone = full && !this.isKilled ? { said: 'memory' } : { said: 'died', stack };
      isReady(false);
      this.end(this.isGone);
      onEnd();
    };
    child.once('error', (error) => gone(null, error.stack ?? ''));
    child.once('exit', (code, signal) =>
      gone(signal, `    at the converting process, which ended with ${signal ?? code}`),
    );
    // A process that has nothing to do keeps no server alive.
    child.unref();
    child.channel?.unref();
    (child.stderr as Socket | null)?.unref();
  }

  /** Its id in the system; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Does one job; never throws. The time begins when the process is there. */
  async run(job: JobMessage, ms: number): Promise<Outcome> {
    if (this.isGone) return this.isGone;
    const outcome = new Promise<Outcome>((resolve) => (this.ended = resolve));
    // Without this nothing would keep a program alive that only waits for an answer.
    const kept = setTimeout(() => this.kill({ said: 'time' }), 6 * ms);
    if (await this.ready) {
      const timer = setTimeout(() => this.kill({ said: 'time' }), ms);
      this.child.send(job, (error) => {
        if (error) this.kill({ said: 'died', stack: error.stack ?? '' });
      });
      const found = await outcome;
      clearTimeout(timer);
      clearTimeout(kept);
      return found;
    }
    clearTimeout(kept);
    return outcome;
  }

  /** Ends the process at once. */
  kill(outcome: Outcome = { said: 'died', stack: '' }): void {
    this.isKilled = true;
    this.end(outcome);
    this.child.kill('SIGKILL');
  }

  private end(outcome: Outcome): void {
    this.ended?.(outcome);
    this.ended = undefined;
  }
}
