/** Opens a package without trusting it: what it says of itself is checked before anything is inflated, and inflating
 *  stops at the limits whatever it said. Only the parts that are asked for are read. */
import { Inflate } from 'fflate';

/** The most that is taken in. A Word file of a thousand pages is well below each. */
export const zipLimits = {
  entries: 2000,
  /** Bytes of all parts read, unpacked. */
  unpacked: 100 * 1024 * 1024,
  /** Unpacked to packed, for all parts read; small parts may pack better. */
  ratio: 200,
  smallPart: 5 * 1024 * 1024,
};

/** The parts asked for, by name, or a sentence that says why there are none. `strange` counts names that lead out of it.
 *  `unsafe` is for what no honest file has. */
export type ZipRead =
  | { ok: true; parts: Map<string, Uint8Array>; names: string[]; strange: number; late: LatePart }
  | { ok: false; unsafe: boolean; detail: string };

/** Unpacks a further part when it is asked for, all of them together within the limit. What it cannot give ends nothing: null for a
 *  part that is missing or damaged, 'too large' for one of more than `most` bytes. */
export type LatePart = (name: string, most: number) => Uint8Array | 'too large' | null;

interface Entry {
  name: string;
  method: number;
  flags: number;
  packed: number;
  unpacked: number;
  at: number;
}

class Broken extends Error {
  readonly unsafe: boolean;
  constructor(detail: string, unsafe = false) {
    super(detail);
    this.unsafe = unsafe;
  }
}

/** True for a name that stays inside its folder. */
const isInside = (name: string): boolean =>
  name !== '' &&
  !/^[/\\]|^[A-Za-z]:|\\|\0/.test(name) &&
  !name.split('/').some((step) => step === '..' || step === '.');

/** Reads a package. `wanted` chooses parts by their name. */
export function readZip(bytes: Uint8Array, wanted: (name: string) => boolean): ZipRead {
  try {
    const entries = entriesOf(bytes);
    const parts = new Map<string, Uint8Array>();
    const known = new Set<string>();
    const lowers = new Set<string>();
    let strange = 0;
    const others = new Map<string, Entry>();
    let total = 0;
    for (const entry of entries) {
      if (!isInside(entry.name)) {
        strange += 1;
        continue;
      }
      // Who reads the first and who the last would read two files.
      const lower = entry.name.toLowerCase();
      if (lowers.has(lower))
        throw new Broken(`Two of its parts are named ${entry.name.slice(0, 100)}.`, true);
      lowers.add(lower);
      known.add(entry.name);
      if (!wanted(entry.name)) {
        others.set(entry.name, entry);
        continue;
      }
      const data = contentOf(bytes, entry, zipLimits.unpacked - total);
      total += data.length;
      parts.set(entry.name, data);
    }
    const late: LatePart = (name, most) => {
      const entry = others.get(name);
      if (!entry) return null;
      if (entry.unpacked > most || total + entry.unpacked > zipLimits.unpacked) return 'too large';
      try {
        const data = contentOf(bytes, entry, most);
        total += data.length;
        return data;
      } catch (error) {
        // One that lies about its size has cost as much as it may; what the inflater throws is an Error as well.
        total += most;
        if (error instanceof Error) return null;
        throw error;
      }
    };
    return { ok: true, parts, names: [...known], strange, late };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, unsafe: error.unsafe, detail: error.message };
    // What the inflater throws at bytes that are not its own.
    if (error instanceof Error)
      return { ok: false, unsafe: false, detail: 'Its parts cannot be unpacked.' };
    throw error;
  }
}

/** The entries of the directory at the end of the file. */
function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const first = Math.max(0, end - 65_535);
  while (end >= first && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < first || end < 0) throw new Broken('It is cut off, or no Word file at all.');
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff)
    throw new Broken('It is packed for files of several gigabytes.', true);
  if (count > zipLimits.entries)
    throw new Broken(`It has ${count} parts; ${zipLimits.entries} is the limit.`, true);
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      throw new Broken('The list of its parts is damaged.');
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    entries.push({
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
      flags,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  checkOverlap(entries, start);
  return entries;
}

/** Parts that share their bytes are a bomb: one megabyte that unpacks a thousand times. */
function checkOverlap(entries: readonly Entry[], directory: number): void {
  const sorted = entries.toSorted((a, b) => a.at - b.at);
  sorted.forEach((entry, i) => {
    const next = sorted[i + 1]?.at ?? directory;
    if (entry.at + 30 + entry.packed > next)
      throw new Broken('Its parts lie over one another.', true);
  });
}

/** Names of parts are ASCII in practice; others only need to differ. */
function nameOf(bytes: Uint8Array): string {
  let name = '';
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name;
}

function contentOf(bytes: Uint8Array, entry: Entry, room: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { at, packed, method, flags, name } = entry;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50)
    throw new Broken(`The part ${name} is damaged.`);
  if ((flags & 1) !== 0) throw new Broken('It is locked with a password.');
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.subarray(from, from + packed);
  if (data.length < packed) throw new Broken(`The part ${name} is cut off.`);
  const most = Math.min(room, Math.max(zipLimits.smallPart, packed * zipLimits.ratio));
  if (entry.unpacked > most) throw tooLarge(name);
  if (method === 0) return data;
  if (method !== 8) throw new Broken(`The part ${name} is packed in a way Word does not use.`);
  return inflated(data, name, most);
}

const tooLarge = (name: string): Broken =>
  new Broken(`The part ${name} unpacks to more than a document can hold.`, true);

/** Inflates in small bites, so that a part which lies about its size is left as soon as it is too large. */
function inflated(data: Uint8Array, name: string, most: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let done = false;
  const stream = new Inflate((chunk, final) => {
    size += chunk.length;
    if (size > most) throw tooLarge(name);
    if (chunk.length > 0) chunks.push(chunk);
    done = final;
  });
  const bite = 16 * 1024;
  for (let at = 0; at < data.length || at === 0; at += bite)
    stream.push(data.subarray(at, at + bite), at + bite >= data.length);
  if (!done) throw new Broken(`The part ${name} is cut off.`);
  const out = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
