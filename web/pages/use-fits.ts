/** Whether there is room for what stands side by side. */
import { useCallback, useSyncExternalStore } from 'react';

/** True while the window fits a media query. */
export function useFits(media: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const query = matchMedia(media);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(media).matches);
}
