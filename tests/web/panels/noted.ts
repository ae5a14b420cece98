/** The annotations of a document with suggestions, as the panels list them, with times and words of one's choice. */
import type { Node } from 'prosemirror-model';
import { listSuggestions } from '#core/suggest/list.ts';
import type { SuggestionNote } from '#web/panels/card-groups.ts';

/** What is said of a suggestion: its minute on the clock, the minute of its last change, a reason, how many replies. */
export interface Said {
  minute?: number;
  until?: number;
  reason?: string;
  replies?: number;
}

const clock = (minute: number): string =>
  new Date(Date.UTC(2026, 10, 20, 9) + minute * 60_000).toISOString();

/** The suggestions of `doc` in text order; a suggestion nothing is said of is from minute 0. */
export function noted(doc: Node, said: Readonly<Record<string, Said>> = {}): SuggestionNote[] {
  return listSuggestions(doc).map((inText): SuggestionNote => {
    const { id, by, from, to, deleted, inserted } = inText;
    const { minute = 0, until = minute, reason = '', replies: count = 0 } = said[id] ?? {};
    const at = clock(minute);
    const replies = Array.from({ length: count }, (_, i) => ({
      id: `${id} ${i}`,
      by: 'tom',
      at,
      text: 'Why?',
    }));
    const common = { id, by, at, audience: 'all' as const, replies };
    const last = clock(until);
    const words = { reason, category: '', deleted, inserted };
    return {
      ...common,
      kind: 'suggestion',
      state: 'open',
      place: { from, to },
      quote: deleted || inserted,
      note: { ...common, ...words, last, status: 'pending' },
      inText,
    };
  });
}
