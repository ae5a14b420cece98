/** Writes a review as Galley's lossless JSON file. It holds everything and no time of export: the same review gives
 *  the same bytes. */
import type { Asset, Assets } from '#core/formats/assets/asset.ts';
import { holderOf, putPictures } from '#core/formats/assets/cut-pictures.ts';
import { base64Letters, toBase64 } from '#core/formats/assets/base64.ts';
import { assetsIn } from '#core/formats/assets/used-assets.ts';
import type { Citation, Check } from '#core/facts/claim-file.ts';
import { filesById, seenFacts, type KnownFacts } from '#core/facts/seen-facts.ts';
import { canonicalJson } from '#core/formats/canonical-json.ts';
import { headlineOf, reviewToJson, type Review } from '#core/sync/review.ts';

/** The name and version that stand in every file. */
const fileFormat = 'galley.review';
const fileVersion = 1;

/** The letters of a picture, or what stands for them. */
type Letters = (asset: Asset, n: number) => string;

/** The file of a review with what is known of its facts, and the pictures of its figures. Of a claim, the newer version is
 *  written. */
export function writeJson(
  review: Review,
  facts: KnownFacts = { claims: [], sources: [] },
  assets: Assets = new Map(),
  letters: Letters = ({ bytes }) => toBase64(bytes),
): string {
  const pictures = [...assetsIn(review.doc, assets)];
  const json = reviewToJson(review);
  const known = facts.claims.filter(({ claim }) => review.claims.has(claim.id));
  const files = filesById(seenFacts({ ...facts, claims: known }, review.occurrences));
  const claims = [...review.claims.values()].map((claim) => {
    const file = files.get(claim.id);
    return file && file.claim.version >= claim.version ? file.claim : claim;
  });
  // In the order of the claims, so that a file read and written again is the same.
  const ordered = claims.flatMap(({ id }) => files.get(id) ?? []);
  const ofClaim = <T extends Check | Citation>(id: string, list: readonly T[]): unknown[] =>
    list.map((one) => ({ ...one, claimId: id }));
  return canonicalJson({
    ...json,
    format: fileFormat,
    version: fileVersion,
    article: { ...json.article, headline: headlineOf(review.doc) },
    // Who came to a house first is no part of an article.
    people: json.people.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    claims,
    checks: ordered.flatMap(({ claim, checks }) => ofClaim(claim.id, checks)),
    citations: ordered.flatMap(({ claim, citations }) => ofClaim(claim.id, citations)),
    sources: facts.sources,
    // Files without pictures are as they were before there were any.
    ...(pictures.length > 0
      ? {
          assets: Object.fromEntries(
            pictures.map(([hash, asset], n) => {
              const { bytes: _bytes, ...about } = asset;
              return [hash, { ...about, data: letters(asset, n) }];
            }),
          ),
        }
      : {}),
  });
}

/** The same as a file: a text, or bytes where there are pictures, whose letters never are one text with the rest. */
export function writeJsonFile(
  review: Review,
  facts: KnownFacts = { claims: [], sources: [] },
  assets: Assets = new Map(),
): string | Uint8Array {
  const shown: Asset[] = [];
  const text = writeJson(review, facts, assets, (asset, n) => {
    shown.push(asset);
    return holderOf(n);
  });
  if (shown.length === 0) return text;
  return putPictures(text, (n) => base64Letters(shown[n]?.bytes ?? new Uint8Array()));
}
