/** A zip of several files into the library: unpacked within limits, each file by itself, and everything that stays out is named. */
import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import type { Person } from '#core/annotate/annotation.ts';
import type { BroughtZip, UnpackedZip } from '#core/formats/many/answers.ts';
import { unpack, type PackedFile } from '#core/formats/many/unpack.ts';
import { refusal, RefusalError, type ErrorCode } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import { importText } from '#server/library/import.ts';

type Refused = BroughtZip['refused'][number];

const refusedAs = (file: string, code: ErrorCode): Refused => {
  const { message } = refusal(code);
  return { file, code, message };
};

interface Opened {
  files: PackedFile[];
  refused: Refused[];
}

function opened(bytes: Uint8Array): Opened {
  const found = unpack(bytes);
  if (!found.ok) throw new RefusalError(found.code);
  const refused = found.refused.map(({ name, code }) => refusedAs(name, code));
  return { files: found.files, refused };
}

/** The files of a zip with their bytes, one at a time, so that others get their turn between them. */
async function* contents(
  files: readonly PackedFile[],
): AsyncGenerator<{ name: string; bytes: Uint8Array | null }> {
  for (const { name, read } of files) {
    await breathe();
    yield { name, bytes: read() };
  }
}

/** Unpacks a zip, for its files to be looked at before they are saved. Nothing is saved. */
export async function unpackZip(bytes: Uint8Array): Promise<UnpackedZip> {
  const { files, refused } = opened(bytes);
  const read: UnpackedZip['files'] = [];
  for await (const { name, bytes: content } of contents(files)) {
    if (content === null) refused.push(refusedAs(name, 'ZIP_DAMAGED'));
    else read.push({ name, base64: Buffer.from(content).toString('base64') });
  }
  return { files: read, refused };
}

/** Saves every file of a zip that is an article. */
export async function importZip(
  context: Context,
  by: Person,
  bytes: Uint8Array,
): Promise<BroughtZip> {
  const { files, refused } = opened(bytes);
  const imported: BroughtZip['imported'] = [];
  for await (const { name, bytes: content } of contents(files)) {
    if (content === null) {
      refused.push(refusedAs(name, 'ZIP_DAMAGED'));
      continue;
    }
    const brought = await bring(context, by, name, content);
    if (typeof brought === 'string') imported.push({ file: name, articleId: brought });
    else refused.push(brought);
  }
  return { imported, refused };
}

/** The id of the article, or why there is none. */
async function bring(
  context: Context,
  by: Person,
  name: string,
  bytes: Uint8Array,
): Promise<string | Refused> {
  for (let turn = 0; ; turn += 1) {
    try {
      return await importText(context, by, { name, bytes });
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      // Others convert as well; a zip can wait for its turn.
      if (error.code === 'CONVERT_BUSY' && turn < 20) await wait(500 + turn * 100);
      else if (error.code === 'STOPPING' || error.code === 'FORBIDDEN') throw error;
      else return refusedAs(name, error.code);
    }
  }
}
