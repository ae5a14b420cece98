/** The articles on this device, those opened last, and what becomes of them when room is needed or somebody leaves. */
import { database, placeRange, type Database } from '#web/session/database.ts';

/** This many articles are kept, those opened last. */
export const shelfSize = 20;

/** Deletes the reviews and commits of an article that nothing stands on any more: older than the newest review at or below `floor`. */
export async function prune(db: Database, userId: string, articleId: string): Promise<void> {
  const tx = db.transaction(['outbox', 'reviews', 'commits'], 'readwrite');
  const revs = (await tx.objectStore('reviews').getAllKeys(placeRange(userId, articleId))).map(
    ([, , rev]) => rev,
  );
  const unsent = await tx.objectStore('outbox').index('place').getAll([userId, articleId]);
  const floor = Math.min(revs.at(-1) ?? 0, ...unsent.map(({ changes }) => changes.base));
  const keep = revs.findLast((rev) => rev <= floor) ?? floor;
  const older = IDBKeyRange.bound([userId, articleId, -1], [userId, articleId, keep], false, true);
  await tx.objectStore('reviews').delete(older);
  await tx.objectStore('commits').delete(older);
  await tx.done;
}

/** Forgets an article. Own unsent words stay. */
export async function forgetArticle(
  db: Database,
  userId: string,
  articleId: string,
): Promise<void> {
  const tx = db.transaction(['reviews', 'commits', 'opened'], 'readwrite');
  const all = placeRange(userId, articleId);
  await tx.objectStore('reviews').delete(all);
  await tx.objectStore('commits').delete(all);
  await tx.objectStore('opened').delete([userId, articleId]);
  await tx.done;
}

/** Forgets the articles beyond the last `most`; those with unsent work stay. */
export async function clearShelf(
  db: Database,
  most: number,
  stays: (userId: string, articleId: string) => boolean,
): Promise<void> {
  const opened = (await db.getAll('opened')).toSorted((a, b) => b.at - a.at);
  const needed = new Set(
    (await db.getAll('outbox')).map(({ userId, articleId }) => `${userId} ${articleId}`),
  );
  for (const { userId, articleId } of opened.slice(most))
    if (!stays(userId, articleId) && !needed.has(`${userId} ${articleId}`))
      await forgetArticle(db, userId, articleId);
}

/** The articles of a person that can be opened without the server. */
export async function keptArticles(userId: string): Promise<string[]> {
  const all = await (await database()).getAll('opened');
  return all.filter((one) => one.userId === userId).map(({ articleId }) => articleId);
}

/** Forgets who was here and the articles they opened. Own unsent words stay; the articles they stand on only with `keepNeeded`. */
export async function forgetAccount(keepNeeded: boolean): Promise<void> {
  const db = await database();
  await db.clear('account');
  if (keepNeeded) {
    await clearShelf(db, 0, () => false);
    return;
  }
  const tx = db.transaction(['reviews', 'commits', 'opened'], 'readwrite');
  for (const name of ['reviews', 'commits', 'opened'] as const) void tx.objectStore(name).clear();
  await tx.done;
}
