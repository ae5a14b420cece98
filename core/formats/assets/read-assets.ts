/** The pictures of Galley's JSON file. Each must be what its name and its description say; a file in which one is not is refused,
 *  since somebody has changed it. */
import {
  assetLimits,
  type Asset,
  type Assets,
  type HashBytes,
} from '#core/formats/assets/asset.ts';
import { heldBy } from '#core/formats/assets/cut-pictures.ts';
import { fromBase64 } from '#core/formats/assets/base64.ts';
import { readPicture } from '#core/formats/assets/read-picture.ts';
import type { ReviewFile } from '#core/formats/review-file.ts';
import { warning, type Warning } from '#core/formats/warning.ts';

/** The pictures, or a sentence about the first that is not what it says. */
export type AssetsRead =
  | { ok: true; assets: Assets; warnings: Warning[] }
  | { ok: false; detail: string };

/** Reads them. Without a hash nothing can be compared, and nothing is taken. `apart` has the letters of those that were cut
 *  out of the text. */
export function readAssets(
  given: ReviewFile['assets'],
  hash: HashBytes | undefined,
  apart: readonly Uint8Array[] = [],
): AssetsRead {
  const all = Object.entries(given);
  const assets = new Map<string, Asset>();
  if (!hash) {
    const warnings =
      all.length === 0 ? [] : [warning('not-read', 'The pictures of the file are not kept here.')];
    return { ok: true, assets, warnings };
  }
  const { pictures, bytes: most } = assetLimits.ofArticle;
  let size = 0;
  for (const [name, { data, type, width, height }] of all) {
    const held = heldBy(data);
    const bytes = fromBase64(held === null ? data : (apart[held] ?? ''));
    size += bytes?.length ?? 0;
    if (assets.size >= pictures || size > most)
      return { ok: false, detail: 'It holds more pictures than an article can.' };
    const read = bytes && readPicture(bytes);
    const fits =
      read?.ok === true &&
      read.asset.type === type &&
      read.asset.width === width &&
      read.asset.height === height &&
      hash(read.asset.bytes) === name;
    if (!fits) return { ok: false, detail: `Its picture "${name}" is not what it says.` };
    assets.set(name, read.asset);
  }
  return { ok: true, assets, warnings: [] };
}
