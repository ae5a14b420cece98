/** The list behind margin, counts, stepper and sections. */
import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import { applyChange, type Review } from '#core/sync/review.ts';
import { ReplaceStep } from 'prosemirror-transform';
import { Fragment, Slice } from 'prosemirror-model';
import {
  annotationsOf,
  countsOf,
  filtered,
  neighbour,
  sectionsOf,
  shownAnnotations,
} from '#web/panels/annotations.ts';
import { shownCards } from '#web/panels/card-groups.ts';
import { lostReplies } from '#web/panels/lost-reply.ts';
import { besideText } from '#web/panels/beside-text.ts';
import { after, bare, doc, full, openComment, placeOf } from '#tests/web/panels/review.ts';

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

/** The review after the words are gone from the text. */
function without(review: Review, words: string): Review {
  const { from, to } = placeOf(words, review.doc);
  return applyChange(review, {
    rev: review.rev + 1,
    userId: 'tom',
    at: '2026-11-20T12:00:00.000Z',
    intent: 'edit',
    steps: [new ReplaceStep(from, to, Slice.empty)],
    ops: [],
  });
}

/** The review after a letter was typed before everything else. */
const typed = (review: Review): Review =>
  applyChange(review, {
    rev: review.rev + 1,
    userId: 'tom',
    at: '2026-11-20T12:00:00.000Z',
    intent: 'edit',
    steps: [new ReplaceStep(2, 2, new Slice(Fragment.from(schema.text('x')), 0, 0))],
    ops: [],
  });

