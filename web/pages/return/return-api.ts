/** Questions of the page to the server, and the file that another page hands over. */
import type {
  ReturnChoice,
  ReturnDone,
  ReturnOffer,
  ReturnPreview,
} from '#core/formats/return/return-plan.ts';
import { ApiError, post } from '#web/pages/api.ts';
import { messages } from '#web/ui/messages.ts';

async function sendBytes(path: string, file: Blob): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
      body: file,
    });
  } catch {
    throw new ApiError(0, 'UNREACHABLE', messages.signIn.unreachable);
  }
  const body = (await answer.json().catch(() => null)) as {
    code?: string;
    message?: string;
  } | null;
  if (answer.ok && body) return body;
  throw new ApiError(
    answer.status,
    body?.code ?? 'INTERNAL',
    body?.message ?? messages.signIn.unreachable,
  );
}

/** Asks which article a file belongs to; null for one that belongs to none here. */
export async function askOffer(file: Blob): Promise<ReturnOffer | null> {
  const { offer } = (await sendBytes('/api/return/offer', file)) as { offer: ReturnOffer | null };
  return offer;
}

/** Asks what a file brings. */
export const previewReturn = async (file: File, articleId: string): Promise<ReturnPreview> => {
  const query = new URLSearchParams({ name: file.name.slice(0, 400), article: articleId });
  return (await sendBytes(`/api/return/preview?${query.toString()}`, file)) as ReturnPreview;
};

const base64Of = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    };
    reader.onerror = () => reject(new ApiError(0, 'FILE_UNREADABLE', messages.signIn.unreachable));
    reader.readAsDataURL(file);
  });

/** Brings it in as chosen. */
export async function bringBack(
  file: File,
  article: string,
  chosen: { choices: Record<string, ReturnChoice>; audience: 'all' | 'desk' },
): Promise<ReturnDone> {
  const base64 = await base64Of(file);
  return (await post('/api/return', { base64, name: file.name, article, ...chosen })) as ReturnDone;
}

let waiting: { articleId: string; file: File } | null = null;

/** Keeps a file for the page of an article, which is opened next. */
export function handOver(articleId: string, file: File): void {
  waiting = { articleId, file };
}

/** The file that was kept for this article, once. */
export function takeOver(articleId: string): File | null {
  const file = waiting?.articleId === articleId ? waiting.file : null;
  waiting = null;
  return file;
}
