/** Which picture addresses a document may hold. Nothing is loaded from them by reading: a figure names its picture. */

/** True for http and https addresses, for a picture kept in the library (`asset:` and its SHA-256), and for none (''). */
export function allowedPicture(src: string): boolean {
  if (src.length > 2048) return false;
  for (const char of src) if (char <= ' ' || char === '\u007f') return false;
  return src === '' || /^https?:\/\/[^/\\]/i.test(src) || /^asset:[0-9a-f]{64}$/.test(src);
}
