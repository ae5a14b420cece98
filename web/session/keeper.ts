/** Decides when unsaved work is written to the device: when it has been unsaved for a moment, and when the page goes away. */
import { browserOutbox, type Kept, type Outbox } from '#web/session/outbox.ts';

const patience = 250;

export class Keeper {
  readonly #outbox: Outbox | null;
  readonly #unsaved: () => boolean;
  readonly #work: () => Kept | null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The names under which work of this session is kept at present. */
  readonly #written = new Set<string>();

  /** `unsaved` is asked often, `work` only when it is written. */
  constructor(outbox: Outbox | null | undefined, unsaved: () => boolean, work: () => Kept | null) {
    this.#outbox = outbox === undefined ? browserOutbox() : outbox;
    this.#unsaved = unsaved;
    this.#work = work;
  }

  /** Something was changed, sent or saved. */
  changed(): void {
    const outbox = this.#outbox;
    if (!outbox) return;
    if (this.#unsaved()) {
      this.#timer ??= setTimeout(this.write, patience);
      return;
    }
    for (const clientId of this.#written) this.#quietly(outbox.drop(clientId));
    this.#written.clear();
  }

  /** Writes what is unsaved now. */
  write = (): void => {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const work = this.#outbox && this.#unsaved() ? this.#work() : null;
    if (!work || !this.#outbox) return;
    this.#written.add(work.clientId);
    this.#quietly(this.#outbox.keep(work));
  };

  hold(clientId: string): void {
    this.#outbox?.hold(clientId);
  }

  /** What another tab left behind on the article, which is this tab's now; null when there is nothing. */
  async claim(articleId: string, userId: string): Promise<Kept | null> {
    try {
      return (await this.#outbox?.claim(articleId, userId)) ?? null;
    } catch {
      return null;
    }
  }

  /** Claimed work has been taken up, or is past use: it goes when all is saved. */
  adopt(clientId: string): void {
    this.#written.add(clientId);
  }

  close(): void {
    this.write();
    this.#outbox?.close();
  }

  /** The device may have no room or forbid storage; the work is still in the page and is still being sent. */
  #quietly(done: Promise<void>): void {
    done.catch(() => undefined);
  }
}
