// Independent programs read what Galley writes. Where one is not installed its tests are skipped and say so.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { crowded } from '#tests/formats/docx/crowded.ts';
import { factsJudged, judgedByOffice, judgedByPandoc } from '#tests/formats/docx/judged.ts';
import { schemaJudge } from '#tests/formats/docx/judges.ts';
import { hasOffice } from '#tests/formats/docx/office.ts';
import { hasPandoc } from '#tests/formats/docx/pandoc.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const reviews = [
  ['a review in which everything meets', crowded],
  [
    'a real article with every kind of note',
    () => ({ review: sampleReview(), facts: sampleFacts() }),
  ],
] as const;

describe.each(reviews)('%s', (_name, made) => {
  it('[WD16] pandoc reads the same texts, comments and changes', ({ skip }) => {
    skip(!hasPandoc, 'pandoc is not installed');
    const { review, facts } = made();
    judgedByPandoc(review, facts);
  });

  it(
    '[WD16] LibreOffice reads the same texts, comments and states',
    { timeout: 200_000 },
    ({ skip }) => {
      skip(!hasOffice, 'LibreOffice is not installed');
      const { review, facts } = made();
      judgedByOffice(review, facts);
    },
  );

  it('[WD17] each fact is a comment with its state and its sources', ({ skip }) => {
    skip(!hasPandoc, 'pandoc is not installed');
    const { review, facts } = made();
    factsJudged(review, facts);
  });

  it('[WD16] no view of it has an error by the schemas', async ({ skip }) => {
    const judge = await schemaJudge();
    skip(judge === null, 'the judge of schemas or xmllint is not here');
    const { review, facts } = made();
    const folder = mkdtempSync(join(tmpdir(), 'galley-judged-'));
    try {
      for (const view of ['marked', 'accepted', 'original'] as const) {
        const file = join(folder, `${view}.docx`);
        writeFileSync(file, writeDocx(review, { view, notice: 'Not cleared', facts }).content);
        expect(judge?.(file)).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('[WD16] the judges find what is planted: another text, another author, words that are elsewhere', ({
  skip,
}) => {
  skip(!hasPandoc, 'pandoc is not installed');
  const { review, facts } = crowded();
  const [id = ''] = review.comments.keys();
  const one = review.comments.get(id);
  const place = review.anchors.byId.get(id);
  if (!one || !place) throw new Error('The crowd has no comment.');
  const with_ = (comment: typeof one, anchor: typeof place): typeof review => ({
    ...review,
    comments: new Map([...review.comments, [id, comment]]),
    anchors: { ...review.anchors, byId: new Map([...review.anchors.byId, [id, anchor]]) },
  });
  const planted = [
    with_({ ...one, text: 'Another text.' }, place),
    with_({ ...one, by: 'cleo' }, place),
    with_({ ...one, at: '2020-01-01T00:00:00.000Z' }, place),
    with_(one, { ...place, from: place.from + 2 }),
  ];
  judgedByPandoc(review, facts);
  for (const written of planted) expect(() => judgedByPandoc(review, facts, written)).toThrow();
  const other = { ...review, doc: sampleReview().doc };
  expect(() => judgedByPandoc(other, facts, review)).toThrow();
});
