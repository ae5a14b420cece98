/** Converts one file into another: text or Galley's JSON in, any written format out. Pure; files and decoding are the
 *  caller's. The same input always gives the same output. */
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import { textRefusal } from '#core/formats/read-bytes.ts';
import { readJson } from '#core/formats/read-json.ts';
import { readText, type TextImport } from '#core/formats/read-text.ts';
import type { View } from '#core/formats/view.ts';
import { inQuotes, warning, type Warning } from '#core/formats/warning.ts';
import { writeCopy, type CopyFormat } from '#core/formats/write-copy.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { newReview, type Review } from '#core/sync/review.ts';

/** The formats that can be read. */
export const inputFormats = ['txt', 'json'] as const;
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
  const read = input.format === 'json' ? readJson(input.text) : importText(input);
  if (!read.ok) return read;
  const facts = read.facts ? { facts: read.facts } : {};
  const copy = writeCopy(read.review, { ...output, notice: null, ...facts });
  return { ok: true, content: copy.content, warnings: [...read.warnings, ...copy.warnings] };
}

/** An imported text as a review without notes; its id comes from its content. */
function importText({ text, name, hash }: ConvertInput): Read {
  const code = textRefusal(text);
  if (code !== null) return { ok: false, code, detail: '' };
  const found = readText(text);
  const id = `import-${hash(text).slice(0, 16)}`;
  const info = { id, language: found.language, stage: 'draft' as const, source: name };
  return { ok: true, review: newReview(info, [], found.doc), warnings: importWarnings(found) };
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What an import left out or changed, one warning each, with its place in the source. */
export function importWarnings({ flags }: TextImport): Warning[] {
  return flags.flatMap((flag): Warning[] => {
    switch (flag.kind) {
      case 'web-leftover':
      case 'obfuscated-email':
      case 'notes-heading':
      case 'image-credit':
      case 'footnotes-unmatched':
        return flag.taken
          ? [warning('taken-out', `${inQuotes(flag.text)} at character ${flag.from} was left out.`)]
          : [];
      case 'no-break-spaces':
        return [
          warning('changed', `${some(flag.count, 'no-break space')} written as plain spaces.`),
        ];
      case 'repeated-spaces':
        return [
          warning('changed', `${some(flag.count, 'run')} of spaces written as one space each.`),
        ];
      case 'control-characters':
        return [warning('changed', `${some(flag.count, 'control character')} left out.`)];
      default:
        return [];
    }
  });
}
