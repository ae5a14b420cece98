// What is written and read again: any review, and one with facts.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanLine } from '#core/formats/clean-text.ts';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { docOf, type View } from '#core/formats/view.ts';
import type { Review } from '#core/sync/review.ts';
import { anyReview } from '#tests/formats/hostile-review.ts';
import { changesOf, commentsOf, splitsCharacters, testContext } from '#tests/formats/round-trip.ts';
import { sampleFacts } from '#tests/formats/sample-facts.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const marked = { view: 'marked', notice: null } as const;

function again(review: Review, facts = sampleFacts()): Review {
  const read = readDocx(writeDocx(review, { ...marked, facts }).content, testContext());
  if (!read.ok) throw new Error(read.detail);
  return read.imported.review;
}

/** The words of a view block by block, or its blocks as they look; empty ones are left out. */
function blocksOf(review: Review, view: View, looks: boolean): string[] {
  const lines: string[] = [];
  docOf(review.doc, view).forEach((block) => {
    if (block.type.name === 'footnote') return;
    let words = '';
    let last = '';
    block.forEach((node) => {
      const look = node.marks
        .map((mark) => (mark.type.name === 'link' ? String(mark.attrs['href']) : mark.type.name))
        .filter((name) => !['insertion', 'deletion', 'format'].includes(name))
        .toSorted()
        .join(' ');
      if (looks && look !== last) words += `[${look}]`;
      last = look;
      words += node.type.name === 'lineBreak' ? '\n' : cleanLine(node.text ?? '');
    });
    const list = block.attrs['list'] as { kind: string; level: number } | null | undefined;
    // A joined paragraph has the style of its second half in Word, of its first half here.
    if (words !== '' && !looks) lines.push(words);
    else if (words !== '')
      lines.push(`${block.type.name} ${list ? `${list.kind} ${list.level}` : ''} ${words}`);
  });
  return lines;
}

/** The comments that do not reach over footnotes, which are texts of their own. */
function bodyComments(review: Review): Review {
  let end = review.doc.content.size;
  review.doc.forEach((node, offset) => {
    if (node.type.name === 'footnote') end = Math.min(end, offset);
  });
  const within = (id: string): boolean => {
    const anchor = review.anchors.byId.get(id);
    return anchor !== undefined && anchor.to <= end;
  };
  return { ...review, comments: new Map([...review.comments].filter(([id]) => within(id))) };
}

/** True if no footnote has two references: Word has one, and a further one becomes its number. */
function refersOnce({ doc }: Review): boolean {
  const ids: unknown[] = [];
  doc.descendants((node) => {
    if (node.type.name === 'footnoteRef') ids.push(node.attrs['id']);
  });
  return new Set(ids).size === ids.length;
}

it('[WD10] any review keeps its text as filed and as edited', () => {
  fc.assert(
    fc.property(anyReview.filter(refersOnce), (review) => {
      const back = again(review);
      for (const view of ['accepted', 'original'] as const)
        expect(blocksOf(back, view, false)).toEqual(blocksOf(review, view, false));
    }),
    { numRuns: 80 },
  );
});

it('[WD10] any review keeps its comments: authors, words, quotations, replies and state', () => {
  fc.assert(
    fc.property(
      anyReview.filter((review) => !splitsCharacters(review)),
      (review) => {
        const before = commentsOf(bodyComments(review));
        const after = commentsOf(again(review));
        // A quotation over references to footnotes that are not there has another sign in their place.
        const plain = (list: typeof before) =>
          list.map((one) => ({
            ...one,
            quote: one.quote.replace(/\[\?\]|\d|[\ufffc\ufffd]/g, ''),
          }));
        for (const one of plain(before)) expect(plain(after)).toContainEqual(one);
      },
    ),
    { numRuns: 80 },
  );
});

it('[WD10] a review with every kind of note comes back with its changes, comments, facts and blocks', () => {
  const review = sampleReview();
  const back = again(review);
  for (const view of ['accepted', 'original', 'marked'] as const)
    expect(blocksOf(back, view, true)).toEqual(blocksOf(review, view, true));
  expect(changesOf(back)).toEqual(changesOf(review));
  expect(commentsOf(back)).toEqual(commentsOf(review));
  const [claim] = [...back.claims.values()];
  expect(claim).toMatchObject({ type: 'money', text: 'already received $550 million' });
  const [occurrence] = [...back.occurrences.values()];
  expect(back.anchors.byId.get(occurrence?.id ?? '')?.exact).toBe('already received $550 million');
  expect(occurrence?.replies.map(({ text }) => text.split('\n', 1)[0])).toEqual([
    'Verdict: Needs context.',
    'Verdict: Confirmed. Primary source seen.',
  ]);
  const [suggestion] = [...back.suggestions.values()];
  expect(suggestion).toMatchObject({ reason: 'Typing error' });
  expect(suggestion?.replies.map(({ text }) => text)).toEqual(['Yes.']);
  for (const comment of back.comments.values()) expect(comment.at).toMatch(/^2026-11-20T10:/);
});

it('[WD10] what is read and written once more is the same text with the same comments', () => {
  const once = again(sampleReview());
  const twice = again(once);
  expect(blocksOf(twice, 'marked', true)).toEqual(blocksOf(once, 'marked', true));
  expect(commentsOf(twice)).toEqual(commentsOf(once));
  expect(changesOf(twice)).toEqual(changesOf(once));
});
