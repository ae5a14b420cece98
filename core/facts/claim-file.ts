/** Everything the house knows of one claim: its checks, its citations and their sources. It spans articles, so it is not part of any
 *  article's log; it has a version of its own, and one function that changes it. */
import type { Claim } from '#core/annotate/annotation.ts';
import type { Audience } from '#core/annotate/audience.ts';
import { isConfirmation, type Certainty, type Verdict } from '#core/facts/verdict.ts';

export const sourceKinds = ['web', 'document', 'person', 'recording', 'dataset'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Something that can be cited, once or in many places. `address` is a link, a shelf mark or a way to reach a person. */
export interface Source {
  id: string;
  kind: SourceKind;
  title: string;
  publisher: string;
  address: string;
  /** When it was published or said, in the words of the source. */
  dated: string;
  by: string;
  at: string;
}

export const stances = ['supports', 'contradicts', 'context'] as const;
export type Stance = (typeof stances)[number];

/** The use of a source for a claim: where in it, what it says to the claim, and its words. */
export interface Citation {
  id: string;
  sourceId: string;
  /** A page, a line, a minute and second. */
  locator: string;
  stance: Stance;
  quote: string;
  by: string;
  at: string;
  /** Who sees the occurrence it was given at; absent for everybody. */
  audience?: Audience | undefined;
}

/** One act of checking. It is never changed; a later round stands beside it. */
export interface Check {
  id: string;
  articleId: string;
  occurrenceId: string;
  by: string;
  at: string;
  verdict: Verdict;
  certainty: Certainty | null;
  rationale: string;
  citationIds: readonly string[];
  /** The article's revision, and the words and the sentence that were checked, white space folded. */
  rev: number;
  words: string;
  sentence: string;
}

export interface ClaimFile {
  claim: Claim;
  checks: readonly Check[];
  citations: readonly Citation[];
}

/** What can be done to a claim. Author and time are set by the server, as are the words of a check. */
export type ClaimChange =
  | { do: 'describe'; type: Claim['type']; check: string }
  | { do: 'cite'; citation: Citation }
  | { do: 'uncite'; citationId: string }
  | { do: 'check'; check: Check };

/** Why a change is refused. */
export type ClaimRefusal =
  | 'CHECKER_IS_WRITER'
  | 'NEEDS_CITATION'
  | 'CITATION_UNKNOWN'
  | 'CITATION_IN_USE'
  | 'BAD_MESSAGE';

/** Applies a change and counts the version up, or says why not. `writerId` is the writer of the article the check was made in. */
export function changeClaim(
  file: ClaimFile,
  change: ClaimChange,
  writerId: string | undefined,
): ClaimFile | { refused: ClaimRefusal } {
  const claim = { ...file.claim, version: file.claim.version + 1 };
  switch (change.do) {
    case 'describe':
      return { ...file, claim: { ...claim, type: change.type, check: change.check } };
    case 'cite':
      if (file.citations.some(({ id }) => id === change.citation.id))
        return { refused: 'BAD_MESSAGE' };
      return { ...file, claim, citations: [...file.citations, change.citation] };
    case 'uncite': {
      const { citationId } = change;
      if (!file.citations.some(({ id }) => id === citationId))
        return { refused: 'CITATION_UNKNOWN' };
      // A check rests on what it cited; the record of it must stay whole.
      if (file.checks.some(({ citationIds }) => citationIds.includes(citationId)))
        return { refused: 'CITATION_IN_USE' };
      return { ...file, claim, citations: file.citations.filter(({ id }) => id !== citationId) };
    }
    case 'check': {
      const { check } = change;
      if (writerId !== undefined && check.by === writerId) return { refused: 'CHECKER_IS_WRITER' };
      const cited = file.citations.filter(({ id }) => check.citationIds.includes(id));
      if (cited.length !== new Set(check.citationIds).size) return { refused: 'CITATION_UNKNOWN' };
      const supported = cited.some(({ stance }) => stance === 'supports');
      if (isConfirmation(check.verdict) && !supported) return { refused: 'NEEDS_CITATION' };
      return { ...file, claim, checks: [...file.checks, check] };
    }
  }
}

/** The newest check of a claim made on this occurrence, or null: a verdict never passes to another place by itself. */
export function lastCheck(file: ClaimFile, occurrenceId: string): Check | null {
  return file.checks.findLast((check) => check.occurrenceId === occurrenceId) ?? null;
}
