/** Work that tabs of this person left behind on an article: taken up by a tab that opens it, and brought to the server for
 *  tabs that go while this one stays. What has nothing to stand on any more goes to the tray, in words. */
import type { ArticleText } from '#web/session/article-text.ts';
import { fromOtherTab, isBack, unplacedFromBefore } from '#web/session/away-words.ts';
import type { Copy, Kept } from '#web/session/device.ts';
import type { Keeper } from '#web/session/keeper.ts';
import { wordsOfKept } from '#web/session/renewed-copy.ts';

const lookEvery = 5000;
/** A tab that went away a moment ago may still have its name: it is looked for again soon. */
const lookSoon = [300, 700, 1500];

/** Brings one tab's work to the server beside the open article, and gives back what it could not place. */
export interface Helper {
  /** What could not be placed, once all is on the server; null when the server would not have it, and it stays on the device. */
  done: Promise<Kept['unplaced'] | null>;
  close(): void;
}

export interface LeftBehindHost {
  readonly text: ArticleText;
  readonly keeper: Keeper;
  userId(): string;
  joined(): boolean;
  ended(): boolean;
  /** Takes the work's name, and its text in place of the present one; false when it does not fit. */
  takeUp(kept: Kept, copy: Copy): boolean;
  help(kept: Kept, copy: Copy): Helper;
  tell(sentence: string): void;
}

export class LeftBehind {
  readonly #host: LeftBehindHost;
  readonly #helpers = new Set<Helper>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looks = 0;
  #closed = false;
  #looking = false;

  constructor(host: LeftBehindHost) {
    this.#host = host;
  }

  /** Looks for work of tabs that have gone, now and from time to time. While nothing was done here yet, what is found becomes
   *  this tab's own; later it is brought to the server beside it. */
  async open(): Promise<void> {
    await this.#look();
    if (!this.#closed)
      this.#timer = setTimeout(() => void this.open(), lookSoon[this.#looks++] ?? lookEvery);
  }

  /** The words of all unsent work of a person here, to be seen where the article itself may not be. */
  async words(userId: string): Promise<Kept['unplaced']> {
    const all = await this.#host.keeper.unsent(userId);
    return all.flatMap(({ unplaced, changes }) => [...unplaced, ...wordsOfKept(changes.changes)]);
  }

  get #isFresh(): boolean {
    const { copy } = this.#host.text;
    return copy?.unsent === 0 && copy.history.undone.length === 0;
  }

  async #look(): Promise<void> {
    const host = this.#host;
    if (this.#looking || host.ended() || (!host.joined() && !this.#isFresh)) return;
    this.#looking = true;
    try {
      const kept = await host.keeper.claim(host.userId());
      if (!kept || host.ended()) return;
      const copy = await host.keeper.copy(kept.userId, kept.changes.base);
      if (!copy) await this.#toTray(kept, [...kept.unplaced, ...wordsOfKept(kept.changes.changes)]);
      else if (this.#isFresh) {
        if (host.takeUp(kept, copy)) host.tell(isBack);
        else await this.#toTray(kept, [...kept.unplaced, ...wordsOfKept(kept.changes.changes)]);
      } else this.#help(kept, copy);
    } finally {
      this.#looking = false;
    }
  }

  #help(kept: Kept, copy: Copy): void {
    const helper = this.#host.help(kept, copy);
    this.#helpers.add(helper);
    void helper.done.then(async (unplaced) => {
      this.#helpers.delete(helper);
      if (unplaced) await this.#toTray(kept, unplaced);
      helper.close();
    });
  }

  /** Its words are kept under this tab's name before they go from the other's. */
  async #toTray(kept: Kept, unplaced: Kept['unplaced']): Promise<void> {
    const { text, keeper, tell } = this.#host;
    if (text.copy) text.copy.unplaced = [...text.copy.unplaced, ...unplaced];
    tell(unplaced.length > 0 ? unplacedFromBefore : fromOtherTab);
    keeper.changed();
    await keeper.settled();
    await keeper.drop(kept.clientId);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#closed = true;
    for (const helper of this.#helpers) helper.close();
  }
}
