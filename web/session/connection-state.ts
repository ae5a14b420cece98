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
    else if (this.#downSince !== null) {
      const left = this.#downSince + offlineShownAfter - now;
      kind = cutOff || left <= 0 ? 'offline' : 'reconnecting';
      if (kind === 'reconnecting') this.#again(left);
    } else if (this.#unsentSince !== null) {
      const left = this.#unsentSince + savingShownAfter - now;
      // A server on this very machine answers without a network; only what is not answered is offline.
      if (left <= 0) kind = cutOff ? 'offline' : 'saving';
      else this.#again(left);
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
