/** The articles a new house starts with: the text files of content/articles. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusalError } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import { importText } from '#server/library/import.ts';

/** Imports every text of `folder` when the library is empty; gives the sentences about those that could not be read. */
export async function importFirstArticles(context: Context, folder: string): Promise<string[]> {
  if ((await context.store.listArticles()).length > 0) return [];
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const sentences: string[] = [];
  for (const name of names.filter((one) => one.endsWith('.txt')).toSorted()) {
    try {
      await importText(context, null, { bytes: await readFile(join(folder, name)), name });
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      sentences.push(`${name} was not imported. ${error.message}`);
    }
  }
  return sentences;
}
