/** Keeps the library's search complete and fast: writes the texts that commits have left, and gathers the words of articles that
 *  have been left in peace, a few at a time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '#server/log.ts';
import type { Store } from '#server/store/store.ts';

/** An article counts as left in peace when nothing was written in it for this long. */
const restMs = 20_000;
/** What is typed on one node is found on the others after this. */
const everyMs = 5_000;
const atOnce = 20;

export interface GatherDeps {
  store: Pick<Store, 'refreshSearch'>;
  log: Logger;
  /** Milliseconds since 1970. */
  time(): number;
}

/** Begins, and gives what ends it. */
export function gatherWords({ store, log, time }: GatherDeps): () => Promise<void> {
  const end = new AbortController();
  const pause = (ms: number): Promise<unknown> =>
    wait(ms, undefined, { signal: end.signal, ref: false }).catch(() => undefined);
  const run = async (): Promise<void> => {
    let hasFailed = false;
    while (!end.signal.aborted) {
      let count = 0;
      try {
        count = await store.refreshSearch(new Date(time() - restMs).toISOString(), atOnce);
        hasFailed = false;
      } catch (error) {
        // The search goes on without it; the log says so once.
        if (!hasFailed && !end.signal.aborted)
          log.warn({ err: error }, 'the words of the library could not be gathered');
        hasFailed = true;
      }
      await pause(count < atOnce ? everyMs : 50);
    }
  };
  const running = run();
  return async () => {
    end.abort();
    await running;
  };
}
