/** Questions of the import page to the server. */
import type { ImportChoices } from '#core/formats/import/choices.ts';
import type { UnpackedZip } from '#core/formats/many/answers.ts';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import { post, sendFile } from '#web/pages/api.ts';

/** A text, or the bytes of a file that is none, with what was decided about it. */
export interface TextToImport {
  text?: string;
  base64?: string;
  name?: string;
  format?: ImportFormat;
  choices?: ImportChoices;
  /** Who is to see the notes of a file that says nothing of it. */
  audience?: 'all' | 'desk';
  as?: 'whole' | 'new';
}

/** What can be decided about a file that is sent as it is. */
export type AboutFile = Pick<TextToImport, 'as' | 'audience'> & { language?: string };

const queryOf = (file: File, about: AboutFile): URLSearchParams =>
  new URLSearchParams({ name: file.name.slice(0, 400), ...about });

/** Asks what a file would become. */
export const previewFile = async (file: File, about: AboutFile = {}): Promise<PreviewAnswer> =>
  (await sendFile(`/api/import/preview?${queryOf(file, about)}`, file)) as PreviewAnswer;

/** Saves a file and gives the id of its article. */
export const saveFile = async (file: File, about: AboutFile): Promise<string> =>
  ((await sendFile(`/api/import?${queryOf(file, about)}`, file)) as { id: string }).id;

/** Has a zip opened into its files; those that stay out come with their reasons. */
export async function unpackFile(
  zip: File,
): Promise<{ files: File[]; refused: UnpackedZip['refused'] }> {
  const unpacked = (await sendFile('/api/import/unpack', zip, 'application/zip')) as UnpackedZip;
  const files = unpacked.files.map(({ name, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return new File([bytes], name);
  });
  return { files, refused: unpacked.refused };
}

export const previewText = async (asked: TextToImport): Promise<PreviewAnswer> =>
  (await post('/api/import/preview', asked)) as PreviewAnswer;

/** Saves an article and gives its id. */
export async function saveImport(asked: TextToImport): Promise<string> {
  return ((await post('/api/import', asked)) as { id: string }).id;
}
