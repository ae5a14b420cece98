/** Where each fact of an article stands, worked out once for a review and what is known of its claims. */
import { factState, type FactState } from '#core/facts/fact-state.ts';
import type { Review } from '#core/sync/review.ts';
import type { FactsKnown } from '#web/session/fact-book.ts';

let last: { review: Review; facts: FactsKnown; states: ReadonlyMap<string, FactState> } | null =
  null;

/** The state of every fact that is not deleted, by occurrence id. The newest answer is kept because many parts ask at once. */
export function factStatesOf(review: Review, facts: FactsKnown): ReadonlyMap<string, FactState> {
  if (last?.review === review && last.facts === facts) return last.states;
  const states = new Map<string, FactState>();
  for (const { id, claimId, status } of review.occurrences.values()) {
    if (status === 'deleted') continue;
    const anchor = review.anchors.byId.get(id);
    states.set(id, factState(facts.claims.get(claimId), id, anchor, review.doc));
  }
  last = { review, facts, states };
  return states;
}
