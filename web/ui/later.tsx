/** Parts of a page that come after it. One that is here is drawn at once: there is no gap, and nothing jumps. */
import { use, type ComponentType, type ReactElement } from 'react';

/** A component that is fetched when it is first drawn, or before. */
export interface Later<P extends object> {
  (props: P): ReactElement;
  /** Fetches it beforehand. Out of reach, it is fetched again when it is drawn. */
  prefetch: () => Promise<void>;
}

/** Makes a component of one that is fetched. It waits as a lazy one does, inside a Suspense. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let here: ComponentType<P> | null = null;
  let coming: Promise<ComponentType<P>> | null = null;
  function Part(props: P): ReactElement {
    const Here = here ?? use((coming ??= load()));
    return <Here {...props} />;
  }
  const prefetch = (): Promise<void> =>
    load().then(
      (part) => {
        here = part;
      },
      () => undefined,
    );
  return Object.assign(Part, { prefetch });
}

/** Runs something once the page has nothing better to do; gives the way to call it off. */
export function atLeisure(run: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, 1000);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(run, { timeout: 3000 });
  return () => cancelIdleCallback(asked);
}
