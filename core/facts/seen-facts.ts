/** What may leave an article of what is known of its claims. A claim spans articles, its checks do not. */
import type { Occurrence } from '#core/annotate/annotation.ts';
import type { ClaimFile, Source } from '#core/facts/claim-file.ts';

/** Claims with their checks and citations, and the sources they cite. */
export interface KnownFacts {
  claims: readonly ClaimFile[];
  sources: readonly Source[];
}

/** The facts without the checks made on occurrences that are not among these: another article's, or another audience's. */
export function seenFacts(
  { claims, sources }: KnownFacts,
  occurrences: ReadonlyMap<string, Occurrence>,
): { claims: ClaimFile[]; sources: Source[] } {
  return {
    claims: claims.map((file) => ({
      ...file,
      checks: file.checks.filter(
        ({ occurrenceId }) => occurrences.get(occurrenceId)?.claimId === file.claim.id,
      ),
    })),
    sources: [...sources],
  };
}

/** Everybody who wrote something of these facts. */
export function* peopleOfFacts({ claims, sources }: KnownFacts): Generator<string> {
  for (const { claim, checks, citations } of claims) {
    yield claim.by;
    for (const { by } of [...checks, ...citations]) yield by;
  }
  for (const { by } of sources) yield by;
}

/** Claims by their ids. */
export const filesById = ({ claims }: Pick<KnownFacts, 'claims'>): Map<string, ClaimFile> =>
  new Map(claims.map((file) => [file.claim.id, file]));
