/** Annotations in the order of the text: what next and previous walk through, what is drawn, what is counted. */
import { listSuggestions, type SuggestionInText } from '#core/suggest/list.ts';
import type { Node } from 'prosemirror-model';
import type { Review } from '#core/sync/review.ts';

/** An annotation with its place in the shown text. A detached one has `from === to`, where its words were. */
export interface PlacedAnnotation {
  id: string;
  kind: 'comment' | 'occurrence' | 'suggestion';
  from: number;
  to: number;
  detached: boolean;
}

const listed = new WeakMap<Node, readonly SuggestionInText[]>();

/** The suggestions of a document; asked many times for the same one, it is read once. */
export function suggestionsOf(doc: Node): readonly SuggestionInText[] {
  let all = listed.get(doc);
  if (!all) listed.set(doc, (all = listSuggestions(doc)));
  return all;
}

/** Everything that still needs a person, in text order: open comments, marked facts, pending suggestions. Detached ones come at their old place. */
export function openAnnotations(review: Review): PlacedAnnotation[] {
  const all: PlacedAnnotation[] = [];
  const anchored = (kind: 'comment' | 'occurrence', id: string): void => {
    const anchor = review.anchors.byId.get(id);
    if (anchor)
      all.push({
        id,
        kind,
        from: anchor.from,
        to: anchor.to,
        detached: anchor.state === 'detached',
      });
  };
  for (const [id, comment] of review.comments)
    if (comment.status === 'open') anchored('comment', id);
  for (const [id, occurrence] of review.occurrences)
    if (occurrence.status === 'open') anchored('occurrence', id);
  for (const { id, from, to } of suggestionsOf(review.doc))
    if (review.suggestions.get(id)?.status === 'pending')
      all.push({ id, kind: 'suggestion', from, to, detached: false });
  return all.toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** Where an annotation of any state is, or null when it has no place in the text any more. */
export function placeOf(review: Review, id: string): { from: number; to: number } | null {
  const anchor = review.anchors.byId.get(id);
  if (anchor) return { from: anchor.from, to: anchor.to };
  return suggestionsOf(review.doc).find((one) => one.id === id) ?? null;
}
