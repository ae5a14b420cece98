/** What a start without the server needs: who was here last, and their library. Forgotten when they sign out. */
import type { Library, Me } from '#core/sync/answers.ts';
import { database } from '#web/session/database.ts';
import { forgetAccount, keptArticles } from '#web/session/shelf.ts';
import { unfinishedIn, type Unfinished } from '#web/session/unfinished.ts';

/** Lines of the library that are remembered; only those of articles on the device are shown. */
const mostRemembered = 300;

const draftsOf = (userId: string): IDBKeyRange =>
  IDBKeyRange.bound([userId, '', ''], [userId, '\uffff', '\uffff']);

interface Remembered {
  me: Me;
  library: Library;
}

async function recall<K extends keyof Remembered>(
  key: K,
): Promise<{ userId: string; value: Remembered[K] } | null> {
  const found = await (await database()).get('account', key);
  return found ? { userId: found.userId, value: found.value as Remembered[K] } : null;
}

/** Runs what must not stop a page when the storage is refused. */
async function quietly<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await act();
  } catch {
    return otherwise;
  }
}

/** Notes who is signed in. Copies of somebody else go, save those that unsent work of theirs stands on. */
export const rememberMe = (me: Me): Promise<void> =>
  quietly(async () => {
    const userId = me.person.id;
    const before = await recall('me');
    if (before && before.userId !== userId) await forgetAccount(true);
    await (await database()).put('account', { userId, value: me }, 'me');
  }, undefined);

/** Who was here last, for a start without the server. */
export const recallMe = (): Promise<Me | null> =>
  quietly(async () => (await recall('me'))?.value ?? null, null);

export const rememberLibrary = (library: Library): Promise<void> =>
  quietly(async () => {
    const me = await recall('me');
    if (!me) return;
    const before = await recall('library');
    const known = before?.userId === me.userId ? before.value.articles : [];
    const fresh = new Set(library.articles.map(({ id }) => id));
    const articles = [...library.articles, ...known.filter(({ id }) => !fresh.has(id))];
    const value: Library = { articles: articles.slice(0, mostRemembered), next: null };
    await (await database()).put('account', { userId: me.userId, value }, 'library');
  }, undefined);

/** The last library of the person who was here last, with the articles that are kept on this device; null when none is known. */
export const recallLibrary = (): Promise<Library | null> =>
  quietly(async () => {
    const [me, library] = [await recall('me'), await recall('library')];
    if (!me || library?.userId !== me.userId) return null;
    const here = new Set(await keptArticles(me.userId));
    const articles = library.value.articles.filter(({ id }) => here.has(id));
    return { ...library.value, articles };
  }, null);

/** What somebody has half written on the articles of this device. */
export const halfWrittenBy = (userId: string): Promise<Unfinished[]> =>
  quietly(async () => {
    const kept = await (await database()).getAll('drafts', draftsOf(userId));
    return unfinishedIn(kept.map(({ key, text }) => [key, text] as const));
  }, []);

/** Nobody is signed in any more: what was received goes. Unsent own words stay on the device for their author; `ended` when
 *  the session ran out by itself, and the articles they stand on are needed to send them. Who `left` was told what they had
 *  half written; that goes too. */
export const forgetMe = (why: 'left' | 'ended'): Promise<void> =>
  quietly(async () => {
    const me = why === 'left' ? await recall('me') : null;
    if (me) await (await database()).delete('drafts', draftsOf(me.userId));
    await forgetAccount(why === 'ended');
  }, undefined);
