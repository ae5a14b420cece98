/** Writes a review as Galley's lossless JSON file. It holds everything and no time of export: the same review gives
 *  the same bytes. */
import { canonicalJson } from '#core/formats/canonical-json.ts';
import { headlineOf, reviewToJson, type Review } from '#core/sync/review.ts';

/** The name and version that stand in every file. */
export const fileFormat = 'galley.review';
export const fileVersion = 1;

/** The file of a review. */
export function writeJson(review: Review): string {
  const json = reviewToJson(review);
  return canonicalJson({
    ...json,
    format: fileFormat,
    version: fileVersion,
    article: { ...json.article, headline: headlineOf(review.doc) },
    // Part of the format; a review does not carry them yet.
    checks: [],
    sources: [],
    citations: [],
  });
}
