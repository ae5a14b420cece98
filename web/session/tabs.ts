/** Which tabs are alive. A lock lives as long as its tab: that is how work left behind is told from work of a tab next door.
 *  Web Locks need a secure address; elsewhere tabs ask each other, and a tab that answers is alive. */

export interface Tabs {
  /** Takes a name, unless a living tab has it, and keeps it until `close`. */
  take(name: string): Promise<boolean>;
  close(): void;
}

const answerPatience = 500;

function byLocks(locks: LockManager): Tabs {
  const releases: (() => void)[] = [];
  return {
    take: (name) =>
      new Promise((resolve, reject) => {
        locks
          .request(`galley ${name}`, { ifAvailable: true }, (lock) => {
            resolve(lock !== null);
            if (!lock) return undefined;
            return new Promise<void>((release) => releases.push(release));
          })
          .catch(reject);
      }),
    close() {
      for (const release of releases.splice(0)) release();
    },
  };
}

type Message = { ask: string } | { here: string };

/** Two tabs may both hear no answer and think a name free; who of them has it is settled by the database (`holder`). */
function byQuestions(): Tabs {
  const names = new Set<string>();
  const waiting = new Map<string, () => void>();
  const channel = new BroadcastChannel('galley tabs');
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('here' in data) waiting.get(data.here)?.();
    else if (names.has(data.ask)) channel.postMessage({ here: data.ask } satisfies Message);
  });
  return {
    async take(name) {
      if (names.has(name)) return false;
      const taken = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), answerPatience);
        waiting.set(name, () => {
          clearTimeout(timer);
          resolve(true);
        });
        channel.postMessage({ ask: name } satisfies Message);
      });
      waiting.delete(name);
      if (!taken) names.add(name);
      return !taken;
    },
    close() {
      channel.close();
      names.clear();
    },
  };
}

/** How tabs of this browser know of each other. */
export function browserTabs(): Tabs {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  return locks ? byLocks(locks) : byQuestions();
}
