/** Fetches what makes suggestions of late edits, which few sittings need. */
import type { lateAsSuggestions } from '#web/session/late-edits.ts';

type LateSuggester = typeof lateAsSuggestions;

const tryAgain = 3000;
let loaded: LateSuggester | null = null;

/** It, once it is here. */
export const lateSuggester = (): LateSuggester | null => loaded;

/** Tries until it is had: the edits that wait for it are on the device. */
export async function loadLateSuggester(): Promise<void> {
  while (!loaded)
    try {
      loaded = (await import('#web/session/late-edits.ts')).lateAsSuggestions;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, tryAgain));
    }
}
