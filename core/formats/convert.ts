/** Converts one file into another: text, Markdown, HTML or Galley's JSON in, any written format out. Pure; files and
 *  decoding are the caller's. The same input always gives the same output. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { isTaken } from '#core/formats/import/imported.ts';
import { articleFormats, type ArticleFormat } from '#core/formats/article-formats.ts';
import { readArticle } from '#core/formats/read-article.ts';
import { readJson } from '#core/formats/read-json.ts';
import type { View } from '#core/formats/view.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';
import { writeCopy, type CopyFormat } from '#core/formats/write-copy.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import type { Review } from '#core/sync/review.ts';

/** The formats that can be read. */
export const inputFormats = [...articleFormats, 'json'] as const;
export type InputFormat = (typeof inputFormats)[number];

/** A file to convert. `name` is its name without folders; `hash` gives an id from a text. */
export interface ConvertInput {
  format: InputFormat;
  text: string;
  name: string;
  hash: (text: string) => string;
}

/** The converted file, or why there is none. */
export type Converted =
  | { ok: true; content: string; warnings: Warning[] }
  | { ok: false; code: ErrorCode; detail: string };

type Read =
  | { ok: true; review: Review; facts?: KnownFacts; warnings: Warning[] }
  | Extract<Converted, { ok: false }>;

/** Converts. Copies made here never carry a notice: there is no house that could clear the article. */
export function convert(
  input: ConvertInput,
  output: { format: CopyFormat; view: View },
): Converted {
  const read = input.format === 'json' ? readJson(input.text) : importArticle(input.format, input);
  if (!read.ok) return read;
  const facts = read.facts ? { facts: read.facts } : {};
  const copy = writeCopy(read.review, { ...output, notice: null, ...facts });
  return { ok: true, content: copy.content, warnings: [...read.warnings, ...copy.warnings] };
}

/** Stands for the time of a note whose file gives none: there is no clock here. */
const epoch = '1970-01-01T00:00:00.000Z';

/** An imported article; its ids come from its content, so that the same file gives the same review. */
function importArticle(format: ArticleFormat, { text, name, hash }: ConvertInput): Read {
  const id = `import-${hash(text).slice(0, 16)}`;
  let made = 0;
  const context = { id: () => `${id}-${(made += 1)}`, now: epoch, hash };
  const read = readArticle(format, text, context);
  if (!read.ok) return { ...read, detail: '' };
  const { review, warnings, flags } = read.imported;
  const taken = format === 'txt' ? [] : flags.filter(isTaken);
  return {
    ok: true,
    review: { ...review, article: { ...review.article, id, source: name } },
    warnings: [
      ...warnings,
      ...taken.map((flag) => warning('taken-out', `${inQuotes(flag.text)} was left out.`)),
    ],
  };
}
