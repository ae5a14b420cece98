/** The short way of an own commit that the log took as it was sent, against the long way. */
import { expect, it } from 'vitest';
import { Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { Commit } from '#core/sync/commit.ts';
import { newReview } from '#core/sync/review.ts';
import { WorkingCopy } from '#core/sync/working-copy.ts';
import { start } from '#tests/sync/simulation.ts';

const at = '2026-01-01T00:00:00.000Z';

/** A copy on which two letters were written, the first of them on its way, and the log's commit of it. */
function written(): { copy: WorkingCopy; tr: Transform; echo: Commit } {
  const doc = start('one');
  const review = newReview({ id: 'a1', language: 'en', stage: 'draft' }, [], doc);
  const copy = new WorkingCopy(review, { clientId: 'ada', userId: 'ada', nextSeq: 1 });
  const tr = new Transform(doc);
  const write = (pos: number, text: string, event: number): void => {
    tr.insert(pos, schema.text(text));
    const how = { intent: 'edit', event, at } as const;
    copy.record(tr.steps.slice(-1), tr.docs.slice(-1), how);
  };
  write(11, 'A', 1);
  const asked = copy.nextCommit();
  if (!asked) throw new Error('Nothing was sent.');
  write(14, 'Z', 2);
  const { clientId, seq, intent, steps } = asked;
  const commit = { rev: 1, clientId, seq, userId: 'ada', at, intent, steps, origins: [0] };
  return { copy, tr: new Transform(tr.doc), echo: { ...commit, ops: [], dropped: [] } };
}

it('[RB7] an own commit that comes back as it was sent moves nothing, and both letters can be undone', () => {
  const { copy, tr, echo } = written();
  copy.receive(tr, [echo], at);
  expect(tr.steps).toHaveLength(0);
  expect(copy.confirmed.doc.textContent).toBe('HeadlineAone');
  expect(copy.shown.doc.eq(tr.doc)).toBe(true);
  expect([copy.unsent, copy.unanswered]).toEqual([1, null]);
  expect(copy.undo(tr, at)).toBe(true);
  expect(tr.doc.textContent).toBe('HeadlineAone');
  expect(copy.undo(tr, at)).toBe(true);
  expect(tr.doc.textContent).toBe('Headlineone');
});

it('[RB7] what the log holds otherwise is taken as the log holds it', () => {
  const { copy, tr, echo } = written();
  const steps = [{ ...echo.steps[0], stepType: 'replace', from: 12, to: 12 }];
  copy.receive(tr, [{ ...echo, steps }], at);
  expect(tr.doc.textContent).toBe('HeadlineoAnZe');
  expect(copy.shown.doc.eq(tr.doc)).toBe(true);
});

it('[RB7] what the log dropped leaves the text', () => {
  const { copy, tr, echo } = written();
  const dropped = [{ i: 0, why: 'gone', text: 'A' }] as const;
  copy.receive(tr, [{ ...echo, steps: [], origins: [], dropped: [...dropped] }], at);
  expect(tr.doc.textContent).toBe('HeadlineonZe');
  expect(copy.unplaced).toEqual(dropped);
});
