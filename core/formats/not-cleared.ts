/** The first line of a copy that leaves the house before the article is cleared. */
import { notesOf } from '#core/formats/note-list.ts';
import type { Review } from '#core/sync/review.ts';

const clearedStages: readonly string[] = ['cleared', 'published', 'corrected'];

/** "NOT CLEARED · version 41 · 3 open", or null for an article that is cleared. Open are all notes that are not closed. */
export function notClearedNotice(review: Review): string | null {
  if (clearedStages.includes(review.article.stage)) return null;
  const open = notesOf(review).filter((note) => note.closed === '').length;
  return `NOT CLEARED · version ${review.rev} · ${open} open`;
}
