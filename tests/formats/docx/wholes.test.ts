// Rows, tables and figures that come and go whole, out to Word and in again, and as Word itself writes them.
import { describe, expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { accepted, original } from '#core/suggest/project.ts';
import type { Review } from '#core/sync/review.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { caseOf, cases, listed, told } from '#tests/formats/wholes.ts';

function again(review: Review): { review: Review; warnings: string[] } {
  const { content } = writeDocx(review, { view: 'marked', notice: null });
  const found = readDocx(content, testContext());
  if (!found.ok) throw new Error(found.detail);
  return {
    review: found.imported.review,
    warnings: found.imported.warnings.map(({ message }) => message),
  };
}

const plain = (doc: Review['doc']): string[] =>
  doc.content.content.map((block) => `${block.type.name}: ${block.textContent}`);

describe('out to Word and in again', () => {
  it.each(Object.keys(cases))('[WD18] %s', (name) => {
    const review = caseOf(name);
    const back = again(review);
    expect(told(back.review)).toEqual(told(review));
    expect(listed(back.review)).toEqual(listed(review));
    expect(plain(accepted(back.review.doc))).toEqual(plain(accepted(review.doc)));
    expect(plain(original(back.review.doc))).toEqual(plain(original(review.doc)));
    expect(back.warnings).toEqual([]);
  });
});
