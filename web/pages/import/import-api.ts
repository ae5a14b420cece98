/** Questions of the import page to the server. */
import type { ImportChoices } from '#core/formats/import/choices.ts';
import type { UnpackedZip } from '#core/formats/many/answers.ts';
import type { Refusal } from '#core/sync/error.ts';
import type { PreviewAnswer } from '#core/formats/import/about.ts';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import { ApiError, post } from '#web/pages/api.ts';
import { messages } from '#web/ui/messages.ts';

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

/** Sends the bytes of a file as they are: the server judges what they are. */
async function sendFile<T>(path: string, file: File, about: AboutFile): Promise<T> {
  const query = new URLSearchParams({ name: file.name.slice(0, 400), ...about });
  let answer: Response;
  try {
    answer = await fetch(`${path}?${query}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
      body: file,
    });
  } catch {
    throw new ApiError(0, 'UNREACHABLE', messages.signIn.unreachable);
  }
  const body = (await answer.json().catch(() => null)) as (T & Partial<Refusal>) | null;
  if (answer.ok && body) return body;
  const message = body?.message ?? messages.signIn.unreachable;
  throw new ApiError(answer.status, body?.code ?? 'INTERNAL', message);
}

/** Asks what a file would become. */
export const previewFile = (file: File, about: AboutFile = {}): Promise<PreviewAnswer> =>
  sendFile('/api/import/preview', file, about);

/** Saves a file and gives the id of its article. */
export const saveFile = async (file: File, about: AboutFile): Promise<string> =>
  (await sendFile<{ id: string }>('/api/import', file, about)).id;

/** Has a zip opened into its files; those that stay out come with their reasons. */
export async function unpackFile(
  file: File,
): Promise<{ files: File[]; refused: UnpackedZip['refused'] }> {
  let answer: Response;
  try {
    answer = await fetch('/api/import/unpack', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/zip', Accept: 'application/json' },
      body: file,
    });
  } catch {
    throw new ApiError(0, 'UNREACHABLE', messages.signIn.unreachable);
  }
  const body = (await answer.json().catch(() => null)) as (UnpackedZip & Partial<Refusal>) | null;
  if (!answer.ok || !body) {
    const message = body?.message ?? messages.signIn.unreachable;
    throw new ApiError(answer.status, body?.code ?? 'INTERNAL', message);
  }
  const files = body.files.map(({ name, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return new File([bytes], name);
  });
  return { files, refused: body.refused };
}

export const previewText = async (asked: TextToImport): Promise<PreviewAnswer> =>
  (await post('/api/import/preview', asked)) as PreviewAnswer;

/** Saves an article and gives its id. */
export async function saveImport(asked: TextToImport): Promise<string> {
  return ((await post('/api/import', asked)) as { id: string }).id;
}
