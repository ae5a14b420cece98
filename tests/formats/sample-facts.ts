/** What is known of the sample review's one fact: two rounds, two citations of two sources, and a check of another article. */
import type { Check, ClaimFile, Source } from '#core/facts/claim-file.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { checkedWords } from '#core/facts/sentence.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const at = (minute: number): string => `2026-11-20T11:${String(minute).padStart(2, '0')}:07.000Z`;

const source = (id: string, title: string): Source => ({
  id,
  kind: 'web',
  title,
  publisher: 'DoD',
  address: `https://example.org/${id}`,
  dated: '21 July 2017',
  by: 'cleo',
  at: at(1),
});

/** The facts; `more` changes the second check. */
export function sampleFacts(more: Partial<Check> = {}): KnownFacts & { claims: [ClaimFile] } {
  const review = sampleReview();
  const claim = review.claims.get('claim1');
  const anchor = review.anchors.byId.get('o1');
  if (!claim || !anchor) throw new Error('The sample has no fact.');
  const check: Check = {
    id: 'k1',
    articleId: 'a1',
    occurrenceId: 'o1',
    by: 'cleo',
    at: at(3),
    verdict: 'needs-context',
    certainty: null,
    rationale: 'Which year?',
    citationIds: [],
    rev: 40,
    ...checkedWords(review.doc, anchor.from, anchor.to),
  };
  const second: Check = {
    ...check,
    id: 'k2',
    by: 'ben',
    at: at(5),
    verdict: 'confirmed',
    certainty: 'primary',
    rationale: 'As reported,\nfor 2016.',
    citationIds: ['q1'],
    ...more,
  };
  const cited = { by: 'cleo', at: at(2), locator: 'p. 2' };
  return {
    claims: [
      {
        claim: { ...claim, type: 'number', check: 'Which fiscal year?', version: 6 },
        checks: [check, second],
        citations: [
          { ...cited, id: 'q1', sourceId: 's1', stance: 'supports', quote: 'five hundred fifty' },
          { ...cited, id: 'q2', sourceId: 's2', stance: 'contradicts', quote: '' },
        ],
      },
    ],
    sources: [source('s1', 'Pentagon briefing'), source('s2', 'A wire report')],
  };
}
