/** The lines of the history page: what is folded, what is listed, what can be chosen. */
import { describe, expect, it } from 'vitest';
import type { ComparedBlock } from '#core/sync/compare.ts';
import type { Sitting, Version } from '#core/sync/history.ts';
import { choicesOf, deedWords, entriesOf } from '#web/pages/history/entries.ts';
import { folded } from '#web/pages/history/fold.ts';
import { peeked } from '#web/panels/use-peek.ts';

const blocks = (pattern: string): ComparedBlock[] =>
  [...pattern].map((sign, i) => ({
    change: sign === '.' ? 'kept' : 'changed',
    look: { role: 'paragraph', list: null },
    runs: [{ kind: 'kept', text: `${i}` }],
  }));

/** `.` for a block in sight, its number for a change, `[n]` for a fold. */
const told = (pattern: string): string =>
  folded(blocks(pattern))
    .map((line) => (line.kind === 'fold' ? `[${line.blocks.length}]` : (line.change ?? '.')))
    .join('');

describe('folding', () => {
  it('[HI14] leaves one paragraph beside a change and folds the rest, never one alone', () => {
    expect(told('.....x.....')).toBe('[4].0.[4]');
    expect(told('x.x')).toBe('0.1');
    expect(told('x...x')).toBe('0...1');
    expect(told('x....x')).toBe('0.[2].1');
    expect(told('..')).toBe('[2]');
    expect(told('.')).toBe('.');
    expect(told('')).toBe('');
  });

  it('[HI14] loses no paragraph, whatever changed', () => {
    for (let bits = 0; bits < 1 << 9; bits++) {
      const pattern = Array.from({ length: 9 }, (_, i) => (bits & (1 << i) ? 'x' : '.')).join('');
      const all = folded(blocks(pattern)).flatMap((line) =>
        line.kind === 'fold' ? line.blocks : [line.block],
      );
      expect(all.map(({ runs }) => Number(runs[0]?.text))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });
});

const sitting = (first: number, last: number, over: Partial<Sitting> = {}): Sitting => ({
  by: 'ann',
  first,
  last,
  start: '2026-03-01T12:00:00.000Z',
  end: '2026-03-01T12:05:00.000Z',
  counts: { edited: 2 },
  ...over,
});
const version = (id: string, rev: number): Version => ({
  id,
  rev,
  name: `Name ${id}`,
  by: 'ann',
  at: '2026-03-01T12:00:00.000Z',
});
const people = [{ id: 'ann', name: 'Ann Other', role: 'editor', color: 0 } as const];

describe('the list', () => {
  it('[HI15] puts names on the sitting they end, or on a line between sittings, each once', () => {
    const versions = [version('a', 9), version('b', 5), version('c', 5), version('old', 2)];
    const entries = entriesOf([sitting(6, 9), sitting(3, 4)], versions, 3);
    expect(entries.map(({ kind, rev }) => `${kind} ${rev}`)).toEqual([
      'sitting 9',
      'version 5',
      'version 5',
      'sitting 4',
    ]);
    expect(entries[0]?.kind === 'sitting' && entries[0].names.map(({ id }) => id)).toEqual(['a']);
  });

  it('[HI15] tells what was done in words', () => {
    const counts = { accepted: 3, suggested: 1, edited: 7 };
    expect(deedWords(sitting(1, 2, { counts }))).toBe('text edited · 1 suggestion · 3 accepted');
    expect(deedWords(sitting(1, 2, { counts: { restored: 1 }, restored: 4 }))).toBe('back to v4');
    expect(deedWords(sitting(1, 2, { counts: { restored: 2 }, restored: 4 }))).toBe(
      '2 versions restored',
    );
  });

  it('[HI15] offers what came in, names, sittings, what is chosen, and now', () => {
    const versions = [version('b', 5)];
    const entries = entriesOf([sitting(6, 9)], versions, 1);
    const now = new Date('2026-03-01T13:00:00.000Z');
    const choices = choicesOf(entries, versions, people, { head: 11, now, chosen: [3, 9] });
    expect(choices.map(({ rev }) => rev)).toEqual([11, 9, 5, 3, 0]);
    expect(choices[0]?.label).toBe('v11 · now');
    expect(choices[1]?.label).toMatch(/^v9 · .* · Ann$/);
    expect(choices[2]?.label).toBe('v5 Name b');
    expect(choices.at(-1)?.label).toBe('v0 As filed');
  });
});

it('[HI16] a peek shows the text as edited, and from there as filed', () => {
  expect(peeked('marked')).toBe('accepted');
  expect(peeked('original')).toBe('accepted');
  expect(peeked('accepted')).toBe('original');
});
