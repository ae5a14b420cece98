/** A text without the letters of the pictures in it: what is left is what a person wrote. */

/** Takes the letters of `data:` addresses, and of the pictures of Galley's own JSON, out of a text. */
export function withoutPictures(text: string): string {
  return text
    .replace(/(data:[\w./+-]{0,80}(?:;[\w=-]{0,80}){0,4};base64,)[A-Za-z0-9+/=%]+/gi, '$1')
    .replace(/("data": ")(?:#\d+|[A-Za-z0-9+/=]+)(?=")/g, '$1');
}
