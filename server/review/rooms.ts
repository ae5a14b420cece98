/** All open articles of this process. A room is opened once and shared; an empty one is put to rest after a while. */
import { Room, type RoomDeps } from '#server/review/room.ts';
import { replayed } from '#server/store/store.ts';

const restAfterMs = 60_000;

interface Opening {
  opening: Promise<Room | null>;
  /** Set once it is open. */
  room: Room | null;
}

export class Rooms {
  private readonly deps: RoomDeps;
  private readonly open = new Map<string, Opening>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(deps: RoomDeps) {
    this.deps = deps;
    this.sweeper = setInterval(() => void this.sweep(), restAfterMs);
    this.sweeper.unref();
  }

  /** The room of an article at the newest revision, opened if need be; null when there is no such article. */
  async room(articleId: string): Promise<Room | null> {
    const known = this.open.get(articleId);
    if (!known) return this.load(articleId).opening;
    const room = await known.opening;
    // Other nodes may have written since it was opened, and what they were told of is not to be unknown here.
    await room?.freshen();
    return room;
  }

  /** True while this very room is the one that everybody gets. */
  holds(room: Room): boolean {
    return this.open.get(room.articleId)?.room === room;
  }

  /** Every open article with its revision here. */
  heads(): { articleId: string; rev: number }[] {
    return this.all().map(({ articleId, review }) => ({ articleId, rev: review.rev }));
  }

  /** How much waits, over all rooms. */
  get queued(): number {
    return this.all().reduce((sum, room) => sum + room.queued, 0);
  }

  get count(): number {
    return this.open.size;
  }

  /** Reads what others wrote into an article, if it is open here and `rev` is news. */
  async freshen(articleId: string, rev = Infinity): Promise<void> {
    const room = this.open.get(articleId)?.room;
    if (room && room.review.rev < rev) await room.freshen();
  }

  /** Resolves when everything that was queued is answered. */
  async settle(): Promise<void> {
    await Promise.all(this.all().map((room) => room.settle()));
  }

  private all(): Room[] {
    return [...this.open.values()].flatMap(({ room }) => room ?? []);
  }

  private load(articleId: string): Opening {
    const entry: Opening = { opening: this.read(articleId), room: null };
    this.open.set(articleId, entry);
    entry.opening.then(
      (room) => {
        entry.room = room;
        if (!room) this.open.delete(articleId);
      },
      () => this.open.delete(articleId),
    );
    return entry;
  }

  private async read(articleId: string): Promise<Room | null> {
    const opened = await this.deps.store.open(articleId);
    if (!opened) return null;
    const review = replayed(opened);
    return new Room(this.deps, review, opened.commits, opened.snapshot.rev);
  }

  private async sweep(): Promise<void> {
    for (const room of this.all()) {
      if (room.occupied) continue;
      await room.rest();
      if (!room.occupied) this.open.delete(room.articleId);
    }
  }

  /** Lets every queue run empty and keeps snapshots. */
  async close(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.all([...this.open.values()].map(({ opening }) => opening.catch(() => null)));
    await Promise.all(this.all().map((room) => room.rest()));
    this.open.clear();
  }
}
