/** How the annotations are shown at this width: cards beside the text, icons in a gutter, or a sheet at the bottom. */
import { useSyncExternalStore } from 'react';

/** `wide` has the rail too. The widths are those of the style sheets. */
export type Width = 'wide' | 'margin' | 'gutter' | 'sheet';

const steps: readonly [MediaQueryList, Width][] = [
  [window.matchMedia('(max-width: 40rem)'), 'sheet'],
  [window.matchMedia('(max-width: 67.4375rem)'), 'gutter'],
  [window.matchMedia('(max-width: 86.1875rem)'), 'margin'],
];

function subscribe(listener: () => void): () => void {
  for (const [query] of steps) query.addEventListener('change', listener);
  return () => {
    for (const [query] of steps) query.removeEventListener('change', listener);
  };
}

/** The width at this moment, for what is not drawn. */
export const widthNow = (): Width => steps.find(([query]) => query.matches)?.[1] ?? 'wide';

export const useWidth = (): Width => useSyncExternalStore(subscribe, widthNow);
