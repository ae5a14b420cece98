/** React's window on a session: narrow selectors, so that a key stroke redraws only what it changes. */
import { createContext, use, useCallback, useRef, useSyncExternalStore } from 'react';
import type { ArticleSession } from '#web/session/article-session.ts';
import type { SessionSnapshot } from '#web/session/snapshot.ts';

const SessionContext = createContext<ArticleSession | null>(null);

/** Gives the session of the open article to everything inside. */
export const SessionProvider = SessionContext.Provider;

/** The session of the article page this is drawn in. */
export function useSession(): ArticleSession {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no session around this component.');
  return session;
}

/** For parts that are a few numbers by name. */
export const sameNumbers = <T extends Record<string, number>>(a: T, b: T): boolean =>
  Object.keys(a).every((name) => a[name] === b[name]);

/** A part of the snapshot. `same` says when two parts are equal and nothing need be drawn again. */
export function useSnapshot<T>(
  select: (snapshot: SessionSnapshot) => T,
  same: (a: T, b: T) => boolean = Object.is,
): T {
  const session = useSession();
  const last = useRef<{ from: SessionSnapshot; by: typeof select; part: T } | null>(null);
  const get = (): T => {
    const from = session.getSnapshot();
    // The question may be another than at the last drawing: it knows the component's properties.
    if (last.current?.from === from && last.current.by === select) return last.current.part;
    const part = select(from);
    const kept = last.current && same(last.current.part, part) ? last.current.part : part;
    last.current = { from, by: select, part: kept };
    return kept;
  };
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session]);
  return useSyncExternalStore(subscribe, get, get);
}
