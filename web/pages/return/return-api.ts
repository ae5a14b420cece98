/** Questions of the page to the server, and the file that another page hands over. */
import type {
  ReturnChoice,
  ReturnDone,
  ReturnOffer,
  ReturnPreview,
} from '#core/formats/return/return-plan.ts';
import { post, sendFile } from '#web/pages/api.ts';
import { base64Of } from '#web/pages/file-bytes.ts';

/** Asks which article a file belongs to; null for one that belongs to none here. */
export async function askOffer(file: Blob): Promise<ReturnOffer | null> {
  const { offer } = (await sendFile('/api/return/offer', file)) as { offer: ReturnOffer | null };
  return offer;
}

/** Asks what a file brings. */
export const previewReturn = async (file: File, articleId: string): Promise<ReturnPreview> => {
  const query = new URLSearchParams({ name: file.name.slice(0, 400), article: articleId });
  return (await sendFile(`/api/return/preview?${query}`, file)) as ReturnPreview;
};

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
