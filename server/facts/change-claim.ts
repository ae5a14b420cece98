/** The one verb that changes a claim: rights, authorship and the checked words are settled here, the rule in core, the rows in the store. */
import { sees } from '#core/annotate/audience.ts';
import { changeClaim, type ClaimChange, type Source } from '#core/facts/claim-file.ts';
import { checkedWords } from '#core/facts/sentence.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import type { AskedClaimChange, Facts } from '#core/sync/protocol.ts';
import type { Review } from '#core/sync/review.ts';
import type { Claims } from '#server/store/claims.ts';

export interface FactsDeps {
  claims: Claims;
  now(): string;
  newId(): string;
}

/** What the change is made from: the head of the article, and who its writer is. */
export interface Place {
  review: Review;
  writerId: string | undefined;
  occurrenceId: string;
}

function full(
  asked: AskedClaimChange,
  place: Place,
  by: string,
  { now, newId }: FactsDeps,
  key: string,
): { event: ClaimChange; source?: Source } {
  const at = now();
  switch (asked.do) {
    case 'describe':
    case 'uncite':
      return { event: asked };
    case 'cite': {
      const { source: named, locator, stance, quote } = asked;
      const sourceId = 'id' in named ? named.id : newId();
      const audience = place.review.occurrences.get(place.occurrenceId)?.audience ?? 'all';
      const seenBy = audience === 'all' ? {} : { audience };
      const citation = { id: key, sourceId, locator, stance, quote, by, at, ...seenBy };
      const event: ClaimChange = { do: 'cite', citation };
      return 'id' in named ? { event } : { event, source: { ...named, id: sourceId, by, at } };
    }
    case 'check': {
      const anchor = place.review.anchors.byId.get(place.occurrenceId);
      if (anchor?.state !== 'attached') throw new RefusalError('BAD_RANGE');
      const { review, occurrenceId } = place;
      const { words, sentence } = checkedWords(review.doc, anchor.from, anchor.to);
      const { verdict, certainty, rationale, citationIds } = asked;
      const made = { id: key, articleId: review.article.id, occurrenceId, by, at };
      const given = { verdict, certainty, rationale, citationIds: [...new Set(citationIds)] };
      return {
        event: { do: 'check', check: { ...made, ...given, rev: review.rev, words, sentence } },
      };
    }
  }
}

/** What came of a change: the claim as it stands now, and everywhere it occurs. */
export interface ChangedFact {
  version: number;
  facts: Facts;
  occurrences: { articleId: string; id: string }[];
}

/** Carries a change out for `actor`. Throws RefusalError; then nothing has changed. */
export async function changeFact(
  deps: FactsDeps,
  place: Place,
  asked: AskedClaimChange,
  actor: Standing,
  key: string = deps.newId(),
): Promise<ChangedFact> {
  const occurrence = place.review.occurrences.get(place.occurrenceId);
  const reader = { id: actor.userId, role: actor.role };
  if (!occurrence || occurrence.status === 'deleted' || !sees(reader, occurrence.audience))
    throw new RefusalError('NOTE_UNKNOWN');
  if (!may(actor, asked.do === 'check' ? 'check' : 'markFact')) throw new RefusalError('FORBIDDEN');
  const { claimId } = occurrence;
  const told = async (): Promise<ChangedFact> => {
    const [facts, occurrences] = await Promise.all([
      deps.claims.facts([claimId]),
      deps.claims.occurrencesOf(claimId),
    ]);
    const version = facts.claims.find(({ claim }) => claim.id === claimId)?.claim.version ?? 0;
    return { version, facts, occurrences };
  };
  // Asked before, and the answer did not arrive.
  const known = (await deps.claims.facts([claimId])).claims.flatMap((file) => [
    ...file.citations,
    ...file.checks,
  ]);
  if (known.some(({ id, by }) => id === key && by === actor.userId)) return told();
  const { event, source } = full(asked, place, actor.userId, deps, key);
  const order = { by: actor.userId, at: deps.now(), event, ...(source ? { source } : {}) };
  const changed = await deps.claims.change(claimId, order, (file) =>
    changeClaim(file, event, place.writerId),
  );
  if (!changed) throw new RefusalError('NOTE_UNKNOWN');
  if ('refused' in changed) throw new RefusalError(changed.refused);
  return told();
}
