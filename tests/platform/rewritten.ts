/** A backup with changed contents and a good seal, as no slip of a disk could make it. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { linesOf, seal } from '#server/backup/container.ts';

let count = 0;

/** Writes the lines of a backup after a change beside it, packed and sealed as if they had been written so. */
export async function rewritten(
  file: string,
  change: (lines: string[]) => string[],
): Promise<string> {
  const lines: string[] = [];
  for await (const line of linesOf(file)) lines.push(line);
  const name = `${file}-rewritten-${++count}`;
  const text = change(lines).map((line) => `${line}\n`);
  await pipeline(Readable.from(text), createGzip(), seal(), createWriteStream(name));
  return name;
}
