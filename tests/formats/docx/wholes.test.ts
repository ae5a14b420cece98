// Rows, tables and figures that come and go whole, out to Word and in again, and as Word itself writes them.
import { fc } from '#tests/support/properties.ts';
import { describe, expect, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { applyChoices } from '#core/formats/import/choices.ts';
import { accepted, original } from '#core/suggest/project.ts';
import type { Review } from '#core/sync/review.ts';
import { testContext } from '#tests/formats/round-trip.ts';
import { caseOf, cases, listed, mixture, told } from '#tests/formats/wholes.ts';

function again(review: Review): { review: Review; warnings: string[] } {
  const { content } = writeDocx(review, { view: 'marked', notice: null });
  const found = readDocx(content, testContext());
  if (!found.ok) throw new Error(found.detail);
  return {
    review: found.imported.review,
    warnings: found.imported.warnings.map(({ message }) => message),
  };
}

/** The words of every block that has some. */
const words = (doc: Review['doc']): string[] =>
  doc.content.content.map(({ textContent }) => textContent).filter((one) => one !== '');

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

  it('[WD18] any of them together keep their text as filed and as edited', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(99), fc.nat(2)), { minLength: 2, maxLength: 4 }),
        (picks) => {
          const review = mixture(picks);
          const { content, warnings } = writeDocx(review, { view: 'marked', notice: null });
          const found = readDocx(content, testContext());
          if (!found.ok) throw new Error(found.detail);
          const back = found.imported.review;
          // Of a row over which hands have crossed only the words go out, which is told.
          const isCrossed = /single cells|word by word|joined with a picture/;
          if (warnings.some(({ message }) => isCrossed.test(message))) return;
          for (const view of [accepted, original])
            expect(words(view(back.doc))).toEqual(words(view(review.doc)));
          compared += 1;
        },
      ),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it.each(Object.keys(cases))('[WD18] %s; choices in the preview keep it', (name) => {
    const { content } = writeDocx(caseOf(name), { view: 'marked', notice: null });
    const found = readDocx(content, testContext());
    if (!found.ok) throw new Error(found.detail);
    const { review } = applyChoices(found.imported, { blocks: { '1': 'quote' }, language: 'de' });
    expect(told(review)).toEqual(told(found.imported.review));
    expect([...review.suggestions.keys()]).toEqual([...found.imported.review.suggestions.keys()]);
  });

  it('[WD18] a choice that leaves no text before a struck stretch leaves out what would join it, and nothing else', () => {
    const { content } = writeDocx(caseOf('words go from a paragraph over a figure to the next'), {
      view: 'marked',
      notice: null,
    });
    const found = readDocx(content, testContext());
    if (!found.ok) throw new Error(found.detail);
    const before = told(found.imported.review);
    const { review } = applyChoices(found.imported, {
      blocks: { '1': 'standfirst', '2': 'byline' },
    });
    const after = told(review);
    expect(before[4]).toMatch(/^block \| del #1 /);
    expect(after[4]).toMatch(/^block \| Be\{del #1\}/);
    expect(after[3]).toBe(before[3]);
  });
});
