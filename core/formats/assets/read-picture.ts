/** Decides by its bytes whether a file is a picture that can be kept, and how large it is shown. What a file is called and
 *  what it is said to be count for nothing. Nothing is decoded: only the heads of PNG, JPEG, GIF and WebP are read. */
import { assetLimits, type Asset, type AssetType } from '#core/formats/assets/asset.ts';
import { jpegSize } from '#core/formats/assets/read-jpeg.ts';
import type { ErrorCode } from '#core/sync/error.ts';

/** Why a picture is not kept. */
export type PictureRefusal = Extract<ErrorCode, `PICTURE${string}`>;

/** The picture, or why it is none that can be kept. */
export type PictureRead = { ok: true; asset: Asset } | { ok: false; code: PictureRefusal };

/** Points in a row and rows; null when the bytes break off or hold no picture. */
export type Size = { width: number; height: number } | null;

const refuse = (code: PictureRefusal): PictureRead => ({ ok: false, code });

/** True if the bytes have these signs at a place; a dot stands for any. */
function hasSigns(bytes: Uint8Array, at: number, signs: string): boolean {
  for (let i = 0; i < signs.length; i += 1)
    if (signs[i] !== '.' && bytes[at + i] !== signs.charCodeAt(i)) return false;
  return true;
}

const kinds: readonly [
  type: AssetType,
  is: (bytes: Uint8Array) => boolean,
  size: (bytes: Uint8Array) => Size,
][] = [
  ['image/png', (bytes) => hasSigns(bytes, 0, '\x89PNG\r\n\x1a\n'), pngSize],
  ['image/jpeg', (bytes) => hasSigns(bytes, 0, '\xff\xd8\xff'), jpegSize],
  ['image/gif', (bytes) => hasSigns(bytes, 0, 'GIF87a') || hasSigns(bytes, 0, 'GIF89a'), gifSize],
  ['image/webp', (bytes) => hasSigns(bytes, 0, 'RIFF....WEBP'), webpSize],
];

/** Looks at the bytes of a file. */
export function readPicture(bytes: Uint8Array): PictureRead {
  const [type, , sizeOf] = kinds.find(([, is]) => is(bytes)) ?? [];
  if (!type || !sizeOf) return refuse(looksLikeSvg(bytes) ? 'PICTURE_SVG' : 'PICTURE_KIND');
  if (bytes.length > assetLimits.bytes) return refuse('PICTURE_TOO_LARGE');
  const size = sizeOf(bytes);
  if (!size || size.width < 1 || size.height < 1) return refuse('PICTURE_DAMAGED');
  const { width, height } = size;
  if (Math.max(width, height) > assetLimits.side || width * height > assetLimits.points)
    return refuse('PICTURE_HUGE');
  return { ok: true, asset: { type, bytes, width, height } };
}

/** True for an XML whose first element is a drawing; SVG that is packed is no picture either. */
function looksLikeSvg(bytes: Uint8Array): boolean {
  let head = '';
  for (const byte of bytes.subarray(0, 4096)) if (byte !== 0) head += String.fromCharCode(byte);
  return /<svg[\s/>]/i.test(head);
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The head, and chunk after chunk to the end, of which one must hold points. */
function pngSize(bytes: Uint8Array): Size {
  const view = viewOf(bytes);
  if (bytes.length < 45 || view.getUint32(8) !== 13 || !hasSigns(bytes, 12, 'IHDR')) return null;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  // One that is far too large is refused as such, whether or not it holds anything.
  if (Math.max(size.width, size.height) > assetLimits.side) return size;
  let holds = false;
  for (let at = 8; at + 12 <= bytes.length; at += view.getUint32(at) + 12) {
    holds ||= hasSigns(bytes, at + 4, 'IDAT');
    if (hasSigns(bytes, at + 4, 'IEND')) return holds ? size : null;
  }
  return null;
}

function gifSize(bytes: Uint8Array): Size {
  if (bytes.length < 20) return null;
  const view = viewOf(bytes);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** The three kinds of WebP: lossy, lossless, and extended, whose canvas counts. */
function webpSize(bytes: Uint8Array): Size {
  if (bytes.length < 30) return null;
  const view = viewOf(bytes);
  if (view.getUint32(4, true) + 8 > bytes.length + 1) return null;
  if (hasSigns(bytes, 12, 'VP8X')) {
    const three = (at: number): number => view.getUint16(at, true) + ((bytes[at + 2] ?? 0) << 16);
    return { width: three(24) + 1, height: three(27) + 1 };
  }
  if (hasSigns(bytes, 12, 'VP8L') && bytes[20] === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (hasSigns(bytes, 12, 'VP8 ') && hasSigns(bytes, 23, '\x9d\x01\x2a'))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return null;
}
