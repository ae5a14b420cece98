/** The first line of a copy that leaves the house before the article is cleared. */
import type { Stage } from '#core/sync/stage.ts';

const clearedStages: readonly Stage[] = ['cleared', 'published', 'corrected'];

/** True once an article has been cleared. */
export const isCleared = (stage: Stage): boolean => clearedStages.includes(stage);

/** "NOT CLEARED · version 41 · 3 open": `open` is what stands in the way of its release. */
export const notClearedNotice = (rev: number, open: number): string =>
  `NOT CLEARED · version ${rev} · ${open} open`;