describe('the list of annotations', () => {
  it('[PF5] a key before all annotations moves them and leaves what panels draw from as it is', () => {
    const apart = new Set<string>();
    const before = { list: shownAnnotations(full), cards: shownCards(full, apart) };
    const next = typed(full);
    expect(annotationsOf(next).map(({ place }) => place?.from)).toEqual(
      annotationsOf(full).map(({ place }) => (place?.from ?? 0) + 1),
    );
    expect(shownAnnotations(next)).toBe(before.list);
    expect(shownCards(next, apart)).toBe(before.cards);
  });

  it('[PF5] an annotation that changes is another, and all others are the same', () => {
    const apart = new Set<string>();
    const before = { list: shownAnnotations(full), cards: shownCards(full, apart) };
    const answer = { op: 'reply', id: 'r1', on: 's1', text: 'Yes.', audience: 'all' } as const;
    const next = after(typed(full), 'tom', [answer]);
    const list = shownAnnotations(next);
    expect(list.map((item, i) => item === before.list[i])).toEqual([true, false, true]);
    const cards = shownCards(next, apart);
    expect(cards.map((card, i) => card === before.cards[i])).toEqual([true, false, true]);
    const more = after(next, 'tom', [openComment('c2', 'opening', 'Hm.')]);
    const longer = shownAnnotations(more);
    expect(ids(longer)).toEqual(ids(annotationsOf(more)));
    expect(list.every((item) => longer.includes(item))).toBe(true);
    const fewer = after(more, 'tom', [{ op: 'delete', on: 'c2', audience: 'all' }]);
    expect(shownAnnotations(fewer)).toEqual(list);
  });

  it('[UI52] is in the order of the text, not of the opening', () => {
    expect(ids(annotationsOf(full))).toEqual(['f1', 's1', 'c1']);
  });

  it('[UI52] counts what is open by kind, and what has lost its words apart', () => {
    expect(countsOf(annotationsOf(full))).toEqual({
      all: 3,
      suggestion: 1,
      fact: 1,
      comment: 1,
      settled: 0,
      detached: 0,
    });
    const lost = annotationsOf(without(full, 'the end'));
    expect(countsOf(lost)).toMatchObject({ all: 2, comment: 0, detached: 1 });
    const comment = lost.find(({ id }) => id === 'c1');
    expect(comment).toMatchObject({ state: 'detached', quote: 'the end' });
  });

  it('[UI52] leaves deleted notes out and moves resolved ones to what is settled', () => {
    const resolved = after(full, 'tom', [{ op: 'resolve', on: 'c1', audience: 'all' }]);
    expect(ids(filtered(annotationsOf(resolved), 'all'))).toEqual(['f1', 's1']);
    expect(ids(filtered(annotationsOf(resolved), 'settled'))).toEqual(['c1']);
    const deleted = after(full, 'tom', [{ op: 'delete', on: 'c1', audience: 'all' }]);
    expect(ids(annotationsOf(deleted))).toEqual(['f1', 's1']);
  });

  it('[UI52] keeps a decided suggestion among what is settled, with its words', () => {
    const text = schema.node('doc', null, [
      schema.node('headline', null, schema.text('A headline')),
      schema.node('block', null, schema.text('One safe haven.')),
    ]);
    const decided = after(
      { ...full, doc: text },
      'tom',
      [
        {
          op: 'decide',
          ids: ['s1'],
          verdict: 'accept',
          audience: 'all',
          outcome: [{ id: 's1', verdict: 'accept' }],
        },
      ],
      'decide',
    );
    const settled = filtered(annotationsOf(decided), 'settled');
    expect(ids(settled)).toEqual(['s1']);
    expect(settled[0]).toMatchObject({
      place: null,
      note: { status: 'accepted', decidedBy: 'tom' },
    });
  });

  it('[UI53] goes round to the next and the previous, from a note or from the caret', () => {
    const list = filtered(annotationsOf(full), 'all');
    expect(neighbour(list, 'f1', 0, 1)?.id).toBe('s1');
    expect(neighbour(list, 'c1', 0, 1)?.id).toBe('f1');
    expect(neighbour(list, 'f1', 0, -1)?.id).toBe('c1');
    const caret = placeOf('heaven').from;
    expect(neighbour(list, null, caret, 1)?.id).toBe('s1');
    expect(neighbour(list, null, caret, -1)?.id).toBe('f1');
    expect(neighbour([], null, caret, 1)).toBeNull();
  });

  it('[UI53] stays inside the filter', () => {
    const two = after(full, 'tom', [openComment('c2', 'opening', 'Hm.')]);
    const comments = filtered(annotationsOf(two), 'comment');
    expect(neighbour(comments, 'c2', 0, 1)?.id).toBe('c1');
    expect(neighbour(comments, 'c1', 0, 1)?.id).toBe('c2');
  });

  it('[UI54] shows beside the text what the filter lets through and always what is in focus', () => {
    const list = annotationsOf(full);
    expect(ids(besideText(list, 'fact', null))).toEqual(['f1']);
    expect(ids(besideText(list, 'fact', 'c1'))).toEqual(['f1', 'c1']);
    expect(ids(besideText(list, 'settled', 's1'))).toEqual(['s1']);
  });

  it('[UI55] counts the open notes of each section, the opening included', () => {
    const sections = sectionsOf(doc, filtered(annotationsOf(full), 'all'), 'Opening');
    expect(sections.map(({ title, count }) => [title, count])).toEqual([
      ['Opening', 1],
      ['First heading', 2],
    ]);
    expect(sectionsOf(bare.doc, [], 'Opening').map(({ count }) => count)).toEqual([0, 0]);
  });
});

describe('an unfinished reply', () => {
  it('[UI76] is kept when its note is deleted, and only then asked about', () => {
    const drafts = new Map([
      ['c1', 'I was about to say'],
      ['f1', '  '],
      ['new comment words', 'Begun'],
    ]);
    expect(lostReplies(drafts, full)).toEqual([]);
    const deleted = after(full, 'tom', [
      { op: 'delete', on: 'c1', audience: 'all' },
      { op: 'delete', on: 'f1', audience: 'all' },
    ]);
    expect(lostReplies(drafts, deleted)).toEqual([['c1', 'I was about to say']]);
  });
});
