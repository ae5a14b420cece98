/** The file of a backup: lines of JSON, packed with gzip, and a seal at the end. The seal is a second gzip member that holds the
 *  SHA-256 of every byte before it, so that no changed byte and no missing end goes unnoticed; `zcat` reads the whole. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, crc32 } from 'node:zlib';
import { Refusal } from '#server/platform/refusal.ts';

/** A gzip member of one stored block, built by hand so that it is the same bytes on every machine. */
function sealOf(sha256: string): Buffer {
  const line = Buffer.from(`{"sha256":"${sha256}"}\n`);
  const block = Buffer.alloc(5);
  block.writeUInt8(1, 0); // The last block, stored.
  block.writeUInt16LE(line.length, 1);
  block.writeUInt16LE(line.length ^ 0xffff, 3);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(line), 0);
  end.writeUInt32LE(line.length, 4);
  return Buffer.concat([Buffer.from('1f8b08000000000000ff', 'hex'), block, line, end]);
}

const SEAL_BYTES = sealOf('0'.repeat(64)).length;
const FIRST_LINE_LIMIT = 1_000_000;

/** Passes bytes on and puts the seal behind the last one. */
export function seal(): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(null, sealOf(hash.digest('hex')));
    },
  });
}

export const damaged = (file: string): Refusal =>
  new Refusal(`${file} is damaged or was cut short. Nothing was changed; use another backup.`);

/** Refuses a file whose bytes are not those that were written. */
export async function checkSeal(file: string): Promise<void> {
  const size = await sizeOf(file);
  if (size <= SEAL_BYTES) throw damaged(file);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { end: size - SEAL_BYTES - 1 })) {
    hash.update(chunk as Buffer);
  }
  const tail = Buffer.alloc(SEAL_BYTES);
  await withFile(file, (handle) => handle.read(tail, 0, SEAL_BYTES, size - SEAL_BYTES));
  if (!tail.equals(sealOf(hash.digest('hex')))) throw damaged(file);
}

/** The lines of a file. Throws whatever unpacking throws; call `checkSeal` first. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file, { end: (await sizeOf(file)) - SEAL_BYTES - 1 });
  const unpacked = createGunzip();
  packed.once('error', (error) => unpacked.destroy(error));
  try {
    yield* split(packed.pipe(unpacked));
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** The first line of a file that may be anything, or undefined when it is not packed lines. */
export async function firstLineOf(file: string): Promise<string | undefined> {
  const packed = createReadStream(file);
  const unpacked = createGunzip();
  packed.once('error', (error) => unpacked.destroy(error));
  try {
    for await (const line of split(packed.pipe(unpacked), FIRST_LINE_LIMIT)) return line;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // What zlib says of bytes is an answer; that a file cannot be read is not.
    if (!code.startsWith('Z_') && !(error instanceof RangeError)) throw error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
  return undefined;
}

/** Cuts at \n alone: a text may hold every other sign that ends a line. */
async function* split(stream: AsyncIterable<Buffer>, limit = Infinity): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest: string[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const parts = decoder.write(chunk).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      yield rest.join('') + part;
      rest = [];
      length = 0;
    }
    rest.push(last);
    length += last.length;
    if (length > limit) throw new RangeError('The line is too long.');
  }
  const last = rest.join('') + decoder.end();
  if (last !== '') yield last;
}

async function sizeOf(file: string): Promise<number> {
  return withFile(file, async (handle) => (await handle.stat()).size);
}

async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
