/** Pictures whose bytes the house keeps: what is known of one, and the limits. */

/** The kinds that are kept, by their media types. */
export const assetTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type AssetType = (typeof assetTypes)[number];

/** The bytes of a picture, and what is read from them. The size is in points, as the picture is shown. */
export interface Asset {
  type: AssetType;
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** Pictures by the SHA-256 of their bytes, in hex. */
export type Assets = ReadonlyMap<string, Asset>;

/** SHA-256 in hex. */
export type HashBytes = (bytes: Uint8Array) => string;

/** The most that is kept: of one picture, and of all pictures of an article. */
export const assetLimits = {
  bytes: 10 * 1024 * 1024,
  side: 20_000,
  points: 100_000_000,
  ofArticle: { pictures: 500, bytes: 40 * 1024 * 1024 },
};

/** The usual ending of a file of this kind. */
export const endingOf = (type: AssetType): string =>
  type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length);
