/** What this tab knows of the article's facts: claims with their checks and citations, and the sources. Claims have versions of
 *  their own beside the article's log, so the newest version wins, in whatever order they come. */
import type { ClaimFile, Source } from '#core/facts/claim-file.ts';
import type { Facts } from '#core/sync/protocol.ts';

export interface FactsKnown {
  /** By claim id. */
  claims: ReadonlyMap<string, ClaimFile>;
  sources: ReadonlyMap<string, Source>;
}

export const noFacts: FactsKnown = { claims: new Map(), sources: new Map() };

/** `known` with what has come; the same object when nothing is new. */
export function withFacts(known: FactsKnown, came: Facts): FactsKnown {
  const fresh = came.claims.filter(
    (file) => (known.claims.get(file.claim.id)?.claim.version ?? 0) < file.claim.version,
  );
  const sources = came.sources.filter((source) => !known.sources.has(source.id));
  if (fresh.length === 0 && sources.length === 0) return known;
  return {
    claims: new Map([...known.claims, ...fresh.map((file) => [file.claim.id, file] as const)]),
    sources: new Map([...known.sources, ...sources.map((source) => [source.id, source] as const)]),
  };
}
