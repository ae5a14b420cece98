/** The one database of this browser. Opened once a page; closed when a newer version of Galley wants to change it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Commit } from '#core/sync/commit.ts';
import type { ReviewJson } from '#core/sync/review.ts';
import type { Copy, Kept } from '#web/session/device.ts';

/** By person and article. */
type Place = [userId: string, articleId: string];

export interface Schema extends DBSchema {
  /** Unsent work. `holder` is the tab that owns it now: a claim changes it, and who finds another's name there has lost it. */
  outbox: { key: string; value: Kept & { holder: string }; indexes: { place: Place } };
  /** Whole reviews, and the commits that followed: together they give an article at any revision that unsent work stands on. */
  reviews: {
    key: [...Place, number];
    value: { userId: string; articleId: string; rev: number; review: ReviewJson };
  };
  commits: {
    key: [...Place, number];
    value: { userId: string; articleId: string; rev: number; commit: Commit };
  };
  /** What goes with an article beside its review, and when it was last opened. */
  opened: { key: Place; value: Omit<Copy, 'review'> & { at: number } };
  /** Notes half written, each under a key of the page. */
  drafts: {
    key: [...Place, string];
    value: { userId: string; articleId: string; key: string; text: string };
  };
  /** What a start without the server needs: who was here, and their library. */
  account: { key: string; value: { userId: string; value: unknown } };
}

export type Database = IDBPDatabase<Schema>;

const version = 2;
/** An open that hangs (an older page that will not close, a browser at fault) counts as refused. */
const openPatience = 4000;

let opening: Promise<Database> | null = null;

async function open(): Promise<Database> {
  const database = openDB<Schema>('galley', version, {
    upgrade(fresh, before) {
      // Version 1 kept only unsent work, each with its whole review; no version of it was ever released.
      if (before === 1) fresh.deleteObjectStore('outbox');
      fresh
        .createObjectStore('outbox', { keyPath: 'clientId' })
        .createIndex('place', ['userId', 'articleId']);
      fresh.createObjectStore('reviews', { keyPath: ['userId', 'articleId', 'rev'] });
      fresh.createObjectStore('commits', { keyPath: ['userId', 'articleId', 'rev'] });
      fresh.createObjectStore('opened', { keyPath: ['userId', 'articleId'] });
      fresh.createObjectStore('drafts', { keyPath: ['userId', 'articleId', 'key'] });
      fresh.createObjectStore('account');
    },
    blocking(_now, _wanted, event) {
      (event.target as IDBDatabase).close();
      opening = null;
    },
    terminated() {
      opening = null;
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DOMException('The database does not open.')), openPatience);
  });
  try {
    return await Promise.race([database, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The database; throws where the browser has none or refuses it. A later call tries again. */
export async function database(): Promise<Database> {
  if (!globalThis.indexedDB) throw new DOMException('There is no storage.', 'NotSupportedError');
  opening ??= open();
  try {
    return await opening;
  } catch (error) {
    opening = null;
    throw error;
  }
}

/** All keys of an article of a person, whatever the revision. */
export const placeRange = (userId: string, articleId: string, upTo = Infinity): IDBKeyRange =>
  IDBKeyRange.bound([userId, articleId, 0], [userId, articleId, upTo]);
