// Real third-party files, which lie beside the checkout and not in it. Where they are not, this file counts as skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import type { Review } from '#core/sync/review.ts';
import { docOf } from '#core/formats/view.ts';
import { samples } from '#tests/formats/docx/judges.ts';
import { all, decided, partsOf, treeOf } from '#tests/formats/docx/word-file.ts';
import { commentsOf, testContext } from '#tests/formats/round-trip.ts';

const files = samples ? readdirSync(samples).filter((name) => name.endsWith('.docx')) : [];

function open(bytes: Uint8Array): Review {
  const read = readDocx(bytes, testContext({ language: 'en' }));
  if (!read.ok) throw new Error(read.detail);
  return read.imported.review;
}

const fold = (lines: readonly string[]): string[] =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

function linesOf(review: Review, view: 'accepted' | 'original'): string[] {
  const lines: string[] = [];
  docOf(review.doc, view).forEach((block) => {
    if (block.type.name !== 'footnote')
      lines.push(
        block.textBetween(0, block.content.size, '', (leaf) =>
          leaf.type.name === 'lineBreak' ? '\n' : '',
        ),
      );
  });
  return fold(lines);
}

describe.skipIf(samples === null)('third-party files', () => {
  it.each(files)(
    '[WD14] %s: its text decided, its comments, and once more through our own file',
    (name) => {
      const bytes = readFileSync(join(samples ?? '', name));
      const review = open(bytes);
      for (const [side, view] of [
        ['Accepted', 'accepted'],
        ['Rejected', 'original'],
      ] as const) {
        const golden = join(samples ?? '', 'oracle', name.replace('.docx', `-${side}.docx`));
        if (!existsSync(golden)) continue;
        // Read by the tests' own walk of the XML, not by the reader that is tested.
        const xml = partsOf(readFileSync(golden)).get('word/document.xml') ?? '';
        expect(linesOf(review, view)).toEqual(fold(decided(xml, 'accept')));
      }
      const comments = partsOf(bytes).get('word/comments.xml');
      const authors = comments
        ? all(treeOf(comments), 'w:comment').map((one) => one.getAttribute('w:author') ?? '')
        : [];
      const nameOf = (id: string): string => review.people.get(id)?.name ?? '';
      const found = [...review.comments.values()].flatMap((one) => [
        nameOf(one.by),
        ...one.replies.map((reply) => nameOf(reply.by)),
      ]);
      expect(found.toSorted()).toEqual(authors.map((one) => one || 'Unknown author').toSorted());
      const again = open(writeDocx(review, { view: 'marked', notice: null }).content);
      for (const view of ['accepted', 'original'] as const)
        expect(linesOf(again, view)).toEqual(linesOf(review, view));
      expect(commentsOf(again)).toEqual(commentsOf(review));
    },
  );
});
