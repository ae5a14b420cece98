/** Which picture addresses a document may hold. Nothing is loaded from the web by reading: a figure names its picture.
 *  A picture whose bytes the house keeps is named by their SHA-256, with its size, so that its place is known before it is there. */

/** A picture that the house keeps. The size is in points as it is shown, or null where an address does not say it. */
export interface KeptPicture {
  hash: string;
  size: { width: number; height: number } | null;
}

const kept = /^asset:([0-9a-f]{64})(?:\/([1-9]\d{0,4})x([1-9]\d{0,4}))?$/;

/** The address of a kept picture. */
export const pictureAddress = (hash: string, width: number, height: number): string =>
  `asset:${hash}/${width}x${height}`;

/** What an address says of a kept picture; null for any other address. */
export function keptPicture(src: string): KeptPicture | null {
  const [, hash, width, height] = kept.exec(src) ?? [];
  if (hash === undefined) return null;
  const size = width && height ? { width: Number(width), height: Number(height) } : null;
  return { hash, size };
}

/** True for http and https addresses, for a picture that the house keeps, and for none (''). */
export function allowedPicture(src: string): boolean {
  if (src.length > 2048) return false;
  for (const char of src) if (char <= ' ' || char === '\u007f') return false;
  return src === '' || /^https?:\/\/[^/\\]/i.test(src) || kept.test(src);
}
