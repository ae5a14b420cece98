/** How long the server was out of reach, and what becomes of what was typed in Edit mode meanwhile. */
import type { ArticleText } from '#web/session/article-text.ts';
import { lateInWords } from '#web/session/away-words.ts';
import { LastUp } from '#web/session/last-up.ts';
import { lateSuggester, loadLateSuggester } from '#web/session/late-suggester.ts';

/** After this long without the server, what was typed in Edit mode comes back as suggestions. */
const longAway = 10 * 60_000;

export interface AwayHost {
  text: ArticleText;
  joined: () => boolean;
  flush: () => void;
  tell: (sentence: string) => void;
  /** Late edits have become suggestions. */
  suggested: () => void;
}

export class Away {
  readonly #host: AwayHost;
  readonly #lastUp: LastUp;
  /** When the server was last there; null while it is. */
  #heard: number | null = null;
  /** How long it was away, until what was typed meanwhile is settled; null when that was not long. */
  #longAway: number | null = null;

  constructor(host: AwayHost) {
    this.#host = host;
    this.#lastUp = new LastUp(host.joined);
  }

  /** When unsent work last heard of the server, as it is kept with the work. */
  get heard(): number {
    const away = this.#longAway === null ? this.#heard : Date.now() - this.#longAway;
    return away ?? Date.now();
  }

  /** What is open last heard of the server then. */
  since(heard: number): void {
    this.#heard = heard;
  }

  /** The line is down. */
  went(): void {
    this.#heard ??= this.#lastUp.since;
  }

  /** The line is up: if it was down for long, what was typed meanwhile is settled before anything new is sent. */
  came(): void {
    const away = this.#heard === null ? 0 : Date.now() - this.#heard;
    this.#heard = null;
    this.#lastUp.came();
    if (away > longAway && this.#host.text.unsent > 0) this.#longAway = away;
  }

  /** Suggests late edits; false while they wait. */
  settle(): boolean {
    const { text, flush, tell, suggested } = this.#host;
    const away = this.#longAway;
    if (away === null || text.copy?.unanswered) return true;
    // Until what suggests them is here, late edits wait; they are on the device.
    const suggester = lateSuggester();
    if (!suggester) {
      void loadLateSuggester().then(flush);
      return false;
    }
    this.#longAway = null;
    const late = text.suggestLate(suggester);
    if (late) {
      tell(lateInWords(Math.round(away / 60_000), late.suggestions, late.refused));
      suggested();
    }
    return true;
  }

  stop(): void {
    this.#lastUp.stop();
  }
}
