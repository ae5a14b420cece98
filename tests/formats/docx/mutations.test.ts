// Files with random damage, of every format: opened or refused within the limits of the server, in its own converting
// processes with every door shut, and what was opened is written again. `FUZZ_RUNS` sets how many, `FUZZ_SEED` where to
// begin; third-party Word files are taken in where they are there.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, it } from 'vitest';
import type { ImportFormat } from '#core/formats/article-formats.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { writeCopy } from '#core/formats/write-copy.ts';
import { RefusalError } from '#core/sync/error.ts';
import { reviewFromJson } from '#core/sync/review.ts';
import { Converter } from '#server/convert/converter.ts';
import { jobs, type ReadAsked } from '#server/convert/jobs.ts';
import { makeLog } from '#server/log.ts';
import {
  damagedBytes,
  damagedParts,
  damagedText,
  damagedXml,
  numbers,
  type Next,
} from '#tests/formats/damage.ts';
import { samples } from '#tests/formats/docx/judges.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 300);
const first = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

/** The real program behind shut doors: whoever knocks at one ends the process, which no damage may bring about. */
function guarded(): { folder: string; program: string } {
  const folder = mkdtempSync(join(tmpdir(), 'galley-doors-'));
  const program = join(folder, 'convert.mjs');
  const doors = `import { createRequire as requireFor, syncBuiltinESMExports } from 'node:module';
    const ask = requireFor(import.meta.url);
    const shut = (owner, name) => { owner[name] = () => process.exit(77); };
    for (const [module, names] of Object.entries({
      dns: ['lookup', 'resolve', 'resolve4', 'resolve6'], net: ['connect', 'createConnection'], tls: ['connect'],
      http: ['request', 'get'], https: ['request', 'get'], dgram: ['createSocket'],
      fs: ['readFileSync', 'openSync', 'writeFileSync', 'readFile', 'open', 'writeFile', 'readdirSync', 'statSync'],
      child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
    })) for (const name of names) shut(ask('node:' + module), name);
    shut(ask('node:net').Socket.prototype, 'connect');
    shut(globalThis, 'fetch');
    syncBuiltinESMExports();\n`;
  writeFileSync(program, doors + readFileSync(inject('convertProgram'), 'utf8'));
  return { folder, program };
}

