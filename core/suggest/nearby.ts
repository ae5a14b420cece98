/** Which of the author's own suggestions a change touches: those it may be one with (a word typed letter by letter). */
import type { Node } from 'prosemirror-model';
import type { Gap } from '#core/suggest/align.ts';
import {
  authored,
  blockAt,
  entriesOf,
  isFormat,
  isSuggestion,
  isWhole,
} from '#core/suggest/entries.ts';
import { marksOf, type Token } from '#core/suggest/tokens.ts';

function ownIds(token: Token, author: string): string[] {
  const parts = token.open
    ? entriesOf(token.node).filter((entry) => entry.k !== 'block')
    : marksOf(token)
        .filter((mark) => isSuggestion(mark) && !isFormat(mark))
        .map(authored);
  return parts.filter((part) => part.by === author).map((part) => part.id);
}

/** What begins behind a gap. A figure or a cell there is no neighbour: what is written before it is none of it. */
const isBehind = (token: Token): boolean => !token.open || !isWhole(token.node);

/** The boundary after the last token of its block belongs to the neighbourhood too. */
function boundaryAfter(doc: Node, gap: Gap, author: string): string[] {
  const previous = gap.previous?.before;
  if (!previous || gap.next) return [];
  const block = blockAt(doc, previous.pos);
  const next = block && block.index + 1 < doc.childCount ? doc.child(block.index + 1) : null;
  return next && !isWhole(next)
    ? entriesOf(next)
        .filter((entry) => entry.k !== 'block' && entry.by === author)
        .map((entry) => entry.id)
    : [];
}

/** The ids of `author`'s own insertions and deletions that touch the gaps, nearest first, each once. */
export function nearbyIds(doc: Node, gaps: readonly Gap[], author: string): { id: string }[] {
  const ids = new Set<string>();
  for (const gap of gaps) {
    if (gap.previous) for (const id of ownIds(gap.previous.before, author)) ids.add(id);
    for (const token of gap.deleted) for (const id of ownIds(token, author)) ids.add(id);
    if (gap.next && isBehind(gap.next.before))
      for (const id of ownIds(gap.next.before, author)) ids.add(id);
    for (const id of boundaryAfter(doc, gap, author)) ids.add(id);
  }
  return [...ids].map((id) => ({ id }));
}
