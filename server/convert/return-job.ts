/** Reads a file that came back: whether Galley sent it, and then what is in it, beside the text as it went out. */
import { randomUUID } from 'node:crypto';
import type { Assets } from '#core/formats/assets/asset.ts';
import { assetsIn, hashesIn } from '#core/formats/assets/used-assets.ts';
import type { WordComment } from '#core/formats/docx/read-comments.ts';
import { readReturned, readSender } from '#core/formats/docx/read-docx.ts';
import type { WayBack } from '#core/formats/docx/read-way-back.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { ImportContext } from '#core/formats/import/imported.ts';
import { largestFile } from '#core/formats/read-bytes.ts';
import { RefusalError } from '#core/sync/error.ts';
import { reviewFromJson, reviewToJson, type ReviewJson } from '#core/sync/review.ts';
import { sha256 } from '#server/convert/sha256.ts';

/** A file, and the review it was sent from; without that only its sender is read. */
export interface ReturnAsked {
  bytes: Uint8Array;
  now: string;
  base: ReviewJson | null;
}

export interface ReturnRead {
  /** Null for a file that Galley did not send with its marks. */
  wayBack: WayBack | null;
  file: {
    review: ReviewJson;
    sources: ReadonlyMap<string, string>;
    comments: readonly WordComment[];
    /** The text of the base as it reads in a file of ours. */
    sent: unknown;
    /** The pictures that it was not sent with. */
    pictures: Assets;
  } | null;
}

/** Reads it. Throws a `RefusalError` for what is no Word file. */
export function readReturn({ bytes, now, base }: ReturnAsked): ReturnRead {
  if (bytes.length > largestFile) throw new RefusalError('FILE_TOO_LARGE');
  const sender = readSender(bytes);
  if (!sender.ok) throw new RefusalError(sender.code);
  if (!base || !sender.wayBack) return { wayBack: sender.wayBack, file: null };
  const how: ImportContext = { id: () => randomUUID(), now, hash: sha256, hashBytes: sha256 };
  const read = readReturned(bytes, how);
  if (!read.ok) throw new RefusalError(read.code);
  const { imported } = read;
  const { doc } = imported.review;
  const before = reviewFromJson(base);
  const pictures = assetsIn(doc, imported.assets);
  for (const hash of hashesIn(before.doc)) pictures.delete(hash);
  const written = writeDocx(before, { view: 'marked', notice: null }).content;
  const sent = readReturned(written, how);
  if (!sent.ok) throw new RefusalError(sent.code);
  return {
    wayBack: read.wayBack,
    file: {
      review: reviewToJson(imported.review),
      sources: imported.sources ?? new Map(),
      comments: read.comments,
      sent: sent.imported.review.doc.toJSON() as unknown,
      pictures,
    },
  };
}
