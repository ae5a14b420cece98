/** Bringing articles into the library: from files and from pasted text, with a look before anything is saved. */
import { createHash } from 'node:crypto';
import type { Person } from '#core/annotate/annotation.ts';
import { applyChoices, type ImportChoices } from '#core/formats/import/choices.ts';
import type { Imported } from '#core/formats/import/imported.ts';
import { previewOf, type ImportPreview } from '#core/formats/import/preview.ts';
import type { ArticleFormat } from '#core/formats/article-formats.ts';
import { articleFormatOf, readArticle } from '#core/formats/read-article.ts';
import { readBytes } from '#core/formats/read-bytes.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayImport } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';

/** The longest text an article may be made of, in bytes (2 MB). */
export const largestText = 2 * 1024 * 1024;

/** A file or a pasted text. Without a format, the ending of the name decides. */
export interface ImportFile {
  bytes: Uint8Array;
  name?: string | undefined;
  format?: ArticleFormat | undefined;
  choices?: ImportChoices | undefined;
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
  text: string;
  name: string;
  format: ArticleFormat;
  imported: Imported;
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
  const bytes = readBytes(file.bytes, decode);
  if (!bytes.ok) throw new RefusalError(bytes.code);
  if (file.bytes.length > largestText) throw new RefusalError('DOCUMENT_TOO_LARGE');
  const name = file.name === undefined ? '' : bareName(file.name);
  const format = file.format ?? articleFormatOf(name);
  const article = readArticle(format, bytes.text, {
    id: context.newId,
    now: context.now(),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    nameFor: await namesOfFile(context),
  });
  if (!article.ok) throw new RefusalError(article.code);
  return { text: bytes.text, name, format, imported: article.imported };
}

/** Shows what a file would become. Nothing is saved. */
export async function previewImport(
  context: Context,
  by: Person,
  file: ImportFile,
): Promise<ImportPreview> {
  const { name, format, imported } = await read(context, by, file);
  return previewOf(imported, file.choices ?? {}, { name, format });
}

/** Reads a file into a new article and gives its id. `by` is null for the articles a house starts with. */
export async function importText(
  context: Context,
  by: Person | null,
  file: ImportFile,
): Promise<string> {
  const { text, name, format, imported } = await read(context, by, file);
  const { review } = applyChoices(imported, file.choices ?? {});
  const id = context.newId();
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
