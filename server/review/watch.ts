/** Looks at the database every second or two, whatever other nodes say or fail to say: does it answer, has somebody written an
 *  article that is open here, has somebody's time in an article ended. What a lost notice would have told is known a moment later. */
import type { Rooms } from '#server/review/rooms.ts';
import type { Watching } from '#server/store/watching.ts';
import { codeOf } from '#server/store/failure.ts';

export interface WatchDeps {
  watching: Watching;
  rooms: Rooms;
  now(): string;
  log: {
    info(what: object, message: string): void;
    warn(what: object, message: string): void;
    debug(what: object, message: string): void;
  };
  /** A membership has ended: rights are judged again. */
  onEnding(): void;
}

const everyMs = 1500;
/** While the database is away it is asked more often. */
const whileAwayMs = 500;
/** A database that is only slow is not away: refusing what it would still take helps nobody. */
const patienceMs = 4000;
/** Looks back a little further than the last look, for clocks that differ. */
const overlapMs = 5000;

/** `promise`, or a rejection after so many milliseconds. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Watch {
  private readonly deps: WatchDeps;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<boolean> | null = null;
  private lookedAt: string;
  private closed = false;
  private away: string | null = null;

  constructor(deps: WatchDeps) {
    this.deps = deps;
    this.lookedAt = deps.now();
    this.plan(everyMs);
  }

  /** False from a look that failed to one that did not. */
  get databaseAnswers(): boolean {
    return this.away === null;
  }

  /** The code of the last failed look, when it had one. */
  get code(): string {
    return this.away ?? '';
  }

  /** Looks now; true when the database answered in time. */
  look(): Promise<boolean> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    await this.looking;
  }

  private plan(ms: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      void this.look().then((answers) => this.plan(answers ? everyMs : whileAwayMs));
    }, ms);
    this.timer.unref();
  }

  private async lookOnce(): Promise<boolean> {
    const { watching, rooms, now, onEnding, log } = this.deps;
    const at = now();
    const from = new Date(Date.parse(this.lookedAt) - overlapMs).toISOString();
    try {
      const [grown, ended] = await within(
        Promise.all([watching.grown(rooms.heads()), watching.hasEndings(from, at)]),
        patienceMs,
      );
      if (this.away !== null) log.info({}, 'the database answers again');
      this.away = null;
      this.lookedAt = at;
      for (const articleId of grown)
        rooms.freshen(articleId).catch((error: unknown) => {
          log.debug({ articleId, err: error }, 'an article was not read anew');
        });
      if (ended) onEnding();
      return true;
    } catch (error) {
      if (this.away === null && !this.closed) log.warn({ err: error }, 'the database is away');
      this.away = codeOf(error) ?? '';
      return false;
    }
  }
}
