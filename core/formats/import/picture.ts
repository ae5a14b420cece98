/** The address of a picture in a file: which of those given an article can hold, and why one cannot. */
import { allowedPicture } from '#core/article/picture.ts';
import { isDataAddress, type KeptPictures } from '#core/formats/assets/kept-pictures.ts';
import type { PictureRefusal } from '#core/formats/assets/read-picture.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Why the bytes of a picture are not kept, after its name. */
const reasons: Record<PictureRefusal, string> = {
  PICTURE_KIND: 'is no PNG, JPEG, GIF or WebP file and is not kept',
  PICTURE_SVG: 'is an SVG drawing, which can hold scripts, and is not kept',
  PICTURE_TOO_LARGE: 'is larger than 10 MB and is not kept',
  PICTURE_HUGE: 'has too many points to be shown and is not kept',
  PICTURE_DAMAGED: 'is damaged and is not kept',
  PICTURES_FULL: 'is beyond the 500 pictures or 40 MB that an article can hold, and is not kept',
};

/** Why a picture is not kept, in words that follow its name. Null stands for a reader that keeps none. */
export const whyLost = (code: PictureRefusal | null): string =>
  code === null ? 'is part of the file and cannot be kept here' : reasons[code];

/** A picture of a file, as far as it could be kept: the address for its figure ('' for none) and a sentence about what is lost. */
export interface FoundPicture {
  src: string;
  lost: string | null;
}

/** Keeps what can be kept of the addresses that a file gives for one picture. One that only leaves out its scheme is on the web. */
export function foundPicture(given: readonly string[], pictures: KeptPictures): FoundPicture {
  const full = given
    .filter((one) => one !== '')
    .map((one) => (/^\/\/[^/]/.test(one) ? `https:${one}` : one));
  const rest = 'its place, description and caption are kept.';
  let lost: string | null = null;
  for (const one of full) {
    if (isDataAddress(one)) {
      const kept = pictures.keepData(one);
      if (kept.ok) return { src: kept.src, lost: null };
      lost ??= `${whyLost(kept.code)}; ${rest}`;
    } else if (allowedPicture(one)) return { src: one, lost: null };
    else lost ??= `has an address that an article cannot hold; ${rest}`;
  }
  return { src: '', lost };
}

/** What a picture is called in a message: its address, unless that is the picture itself, or its description. */
export const pictureName = (address: string, alt: string): string =>
  isDataAddress(address) || address === ''
    ? alt === ''
      ? 'A picture without a description'
      : `The picture ${inQuotes(alt)}`
    : `The picture ${inQuotes(address)}`;
