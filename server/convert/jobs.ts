/** What a converting process does: reads a file into a review, writes a review as a file. Nothing here knows of a
 *  house; what a reader must know of it is told. What comes and goes can cross between processes. */
import { randomUUID } from 'node:crypto';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { cutPictures } from '#core/formats/assets/cut-pictures.ts';
import type { Assets } from '#core/formats/assets/asset.ts';
import { withoutPictures } from '#core/formats/assets/without-pictures.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import type { ImportChoices } from '#core/formats/import/choices.ts';
import { chooseImport, type WholeChoice } from '#core/formats/import/chosen-import.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { previewOf, type ImportPreview } from '#core/formats/import/preview.ts';
import { notKept, type NotKept } from '#core/formats/import/kept-file.ts';
import { readJson } from '#core/formats/read-json.ts';
import { readReviewFile } from '#core/formats/import/review-file.ts';
import { readArticle } from '#core/formats/read-article.ts';
import { largestReview, readBytes, sizeRefusal } from '#core/formats/read-bytes.ts';
import { writeSendOut, type SendOut } from '#core/formats/send-out/write-send-out.ts';
import { RefusalError } from '#core/sync/error.ts';
import { readReturn, type ReturnAsked, type ReturnRead } from '#server/convert/return-job.ts';
import { sha256 } from '#server/convert/sha256.ts';
import { unpackZip, type UnpackAsked, type UnpackDone } from '#server/convert/unpack-job.ts';
import { reviewFromJson, reviewToJson, type ReviewJson } from '#core/sync/review.ts';

/** The longest text an article may be made of, in bytes (2 MB). */
const largestText = 2 * 1024 * 1024;

/** A file to read. */
export interface ReadAsked {
  bytes: Uint8Array;
  name: string;
  format: ImportFormat;
  now: string;
  /** Names of people of the house, in small letters: nobody in a file may bear one without its being said. */
  houseNames: ReadonlySet<string>;
  choices: ImportChoices;
  /** Whether it is to be looked at, and not yet saved. */
  preview: boolean;
  /** Whether a review of Galley is to come back as it was, if it can. */
  keep?: boolean;
}

/** A file that was read, with the choices made. */
export interface ReadDone {
  /** The text it was made of; '' for a Word file, which is none. */
  text: string;
  /** Everything an importer knows of the file, but for its review. */
  imported: Omit<Imported, 'review'>;
  review: ReviewJson;
  /** What was made of notes that are the writer's sources, and what a preview says of them. */
  facts: WholeChoice['facts'];
  sourceNotes: WholeChoice['sourceNotes'];
  /** What is shown before it is saved; null unless asked for. */
  preview: ImportPreview | null;
  /** True for a review that comes back as it was; else why it could not, or null. */
  kept: true | NotKept | null;
}

/** A copy to write, of the whole review and everything that is known of its facts. */
export interface WriteAsked {
  review: ReviewJson;
  facts: KnownFacts;
  /** The pictures of its figures. */
  assets: Assets;
  asked: Parameters<typeof writeSendOut>[2];
}

/** What a converting process can be asked for, and what it gives. */
export interface Jobs {
  read: { asked: ReadAsked; done: ReadDone };
  write: { asked: WriteAsked; done: SendOut };
  return: { asked: ReturnAsked; done: ReturnRead };
  unpack: { asked: UnpackAsked; done: UnpackDone };
}
export type JobKind = keyof Jobs;

