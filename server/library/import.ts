/** Bringing articles into the library: from files and from pasted text, with a look before anything is saved. */
import type { Person } from '#core/annotate/annotation.ts';
import { applyChoices, type ImportChoices } from '#core/formats/import/choices.ts';
import type { ImportContext, Imported } from '#core/formats/import/imported.ts';
import { previewOf } from '#core/formats/import/preview.ts';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import { readReviewFile } from '#core/formats/import/review-file.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { articleFormatOf, readArticle } from '#core/formats/read-article.ts';
import { isPackage, largestFile, readBytes } from '#core/formats/read-bytes.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayImport } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import { settleFile, sha256 } from '#server/library/settle-file.ts';

/** The longest text an article may be made of, in bytes (2 MB). */
export const largestText = 2 * 1024 * 1024;

/** A file or a pasted text. Without a format, the ending of the name decides; a package is a Word file. */
export interface ImportFile {
  bytes: Uint8Array;
  name?: string | undefined;
  format?: ImportFormat | undefined;
  choices?: ImportChoices | undefined;
  /** Who is to see the notes of a file that says nothing of it. */
  audience?: 'all' | 'desk' | undefined;
}

/** UTF-8 decoding that does not guess; null for bytes that are not UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A file's name as a line of text, without its folders. */
const bareName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').slice(0, 200);

interface ReadFile {
  /** The text it was made of; '' for a Word file, which is none. */
  text: string;
  name: string;
  format: ImportFormat;
  imported: Imported;
}

function formatOf(name: string): ImportFormat {
  if (/\.json$/i.test(name)) return 'json';
  return /\.docx$/i.test(name) ? 'docx' : articleFormatOf(name);
}

/** Nobody in a file may bear the name of one of the house without its being said. */
async function namesOfFile(context: Context): Promise<(name: string) => string> {
  const people = await context.store.people();
  const own = new Set(
    people.filter((one) => !one.id.startsWith('imported-')).map((one) => one.name.toLowerCase()),
  );
  return (name) => (own.has(name.toLowerCase()) ? `${name} (from a file)` : name);
}

/** Reads a file, or refuses it with a sentence. */
async function read(context: Context, by: Person | null, file: ImportFile): Promise<ReadFile> {
  if (by && !mayImport(by.role)) throw new RefusalError('FORBIDDEN');
  const name = file.name === undefined ? '' : bareName(file.name);
  const format = isPackage(file.bytes) ? 'docx' : (file.format ?? formatOf(name));
  const how: ImportContext = {
    id: context.newId,
    now: context.now(),
    hash: sha256,
    nameFor: await namesOfFile(context),
  };
  const { text, imported } = contentOf(file.bytes, format, how);
  if (Buffer.byteLength(imported.review.doc.textContent) > largestText)
    throw new RefusalError('DOCUMENT_TOO_LARGE');
  return { text, name, format, imported };
}

/** What the bytes of a file are, read as its format. */
function contentOf(
  bytes: Uint8Array,
  format: ImportFormat,
  how: ImportContext,
): Pick<ReadFile, 'text' | 'imported'> {
  if (bytes.length > largestFile) throw new RefusalError('FILE_TOO_LARGE');
  if (format === 'docx') {
    const article = readDocx(bytes, how);
    if (!article.ok) throw new RefusalError(article.code);
    return { text: '', imported: article.imported };
  }
  const read = readBytes(bytes, decode);
  if (!read.ok) throw new RefusalError(read.code);
  // A review holds its notes beside the text; the text alone is measured.
  if (format !== 'json' && bytes.length > largestText) throw new RefusalError('DOCUMENT_TOO_LARGE');
  const article =
    format === 'json' ? readReviewFile(read.text, how) : readArticle(format, read.text, how);
  if (!article.ok) throw new RefusalError(article.code);
  return { text: read.text, imported: article.imported };
}

/** Shows what a file would become. Nothing is saved. */
export async function previewImport(
  context: Context,
  by: Person,
  file: ImportFile,
): Promise<PreviewAnswer> {
  const { name, format, imported } = await read(context, by, file);
  const choices = file.choices ?? {};
  const { review } = applyChoices(imported, choices);
  const { audience } = file;
  const articleId = context.newId();
  const { about } = await settleFile(context, { by, articleId, imported, review, audience });
  // Reviews and Word files have warnings of their own, like every format but plain text.
  const isArticle = format !== 'json' && format !== 'docx';
  const shown = previewOf(imported, choices, { name, format: isArticle ? format : 'md' });
  return { ...shown, format, about };
}

/** Reads a file into a new article and gives its id. `by` is null for the articles a house starts with. */
export async function importText(
  context: Context,
  by: Person | null,
  file: ImportFile,
): Promise<string> {
  const { text, name, format, imported } = await read(context, by, file);
  const id = context.newId();
  const { audience } = file;
  const chosen = applyChoices(imported, file.choices ?? {});
  const { review, facts } = await settleFile(context, {
    by,
    articleId: id,
    imported,
    review: chosen.review,
    audience,
  });
  const at = context.now();
  const writes = by?.role === 'writer';
  const info = {
    id,
    language: review.article.language,
    stage: writes ? ('draft' as const) : ('desk' as const),
    ...(writes ? { writerId: by.id } : {}),
    ...(name === '' ? {} : { source: name }),
  };
  await context.store.createArticle({
    info,
    doc: review.doc,
    review: { ...review, article: info },
    facts,
    sourceText: text,
    importFlags: [
      ...imported.flags,
      ...imported.guesses,
      ...imported.warnings,
      ...(file.choices ? [{ choices: file.choices }] : []),
    ],
    createdBy: by?.id ?? 'system',
    at,
  });
  await context.store.audit({
    at,
    userId: by?.id ?? null,
    action: 'article.import',
    articleId: id,
    detail: { bytes: file.bytes.length, format },
  });
  return id;
}
