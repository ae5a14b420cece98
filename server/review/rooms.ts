/** All open articles of this process. A room is opened once and shared; an empty one is put to rest after a while. */
import { apply, reviewFromJson } from '#core/sync/review.ts';
import { Room, type RoomDeps } from '#server/review/room.ts';

const restAfterMs = 60_000;

export class Rooms {
  private readonly deps: RoomDeps;
  private readonly open = new Map<string, Promise<Room | null>>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(deps: RoomDeps) {
    this.deps = deps;
    this.sweeper = setInterval(() => void this.sweep(), restAfterMs);
    this.sweeper.unref();
  }

  /** The room of an article, opened if need be; null when there is no such article. */
  room(articleId: string): Promise<Room | null> {
    const open = this.open.get(articleId);
    if (open) return open;
    const opening = this.load(articleId).then(
      (room) => {
        if (!room) this.open.delete(articleId);
        return room;
      },
      (error: unknown) => {
        this.open.delete(articleId);
        throw error;
      },
    );
    this.open.set(articleId, opening);
    return opening;
  }

  private async load(articleId: string): Promise<Room | null> {
    const opened = await this.deps.store.open(articleId);
    if (!opened) return null;
    const review = opened.commits.reduce(apply, reviewFromJson(opened.snapshot));
    return new Room(this.deps, review, opened.commits, opened.snapshot.rev);
  }

  private async sweep(): Promise<void> {
    for (const [id, opening] of this.open) {
      const room = await opening.catch(() => null);
      if (!room || room.occupied) continue;
      await room.rest();
      if (!room.occupied) this.open.delete(id);
    }
  }

  /** Lets every queue run empty and keeps snapshots. */
  async close(): Promise<void> {
    clearInterval(this.sweeper);
    for (const opening of this.open.values()) await (await opening.catch(() => null))?.rest();
    this.open.clear();
  }
}
