/** Zips of several articles: what is taken from one that comes in, and what the list in one that goes out says. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { freeName, manifestOf, type PackedOutcome } from '#core/formats/many/manifest.ts';
import { manyLimits, unpack } from '#core/formats/many/unpack.ts';
import { largestFile } from '#core/formats/read-bytes.ts';

const text = strToU8('A headline\n\nA paragraph of an article that came in a zip.\n');
const open = (files: Zippable): ReturnType<typeof unpack> => unpack(zipSync(files));
const names = (found: ReturnType<typeof unpack>): string[] =>
  found.ok ? found.files.map(({ name }) => name) : [found.code];
const refused = (found: ReturnType<typeof unpack>): string[] =>
  found.ok ? found.refused.map(({ name, code }) => `${code} ${name}`) : [found.code];

/** The zip with the size that its list gives for the first file changed. */
function lying(bytes: Uint8Array, size: number): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at < copy.length - 4; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) {
      view.setUint32(at + 24, size, true);
      return copy;
    }
  throw new Error('This zip has no list.');
}

describe('a zip that comes in', () => {
  it('[MZ5] files that are articles are taken to the letter; manifest, folders and what systems add are no files', () => {
    const found = open({
      'one.txt': text,
      'folder/zwei ü.md': text,
      'folder/': new Uint8Array(),
      'manifest.json': strToU8('{}'),
      '__MACOSX/one.txt': text,
      '.DS_Store': text,
      'folder/._one.txt': text,
    });
    expect(names(found)).toEqual(['one.txt', 'folder/zwei ü.md']);
    expect(refused(found)).toEqual([]);
    if (found.ok) for (const { read } of found.files) expect(read()).toEqual(text);
  });

  it('[MZ5] each file that is not taken has a name and a code', () => {
    const found = open({
      '../out.txt': text,
      '/etc/passwd.txt': text,
      'a/../../b.txt': text,
      'C:\\c.txt': text,
      'inner.zip': zipSync({ 'x.txt': text }),
      'photo.png': text,
      'large.txt': new Uint8Array(largestFile + 1),
      'large.json': new Uint8Array(largestFile + 1),
      'good.txt': text,
    });
    // A review may be larger than other files.
    expect(names(found)).toEqual(['large.json', 'good.txt']);
    expect(refused(found)).toEqual([
      'FILE_UNSAFE ../out.txt',
      'FILE_UNSAFE /etc/passwd.txt',
      'FILE_UNSAFE a/../../b.txt',
      'FILE_UNSAFE C:\\c.txt',
      'ZIP_INSIDE inner.zip',
      'FILE_KIND photo.png',
      'FILE_TOO_LARGE large.txt',
    ]);
  });

  it('[MZ5][MZ6] a file whose list lies about its size is not read, and costs no more than it said', () => {
    const zip = zipSync({ 'bomb.txt': new Uint8Array(8 * 1024 * 1024) });
    for (const size of [1, 100, 9 * 1024 * 1024]) {
      const found = unpack(lying(zip, size));
      expect(names(found), String(size)).toEqual(['bomb.txt']);
      if (found.ok) expect(found.files[0]?.read(), String(size)).toBeNull();
    }
    // Told rightly, the same file is read.
    const found = unpack(zip);
    if (found.ok) expect(found.files[0]?.read()?.length).toBe(8 * 1024 * 1024);
  });

  it('[MZ6] more than the limits is refused before anything is unpacked', () => {
    const many: Zippable = {};
    for (let i = 0; i <= manyLimits.files; i += 1) many[`${i}.txt`] = text;
    expect(names(open(many))).toEqual(['ZIP_TOO_LARGE']);
    const large: Zippable = {};
    for (let i = 0; i < 6; i += 1) large[`${i}.txt`] = new Uint8Array(largestFile - 1);
    const bomb = zipSync(large);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(names(unpack(bomb))).toEqual(['ZIP_TOO_LARGE']);
    expect(names(unpack(new Uint8Array(manyLimits.packed + 1)))).toEqual(['ZIP_TOO_LARGE']);
  });

  it('[MZ6] what is no zip, and every cut of one, is refused or read, and never thrown at anybody', () => {
    for (const bytes of [new Uint8Array(), text, new Uint8Array(5000)])
      expect(names(unpack(bytes))).toEqual(['ZIP_DAMAGED']);
    const zip = zipSync({ 'one.txt': text, 'two.txt': text });
    for (let cut = 0; cut < zip.length; cut += 1) {
      const found = unpack(zip.subarray(0, cut));
      expect(found.ok, String(cut)).toBe(false);
    }
    for (let at = 0; at < zip.length; at += 1) {
      const bent = zip.slice();
      bent[at] = (bent[at] ?? 0) ^ 0xff;
      const found = unpack(bent);
      if (found.ok) for (const { read } of found.files) read();
    }
  });
});

it('[MZ1][MZ2] the list tells what is in the zip and what is held, with no time, no name and nothing of what stays out', () => {
  const outcomes: PackedOutcome[] = [
    {
      articleId: 'a1',
      headline: 'One',
      file: 'One.docx',
      rev: 4,
      bytes: 10,
      sha256: 'ab',
      counts: { notes: 1, facts: 2, notShown: 0, staysOut: { desk: 1, legal: 0, named: 0 } },
      warnings: ['A thing.'],
    },
    {
      articleId: 'a2',
      headline: 'Two',
      code: 'GATE_CLOSED',
      message: 'Held.',
      reasons: [{ code: 'FACT_OPEN', sentence: 'Open.', on: 'o1' }],
    },
  ];
  const asked = { preset: 'writer', view: 'marked', format: 'docx' } as const;
  const manifest = JSON.parse(manifestOf(asked, outcomes)) as object;
  expect(manifest).toEqual({
    format: 'galley.articles',
    version: 1,
    copy: asked,
    articles: [{ ...outcomes[0], counts: { notes: 1, facts: 2, notShown: 0 } }],
    held: [{ ...outcomes[1], reasons: [{ code: 'FACT_OPEN', on: 'o1' }] }],
  });
});

it('[MZ1] names that differ in nothing but case do not meet', () => {
  const taken = new Set(['manifest.json']);
  expect(
    ['A (x).docx', 'a (X).docx', 'A (x).docx', 'manifest.json'].map((name) =>
      freeName(name, taken),
    ),
  ).toEqual(['A (x).docx', 'a (X) 2.docx', 'A (x) 3.docx', 'manifest 2.json']);
});
