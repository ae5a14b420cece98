/** Which link addresses a document may hold: an allow-list, applied by the schema, paste, import and export alike. */

/** True for http, https, mailto addresses and in-page fragments; anything else (javascript:, data:, relative paths) is refused. */
export function allowedHref(href: string): boolean {
  if (href.length > 2048) return false;
  for (const char of href) if (char <= ' ' || char === '\u007f') return false;
  return /^(?:https?:\/\/[^/\\]|mailto:[^/\\]|#)/i.test(href);
}
