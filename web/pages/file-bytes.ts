/** The bytes of files, for questions that carry them beside other things. */
import { ApiError } from '#web/pages/api.ts';
import { importWords } from '#web/ui/import-messages.ts';

/** The bytes as base64, through the browser's own reading of data addresses. */
export const base64Of = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    };
    reader.onerror = () => reject(new ApiError(0, 'FILE_UNREADABLE', importWords.unreadable));
    reader.readAsDataURL(file);
  });
