/** When the line was last up for certain. A machine that sleeps learns of a lost line only when it wakes; what counts is when it
 *  was last known to be there. */

/** So often a line that is up is noted; a machine that slept noted nothing. */
const noteEvery = 15_000;
/** Timers of a hidden page may be this late without any sleep. */
const slept = 150_000;

export class LastUp {
  readonly #isUp: () => boolean;
  #up = 0;
  #noted = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(isUp: () => boolean) {
    this.#isUp = isUp;
  }

  /** The line has come up just now. */
  came(): void {
    this.#noted = this.#up = Date.now();
    this.#timer ??= setInterval(() => this.#note(), noteEvery);
  }

  /** The line is found down: since when, at the latest. */
  get since(): number {
    const now = Date.now();
    return this.#timer !== null && now - this.#noted > slept ? this.#up : now;
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #note(): void {
    const now = Date.now();
    // After a sleep the line only seems to be up.
    if (now - this.#noted > slept) return;
    this.#noted = now;
    if (this.#isUp()) this.#up = now;
  }
}