/** UTF-8 decoding that does not guess; null for bytes that are not UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** What the bytes of a file are, read as its format. */
function contentOf(
  { bytes, format }: ReadAsked,
  how: ImportContext,
): { text: string; imported: Imported } {
  const tooLarge = sizeRefusal(bytes.length, format);
  if (tooLarge) throw new RefusalError(tooLarge);
  if (format === 'docx') {
    const article = readDocx(bytes, how);
    if (!article.ok) throw new RefusalError(article.code);
    return { text: '', imported: article.imported };
  }
  const { rest, pictures } = format === 'json' ? cutPictures(bytes) : { rest: bytes, pictures: [] };
  const read = readBytes(rest, decode, format);
  if (!read.ok) throw new RefusalError(read.code);
  // What a person wrote is measured and kept: not the pictures in it, nor the notes that a review holds beside the text.
  const text = withoutPictures(read.text);
  if (format !== 'json' && Buffer.byteLength(text) > largestText)
    throw new RefusalError('DOCUMENT_TOO_LARGE');
  const article =
    format === 'json'
      ? readReviewFile(read.text, how, pictures)
      : readArticle(format, read.text, how);
  if (!article.ok) throw new RefusalError(article.code);
  return { text, imported: article.imported };
}

function readFile(asked: ReadAsked): ReadDone {
  const { name, format, choices, houseNames } = asked;
  const how: ImportContext = {
    id: () => randomUUID(),
    now: asked.now,
    hash: sha256,
    hashBytes: sha256,
    nameFor: (one) => (houseNames.has(one.toLowerCase()) ? `${one} (from a file)` : one),
  };
  const back = format === 'json' && asked.keep ? keptIn(asked) : null;
  if (typeof back === 'object' && back !== null) return back;
  const { text, imported } = contentOf(asked, how);
  if (Buffer.byteLength(imported.review.doc.textContent) > largestText)
    throw new RefusalError('DOCUMENT_TOO_LARGE');
  const chosen = chooseImport(imported, format, choices, how);
  // Reviews and Word files have warnings of their own, like every format but plain text.
  const shownAs = format === 'json' || format === 'docx' ? 'md' : format;
  const preview = asked.preview ? previewOf(imported, chosen, { name, format: shownAs }) : null;
  const { review: _review, ...rest } = imported;
  const { facts, sourceNotes } = chosen;
  const review = reviewToJson(chosen.review);
  return { text, imported: rest, review, facts, sourceNotes, preview, kept: back };
}

/** A review as it was, or why it cannot come back so; null for a file that is none, which says so where it is read. */
function keptIn({ bytes, name, preview }: ReadAsked): ReadDone | NotKept | null {
  const { rest: cut, pictures } = cutPictures(bytes);
  const read = readBytes(cut, decode, 'json');
  if (!read.ok) return null;
  const found = readJson(read.text, sha256, pictures);
  if (!found.ok) return null;
  const { review, facts, assets, warnings } = found;
  if (Buffer.byteLength(review.doc.textContent) > largestText)
    throw new RefusalError('DOCUMENT_TOO_LARGE');
  const why = notKept({ review, facts });
  if (why !== null) return why;
  const rest = { flags: [], restoreBefore: [], guesses: [], labels: new Map(), warnings, assets };
  const origins = Array.from({ length: review.doc.childCount }, (_, i) => i);
  return {
    text: withoutPictures(read.text),
    imported: rest,
    review: reviewToJson(review),
    facts,
    sourceNotes: { comments: 0, footnotes: 0, notes: [] },
    preview: preview
      ? previewOf({ ...rest, review }, { review, origins }, { name, format: 'md' })
      : null,
    kept: true,
  };
}

/** Writes a copy. A review that would be too large to be read again is no copy of anything. */
function writeFile({ review, facts, assets, asked }: WriteAsked): SendOut {
  const sent = writeSendOut(reviewFromJson(review), facts, asked, assets);
  const { content } = sent;
  if (asked.format === 'json' && Buffer.byteLength(content) > largestReview)
    throw new RefusalError('COPY_TOO_LARGE');
  return sent;
}

/** Does what is asked. Throws a `RefusalError` for a file that is refused. */
export const jobs: { [K in JobKind]: (asked: Jobs[K]['asked']) => Jobs[K]['done'] } = {
  read: readFile,
  write: writeFile,
  return: readReturn,
  unpack: unpackZip,
};
