/** Bringing a text into the library. */
import type { Person } from '#core/annotate/annotation.ts';
import { readBytes, textRefusal } from '#core/formats/read-bytes.ts';
import { readText } from '#core/formats/read-text.ts';
import { RefusalError } from '#core/sync/error.ts';
import { mayImport } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';

/** The longest text an article may be made of, in bytes (2 MB). */
export const largestText = 2 * 1024 * 1024;

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

/** Reads a text file into a new article and gives its id. `by` is null for the articles a house starts with. */
export async function importText(
  context: Context,
  by: Person | null,
  file: { bytes: Uint8Array; name?: string },
): Promise<string> {
  if (by && !mayImport(by.role)) throw new RefusalError('FORBIDDEN');
  const read = readBytes(file.bytes, decode);
  if (!read.ok) throw new RefusalError(read.code);
  if (file.bytes.length > largestText) throw new RefusalError('DOCUMENT_TOO_LARGE');
  const refused = textRefusal(read.text);
  if (refused !== null) throw new RefusalError(refused);
  const { doc, language, flags, guesses } = readText(read.text);
  const id = context.newId();
  const at = context.now();
  const source = file.name === undefined ? '' : bareName(file.name);
  const writes = by?.role === 'writer';
  await context.store.createArticle({
    info: {
      id,
      language,
      stage: writes ? 'draft' : 'desk',
      ...(writes ? { writerId: by.id } : {}),
      ...(source === '' ? {} : { source }),
    },
    doc,
    sourceText: read.text,
    importFlags: [...flags, ...guesses],
    createdBy: by?.id ?? 'system',
    at,
  });
  await context.store.audit({
    at,
    userId: by?.id ?? null,
    action: 'article.import',
    articleId: id,
    detail: { bytes: file.bytes.length },
  });
  return id;
}
