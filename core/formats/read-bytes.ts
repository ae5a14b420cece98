/** Decides whether bytes can be read as a text, before anything is read from them. Decoding itself needs the platform,
 *  so the caller passes it in; refusals carry codes of the one table of errors. */
import type { ErrorCode } from '#core/sync/error.ts';

/** The largest file Galley reads, in bytes (20 MB). */
export const largestFile = 20 * 1024 * 1024;

/** The largest review of Galley's own JSON, in bytes (64 MB): the pictures of the fullest article with all its notes. None
 *  that is larger is written, so that each can be read. */
export const largestReview = 64 * 1024 * 1024;

/** A text, or the code that says why there is none. */
export type BytesResult = { ok: true; text: string } | { ok: false; code: ErrorCode };

/** Openings of common files that are no text, though some hold few zero bytes: PDF, ZIP (Word), PNG, JPEG, GIF, gzip, RTF. */
const openings: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46, 0x2d],
  [0x50, 0x4b, 0x03, 0x04],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x1f, 0x8b, 0x08],
  [0x7b, 0x5c, 0x72, 0x74, 0x66],
];

function startsWith(bytes: Uint8Array, opening: readonly number[]): boolean {
  return opening.every((byte, i) => bytes[i] === byte);
}

/** Zero bytes, or more than one control byte in fifty, are the sign of a file that is no text. */
function looksBinary(bytes: Uint8Array): boolean {
  if (openings.some((opening) => startsWith(bytes, opening))) return true;
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) controls += 1;
  }
  return controls * 50 > bytes.length;
}

/** True for a ZIP package, as Word files are. */
export const isPackage = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);

function isUtf16(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
}

/** The code that says that a file is too large, or null. */
export function sizeRefusal(size: number, format: string): ErrorCode | null {
  if (format === 'json') return size > largestReview ? 'REVIEW_TOO_LARGE' : null;
  return size > largestFile ? 'FILE_TOO_LARGE' : null;
}

/** Reads bytes as UTF-8 text; a byte-order mark is dropped. `decode` gives null for bytes that are not UTF-8. */
export function readBytes(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => string | null,
  format = 'txt',
): BytesResult {
  const tooLarge = sizeRefusal(bytes.length, format);
  if (tooLarge) return { ok: false, code: tooLarge };
  if (isUtf16(bytes)) return { ok: false, code: 'FILE_NOT_UTF8' };
  if (looksBinary(bytes)) return { ok: false, code: 'FILE_BINARY' };
  const decoded = decode(bytes);
  if (decoded === null) return { ok: false, code: 'FILE_NOT_UTF8' };
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  return text.trim() === '' ? { ok: false, code: 'FILE_EMPTY' } : { ok: true, text };
}

/** The most lines a text to be imported may have; each may become a block, and a document of more is no article. */
const mostLines = 100_000;

/** The code that says why a text cannot be imported, or null. To be asked before `readText`. */
export function textRefusal(text: string): ErrorCode | null {
  if (text.trim() === '') return 'FILE_EMPTY';
  let lines = 0;
  for (const _ of text.matchAll(/\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/g)) {
    lines += 1;
    if (lines > mostLines) return 'DOCUMENT_TOO_LARGE';
  }
  return null;
}
