/** The numbers of an article, for the library: counted once for everybody, and told to each reader without what they may not see. */
import type { Node } from 'prosemirror-model';
import { sees, type Audience, type Reader } from '#core/annotate/audience.ts';
import type { ReaderCounts } from '#core/sync/answers.ts';
import type { Review } from '#core/sync/review.ts';

/** Numbers for the library; `open` counts everything that waits for a person. */
export interface ArticleCounts extends ReaderCounts {
  /** The notes among these by who may see them, so that a list can be told each reader without opening the article. */
  byAudience: AudienceCounts[];
}

export interface AudienceCounts {
  audience: Audience;
  comments: number;
  openComments: number;
  facts: number;
}

/** What follows from something that never changes is worked out once for it: an article with thousands of notes is written in
 *  letter by letter, and hardly any letter changes a note. */
function once<K extends object, V>(make: (from: K) => V): (from: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (from) => {
    const found = known.get(from) ?? { value: make(from) };
    known.set(from, found);
    return found.value;
  };
}

const countsByAudience = once((comments: Review['comments']) =>
  once((occurrences: Review['occurrences']): AudienceCounts[] => {
    const found = new Map<string, AudienceCounts>();
    const at = (audience: Audience): AudienceCounts => {
      const key = JSON.stringify(audience);
      const counts = found.get(key) ?? { audience, comments: 0, openComments: 0, facts: 0 };
      found.set(key, counts);
      return counts;
    };
    for (const { audience, status } of comments.values()) {
      if (status === 'deleted') continue;
      at(audience).comments++;
      if (status === 'open') at(audience).openComments++;
    }
    for (const { audience, status } of occurrences.values())
      if (status === 'open') at(audience).facts++;
    return [...found.values()];
  }),
);

const wordsOf = once((block: Node): number => {
  const text = block.textBetween(0, block.content.size, ' ', ' ');
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
});

const commentsOf = once((comments: Review['comments']) => {
  const there = [...comments.values()].filter(({ status }) => status !== 'deleted');
  return {
    comments: there.length,
    openComments: there.filter(({ status }) => status === 'open').length,
  };
});

const suggestionsOf = once((suggestions: Review['suggestions']) => ({
  suggestions: suggestions.size,
  pendingSuggestions: [...suggestions.values()].filter(({ status }) => status === 'pending').length,
}));

const factsOf = once(
  (occurrences: Review['occurrences']): number =>
    [...occurrences.values()].filter(({ status }) => status === 'open').length,
);

/** The numbers of a review, as the library shows them. */
export function countsOf({ doc, comments, suggestions, occurrences }: Review): ArticleCounts {
  let words = 0;
  doc.forEach((block) => {
    words += wordsOf(block);
  });
  return {
    words,
    ...commentsOf(comments),
    ...suggestionsOf(suggestions),
    facts: factsOf(occurrences),
    byAudience: countsByAudience(comments)(occurrences),
  };
}

/** The counts of an article without the notes the reader may not see. Suggestions are for everyone on the article. */
export function countsFor(reader: Reader, counts: ArticleCounts): ReaderCounts {
  const { words, suggestions, pendingSuggestions } = counts;
  const seen = counts.byAudience.filter(({ audience }) => sees(reader, audience));
  const sum = (key: 'comments' | 'openComments' | 'facts'): number =>
    seen.reduce((total, one) => total + one[key], 0);
  return {
    words,
    suggestions,
    pendingSuggestions,
    comments: sum('comments'),
    openComments: sum('openComments'),
    facts: sum('facts'),
  };
}
