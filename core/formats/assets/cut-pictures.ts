/** The pictures of Galley's JSON apart from its text. They are most of a large file, and as text each would stand in memory
 *  many times over; so their letters are cut out before the rest is read, and put in after it is written. */
import { strToU8 } from 'fflate';

/** What stands for a picture in the text: no Base64 has this sign. */
export const holderOf = (n: number): string => `#${n}`;

/** Which picture a holder stands for; null for letters of Base64. */
export function heldBy(data: string): number | null {
  const [, n] = /^#(\d{1,6})$/.exec(data) ?? [];
  return n === undefined ? null : Number(n);
}

/** So many letters are worth cutting out. */
const least = 4096;
const quote = 0x22;
const key = strToU8('"data"');
const isSpace = (code: number | undefined): boolean =>
  code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;

const isLetter = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=')
  isLetter[letter.charCodeAt(0)] = 1;

/** Where the value of a key `data` begins, if one begins here. */
function valueAt(bytes: Uint8Array, at: number): number {
  if (key.some((code, i) => bytes[at + i] !== code)) return -1;
  let i = at + key.length;
  while (isSpace(bytes[i])) i += 1;
  if (bytes[i] !== 0x3a) return -1;
  i += 1;
  while (isSpace(bytes[i])) i += 1;
  return bytes[i] === quote ? i + 1 : -1;
}

function isBase64(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (isLetter[bytes[i] ?? 0] !== 1) return false;
  return true;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A file without the letters of its pictures, and those, still as Base64. */
export function cutPictures(bytes: Uint8Array): { rest: Uint8Array; pictures: Uint8Array[] } {
  const parts: Uint8Array[] = [];
  const pictures: Uint8Array[] = [];
  let done = 0;
  for (let at = bytes.indexOf(quote); at >= 0; at = bytes.indexOf(quote, at + 1)) {
    const from = valueAt(bytes, at);
    if (from < 0) continue;
    const to = bytes.indexOf(quote, from);
    if (to - from < least || !isBase64(bytes, from, to)) continue;
    parts.push(bytes.subarray(done, from), strToU8(holderOf(pictures.length)));
    pictures.push(bytes.subarray(from, to));
    done = to;
    at = to;
  }
  return { rest: joined([...parts, bytes.subarray(done)]), pictures };
}

/** A text in which holders stand as bytes with the letters of the pictures in their places. */
export function putPictures(text: string, letters: (n: number) => Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(/(?<="data": ")#\d+(?=")/g)) {
    parts.push(strToU8(text.slice(done, index)), letters(heldBy(found) ?? -1));
    done = index + found.length;
  }
  return joined([...parts, strToU8(text.slice(done))]);
}
