/** Bytes as Base64 and back; `core` has nothing of the platform's for it. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i += 1) values[letters.charCodeAt(i)] = i;

/** Writes bytes as the letters of Base64, in ASCII, with `=` at the end where they need it. */
export function base64Letters(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out[to] = letters.charCodeAt(bits >>> 18);
    out[to + 1] = letters.charCodeAt((bits >>> 12) & 63);
    out[to + 2] = b === undefined ? 61 : letters.charCodeAt((bits >>> 6) & 63);
    out[to + 3] = c === undefined ? 61 : letters.charCodeAt(bits & 63);
    to += 4;
  }
  return out;
}

/** So many letters fit the arguments of one call. */
const portion = 8192;

/** Writes bytes, with `=` at the end where they need it. */
export function toBase64(bytes: Uint8Array): string {
  const all = base64Letters(bytes);
  let out = '';
  for (let from = 0; from < all.length; from += portion)
    out += String.fromCharCode(...all.subarray(from, from + portion));
  return out;
}

/** Reads bytes; null for a text that is no Base64. White space between the letters is passed over. */
export function fromBase64(text: string | Uint8Array): Uint8Array | null {
  const packed = typeof text === 'string' && /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  const at = (i: number): number =>
    (typeof packed === 'string' ? packed.charCodeAt(i) : packed[i]) ?? 0;
  let { length } = packed;
  while (length > 0 && packed.length - length < 2 && at(length - 1) === 61) length -= 1;
  if (length % 4 === 1) return null;
  const out = new Uint8Array(Math.floor((length * 3) / 4));
  let to = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < length; i += 1) {
    const value = values[at(i)] ?? -1;
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
