/** Random histories of suggesting. FUZZ_RUNS sets how many of each kind; a failure names its seed. */
import { describe, expect, it } from 'vitest';
import { runHistory, type HistoryOptions } from '#tests/suggest/history.ts';

// Each change of a history is held against an oracle: a fifth of a second a history, over the six kinds.
const runs = Math.min(3000, Number(process.env['FUZZ_RUNS'] ?? 150));
const text = { boundary: false, block: false, format: false };
const bounds = { boundary: true, block: false, format: false };
const all = { boundary: true, block: true, format: true };
const whole = { ...all, whole: true };

const series: [name: string, options: HistoryOptions][] = [
  ['one author, text', { authors: ['ann'], edits: 20, kinds: text, decides: 0 }],
  ['one author, text and boundaries', { authors: ['ann'], edits: 20, kinds: bounds, decides: 0 }],
  [
    'several authors, text',
    { authors: ['ann', 'bob', 'cem'], edits: 20, kinds: text, decides: 0.1 },
  ],
  [
    'several authors, text and boundaries',
    { authors: ['ann', 'bob'], edits: 20, kinds: bounds, decides: 0.1 },
  ],
  [
    'several authors, everything',
    { authors: ['ann', 'bob', 'cem'], edits: 20, kinds: all, decides: 0.1 },
  ],
  [
    'several authors, figures, tables and new footnotes',
    { authors: ['ann', 'bob', 'cem'], edits: 20, kinds: whole, decides: 0.1 },
  ],
];

describe('random histories', () => {
  it.each(series)(
    '[TR1] %s: every law holds after every change',
    (_name, options) => {
      let tracked = 0;
      let oracle = 0;
      for (let seed = 1; seed <= runs; seed++) {
        const count = runHistory(seed, options);
        tracked += count.tracked;
        oracle += count.oracle;
      }
      expect(tracked).toBeGreaterThan(runs * 5);
      expect(oracle).toBeGreaterThan(runs * 4);
    },
    60_000 + runs * 3000,
  );
});
