/** Where each fact of an article stands, worked out once for a review and what is known of its claims. */
import type { Node } from 'prosemirror-model';
import type { ClaimFile } from '#core/facts/claim-file.ts';
import { factState, type FactState } from '#core/facts/fact-state.ts';
import type { Review } from '#core/sync/review.ts';
import type { FactsKnown } from '#web/session/fact-book.ts';

type States = ReadonlyMap<string, FactState>;

/** What a state was worked out from: it is the same as long as the words' block and their place in it are. */
interface Known {
  file: ClaimFile | undefined;
  block: Node;
  from: number;
  to: number;
  state: FactState;
}

let last: { review: Review; facts: FactsKnown; states: States } | null = null;
let known: ReadonlyMap<string, Known> = new Map();

/** The state of every fact that is not deleted, by occurrence id. The newest answer is kept because many parts ask at once, and
 *  stays the same object until a state is another. */
export function factStatesOf(review: Review, facts: FactsKnown): States {
  if (last?.review === review && last.facts === facts) return last.states;
  const states = new Map<string, FactState>();
  const next = new Map<string, Known>();
  const find = review.occurrences.size > 0 ? blocksOf(review.doc) : null;
  let same = true;
  for (const { id, claimId, status } of review.occurrences.values()) {
    if (status === 'deleted') continue;
    const anchor = review.anchors.byId.get(id);
    const file = facts.claims.get(claimId);
    const place = anchor?.state === 'attached' ? find?.(anchor.from, anchor.to) : undefined;
    const before = known.get(id);
    const holds =
      place !== undefined &&
      before?.file === file &&
      before?.block === place.block &&
      before.from === place.from &&
      before.to === place.to;
    const state = holds ? before.state : factState(file, id, anchor, review.doc);
    if (place) next.set(id, { ...place, file, state });
    states.set(id, state);
    const old = last?.states.get(id);
    same &&= old?.word === state.word && old.check === state.check && old.stale === state.stale;
  }
  known = next;
  const kept = same && last?.states.size === states.size ? last.states : states;
  last = { review, facts, states: kept };
  return kept;
}

/** Looks up the block that holds a stretch, and where in it; nothing for one over several blocks. */
function blocksOf(
  doc: Node,
): (from: number, to: number) => { block: Node; from: number; to: number } | undefined {
  const starts: number[] = [];
  doc.forEach((_, offset) => void starts.push(offset));
  return (from, to) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < from) low = middle;
      else high = middle;
    }
    const block = doc.maybeChild(low);
    const start = starts[low] ?? 0;
    if (!block || to > start + block.nodeSize) return undefined;
    return { block, from: from - start, to: to - start };
  };
}
