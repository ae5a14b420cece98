// Word files out and in: an article of one page with its notes, and a hundred pages with a thousand changes and five
// hundred comments. Beside it what the process takes that converts for the server, and pandoc, where it is installed,
// with the same files.
import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { schema } from '#core/article/schema.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Comment, SuggestionRow } from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { newReview, reviewToJson, type Review } from '#core/sync/review.ts';
import { heapMegabytes } from '#server/convert/limits.ts';
import type { JobMessage, WorkerMessage } from '#server/convert/messages.ts';
import { percentile, type Figure } from './figure.ts';
import { record } from './record.ts';

const lexicon = 'the turtles of the coast nest on warm sand and nobody counts them twice'.split(
  ' ',
);
const at = '2026-01-02T03:04:05.000Z';

/** A review with one replacement in each paragraph and a comment on every second one. */
function reviewOf(paragraphs: number): Review {
  const words = (p: number, count: number): string =>
    Array.from({ length: count }, (_, w) => lexicon[(p * 7 + w * 3) % lexicon.length] ?? '').join(
      ' ',
    );
  const change = (p: number, name: 'insertion' | 'deletion') =>
    schema.text(`${name}${p}`, [schema.mark(name, { id: `s${p}`, by: 'ann' })]);
  const blocks = Array.from({ length: paragraphs }, (_, p) =>
    schema.node('block', null, [
      schema.text(`${words(p, 40)} `),
      change(p, 'deletion'),
      change(p, 'insertion'),
      schema.text(` ${words(p + 1, 40)}.`),
    ]),
  );
  const doc = schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Long')]),
    ...blocks,
  ]);
  const rows = blocks.map((_, p): [string, SuggestionRow] => [
    `s${p}`,
    {
      id: `s${p}`,
      by: 'ann',
      at,
      last: at,
      reason: '',
      category: '',
      audience: 'all',
      status: 'pending',
      deleted: `deletion${p}`,
      inserted: `insertion${p}`,
      replies: [],
    },
  ]);
  const comments = new Map<string, Comment>();
  const anchors = new Map<string, Anchor>();
  doc.forEach((block, offset, index) => {
    if (block.type.name !== 'block' || index % 2 === 0) return;
    const id = `c${index}`;
    const [from, to] = [offset + 5, offset + 25];
    comments.set(id, {
      id,
      by: 'bob',
      at,
      text: 'Is that so?',
      audience: 'all',
      status: 'open',
      replies: [{ id: `r${index}`, by: 'ann', at, text: 'It is.' }],
    });
    const good = { rev: 0, from, to };
    const quote = quoteAt(doc, from, to);
    anchors.set(id, { id, kind: 'comment', from, to, state: 'attached', good, ...quote });
  });
  const people = ['ann', 'bob'].map((id, color) => ({
    id,
    name: id,
    role: 'editor' as const,
    color,
  }));
  return {
    ...newReview({ id: 'a', language: 'en', stage: 'desk' }, people, doc),
    comments,
    suggestions: new Map(rows),
    anchors: { byId: anchors, graves: [] },
  };
}

function timed(times: number, run: () => void): number {
  const samples = Array.from({ length: times }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return percentile(samples, 0.5);
}

/** The most memory that a process has had, in megabytes; NaN where the system does not tell. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Runs a program to its end; its time in milliseconds and the most memory it was seen with. */
async function watched(command: string, args: string[]): Promise<{ ms: number; peak: number }> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore' });
  let peak = Number.NaN;
  const timer = setInterval(() => {
    const now = peakOf(child.pid);
    if (!Number.isNaN(now)) peak = Number.isNaN(peak) ? now : Math.max(peak, now);
  }, 2);
  await once(child, 'exit');
  clearInterval(timer);
  return { ms: performance.now() - start, peak };
}

/** The middle of several runs of a program. */
async function middle(command: string, args: string[]): Promise<{ ms: number; peak: number }> {
  const runs = [
    await watched(command, args),
    await watched(command, args),
    await watched(command, args),
  ];
  return {
    ms: percentile(
      runs.map(({ ms }) => ms),
      0.5,
    ),
    peak: Math.max(...runs.map(({ peak }) => peak)),
  };
}

