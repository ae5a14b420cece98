/** Opens a zip of articles: its files with their bytes, and those that stay out. */
import { unpack, type RefusedFile } from '#core/formats/many/unpack.ts';
import { RefusalError } from '#core/sync/error.ts';

export interface UnpackAsked {
  bytes: Uint8Array;
}

export interface UnpackDone {
  files: { name: string; bytes: Uint8Array }[];
  refused: RefusedFile[];
}

/** Unpacks it, each file by itself. Throws a `RefusalError` for a zip that is refused as a whole. */
export function unpackZip({ bytes }: UnpackAsked): UnpackDone {
  const found = unpack(bytes);
  if (!found.ok) throw new RefusalError(found.code);
  const done: UnpackDone = { files: [], refused: [...found.refused] };
  for (const { name, read } of found.files) {
    const content = read();
    if (content) done.files.push({ name, bytes: content });
    else done.refused.push({ name, code: 'ZIP_DAMAGED' });
  }
  return done;
}
