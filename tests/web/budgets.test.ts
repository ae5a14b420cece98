/** What a page costs to load, read from the build: scripts, styles and fonts, compressed as they travel. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const web = new URL('../../dist/web', import.meta.url).pathname;
const assets = join(web, 'assets');
const kib = 1024;

const cache = new Map<string, { text: string; size: number }>();
function asset(name: string): { text: string; size: number } {
  const known = cache.get(name);
  if (known) return known;
  const bytes = readFileSync(join(assets, name));
  const found = { text: bytes.toString(), size: gzipSync(bytes, { level: 9 }).length };
  cache.set(name, found);
  return found;
}

/** The script of a lazy part: its name and a hash of eight letters. */
function chunk(name: string): string {
  const found = readdirSync(assets).filter((file) =>
    new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file),
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} scripts are ${name}.`);
  return found[0];
}

/** The scripts a script loads before it runs, itself included. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const { text } = asset(name);
  for (const match of text.matchAll(/(?:\bimport|\bfrom)\s*["']\.\/([\w.-]+\.js)["']/g))
    if (match[1]) withImports(match[1], seen);
  return seen;
}

/** The scripts that are loaded when they are asked for. */
function later(names: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const name of names)
    for (const match of asset(name).text.matchAll(/\bimport\(\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
      if (match[1]) found.add(match[1]);
  return found;
}

const sum = (names: Iterable<string>): number =>
  [...names].reduce((size, name) => size + asset(name).size, 0);

const html = readFileSync(join(web, 'index.html'), 'utf8');
const named = (pattern: RegExp): string[] => [...html.matchAll(pattern)].flatMap((m) => m[1] ?? []);
const door = new Set<string>();
for (const name of named(/src="\/assets\/([^"]+\.js)"/g)) withImports(name, door);

/** All scripts of a page that comes with a script of its own. */
const page = (name: string): Set<string> => withImports(chunk(name), new Set(door));

/** The styles that come with a lazy script, by the table of the build. */
function stylesOf(name: string): string[] {
  for (const script of door) {
    const { text } = asset(script);
    const table = /m\.f=\[([^\]]*)\]/.exec(text)?.[1]?.match(/assets\/[^"]+/g);
    const at = text.indexOf(`./${name}`);
    const list = at < 0 ? null : /__vite__mapDeps\(\[([\d,]*)\]/.exec(text.slice(at, at + 400));
    if (!table || !list?.[1]) continue;
    return list[1]
      .split(',')
      .map((index) => table[Number(index)] ?? '')
      .filter((file) => file.endsWith('.css'))
      .map((file) => file.replace('assets/', ''));
  }
  throw new Error(`The build does not say what ${name} needs.`);
}

describe('the weight of a page', () => {
  it('[UI89] the scripts of the door, the library and the article keep their budgets', () => {
    expect(door.size).toBeGreaterThan(1);
    expect(sum(page('sign-in'))).toBeLessThanOrEqual(110 * kib);
    expect(sum(page('setup'))).toBeLessThanOrEqual(110 * kib);
    expect(sum(page('library'))).toBeLessThanOrEqual(170 * kib);
    expect(sum(page('article'))).toBeLessThanOrEqual(280 * kib);
    // The checker counts: an article is more than its own script, and no page is nothing.
    expect(sum(page('article'))).toBeGreaterThan(sum(page('library')));
    expect(sum(page('library'))).toBeGreaterThan(sum(door));
  });

  it('[UI89] what an article loads later comes in pieces of at most 60 KiB', () => {
    const article = page('article');
    const pieces = later(withImports(chunk('article')));
    expect(pieces.size).toBeGreaterThan(2);
    for (const piece of pieces) {
      const added = [...withImports(piece)].filter((name) => !article.has(name));
      expect(sum(added), piece).toBeLessThanOrEqual(60 * kib);
    }
  });

  it('[UI89] ProseMirror and the parser of the wire do not come before they are needed', () => {
    for (const name of page('library'))
      expect(asset(name).text.includes('ProseMirror'), name).toBe(false);
    for (const name of page('article'))
      expect(asset(name).text.includes('ZodMiniType'), name).toBe(false);
  });

  it('[UI89] the styles of an article and the fonts before it keep their budgets', () => {
    const styles = [...named(/href="\/assets\/([^"]+\.css)"/g), ...stylesOf(chunk('article'))];
    expect(styles.length).toBeGreaterThan(2);
    expect(sum(new Set(styles))).toBeLessThanOrEqual(12 * kib);
    const fonts = named(/href="\/assets\/([^"]+\.woff2)"/g);
    expect(fonts).toHaveLength(2);
    const bytes = fonts.reduce((size, name) => size + readFileSync(join(assets, name)).length, 0);
    expect(bytes).toBeLessThanOrEqual(175_000);
  });
});
