// Word files with random damage, in their bytes and in the XML of their parts: opened or refused, in time, never with a
// throw. `FUZZ_RUNS` sets how many, `FUZZ_SEED` where to begin; third-party files are taken in where they are there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { samples } from '#tests/formats/docx/judges.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
const first = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

/** A row of numbers from a seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

const own = writeDocx(sampleReview(), { view: 'marked', notice: null }).content;
const others = samples
  ? readdirSync(samples)
      .filter((name) => name.endsWith('.docx'))
      .map((name) => new Uint8Array(readFileSync(join(samples ?? '', name))))
      .filter((bytes) => bytes.length < 50_000)
  : [];

function damagedBytes(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (let k = next(6); k >= 0; k -= 1) out[next(out.length)] = next(256);
  return next(4) === 0 ? out.subarray(0, next(out.length)) : out;
}

/** Takes a stretch of a part's markup out, doubles it or puts it elsewhere. */
function damagedXml(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).filter((name) => /^word\/[^/]*\.xml$/.test(name));
  for (let k = next(3); k >= 0; k -= 1) {
    const name = names[next(names.length)] ?? '';
    const tags = strFromU8(parts[name] ?? new Uint8Array()).split(/(?=<)/);
    const at = next(tags.length);
    const cut = tags.slice(at, at + 1 + next(4));
    const how = next(4);
    if (how === 0) tags.splice(at, cut.length);
    else if (how === 1) tags.splice(next(tags.length), 0, ...cut);
    else if (how === 2) tags[at] = (tags[at] ?? '').replace(/="[^"]*"/, `="${next(1e9) - 5e8}"`);
    else tags[at] = (tags[at] ?? '').replace(/<(\/?)w:\w+/, '<$1w:p');
    parts[name] = strToU8(tags.join(''));
  }
  return zipSync(parts, { level: 1 });
}

it(
  `[WD13] a damaged file is opened or refused, never with a throw (seed ${first})`,
  { timeout: Math.max(120_000, runs * 500) },
  () => {
    const ends = new Map<string, number>();
    for (let i = 0; i < runs; i += 1) {
      const next = numbers(first + i);
      const file = [own, ...others][next(others.length + 1)] ?? own;
      const bytes = next(2) === 0 ? damagedBytes(file, next) : damagedXml(file, next);
      const started = performance.now();
      const told = `run ${i}`;
      const found = readDocx(bytes, testContext({ language: 'en' }));
      if (found.ok) {
        found.imported.review.doc.check();
        writeDocx(found.imported.review, { view: 'marked', notice: null });
      } else expect(found.detail || found.code, told).toMatch(/\.$|^FILE_EMPTY$/);
      expect(performance.now() - started, told).toBeLessThan(10_000);
      const end = found.ok ? 'ok' : found.code;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    expect([...ends.keys()]).toContain('ok');
    expect([...ends.keys()]).toContain('FILE_NOT_WORD');
  },
);
