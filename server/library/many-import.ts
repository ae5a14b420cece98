/** A zip of several files into the library: opened in a converting process, each file by itself, and everything that stays
 *  out is named. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Person } from '#core/annotate/annotation.ts';
import type { BroughtZip } from '#core/formats/many/answers.ts';
import { refusal, RefusalError, type ErrorCode } from '#core/sync/error.ts';
import type { Context } from '#server/context.ts';
import type { UnpackDone } from '#server/convert/unpack-job.ts';
import { importText } from '#server/library/import.ts';

type Refused = BroughtZip['refused'][number];

const refusedAs = (file: string, code: ErrorCode): Refused => {
  const { message } = refusal(code);
  return { file, code, message };
};

/** Tries again for a while when too many others convert as well. */
async function inTurn<T>(attempt: () => Promise<T>): Promise<T> {
  for (let turn = 0; ; turn += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isBusy = error instanceof RefusalError && error.code === 'CONVERT_BUSY';
      if (!isBusy || turn >= 20) throw error;
      await wait(500 + turn * 100);
    }
  }
}

async function opened(
  { converter }: Context,
  by: Person,
  bytes: Uint8Array,
): Promise<{ files: UnpackDone['files']; refused: Refused[] }> {
  const { files, refused } = await inTurn(() => converter.unpacked({ bytes }, by.id));
  return { files, refused: refused.map(({ name, code }) => refusedAs(name, code)) };
}

/** The files of a zip, to be looked at before they are saved: the parts of an `UnpackedZip` in JSON, a file at a time, since
 *  all of them in one text would hold everybody else up. Nothing is saved. */
export async function unpackedParts(
  context: Context,
  by: Person,
  bytes: Uint8Array,
): Promise<Iterable<string>> {
  const { files, refused } = await opened(context, by, bytes);
  function* parts(): Generator<string> {
    yield '{"files":[';
    for (const [i, { name, bytes: content }] of files.entries()) {
      const base64 = Buffer.from(content).toString('base64');
      yield `${i > 0 ? ',' : ''}{"name":${JSON.stringify(name)},"base64":"${base64}"}`;
    }
    yield `],"refused":${JSON.stringify(refused)}}`;
  }
  return parts();
}

/** Saves every file of a zip that is an article. */
export async function importZip(
  context: Context,
  by: Person,
  bytes: Uint8Array,
): Promise<BroughtZip> {
  const { files, refused } = await opened(context, by, bytes);
  const imported: BroughtZip['imported'] = [];
  for (const { name, bytes: content } of files) {
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
  try {
    return await inTurn(() => importText(context, by, { name, bytes }));
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    if (error.code === 'STOPPING' || error.code === 'FORBIDDEN') throw error;
    return refusedAs(name, error.code);
  }
}
