/** A second thread that ends its process when the first one takes too much: whatever that one is caught in, and also
 *  when nobody is left who waits for the answer. */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

interface Watched {
  /** Bytes of memory of the whole process. */
  memory: number;
  /** How long the process may be busy; for ever if not given, since then somebody else looks. */
  ms?: number;
}

/** Says when there is something to watch. */
export interface Watchdog {
  busy(): void;
  idle(): void;
}

/** What the thread runs: plain JavaScript, since it has no file of its own. While nothing is done it sleeps. */
const program = String.raw`
const { workerData } = require('node:worker_threads');
const { state, memory, ms, parent } = workerData;
const flag = new Int32Array(state);
for (;;) {
  Atomics.wait(flag, 0, 0);
  const turn = Atomics.load(flag, 0);
  const until = ms === undefined ? Infinity : Date.now() + ms;
  while (turn !== 0 && Atomics.load(flag, 0) === turn) {
    if (process.memoryUsage.rss() > memory || Date.now() > until || process.ppid !== parent)
      process.kill(process.pid, 'SIGKILL');
    Atomics.wait(flag, 0, turn, 25);
  }
}`;

/** Begins to watch this process. */
export function watchSelf({ memory, ms }: Watched): Watchdog {
  const state = new SharedArrayBuffer(4);
  const flag = new Int32Array(state);
  let turns = 0;
  const workerData = { state, memory, ms, parent: process.ppid };
  const thread = new Worker(program, { eval: true, workerData, execArgv: [], env: {} });
  // A process that is not watched does nothing.
  thread.once('error', (error) => {
    writeSync(2, `${error.stack ?? error.message}\n`);
    process.exit(1);
  });
  thread.unref();
  const set = (value: number): void => {
    Atomics.store(flag, 0, value);
    Atomics.notify(flag, 0);
  };
  return {
    busy: () => set((turns = (turns % 1_000_000) + 1)),
    idle: () => set(0),
  };
}