const { folder, program } = guarded();
/** The longest that a file may take. */
const most = 10;
let longest = 0;
const converter = new Converter({
  log: makeLog('silent'),
  onEnd: (_kind, _end, took) => void (longest = Math.max(longest, took)),
  program,
  // A machine that is busy with other things may take longer.
  limits: { ms: 60_000, each: 100, waiting: 100, waitMs: 600_000 },
});
afterAll(async () => {
  await converter.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Sample {
  format: ImportFormat;
  bytes: Uint8Array;
}
const toBytes = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

const askedFor = (bytes: Uint8Array, format: ImportFormat): ReadAsked => ({
  bytes,
  format,
  name: 'a',
  now: '2026-01-02T03:04:05.000Z',
  houseNames: new Set<string>(),
  choices: {},
  preview: true,
  keep: false,
});

/** What an end is called: that of an opened file tells what became of writing it again. */
async function tried({ format, bytes }: Sample): Promise<string> {
  try {
    const done = await converter.read(askedFor(bytes, format), 'fuzz');
    const review = reviewFromJson(done.review);
    review.doc.check();
    const copy = { preset: 'file', view: 'marked', format: 'docx' } as const;
    const sender = { id: 'fuzz', role: 'admin' } as const;
    const written = await converter.write(review, done.facts, { ...copy, sender });
    return written.content.length > 0 ? 'ok' : 'nothing written';
  } catch (error) {
    if (error instanceof RefusalError) return error.code;
    return `THROW ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** The CPU time that reading a file takes, in seconds. Only for one that came to an end. */
function cpuOf({ format, bytes }: Sample): number {
  const before = process.cpuUsage();
  try {
    jobs.read(askedFor(bytes, format));
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The end of a file within its time. What took longer may have waited for a machine that has other things to do. */
async function timely(file: Sample): Promise<string> {
  const began = performance.now();
  const end = await tried(file);
  if (performance.now() - began < most * 1000) return end;
  const took = cpuOf(file);
  return took < most / 2 ? end : `${end}, but after ${took} s`;
}

const refusals =
  /^(?:ok|FILE_(?:NOT_WORD|UNSAFE|EMPTY|BINARY|NOT_UTF8|NOT_REVIEW|TOO_NEW)|DOCUMENT_TOO_LARGE)$/;

/** Damages a file of the list `runs` times; every end must be an opened file or a clear refusal. */
async function damage(
  files: readonly Sample[],
  spoil: (sample: Sample, next: Next) => Uint8Array,
): Promise<Map<string, number>> {
  const ends = new Map<string, number>();
  let run = 0;
  const one = async (): Promise<void> => {
    while (run < runs) {
      const seed = first + run;
      run += 1;
      const next = numbers(seed);
      const sample = files[next(files.length)];
      if (!sample) throw new Error('There is no file.');
      const file = { ...sample, bytes: spoil(sample, next) };
      const end = await timely(file);
      expect(end, `FUZZ_SEED=${seed} ${sample.format}`).toMatch(refusals);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  };
  // As many at a time as there are processes.
  await Promise.all([one(), one()]);
  if (runs > 1000) {
    const found = [...ends].map(([end, count]) => `${end} ${count}`).join(', ');
    process.stdout.write(`${runs} damaged files: ${found}; the slowest ${longest.toFixed(2)} s\n`);
  }
  return ends;
}

const own: Sample = {
  format: 'docx',
  bytes: writeDocx(sampleReview(), { view: 'marked', notice: null, facts: sampleFacts() }).content,
};
const others = samples
  ? readdirSync(samples)
      .filter((name) => name.endsWith('.docx'))
      .map((name): Sample => ({
        format: 'docx',
        bytes: new Uint8Array(readFileSync(join(samples ?? '', name))),
      }))
  : [];
const timeout = Math.max(240_000, runs * 2000);

it(
  `[HX12, WD13] a damaged Word file is opened or refused, never with a throw (seed ${first})`,
  { timeout },
  async () => {
    const ends = await damage([own, ...others], ({ bytes }, next) => {
      const how = next(5);
      if (how < 2) return damagedBytes(bytes, next);
      return how < 4 ? damagedXml(bytes, next) : damagedParts(bytes, next);
    });
    expect([...ends.keys()]).toEqual(expect.arrayContaining(['ok', 'FILE_NOT_WORD']));
  },
);

const signs: Record<string, readonly string[]> = {
  html: '<ins> </ins> <del> <p> </p> <table> <td rowspan=9> <li> <a&href="#note-1"> <aside&role=note> <!-- --> &amp; <b>'.split(
    ' ',
  ),
  md: '{++ ++} {-- --} {== ==} {>> <<} {~~ ~> ~~} [^1] [ ]( * ** ` | > # - <ins> --- ``` \\ ! ¶'.split(
    ' ',
  ),
  json: '{ } [ ] , : " null -1 1e99 "id" "from" "to" \\u0000 true'.split(' '),
  txt: '1 2. By [3] Ibid. | # - “ ” … @ http://a.b'.split(' '),
};

it(
  `[HX12] a damaged page, Markdown, text or review is opened or refused, never with a throw (seed ${first})`,
  { timeout },
  async () => {
    const review = sampleReview();
    const written = (format: 'html' | 'md' | 'txt' | 'json'): Sample => ({
      format,
      bytes: toBytes(
        writeCopy(review, { format, view: 'marked', notice: null, facts: sampleFacts() }).content,
      ),
    });
    const files = (['html', 'md', 'txt', 'json'] as const).map(written);
    const ends = await damage(files, ({ format, bytes }, next) =>
      damagedText(
        bytes,
        (signs[format] ?? []).map((one) => one.replace('&', ' ')),
        next,
      ),
    );
    expect([...ends.keys()]).toEqual(expect.arrayContaining(['ok', 'FILE_NOT_REVIEW']));
  },
);

it(
  '[HX12, HX10] a reader that throws, or knocks at a door, is found out',
  { timeout },
  async () => {
    const bad = join(folder, 'bad.mjs');
    const real = readFileSync(program, 'utf8');
    const at = 'process.on("message", (job) => {';
    expect(real).toContain(at);
    const planted = (code: string): Promise<string> => {
      writeFileSync(bad, real.replace(at, `${at} ${code}`));
      const faulty = new Converter({
        log: makeLog('silent'),
        onEnd: () => undefined,
        program: bad,
      });
      const asked = { name: '', now: '', houseNames: new Set<string>(), choices: {}, keep: false };
      return faulty
        .read({ ...asked, bytes: own.bytes, format: 'docx', preview: false }, 'x')
        .then(() => 'ok', String)
        .finally(() => faulty.close());
    };
    expect(await planted('')).toBe('ok');
    expect(await planted('throw new Error("planted");')).toMatch(/A conversion failed/);
    expect(await planted('fetch("http://127.0.0.1:9");')).toMatch(/A conversion failed/);
    expect(await planted('requireFor(import.meta.url)("node:dns").lookup("a", () => 0);')).toMatch(
      /A conversion failed/,
    );
  },
);
