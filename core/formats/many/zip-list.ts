/** The list at the end of a zip, and the bytes of one entry: read only as far as the list said, and judged by its checksum. */
import { Inflate, strFromU8 } from 'fflate';

/** An entry as the list has it. */
export interface ZipEntry {
  name: string;
  /** Locked with a password. */
  locked: boolean;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
  /** Where its own header begins. */
  at: number;
}

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 };

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The entries in their order; null for bytes that are no zip, are cut off, or are of the kind for several gigabytes. */
export function zipList(bytes: Uint8Array): ZipEntry[] | null {
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  const first = Math.max(0, end - 65_535);
  while (end >= first && view.getUint32(end, true) !== signatures.end) end -= 1;
  if (end < first || end < 0) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) return null;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== signatures.entry) return null;
    const length = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    const isUtf8 = (flags & 0x800) !== 0;
    entries.push({
      name: strFromU8(bytes.subarray(at + 46, at + 46 + length), !isUtf8),
      locked: (flags & 1) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The bytes of an entry; null when they are not what the list said of them. */
export function zipContent(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const { at, packed, unpacked, method, crc } = entry;
  const view = viewOf(bytes);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== signatures.local) return null;
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.subarray(from, from + packed);
  const content = method === 0 ? data : inflated(data, unpacked);
  return content?.length === unpacked && crcOf(content) === crc ? content : null;
}

/** Inflates in small bites, so that an entry which lies about its size is left as soon as it is larger. */
function inflated(data: Uint8Array, size: number): Uint8Array | null {
  const out = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length <= size) out.set(chunk, length);
    length += chunk.length;
  });
  const bite = 16 * 1024;
  try {
    for (let at = 0; at < data.length || at === 0; at += bite) {
      stream.push(data.subarray(at, at + bite), at + bite >= data.length);
      if (length > size) return null;
    }
  } catch (error) {
    // What the inflater throws at bytes that are not its own.
    if (error instanceof Error) return null;
    throw error;
  }
  return length === size ? out : null;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let k = 0; k < 8; k += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
