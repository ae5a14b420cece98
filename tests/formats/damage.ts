// Random damage to files, from a seed: to their bytes, to the XML of their parts, to the package around them, to texts.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Gives a number below another. */
export type Next = (below: number) => number;

/** A row of numbers from a seed. */
export function numbers(seed: number): Next {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** Bytes overwritten, and at times the end cut off. */
export function damagedBytes(bytes: Uint8Array, next: Next): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (let k = next(6); k >= 0; k -= 1) out[next(out.length)] = next(256);
  return next(4) === 0 ? out.subarray(0, next(out.length)) : out;
}

const oddities = ['-1', '99999999999', 'NaN', '', '\u0000', '../../x', '0', '2147483648', 'é'];

/** Takes a stretch of a part's markup out, doubles it, puts it elsewhere, or gives it odd values. */
export function damagedXml(bytes: Uint8Array, next: Next): Uint8Array {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).filter((name) => /\.(?:xml|rels)$/.test(name));
  for (let k = next(4); k >= 0; k -= 1) {
    // Mostly the parts of the text.
    const text = names.filter((name) => /^word\/[^/]*\.xml$/.test(name));
    const from = next(5) === 0 || text.length === 0 ? names : text;
    const name = from[next(from.length)] ?? '';
    const tags = strFromU8(parts[name] ?? new Uint8Array()).split(/(?=<)/);
    const at = next(tags.length);
    const cut = tags.slice(at, at + 1 + next(next(8) === 0 ? 200 : 4));
    const how = next(7);
    if (how === 0) tags.splice(at, cut.length);
    else if (how === 1) tags.splice(next(tags.length), 0, ...cut);
    else if (how === 2) tags[at] = (tags[at] ?? '').replace(/="[^"]*"/, `="${next(1e9) - 5e8}"`);
    else if (how === 3) tags[at] = (tags[at] ?? '').replace(/<(\/?)w:\w+/, '<$1w:p');
    else if (how === 4) {
      const odd = oddities[next(oddities.length)] ?? '';
      tags[at] = (tags[at] ?? '').replace(/="[^"]*"/, `="${odd}"`);
    } else if (how === 5)
      tags.splice(at, 0, ...Array.from({ length: next(300) }, () => cut).flat());
    else tags.splice(next(tags.length), cut.length, ...cut.reverse());
    parts[name] = strToU8(tags.join(''));
  }
  return zipSync(parts, { level: 1 });
}

/** Leaves a part out, changes its name, or gives it the content of another. */
export function damagedParts(bytes: Uint8Array, next: Next): Uint8Array {
  const parts = Object.entries(unzipSync(bytes));
  const at = next(parts.length);
  const [name, content] = parts[at] ?? ['', new Uint8Array()];
  const other = parts[next(parts.length)];
  const how = next(4);
  if (how === 0) parts.splice(at, 1);
  else if (how === 1)
    parts[at] = [`${['../', '/', 'C:\\', 'WORD/'][next(4)] ?? ''}${name}`, content];
  else if (how === 2 && other) parts[at] = [name, other[1]];
  else parts[at] = [name, content.subarray(0, next(content.length + 1))];
  return zipSync(Object.fromEntries(parts), { level: 1 });
}

/** Takes stretches of a text out, doubles or moves them, or puts signs in that mean something. */
export function damagedText(bytes: Uint8Array, signs: readonly string[], next: Next): Uint8Array {
  if (next(5) === 0) return damagedBytes(bytes, next);
  let text = new TextDecoder().decode(bytes);
  for (let k = next(5); k >= 0; k -= 1) {
    const at = next(text.length);
    const end = at + 1 + next(next(4) === 0 ? 2000 : 40);
    const piece = text.slice(at, end);
    const to = next(text.length);
    const how = next(4);
    if (how === 0) text = text.slice(0, at) + text.slice(end);
    else if (how === 1) text = text.slice(0, to) + piece + text.slice(to);
    else if (how === 2) text = text.slice(0, to) + piece.repeat(next(50)) + text.slice(to);
    else {
      const sign = signs[next(signs.length)] ?? '';
      text = text.slice(0, at) + sign.repeat(1 + next(next(6) === 0 ? 400 : 2)) + text.slice(at);
    }
  }
  return new TextEncoder().encode(text);
}
