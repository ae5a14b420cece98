/** Keeps what is unsent on the device before it is sent, and beside it the article as it came. One writing at a time;
 *  what changes meanwhile goes with the next one. When the device refuses, the work stays in the page and that is said. */
import type { Commit } from '#core/sync/commit.ts';
import { TakenOver, type Copy, type Device, type Kept } from '#web/session/device.ts';
import type { StorageTrouble } from '#web/session/snapshot.ts';

/** A device that does not answer must not keep a commit from the server. */
const patience = 2000;
/** A whole copy is written anew after this many commits, so that opening it replays few. */
const copyEvery = 200;

export interface KeeperHost {
  articleId: string;
  clientId(): string;
  userId(): string;
  /** True while something is not on the server, or has no place. */
  unsaved(): boolean;
  /** The unsent work as it is now; null before there is an article. */
  work(): Kept | null;
  /** The whole article as the log has it. */
  wholeCopy(): Copy | null;
  /** The line is up, so that what is written now is on its way in a moment. */
  online(): boolean;
  troubleChanged(): void;
  /** Another tab works under this tab's name. */
  takenOver(): void;
}

function troubleOf(error: unknown): StorageTrouble {
  const { name } = error as { name?: string };
  if (name === 'QuotaExceededError') return 'full';
  return 'refused';
}

export class Keeper {
  readonly #device: Device | null;
  readonly #host: KeeperHost;
  #trouble: StorageTrouble | null;
  #commits: Commit[] = [];
  #commitsKept = 0;
  /** Counts changes, and those a writing has been tried for. */
  #wanted = 0;
  #tried = 0;
  #waiting: { wanted: number; go(): void }[] = [];
  #running: Promise<void> | null = null;
  #closed = false;
  /** Whether the device holds anything under a name of this session. */
  readonly #written = new Set<string>();
  #held: Promise<void> = Promise.resolve();

  constructor(device: Device | null, host: KeeperHost) {
    this.#device = device;
    this.#host = host;
    this.#trouble = device ? null : 'refused';
  }

  get trouble(): StorageTrouble | null {
    return this.#trouble;
  }

  hold(clientId: string): void {
    if (!this.#device) return;
    this.#held = this.#device.hold(clientId).catch((error: unknown) => this.#failed(error));
  }

  /** Something was changed, sent or saved. */
  changed(): void {
    if (!this.#device || this.#closed) return;
    this.#wanted++;
    if (!this.#running) this.#start();
  }

  #start(): void {
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#tried < this.#wanted) this.#start();
    });
  }

  /** Commits came; they go with the next writing. */
  came(commits: readonly Commit[]): void {
    if (this.#device) this.#commits.push(...commits);
  }

  /** Resolves when the device holds everything that was changed so far, has refused it, or takes too long. */
  settled(): Promise<void> {
    const wanted = this.#wanted;
    if (this.#tried >= wanted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#waiting.push({
        wanted,
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      });
    });
  }

  async #run(): Promise<void> {
    await this.#held;
    while (this.#tried < this.#wanted) {
      const wanted = this.#wanted;
      await this.#write();
      this.#tried = wanted;
      const done = this.#waiting.filter((one) => one.wanted <= wanted);
      this.#waiting = this.#waiting.filter((one) => one.wanted > wanted);
      for (const { go } of done) go();
    }
    if (this.#commitsKept < copyEvery || this.#host.unsaved()) return;
    const copy = this.#host.wholeCopy();
    if (copy) await this.keepCopy(copy);
  }

  async #write(): Promise<void> {
    const device = this.#device;
    const host = this.#host;
    const userId = host.userId();
    if (!device || userId === '') return;
    const kept = host.unsaved() ? host.work() : null;
    const clientId = host.clientId();
    const commits = this.#commits;
    if (!kept && commits.length === 0 && this.#written.size === 0) return;
    this.#commits = [];
    const { articleId } = host;
    const strict = !host.online();
    const writing = { clientId, userId, articleId, commits, kept, strict };
    try {
      await this.#makingRoom(() => device.write(writing), { userId, articleId });
      if (kept) this.#written.add(clientId);
      else await this.#dropWritten(device, writing.clientId);
      this.#commitsKept += commits.length;
      this.#well();
    } catch (error) {
      this.#commits = [...commits, ...this.#commits];
      if (error instanceof TakenOver) host.takenOver();
      else this.#failed(error);
    }
  }

  /** Everything is saved: what is kept under other names of this session goes too. */
  async #dropWritten(device: Device, clientId: string): Promise<void> {
    const { articleId } = this.#host;
    const userId = this.#host.userId();
    const none = { userId, articleId, commits: [], kept: null, strict: false };
    for (const name of this.#written)
      if (name !== clientId) await device.write({ ...none, clientId: name });
    this.#written.clear();
  }

  /** Writes; where the storage is full, gives up copies nobody needs just now and writes again. */
  async #makingRoom(
    write: () => Promise<void>,
    place: { userId: string; articleId: string },
  ): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (troubleOf(error) !== 'full') throw error;
      await this.#device?.makeRoom(place);
      await write();
    }
  }

  /** Keeps the whole article. */
  async keepCopy(copy: Copy): Promise<void> {
    const device = this.#device;
    if (!device) return;
    this.#commitsKept = 0;
    try {
      await this.#makingRoom(() => device.keepCopy(copy), copy);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The article as it is kept; at a revision, or the newest. */
  copy(userId: string, rev?: number): Promise<Copy | null> {
    return this.#reading(null, (device) => device.copy(userId, this.#host.articleId, rev));
  }

  dropCopy(userId: string): Promise<void> {
    return this.#reading(undefined, (device) => device.dropCopy(userId, this.#host.articleId));
  }

  /** What another tab left behind on the article, which is this tab's now; null when there is nothing. */
  claim(userId: string): Promise<Kept | null> {
    return this.#reading(null, (device) => device.claim(this.#host.articleId, userId));
  }

  /** All unsent work of this person on the article, that of other tabs too. */
  unsent(userId: string): Promise<Kept[]> {
    return this.#reading([], (device) => device.unsent(this.#host.articleId, userId));
  }

  async #reading<T>(none: T, read: (device: Device) => Promise<T>): Promise<T> {
    try {
      return this.#device ? await read(this.#device) : none;
    } catch (error) {
      this.#failed(error);
      return none;
    }
  }

  /** Claimed work has been taken up: it goes when all is saved. */
  adopt(clientId: string): void {
    this.#written.add(clientId);
  }

  /** Claimed work is past use. */
  drop(clientId: string): Promise<void> {
    const { articleId } = this.#host;
    const userId = this.#host.userId();
    const writing = { clientId, userId, articleId, commits: [], kept: null, strict: false };
    return this.#reading(undefined, (device) => device.write(writing));
  }

  /** The article changed beside its log: the whole copy is written anew with the next writing. */
  renewCopy(): void {
    this.#commitsKept = copyEvery;
  }

  /** Writes what is left; a helper leaves the device open for the tab it helps. */
  async close(leaveOpen = false): Promise<void> {
    this.changed();
    const last = this.settled();
    this.#closed = true;
    await last;
    if (!leaveOpen) this.#device?.close();
  }

  #well(): void {
    if (this.#trouble === null) return;
    this.#trouble = null;
    this.#host.troubleChanged();
  }

  #failed(error: unknown): void {
    const trouble = troubleOf(error);
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#host.troubleChanged();
  }
}
