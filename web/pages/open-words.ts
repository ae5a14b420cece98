/** What waits in an article, in words. */
import type { ReaderCounts } from '#core/sync/answers.ts';
import { messages } from '#web/ui/messages.ts';

const words = messages.library;

/** What is open in an article: "4 suggestions, 2 facts, 1 comment", or that nothing is. */
export function openWords(counts: ReaderCounts): string {
  const parts = [
    counts.pendingSuggestions > 0 && words.suggestions(counts.pendingSuggestions),
    counts.facts > 0 && words.facts(counts.facts),
    counts.openComments > 0 && words.comments(counts.openComments),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : words.nothingOpen;
}
