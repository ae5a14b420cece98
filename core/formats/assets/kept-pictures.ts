/** The pictures that are taken out of a file while it is read, each once, within the limits of an article. */
import { pictureAddress } from '#core/article/picture.ts';
import { assetLimits, type Asset, type HashBytes } from '#core/formats/assets/asset.ts';
import { fromBase64 } from '#core/formats/assets/base64.ts';
import { readPicture, type PictureRefusal } from '#core/formats/assets/read-picture.ts';

/** The address that a figure has for a kept picture, or why it is not kept; `null` where pictures are not kept at all. */
export type Kept = { ok: true; src: string } | { ok: false; code: PictureRefusal | null };

/** True for a picture that is part of the text it stands in. */
export const isDataAddress = (address: string): boolean => /^data:/i.test(address);

export class KeptPictures {
  readonly assets = new Map<string, Asset>();
  private readonly hash: HashBytes | undefined;
  private size = 0;

  /** Without a hash no picture is kept. */
  constructor(hash?: HashBytes) {
    this.hash = hash;
  }

  /** Keeps the bytes of a file. */
  keep(bytes: Uint8Array): Kept {
    if (!this.hash) return { ok: false, code: null };
    const read = readPicture(bytes);
    if (!read.ok) return read;
    const { asset } = read;
    const hash = this.hash(bytes);
    const { pictures, bytes: most } = assetLimits.ofArticle;
    if (!this.assets.has(hash)) {
      if (this.assets.size >= pictures || this.size + bytes.length > most)
        return { ok: false, code: 'PICTURES_FULL' };
      this.size += bytes.length;
      this.assets.set(hash, asset);
    }
    return { ok: true, src: pictureAddress(hash, asset.width, asset.height) };
  }

  /** Keeps the picture of a `data:` address. */
  keepData(address: string): Kept {
    if (!this.hash) return { ok: false, code: null };
    const comma = address.indexOf(',');
    const head = address.slice(0, Math.max(0, comma));
    if (/^data:\s*image\/svg/i.test(head)) return { ok: false, code: 'PICTURE_SVG' };
    if (comma < 0 || !/;\s*base64\s*$/i.test(head)) return { ok: false, code: 'PICTURE_KIND' };
    const letters = address.slice(comma + 1);
    if (letters.length > assetLimits.bytes * 1.5) return { ok: false, code: 'PICTURE_TOO_LARGE' };
    const bytes = fromBase64(
      letters.replace(/%(2[bf]|3d|0[ad]|20)/gi, (sign) => decodeURIComponent(sign)),
    );
    return bytes ? this.keep(bytes) : { ok: false, code: 'PICTURE_DAMAGED' };
  }
}
