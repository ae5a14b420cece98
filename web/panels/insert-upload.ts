/** Sends a picture to the article it is to stand in, and says how far it is. */
import { readPicture } from '#core/formats/assets/read-picture.ts';
import { refusal } from '#core/sync/error.ts';
import { insertWords as words } from '#web/panels/insert-words.ts';

/** How it stands with a picture: on its way (in per cent), there, or refused with a sentence. */
export type Upload =
  | { state: 'sending'; percent: number }
  | { state: 'there'; src: string }
  | { state: 'refused'; why: string };

/** Sends a file; `tell` hears how it goes. Gives how to break it off. A file that would be refused is not sent at all. */
export function sendPicture(
  articleId: string,
  file: File,
  tell: (upload: Upload) => void,
): () => void {
  const request = new XMLHttpRequest();
  let isOver = false;
  const end = (upload: Upload): void => {
    if (isOver) return;
    isOver = true;
    tell(upload);
  };
  const refuse = (why: string): void => end({ state: 'refused', why });
  const send = (bytes: Uint8Array<ArrayBuffer>): void => {
    const read = readPicture(bytes);
    if (!read.ok) return refuse(refusal(read.code).message);
    request.open('POST', `/api/articles/${encodeURIComponent(articleId)}/assets`);
    request.setRequestHeader('Content-Type', read.asset.type);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (!isOver && total > 0)
        tell({ state: 'sending', percent: Math.round((100 * loaded) / total) });
    });
    request.addEventListener('error', () => refuse(words.offline));
    request.addEventListener('load', () => {
      const { src, message } = answerOf(request.responseText);
      if (request.status === 201 && src !== null) end({ state: 'there', src });
      else refuse(message ?? words.failed);
    });
    request.send(bytes);
  };
  tell({ state: 'sending', percent: 0 });
  file.arrayBuffer().then(
    (buffer) => {
      if (!isOver) send(new Uint8Array(buffer));
    },
    () => refuse(words.failed),
  );
  return () => {
    isOver = true;
    request.abort();
  };
}

function answerOf(text: string): { src: string | null; message: string | null } {
  try {
    const answer = JSON.parse(text) as { src?: unknown; message?: unknown } | null;
    const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return { src: word(answer?.src), message: word(answer?.message) };
  } catch {
    return { src: null, message: null };
  }
}
