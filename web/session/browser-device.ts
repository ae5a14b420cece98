/** The device of this browser: IndexedDB, shared by all tabs. Unsent work belongs to one tab at a time. */
import { apply, reviewFromJson, reviewToJson } from '#core/sync/review.ts';
import { database, placeRange } from '#web/session/database.ts';
import { TakenOver, type Copy, type Device, type Kept } from '#web/session/device.ts';
import { clearShelf, forgetArticle, prune, shelfSize } from '#web/session/shelf.ts';
import { browserTabs } from '#web/session/tabs.ts';

/** The device as one tab uses it. `holder` names the tab; it is a new one at every opening. */
export function browserDevice(holder: string): Device {
  const tabs = browserTabs();
  return {
    async hold(clientId) {
      await tabs.take(clientId);
    },
    async write({ clientId, userId, articleId, commits, kept, strict }) {
      const db = await database();
      const tx = db.transaction(['outbox', 'commits'], 'readwrite', {
        durability: strict ? 'strict' : 'relaxed',
      });
      const outbox = tx.objectStore('outbox');
      const before = await outbox.get(clientId);
      if (before && before.holder !== holder) {
        tx.abort();
        await tx.done.catch(() => undefined);
        throw new TakenOver();
      }
      for (const commit of commits)
        void tx.objectStore('commits').put({ userId, articleId, rev: commit.rev, commit });
      if (kept) void outbox.put({ ...kept, holder });
      else if (before) void outbox.delete(clientId);
      await tx.done;
    },
    async claim(articleId, userId) {
      const db = await database();
      const all = await db.getAllFromIndex('outbox', 'place', [userId, articleId]);
      for (const seen of all) {
        if (seen.holder === holder || !(await tabs.take(seen.clientId))) continue;
        const tx = db.transaction('outbox', 'readwrite');
        const now = await tx.store.get(seen.clientId);
        const mine = now?.holder === seen.holder;
        if (mine) await tx.store.put({ ...now, holder });
        await tx.done;
        if (mine) return now;
      }
      return null;
    },
    async unsent(articleId, userId): Promise<Kept[]> {
      return (await database()).getAllFromIndex('outbox', 'place', [userId, articleId]);
    },
    async keepCopy({ review, ...beside }) {
      const db = await database();
      const { userId, articleId } = beside;
      const tx = db.transaction(['reviews', 'opened'], 'readwrite');
      void tx.objectStore('reviews').put({ userId, articleId, rev: review.rev, review });
      void tx.objectStore('opened').put({ ...beside, at: Date.now() });
      await tx.done;
      await prune(db, userId, articleId);
      await clearShelf(db, shelfSize, () => false);
    },
    async copy(userId, articleId, rev = Infinity): Promise<Copy | null> {
      const tx = (await database()).transaction(['reviews', 'commits', 'opened']);
      const beside = await tx.objectStore('opened').get([userId, articleId]);
      const upTo = placeRange(userId, articleId, rev);
      const cursor = await tx.objectStore('reviews').openCursor(upTo, 'prev');
      if (!beside || !cursor) return null;
      const from = IDBKeyRange.bound(
        [userId, articleId, cursor.value.rev],
        [userId, articleId, rev],
      );
      const commits = await tx.objectStore('commits').getAll(from);
      let review = reviewFromJson(cursor.value.review);
      for (const { commit } of commits) {
        if (commit.rev <= review.rev) continue;
        if (commit.rev !== review.rev + 1) break;
        review = apply(review, commit);
      }
      if (rev !== Infinity && review.rev !== rev) return null;
      const { at: _at, ...rest } = beside;
      return { ...rest, review: reviewToJson(review) };
    },
    async dropCopy(userId, articleId) {
      await forgetArticle(await database(), userId, articleId);
    },
    async makeRoom({ userId, articleId }) {
      await clearShelf(await database(), 0, (who, which) => who === userId && which === articleId);
    },
    close: () => tabs.close(),
  };
}
