/** What a file says of its facts, written with the article it becomes. What the house has already is not written again. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { firstVersion } from '#core/formats/import/kept-file.ts';
import type { Statement } from '#server/store/append.ts';
import { cleanJson } from '#server/store/rows.ts';

/** Gives claims that are brought back the version from which the acts of the file raise them to the one they had. */
export function firstVersionStatement({ claims }: KnownFacts): Statement {
  return {
    sql: `UPDATE "Claim" k SET version = r.version
      FROM jsonb_to_recordset($1::jsonb) AS r(id text, version int) WHERE k.id = r.id AND k.version < r.version`,
    values: [cleanJson(claims.map((file) => ({ id: file.claim.id, version: firstVersion(file) })))],
  };
}

/** The statements, in order; they belong into the transaction that made the article and its claims. */
export function factStatements({ claims, sources }: KnownFacts): Statement[] {
  const ids = claims.map(({ claim }) => claim.id);
  if (ids.length === 0) return [];
  const citations = claims.flatMap(({ claim, citations }) =>
    citations.map((one) => ({ ...one, claimId: claim.id })),
  );
  const acts = claims.flatMap(({ claim, citations, checks }) => [
    ...citations.map((citation) => ({
      claimId: claim.id,
      at: citation.at,
      userId: citation.by,
      citationId: citation.id,
      change: { do: 'cite', citation },
    })),
    ...checks.map((check) => ({
      claimId: claim.id,
      at: check.at,
      userId: check.by,
      citationId: null,
      change: { do: 'check', check },
    })),
  ]);
  const sql = `WITH sources AS (
      INSERT INTO "Source" (id, title, kind, url, publisher, detail, "createdBy", "createdAt")
      SELECT id, title, kind, address, publisher, jsonb_build_object('dated', dated), "by", at
      FROM jsonb_to_recordset($1::jsonb) AS r(id text, title text, kind text, address text, publisher text,
        dated text, "by" text, at timestamptz)
      ON CONFLICT (id) DO NOTHING
    ), cited AS (
      INSERT INTO "Citation" (id, "claimId", "sourceId", locator, stance, quote, audience, "createdBy", "createdAt")
      SELECT id, "claimId", "sourceId", locator, stance, quote, coalesce(audience, '"all"'), "by", at
      FROM jsonb_to_recordset($2::jsonb) AS r(id text, "claimId" text, "sourceId" text, locator text, stance text,
        quote text, audience jsonb, "by" text, at timestamptz)
      ON CONFLICT (id) DO NOTHING RETURNING id
    ), acts AS (
      SELECT r.*, k.version + row_number() OVER (PARTITION BY r."claimId" ORDER BY r.n) AS version
      FROM jsonb_to_recordset($3::jsonb) AS r(n int, "claimId" text, at timestamptz, "userId" text,
        "citationId" text, change jsonb)
      JOIN "Claim" k ON k.id = r."claimId"
      WHERE r."citationId" IS NULL OR r."citationId" IN (SELECT id FROM cited)
    ), checked AS (
      INSERT INTO "Check" (id, "claimId", version, "articleId", "occurrenceId", "userId", at, verdict, certainty,
        rationale, "citationIds", rev, words, sentence)
      SELECT c.id, a."claimId", a.version, c."articleId", c."occurrenceId", a."userId", a.at, c.verdict, c.certainty,
        c.rationale, c."citationIds", c.rev, c.words, c.sentence
      FROM acts a, jsonb_to_record(a.change -> 'check') AS c(id text, "articleId" text, "occurrenceId" text,
        verdict text, certainty text, rationale text, "citationIds" jsonb, rev int, words text, sentence text)
      WHERE a.change ->> 'do' = 'check'
    ), events AS (
      INSERT INTO "ClaimEvent" ("claimId", version, at, "userId", change)
      SELECT "claimId", version, at, "userId", change FROM acts
    )
    UPDATE "Claim" k SET version = m.version
    FROM (SELECT "claimId", max(version) AS version FROM acts GROUP BY "claimId") m WHERE k.id = m."claimId"`;
  return [
    {
      sql: `SELECT id FROM "Claim" WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE`,
      values: [ids],
    },
    {
      sql,
      values: [
        cleanJson(sources),
        cleanJson(citations),
        cleanJson(acts.map((act, n) => ({ ...act, n }))),
      ],
    },
  ];
}
