// The README promises nothing that is not there: its commands, its files, its pictures and their sizes.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';

const root = projectRoot();
const pictures = join(root, 'docs', 'screenshots');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** What the text names and is not there: scripts of package.json, files, settings. */
function missing(text: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const settings = readFileSync(join(root, 'docs', 'OPERATIONS.md'), 'utf8');
  const commands = [...text.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test))/g)];
  const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
  const variables = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)];
  return [
    ...commands.flatMap(([, run, own]) => ((run ?? own ?? '') in scripts ? [] : [run ?? own])),
    ...links.flatMap(([, path = '']) => (existsSync(join(root, path)) ? [] : [path])),
    ...variables.flatMap(([, name]) => (settings.includes(`| \`${name}\` |`) ? [] : [name])),
  ].map((one) => one ?? '');
}

describe('the README', () => {
  it('[DM8] names commands, files, pictures and settings that exist', () => {
    expect(missing(readme)).toEqual([]);
    const wrong =
      'npm run fly, npm run -s convert, [gone](docs/GONE.md#there) and ![x](docs/x.png)\n| `PORTO` | a | b |';
    expect(missing(wrong)).toEqual(['fly', 'docs/GONE.md', 'docs/x.png', 'PORTO']);
  });

  it('[DM8] says in its first lines how to start and how to look around', () => {
    const [beginning = ''] = readme.split('![');
    expect(beginning.split('\n').length).toBeLessThan(20);
    expect(beginning).toContain('\n    npm ci && npm start\n');
    expect(beginning).toContain('\n    npm ci && npm run demo\n');
  });
});

/** A PNG of 8-bit RGB from its pixels, every line unfiltered. */
function png(width: number, pixels: readonly number[]): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const height = pixels.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  pixels.forEach((colour, i) => {
    rows.writeUIntBE(colour, i * 3 + Math.floor(i / width) + 1, 3);
  });
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows))]);
}

/** The pixels of an indexed PNG as `smaller` writes it. */
function indexed(file: Buffer, width: number): number[] {
  const at = (type: string): Buffer => {
    const start = file.indexOf(type, 'latin1');
    return file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4));
  };
  const palette = at('PLTE');
  return [...inflateSync(at('IDAT'))]
    .filter((_byte, i) => i % (width + 1) !== 0)
    .map((index) => palette.readUIntBE(index * 3, 3));
}

describe('the pictures', () => {
  it('[DM9] are small enough: 250 kB each, 2 MB together', () => {
    const sizes = readdirSync(pictures).map((name) => statSync(join(pictures, name)).size);
    expect(sizes.length).toBeGreaterThanOrEqual(9);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(250_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000_000);
  });

  it('[DM9] keep their colours when there are few, and come near them when there are many', async () => {
    const { smaller } = (await import(pathToFileURL(join(root, 'scripts', 'png.mjs')).href)) as {
      smaller(file: Buffer): Buffer;
    };
    const few = [0xffffff, 0x1a1b1e, 0xffffff, 0x1554b8, 0x1a1b1e, 0xfff1c2];
    expect(indexed(smaller(png(3, few)), 3)).toEqual(few);
    const many = Array.from({ length: 4096 }, (_, i) => (i & 63) * 0x040000 + (i >> 6) * 0x0400);
    const near = indexed(smaller(png(64, many)), 64);
    expect(new Set(near).size).toBeGreaterThan(200);
    expect(new Set(near).size).toBeLessThanOrEqual(256);
    many.forEach((colour, i) => {
      for (const shift of [16, 8, 0])
        expect(
          Math.abs(((colour >> shift) & 255) - (((near[i] ?? 0) >> shift) & 255)),
        ).toBeLessThan(32);
    });
    expect(() => smaller(Buffer.from('not a picture'))).toThrow();
  });
});
