// Word files out and in: an article of one page with its notes, and a hundred pages with a thousand changes and five
// hundred comments. Where pandoc is installed it reads the large file as well, for comparison.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from '#core/article/schema.ts';
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Comment, SuggestionRow } from '#core/annotate/annotation.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { newReview, type Review } from '#core/sync/review.ts';
import { percentile, type Figure } from './figure.ts';

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

export async function measure(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, paragraphs, times, out, back] of [
    ['an article', 20, 20, 'at most 30 ms', ''],
    ['100 pages, 1,000 changes, 500 threads', 1000, 5, 'at most 1,000 ms', 'at most 1,000 ms'],
  ] as const) {
    const review = reviewOf(paragraphs);
    const write = () => writeDocx(review, { view: 'marked', notice: null }).content;
    const bytes = write();
    const read = (): void => {
      let made = 0;
      readDocx(bytes, { id: () => `i${(made += 1)}`, now: at, hash: (text) => text });
    };
    figures.push(
      { what: `Word out: ${name}`, value: timed(times, write), unit: 'ms', aim: out },
      {
        what: `Word in: ${name}`,
        value: timed(times, read),
        unit: 'ms',
        ...(back === '' ? {} : { aim: back }),
      },
    );
    const folder = mkdtempSync(join(tmpdir(), 'galley-word-'));
    try {
      const file = join(folder, 'a.docx');
      writeFileSync(file, bytes);
      const args = ['--track-changes=all', '-f', 'docx', '-t', 'json', '-o', '/dev/null', file];
      if (spawnSync('pandoc', ['--version']).status === 0)
        figures.push({
          what: `The same file read by pandoc: ${name}`,
          value: timed(3, () => void spawnSync('pandoc', args)),
          unit: 'ms',
        });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return figures;
}
