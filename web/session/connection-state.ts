/** The state of the line in the few words a person needs, with the waiting times that keep it calm. */
import type { ConnectionState } from '#web/session/snapshot.ts';

const savingShownAfter = 400;
const offlineShownAfter = 5000;

/** What the words depend on. */
export interface LineFacts {
  joined: boolean;
  ended: boolean;
  failing: boolean;
  unsent: number;
}

export class ConnectionWords {
  readonly #facts: () => LineFacts;
  readonly #changed: () => void;
  #state: ConnectionState = { kind: 'saved', unsent: 0 };
  #unsentSince: number | null = null;
  #downSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** `changed` is called when the words are different ones. */
  constructor(facts: () => LineFacts, changed: () => void) {
    this.#facts = facts;
    this.#changed = changed;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  refresh(): void {
    const { joined, ended, failing, unsent } = this.#facts();
    const now = Date.now();
    this.#unsentSince = unsent > 0 ? (this.#unsentSince ?? now) : null;
    this.#downSince = joined || ended ? null : (this.#downSince ?? now);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const cutOff = globalThis.navigator?.onLine === false;
    let kind: ConnectionState['kind'] = 'saved';
    if (ended || (failing && unsent > 0)) kind = 'failed';
    else {
      // A line that was cut a moment ago is not said: it is mostly back before anybody has read it.
      const down = this.#downSince === null ? Infinity : this.#downSince + offlineShownAfter - now;
      const waits =
        this.#unsentSince === null ? Infinity : this.#unsentSince + savingShownAfter - now;
      // A server on this very machine answers without a network; only what is not answered is offline.
      if (down <= 0 || (cutOff && (down < Infinity || waits <= 0))) kind = 'offline';
      else if (waits <= 0) kind = 'saving';
      const next = Math.min(...[down, waits].filter((ms) => ms > 0));
      if (kind !== 'offline' && next < Infinity) this.#again(next);
    }
    if (kind === this.#state.kind && unsent === this.#state.unsent) return;
    this.#state = { kind, unsent };
    this.#changed();
  }

  #again(ms: number): void {
    this.#timer = setTimeout(() => this.refresh(), ms);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
