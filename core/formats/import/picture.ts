/** The address of a picture in a file: which of those given an article can hold, and why one cannot. */
import { allowedPicture } from '#core/article/picture.ts';

/** The first of the addresses that an article can hold, or ''. One that only leaves out its scheme is on the web. */
export function keptAddress(given: readonly string[]): string {
  const full = given.map((one) => (/^\/\/[^/]/.test(one) ? `https:${one}` : one));
  return full.find((one) => one !== '' && allowedPicture(one)) ?? '';
}

/** Why an address is not kept, after the name of the picture. */
export function whyNotKept(address: string): string {
  const why = /^data:/i.test(address)
    ? 'is part of the file and cannot be kept yet'
    : 'has an address that an article cannot hold';
  return `${why}; its place, description and caption are kept.`;
}
