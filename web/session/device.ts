/** What this browser keeps on the device for one person: work that is not on the server yet, and the articles opened
 *  last. The page speaks to this interface; browser-device.ts keeps it in IndexedDB. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Commit, Dropped } from '#core/sync/commit.ts';
import type { KeptChanges } from '#core/sync/pending.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { Facts } from '#core/sync/protocol.ts';
import type { ReviewJson } from '#core/sync/review.ts';

/** The unsent work of one tab on one article. The review it stands on is the copy at `changes.base`. */
export interface Kept {
  clientId: string;
  articleId: string;
  userId: string;
  changes: KeptChanges;
  unplaced: Dropped[];
  /** When the server was last known to be there, in milliseconds. */
  heard: number;
}

/** An article as this person received it, with who they are to it. */
export interface Copy {
  userId: string;
  articleId: string;
  review: ReviewJson;
  me: Person;
  standing: Standing;
  facts: Facts;
}

/** What is written in one go: commits that came, and the unsent work after them (null when there is none). */
export interface Writing {
  clientId: string;
  userId: string;
  articleId: string;
  commits: readonly Commit[];
  kept: Kept | null;
  /** Wait until it is on the disk and not only with the system. */
  strict: boolean;
}

/** Another tab has taken this tab's work over, because this one seemed to be gone. */
export class TakenOver extends Error {}

export interface Device {
  /** Says that this tab is alive and owns what is kept under its name. */
  hold(clientId: string): Promise<void>;
  /** Throws TakenOver, or whatever the storage refuses with. */
  write(writing: Writing): Promise<void>;
  /** Work on the article that a tab of this person left behind when it went away; it is this tab's from now on. */
  claim(articleId: string, userId: string): Promise<Kept | null>;
  /** All unsent work of this person on the article, of living tabs too. */
  unsent(articleId: string, userId: string): Promise<Kept[]>;
  /** Keeps an article as it was received. */
  keepCopy(copy: Copy): Promise<void>;
  /** The article at a revision, or the newest that is kept; null when it is not here. */
  copy(userId: string, articleId: string, rev?: number): Promise<Copy | null>;
  /** Forgets an article, because its reader may not read it any more. Own unsent words stay. */
  dropCopy(userId: string, articleId: string): Promise<void>;
  /** Gives up the copies that no unsent work needs, save that of one article. */
  makeRoom(except: { userId: string; articleId: string }): Promise<void>;
  close(): void;
}
