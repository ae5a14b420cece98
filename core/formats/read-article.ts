/** One door to every file that an article can be made of. Whatever the format, what comes out has one shape. */
import type { ArticleFormat } from '#core/formats/article-formats.ts';
import type { ErrorCode } from '#core/sync/error.ts';
import { newReview } from '#core/sync/review.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { textRefusal } from '#core/formats/read-bytes.ts';
import { readHtml } from '#core/formats/read-html.ts';
import { readMarkdown } from '#core/formats/read-markdown.ts';
import { readText, type TextImport } from '#core/formats/read-text.ts';
import { fold } from '#core/formats/text/lines.ts';
import { importWarnings } from '#core/formats/import-warnings.ts';

/** An article, or the code that says why there is none. */
export type ArticleRead = { ok: true; imported: Imported } | { ok: false; code: ErrorCode };

/** The format of a file by the ending of its name; plain text for any other. */
export function articleFormatOf(name: string): ArticleFormat {
  if (/\.(?:md|markdown|mdown)$/i.test(name)) return 'md';
  return /\.x?html?$/i.test(name) ? 'html' : 'txt';
}

/** Reads a text. */
export function readArticle(
  format: ArticleFormat,
  text: string,
  context: ImportContext,
): ArticleRead {
  const code = textRefusal(text);
  if (code !== null) return { ok: false, code };
  switch (format) {
    case 'md':
      return { ok: true, imported: readMarkdown(text, context) };
    case 'html':
      return { ok: true, imported: readHtml(text, context) };
    case 'txt':
      return { ok: true, imported: importedText(text, context) };
  }
}

/** A plain text in the shape of all imports: a review without notes. */
function importedText(source: string, context: ImportContext): Imported {
  const { language } = context;
  const found = readText(source, language === undefined ? {} : { language });
  const place = placesIn(found);
  const info = { id: context.id(), language: found.language, stage: 'draft' as const };
  return {
    review: newReview(info, [], found.doc),
    flags: found.flags,
    restoreBefore: found.flags.map((flag) => ('taken' in flag ? place(flag.from) : 0)),
    guesses: found.guesses,
    labels: labelsOf(found, source),
    warnings: importWarnings(found),
    assets: new Map(),
  };
}

/** The block before which words from a place in the source would stand; notes and masthead are passed over. */
function placesIn({ doc, ranges }: TextImport): (from: number) => number {
  const isBlock = (index: number): boolean => doc.child(index).type.name === 'block';
  const blocks = ranges.filter(({ of, index }) => of === 'block' && isBlock(index));
  const last = blocks.reduce((most, { index }) => Math.max(most, index + 1), 0);
  // Ranges are in the order of the source, so the first beyond a place is found by halving.
  return (from) => {
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((blocks[middle]?.from ?? 0) > from) high = middle;
      else low = middle + 1;
    }
    return blocks[low]?.index ?? last;
  };
}

/** The labels that were left out before bylines and credits. */
function labelsOf({ doc, ranges }: TextImport, source: string): Map<number, string> {
  const labels = new Map<number, string>();
  for (const { of, index, from, to } of ranges) {
    if (of !== 'block') continue;
    const node = doc.child(index);
    if (node.type.name !== 'byline' && node.attrs['style'] !== 'credit') continue;
    const text = fold(source.slice(from, to));
    const words = node.textContent;
    if (text !== words && text.endsWith(words))
      labels.set(index, text.slice(0, text.length - words.length));
  }
  return labels;
}
