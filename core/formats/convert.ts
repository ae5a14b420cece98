/** Converts one file into another: text, Markdown, HTML, Word or Galley's JSON in, any written format out. Pure; files
 *  and decoding are the caller's. The same input always gives the same output. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { strFromU8 } from 'fflate';
import type { Assets, HashBytes } from '#core/formats/assets/asset.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { isTaken, type ImportContext, type Imported } from '#core/formats/import/imported.ts';
import { importFormats, type ImportFormat } from '#core/formats/article-formats.ts';
import { noTime } from '#core/formats/import/no-time.ts';
import { readArticle } from '#core/formats/read-article.ts';
import { readJson } from '#core/formats/read-json.ts';
import type { View } from '#core/formats/view.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';
import type { CopyFormat } from '#core/formats/copy-formats.ts';
import { writeCopy } from '#core/formats/write-copy.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import type { Review } from '#core/sync/review.ts';

/** The formats that can be read. */
export const inputFormats = importFormats;
export type InputFormat = ImportFormat;

/** A file to convert: the bytes of a Word file, or the text of any other. `name` is its name without folders; `hash`
 *  gives an id from a text, `hashBytes` the SHA-256 of a picture. */
export type ConvertInput = {
  name: string;
  hash: (text: string) => string;
  hashBytes?: HashBytes;
} & (
  | { format: Exclude<InputFormat, 'docx' | 'json'>; text: string }
  /** `apart` has the letters of the pictures that were cut out of the text. */
  | { format: 'json'; text: string; apart?: readonly Uint8Array[] }
  | { format: 'docx'; bytes: Uint8Array }
);

/** The converted file, or why there is none. */
export type Converted =
  | { ok: true; content: string | Uint8Array; warnings: Warning[] }
  | { ok: false; code: ErrorCode; detail: string };

type Read =
  | { ok: true; review: Review; facts?: KnownFacts; assets: Assets; warnings: Warning[] }
  | Extract<Converted, { ok: false }>;

/** Converts. Copies made here never carry a notice: there is no house that could clear the article. */
export function convert(
  input: ConvertInput,
  output: { format: CopyFormat; view: View },
): Converted {
  const read = readInput(input);
  if (!read.ok) return read;
  const facts = read.facts ? { facts: read.facts } : {};
  const { assets } = read;
  const copy = writeCopy(read.review, { ...output, notice: null, ...facts, assets });
  return { ok: true, content: copy.content, warnings: [...read.warnings, ...copy.warnings] };
}

function readInput(input: ConvertInput): Read {
  if (input.format === 'json') return readJson(input.text, input.hashBytes, input.apart);
  if (input.format === 'docx') {
    const { bytes } = input;
    return importArticle(input, strFromU8(bytes, true), (context) => readDocx(bytes, context));
  }
  const { format, text } = input;
  return importArticle(input, text, (context) => {
    const read = readArticle(format, text, context);
    return read.ok ? read : { ...read, detail: '' };
  });
}

/** An imported article; its ids come from its content, so that the same file gives the same review. */
function importArticle(
  { format, name, hash, hashBytes }: ConvertInput,
  content: string,
  readWith: (
    context: ImportContext,
  ) => { ok: true; imported: Imported } | Extract<Converted, { ok: false }>,
): Read {
  const id = `import-${hash(content).slice(0, 16)}`;
  let made = 0;
  const read = readWith({
    id: () => `${id}-${(made += 1)}`,
    now: noTime,
    hash,
    ...(hashBytes ? { hashBytes } : {}),
  });
  if (!read.ok) return read;
  const { review, warnings, flags, assets } = read.imported;
  const taken = format === 'txt' ? [] : flags.filter(isTaken);
  return {
    ok: true,
    review: { ...review, article: { ...review.article, id, source: name } },
    assets,
    warnings: [
      ...warnings,
      ...taken.map((flag) => warning('taken-out', `${inQuotes(flag.text)} was left out.`)),
    ],
  };
}
