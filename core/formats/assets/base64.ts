/** Bytes as Base64 and back; `core` has nothing of the platform's for it. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) values[letters.charCodeAt(i)] = i;

/** A multiple of three that fits the arguments of one call. */
const portion = 6144;

/** Writes bytes, with `=` at the end where they need it. */
export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let from = 0; from < bytes.length; from += portion) {
    const part = bytes.subarray(from, from + portion);
    const codes: number[] = [];
    for (let i = 0; i < part.length; i += 3) {
      const [a = 0, b, c] = [part[i], part[i + 1], part[i + 2]];
      const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
      codes.push(
        letters.charCodeAt(bits >>> 18),
        letters.charCodeAt((bits >>> 12) & 63),
        b === undefined ? 61 : letters.charCodeAt((bits >>> 6) & 63),
        c === undefined ? 61 : letters.charCodeAt(bits & 63),
      );
    }
    out += String.fromCharCode(...codes);
  }
  return out;
}

/** Reads bytes; null for a text that is no Base64. White space between the letters is passed over. */
export function fromBase64(text: string): Uint8Array | null {
  const packed = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  const clean = packed.replace(/={1,2}$/, '');
  if (clean.length % 4 === 1) return null;
  const out = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let to = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < clean.length; i += 1) {
    const value = values[clean.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[to] = (bits >>> held) & 0xff;
    to += 1;
  }
  return out;
}
