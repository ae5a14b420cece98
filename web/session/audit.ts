/** Compares this copy of the document with the server's, at the same revision, when nothing is on its way. */
import { digest } from '#core/sync/digest.ts';
import type { Connection } from '#web/session/connection.ts';
import type { AuditState } from '#web/session/snapshot.ts';

const calm = 3000;
const leastBetween = 60_000;
const everyRevs = 500;

export interface AuditHost {
  /** The document as the log has it and its revision, or null while anything is on its way. */
  quiet(): { rev: number; json: string } | null;
  /** The copies differ. */
  differs(): void;
  changed(): void;
}

export class Audit {
  readonly #ask: Connection['audit'];
  readonly #host: AuditHost;
  #last: AuditState | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(ask: Connection['audit'], host: AuditHost) {
    this.#ask = ask;
    this.#host = host;
  }

  get last(): AuditState | null {
    return this.#last;
  }

  /** Everything is saved just now, at `rev`: in a calm moment it is compared, unless that was done a little while ago. */
  saved(rev: number): void {
    const last = this.#last;
    if (last?.rev === rev && last.agrees) return;
    const wait = last && rev - last.rev < everyRevs ? last.at + leastBetween - Date.now() : 0;
    this.#timer ??= setTimeout(() => void this.compare(), Math.max(calm, wait));
  }

  /** Compares now; gives whether the copies agree, null when that cannot be said at this moment. */
  async compare(): Promise<boolean | null> {
    this.stop();
    const here = this.#host.quiet();
    if (!here) return null;
    const answer = await this.#ask(here.rev, digest(here.json));
    if (!answer?.ok || answer.agrees === null) return null;
    const { agrees } = answer;
    this.#last = { at: Date.now(), rev: here.rev, agrees };
    if (!agrees) this.#host.differs();
    this.#host.changed();
    return agrees;
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
