/** What was not saved when a tab went away, kept on the device: the unconfirmed changes with the revision they stand on.
 *  Written only when saving takes longer than usual, so that typing on a good line costs nothing. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Dropped } from '#core/sync/commit.ts';
import type { ReviewJson } from '#core/sync/review.ts';
import type { KeptChanges } from '#core/sync/pending.ts';

/** The unsaved work of one tab on one article. */
export interface Kept {
  clientId: string;
  articleId: string;
  userId: string;
  review: ReviewJson;
  changes: KeptChanges;
  unplaced: Dropped[];
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Kept; indexes: { article: string } };
}

/** Where unsaved work is kept. */
export interface Outbox {
  keep(kept: Kept): Promise<void>;
  drop(clientId: string): Promise<void>;
  /** Work on the article that a tab of this person left behind when it closed; it is this tab's from now on. */
  claim(articleId: string, userId: string): Promise<Kept | null>;
  /** Says that this tab is alive and owns what is kept under its name. */
  hold(clientId: string): void;
  close(): void;
}

const lockOf = (clientId: string): string => `galley ${clientId}`;

/** The outbox of this browser, or null where it has none (private windows, pages without a secure address). */
export function browserOutbox(): Outbox | null {
  // A lock lives as long as its tab: that is how work left behind is told from work of a tab next door.
  const locks = globalThis.navigator?.locks;
  if (!locks || !globalThis.indexedDB) return null;
  let database: Promise<IDBPDatabase<Schema>> | null = null;
  const releases: (() => void)[] = [];
  const db = (): Promise<IDBPDatabase<Schema>> =>
    (database ??= openDB<Schema>('galley', 1, {
      upgrade(fresh) {
        fresh
          .createObjectStore('outbox', { keyPath: 'clientId' })
          .createIndex('article', 'articleId');
      },
    }));
  /** Takes the lock of a tab, if that tab is gone, and keeps it until `close`. */
  const take = (clientId: string): Promise<boolean> =>
    new Promise((resolve) => {
      void locks.request(lockOf(clientId), { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (!lock) return undefined;
        return new Promise<void>((release) => releases.push(release));
      });
    });
  return {
    async keep(kept) {
      await (await db()).put('outbox', kept);
    },
    async drop(clientId) {
      await (await db()).delete('outbox', clientId);
    },
    async claim(articleId, userId) {
      const all = await (await db()).getAllFromIndex('outbox', 'article', articleId);
      for (const kept of all.filter((one) => one.userId === userId))
        if (await take(kept.clientId)) return kept;
      return null;
    },
    hold(clientId) {
      void take(clientId);
    },
    close() {
      for (const release of releases.splice(0)) release();
      void database?.then((open) => open.close());
    },
  };
}
