/** What may leave an article of what is known of its claims. A claim spans articles, its checks do not. */
import type { Occurrence } from '#core/annotate/annotation.ts';
import { sees, type Reader } from '#core/annotate/audience.ts';
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

/** The facts for one reader of these occurrences: the claims that occur there, and of their citations those given where they may
 *  look and those that a verdict they see rests on, since it names them. */
export function factsFor(
  facts: KnownFacts,
  occurrences: ReadonlyMap<string, Occurrence>,
  reader: Reader,
): { claims: ClaimFile[]; sources: Source[] } {
  const here = new Set([...occurrences.values()].map(({ claimId }) => claimId));
  const known = seenFacts(facts, occurrences).claims.filter(({ claim }) => here.has(claim.id));
  const claims = known.map((file) => {
    const named = new Set(file.checks.flatMap(({ citationIds }) => citationIds));
    return {
      ...file,
      citations: file.citations.filter(
        ({ id, audience = 'all' }) => sees(reader, audience) || named.has(id),
      ),
    };
  });
  return { claims, sources: citedBy(claims, facts.sources) };
}

function citedBy(claims: readonly ClaimFile[], sources: readonly Source[]): Source[] {
  const cited = new Set(claims.flatMap(({ citations }) => citations.map((one) => one.sourceId)));
  return sources.filter(({ id }) => cited.has(id));
}

/** The facts as they were known before the moment `at` in an article at revision `rev`. What a claim says is not among it: that
 *  is in the history of the claim. */
export function factsBefore(
  { claims, sources }: KnownFacts,
  { at, rev }: { at: string; rev: number },
  articleId: string,
): { claims: ClaimFile[]; sources: Source[] } {
  const then = claims.map((file) => ({
    ...file,
    checks: file.checks.filter(
      (check) => check.at < at && (check.articleId !== articleId || check.rev <= rev),
    ),
    citations: file.citations.filter((citation) => citation.at < at),
  }));
  return { claims: then, sources: citedBy(then, sources) };
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