/** What one file costs in the process that converts for the server: the most memory, and the way there and back. */
async function converted(
  program: string,
  bytes: Uint8Array,
  review: Review,
): Promise<{ read: number; write: number; peak: number }> {
  const child = fork(program, [String(512 * 1024 * 1024)], {
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
    serialization: 'advanced',
  });
  const ask = async (job: JobMessage): Promise<number> => {
    const start = performance.now();
    child.send(job);
    const [answer] = (await once(child, 'message')) as [WorkerMessage];
    if (answer.said !== 'done') throw new Error(`The converting process said ${answer.said}.`);
    return performance.now() - start;
  };
  await once(child, 'message');
  const file = { bytes, name: 'a.docx', format: 'docx', now: at, keep: false } as const;
  const none = { houseNames: new Set<string>(), choices: {}, preview: true };
  const copy = { preset: 'file', view: 'marked', format: 'docx' } as const;
  const sender = { id: 'ann', role: 'admin' } as const;
  const whole = { review: reviewToJson(review), facts: { claims: [], sources: [] } };
  const read = await ask({ kind: 'read', asked: { ...file, ...none } });
  const write = await ask({
    kind: 'write',
    asked: { ...whole, assets: new Map(), asked: { ...copy, sender } },
  });
  const peak = peakOf(child.pid);
  child.disconnect();
  return { read, write, peak };
}

const sizes = [
  ['an article', 20, 20, 'at most 30 ms', ''],
  ['100 pages, 1,000 changes, 500 threads', 1000, 5, 'at most 1,000 ms', 'at most 1,000 ms'],
] as const;

export async function measure(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'galley-word-'));
  const figure = (what: string, value: number, unit: string, aim = ''): void => {
    if (!Number.isNaN(value)) figures.push({ what, value, unit, ...(aim === '' ? {} : { aim }) });
  };
  try {
    const program = join(folder, 'convert.mjs');
    const script = pathToFileURL(join(import.meta.dirname, '../scripts/build.mjs')).href;
    const build = (await import(script)) as { buildConverter(outfile: string): Promise<void> };
    await build.buildConverter(program);
    const { status, stdout } = spawnSync('pandoc', ['--version'], { encoding: 'utf8' });
    const hasPandoc = status === 0;
    for (const [name, paragraphs, times, out, back] of sizes) {
      const review = reviewOf(paragraphs);
      const write = () => writeDocx(review, { view: 'marked', notice: null }).content;
      const bytes = write();
      const read = (): void => {
        let made = 0;
        readDocx(bytes, { id: () => `i${(made += 1)}`, now: at, hash: (text) => text });
      };
      figure(`Word out: ${name}`, timed(times, write), 'ms', out);
      figure(`Word in: ${name}`, timed(times, read), 'ms', back);
      const own = await converted(program, bytes, review);
      figure(`In, in a converting process just started: ${name}`, own.read, 'ms');
      figure(`Out, in the same process: ${name}`, own.write, 'ms');
      figure(`The most memory of that process: ${name}`, own.peak, 'MB', 'at most 300 MB');
      if (!hasPandoc) continue;
      const [word, markdown] = [join(folder, 'a.docx'), join(folder, 'a.md')];
      writeFileSync(word, bytes);
      const changes = ['--track-changes=all', '-f', 'docx'];
      const reads = await middle('pandoc', [...changes, '-t', 'json', '-o', '/dev/null', word]);
      figure(`pandoc in, the same file: ${name}`, reads.ms, 'ms');
      figure(`pandoc in, its most memory: ${name}`, reads.peak, 'MB');
      // Its own form keeps changes and comments, so it writes the same Word file again.
      spawnSync('pandoc', [...changes, '-t', 'markdown', '-o', markdown, word]);
      const writes = await middle('pandoc', [
        '-f',
        'markdown',
        '-o',
        join(folder, 'b.docx'),
        markdown,
      ]);
      figure(`pandoc out, the same text and changes: ${name}`, writes.ms, 'ms');
      figure(`pandoc out, its most memory: ${name}`, writes.peak, 'MB');
    }
    const paragraphs = sizes.map(([name, count]) => [name, count]);
    record('word', figures, { paragraphs, peer: hasPandoc ? stdout.split('\n')[0] : 'none' });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return figures;
}
