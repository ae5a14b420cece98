/** Writes a review as one HTML page: clean (as filed, as edited) or annotated. No script, nothing loaded, and a policy
 *  in the page that forbids both. */
import { bylineBefore } from '#core/formats/byline.ts';
import { bodyHtml } from '#core/formats/html/blocks.ts';
import { asides, contentHtml } from '#core/formats/html/content.ts';
import { html, htmlComment } from '#core/formats/html/escape.ts';
import { noteHtml } from '#core/formats/html/notes.ts';
import { pageStyle } from '#core/formats/html/style.ts';
import { languageTag, isRightToLeft } from '#core/formats/language-tag.ts';
import {
  readingCopy,
  type CopyOptions,
  type ReadingCopy,
  type WrittenCopy,
} from '#core/formats/reading-copy.ts';
import { isMasthead } from '#core/suggest/entries.ts';
import type { Review } from '#core/sync/review.ts';

const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Writes the page. */
export function writeHtml(
  review: Review,
  { view, notice, facts, assets }: CopyOptions,
): WrittenCopy {
  const copy = readingCopy(review, view, facts, assets);
  const seen = new Set<string>();
  const language = languageTag(review.article.language);
  const dir = isRightToLeft(language) ? ' dir="rtl"' : '';
  const first = notice === null ? '' : `<!-- ${htmlComment(notice)} -->`;
  const shown = notice === null ? '' : `<p class="notice">${html(notice)}</p>\n`;
  const title = copy.headline === '' ? 'Untitled' : copy.headline;
  const body = copy.blocks.filter(({ node }) => !isMasthead(node) && node.type.name !== 'footnote');
  const content = `<!doctype html>${first}
<html lang="${html(language)}"${dir}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Galley">
<title>${html(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
${shown}<article>
${header(copy, seen)}${bodyHtml(copy, body, seen)}${footnotes(copy, seen)}</article>
${looseNotes(copy)}</body>
</html>
`;
  return copy.finish(content);
}

function header(copy: ReadingCopy, seen: Set<string>): string {
  let out = '<header>\n';
  for (const block of copy.blocks) {
    const name = block.node.type.name;
    if (!isMasthead(block.node)) break;
    const content = contentHtml(copy, block, seen);
    if (name === 'headline') out += `<h1>${content}</h1>\n`;
    else
      out += `<p class="${name}">${name === 'byline' ? html(bylineBefore(copy.review, block.node)) : ''}${content}</p>\n`;
    out += asides(copy, block);
  }
  return `${out}</header>\n`;
}

function footnotes(copy: ReadingCopy, seen: Set<string>): string {
  const { indexes } = copy.footnotes;
  if (indexes.length === 0) return '';
  const items = indexes.map((index, i) => {
    const block = copy.blocks[index];
    if (!block) return '';
    const number = i + 1;
    const id = block.node.attrs['id'] as string;
    const back = seen.has(id)
      ? ` <a href="#ref-${number}" role="doc-backlink" aria-label="Back to reference ${number}">↩</a>`
      : '';
    const content = contentHtml(copy, block, seen);
    return `<li id="fn-${number}"><div role="doc-footnote"><p>${content}${back}</p>${asides(copy, block)}</div></li>\n`;
  });
  return `<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n${items.join('')}</ol>\n</section>\n`;
}

function looseNotes(copy: ReadingCopy): string {
  if (copy.loose.length === 0) return '';
  for (const note of copy.loose) copy.wrote(note);
  return `<section class="loose" aria-labelledby="loose-notes">\n<h2 id="loose-notes">Notes without a place in the text</h2>\n${copy.loose.map(noteHtml).join('')}</section>\n`;
}
