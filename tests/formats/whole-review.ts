/** Any whole review: everything that a review and its facts can hold, with hostile words, for the lossless file. */
import { fc } from '#tests/support/properties.ts';
import type { Anchor, Grave } from '#core/annotate/anchor.ts';
import { claimTypes, type SuggestionRow } from '#core/annotate/annotation.ts';
import type { Audience } from '#core/annotate/audience.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { sourceKinds, stances, type ClaimFile, type Source } from '#core/facts/claim-file.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { certainties, verdicts } from '#core/facts/verdict.ts';
import { stages } from '#core/sync/stage.ts';
import type { Review } from '#core/sync/review.ts';
import { anyReview, hostile } from '#tests/formats/hostile-review.ts';

const words = fc.constantFrom(...hostile, '', 'words');
const at = fc
  .date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const by = fc.constantFrom('ada', 'ben');
const signed = fc.record({ by, at });
const audience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constantFrom<Audience>('all', 'desk', 'legal'),
  fc.subarray(['ada', 'ben', 'nobody'], { minLength: 1 }).map((people) => ({ people })),
);
const replies = fc
  .array(fc.tuple(signed, words, fc.option(at, { nil: undefined })), { maxLength: 2 })
  .map((list) =>
    list.map(([one, text, editedAt], i) => ({
      ...one,
      id: `reply-${i}`,
      text,
      ...(editedAt === undefined ? {} : { editedAt }),
    })),
  );
const status = fc
  .option(signed, { nil: undefined })
  .map((one) => (one ? { statusBy: one.by, statusAt: one.at } : {}));

const grave = (depth: number): fc.Arbitrary<Grave> =>
  fc.record(
    {
      id: fc.constantFrom('fact-0', 'fact-1'),
      at: fc.nat(9),
      tokens: fc.array(words, { maxLength: 3 }),
      edges: fc.array(
        fc.record({ edge: fc.constantFrom('from' as const, 'to' as const), k: fc.nat(3) }),
        { maxLength: 2 },
      ),
      by,
      rev: fc.nat(9),
      home: fc.record({
        exact: words,
        prefix: words,
        suffix: words,
        good: fc.constant({ rev: 1, from: 1, to: 2 }),
      }),
      ...(depth > 0
        ? {
            folded: fc.array(fc.record({ k: fc.nat(3), grave: grave(depth - 1) }), {
              maxLength: 2,
            }),
          }
        : {}),
    },
    { requiredKeys: ['id', 'at', 'tokens', 'edges'] },
  );

const source = fc.record({
  kind: fc.constantFrom(...sourceKinds),
  title: words,
  publisher: words,
  address: words,
  dated: words,
  by,
  at,
});
const factParts = fc.record({
  claim: fc.record({
    type: fc.constantFrom(...claimTypes),
    text: words,
    check: words,
    by,
    at,
    version: fc.nat(40),
  }),
  occurrence: fc.tuple(
    signed,
    audience,
    fc.constantFrom('open' as const, 'deleted' as const),
    status,
    replies,
  ),
  where: fc.tuple(fc.nat(), fc.nat(), fc.boolean()),
  citations: fc.array(
    fc.record({
      source: fc.nat(2),
      locator: words,
      stance: fc.constantFrom(...stances),
      quote: words,
      by,
      at,
    }),
    { maxLength: 3 },
  ),
  checks: fc.array(
    fc.record({
      verdict: fc.constantFrom(...verdicts),
      certainty: fc.constantFrom(...certainties, null),
      rationale: words,
      rev: fc.nat(40),
      words,
      sentence: words,
      by,
      at,
    }),
    { maxLength: 3 },
  ),
});

/** A review with facts, verdicts, sources, graves, protected words and hidden notes. */
export const anyWhole: fc.Arbitrary<{ review: Review; facts: KnownFacts }> = fc
  .record({
    base: anyReview,
    stage: fc.constantFrom(...stages),
    facts: fc.array(factParts, { maxLength: 3 }),
    sources: fc.array(source, { minLength: 3, maxLength: 3 }),
    graves: fc.array(grave(2), { maxLength: 3 }),
    stet: fc.boolean(),
    decided: fc.record({
      status: fc.constantFrom('accepted' as const, 'rejected' as const, 'settled' as const),
      by,
      at,
      decidedRev: fc.nat(7),
      words,
      replies,
    }),
    audience,
    writer: fc.boolean(),
  })
  .map(({ base, stage, facts, sources, graves, stet, decided, audience: seenBy, writer }) => {
    const { doc } = base;
    const size = doc.content.size;
    const anchor = (
      id: string,
      kind: Anchor['kind'],
      [a, b, attached]: [number, number, boolean],
    ): Anchor => {
      const from = Math.min(a % size, b % size);
      const to = Math.max(a % size, b % size) + 1;
      const good = { rev: 3, from, to };
      return attached
        ? { id, kind, from, to, state: 'attached', good, ...quoteAt(doc, from, to) }
        : {
            id,
            kind,
            from,
            to: from,
            state: 'detached',
            good,
            exact: 'gone',
            prefix: '',
            suffix: '',
            regained: 'found',
            elsewhere: 'a2',
          };
    };
    const byId = new Map(base.anchors.byId);
    const occurrences = new Map<
      string,
      Review['occurrences'] extends ReadonlyMap<string, infer T> ? T : never
    >();
    const claims = new Map<string, ClaimFile['claim']>();
    const files: ClaimFile[] = facts.map((parts, i) => {
      const id = `fact-${i}`;
      const [by_, seen, state, told, said] = parts.occurrence;
      occurrences.set(id, {
        id,
        claimId: `claim-${i}`,
        ...by_,
        audience: seen,
        status: state,
        ...told,
        replies: said,
      });
      byId.set(id, anchor(id, 'occurrence', parts.where));
      const claim = { id: `claim-${i}`, ...parts.claim };
      claims.set(claim.id, claim);
      const citations = parts.citations.map(({ source: n, ...rest }, k) => ({
        id: `cite-${i}-${k}`,
        sourceId: `source-${n}`,
        ...rest,
      }));
      const checks = parts.checks.map((rest, k) => ({
        id: `check-${i}-${k}`,
        articleId: 'a1',
        occurrenceId: id,
        citationIds: citations.slice(0, k).map((one) => one.id),
        ...rest,
      }));
      return { claim, citations, checks };
    });
    if (stet) byId.set('old', anchor('old', 'stet', [1, 3, true]));
    const row: SuggestionRow = {
      id: 'old',
      by: decided.by,
      at: decided.at,
      last: decided.at,
      reason: decided.words,
      category: '',
      audience: 'all',
      status: decided.status,
      decidedBy: decided.by,
      decidedAt: decided.at,
      decidedRev: decided.decidedRev,
      deleted: decided.words,
      inserted: '',
      replies: decided.replies,
    };
    return {
      review: {
        ...base,
        article: {
          ...base.article,
          stage,
          source: 'a file.docx',
          ...(writer ? { writerId: 'ada' } : {}),
        },
        comments: new Map(
          [...base.comments].map(([id, one]) => [id, { ...one, audience: seenBy }]),
        ),
        occurrences,
        claims,
        suggestions: new Map([...base.suggestions, ['old', row]]),
        anchors: { byId, graves: graves.filter(({ id }) => occurrences.has(id)) },
      },
      facts: {
        claims: files,
        sources: sources.map((one, i): Source => ({ id: `source-${i}`, ...one })),
      },
    };
  });
