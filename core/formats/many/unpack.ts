/** Opens a zip of articles without trusting it: names and sizes are judged by its list before anything is unpacked, each file by
 *  itself, so that one bad file does not keep the others out. Nothing is dropped without being named. */
import { zipContent, zipList, type ZipEntry } from '#core/formats/many/zip-list.ts';
import { sizeRefusal } from '#core/formats/read-bytes.ts';
import type { ErrorCode } from '#core/sync/error.ts';

/** The most that is taken in at once. */
export const manyLimits = {
  /** Bytes of the zip itself. */
  packed: 32 * 1024 * 1024,
  /** Files in it, folders and what a system adds not counted. */
  files: 200,
  /** Bytes of all files together, unpacked; each has the limit it has alone. */
  unpacked: 64 * 1024 * 1024,
};

/** A file of the zip that can be unpacked; null when its bytes turn out to be others than the list said. */
export interface PackedFile {
  name: string;
  read(): Uint8Array | null;
}

/** A file that is not taken, and why. */
export interface RefusedFile {
  name: string;
  code: ErrorCode;
}

/** What is in a zip, or why it is not opened. */
export type Unpacked =
  | { ok: true; files: PackedFile[]; refused: RefusedFile[] }
  | { ok: false; code: ErrorCode };

/** What the systems that pack add of their own; it is nobody's article. */
const isAdded = (name: string): boolean =>
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i.test(name);

/** True for a name that stays inside its folder. */
const isInside = (name: string): boolean =>
  !/^[/\\]|^[A-Za-z]:|\\|\p{Cc}/u.test(name) &&
  !name.split('/').some((step) => step === '..' || step === '.');

const isArticle = (name: string): boolean => /\.(?:docx|txt|md|markdown|html?|json)$/i.test(name);

function whyNot({ name, unpacked, method, locked }: ZipEntry): ErrorCode | null {
  if (!isInside(name)) return 'FILE_UNSAFE';
  if (/\.zip$/i.test(name)) return 'ZIP_INSIDE';
  if (!isArticle(name)) return 'FILE_KIND';
  const tooLarge = sizeRefusal(unpacked, /\.json$/i.test(name) ? 'json' : '');
  if (tooLarge) return tooLarge;
  return !locked && (method === 0 || method === 8) ? null : 'FILE_UNSAFE';
}

/** Opens a zip. The manifest that Galley puts into one is no article and is left out. */
export function unpack(bytes: Uint8Array): Unpacked {
  if (bytes.length > manyLimits.packed) return { ok: false, code: 'ZIP_TOO_LARGE' };
  const list = zipList(bytes);
  if (!list) return { ok: false, code: 'ZIP_DAMAGED' };
  const files: PackedFile[] = [];
  const refused: RefusedFile[] = [];
  const seen = new Set<string>();
  let total = 0;
  for (const entry of list) {
    const { name } = entry;
    if (name.endsWith('/') || isAdded(name) || name === manifestName) continue;
    if (files.length + refused.length >= manyLimits.files)
      return { ok: false, code: 'ZIP_TOO_LARGE' };
    const why = seen.has(name) ? 'FILE_UNSAFE' : whyNot(entry);
    seen.add(name);
    if (why) refused.push({ name: shown(name), code: why });
    else {
      total += entry.unpacked;
      files.push({ name, read: () => zipContent(bytes, entry) });
    }
  }
  // Bytes that several entries share count for each: a bomb is as large as what comes out of it.
  if (total > manyLimits.unpacked) return { ok: false, code: 'ZIP_TOO_LARGE' };
  return { ok: true, files, refused };
}

/** The name of the list that Galley puts into its own zips. */
export const manifestName = 'manifest.json';

/** A name as a line of text. */
const shown = (name: string): string => name.replace(/[\p{Cc}\p{Cf}]/gu, '�').slice(0, 200);
