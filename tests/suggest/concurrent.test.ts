/** Random concurrent suggesting, carried over one another as the server does it. FUZZ_RUNS sets how many of each kind. */
import { describe, expect, it } from 'vitest';
import { runConcurrent, type ConcurrentOptions } from '#tests/suggest/concurrent.ts';

// Five kinds: 15,000 histories in the long run.
const runs = Math.min(3000, Number(process.env['FUZZ_RUNS'] ?? 110));
const text = { boundary: false, block: false, format: false };
const bounds = { boundary: true, block: false, format: false };
const all = { boundary: true, block: true, format: true };
const whole = { ...all, whole: true };

const series: [name: string, options: ConcurrentOptions][] = [
  ['text', { kinds: text, decides: false, direct: false }],
  ['text, decisions and direct edits', { kinds: text, decides: true, direct: true }],
  ['text and boundaries', { kinds: bounds, decides: true, direct: false }],
  ['everything', { kinds: all, decides: true, direct: true }],
  ['figures, tables and new footnotes', { kinds: whole, decides: true, direct: true }],
];

describe('suggesting at the same time', () => {
  it.each(series)(
    '[TR2] %s: nothing unseen is struck, no law is broken',
    (_name, options) => {
      const sum = { unseen: 0, undecided: 0, refused: 0, steps: 0, dropped: 0 };
      for (let seed = 1; seed <= runs; seed++) {
        const count = runConcurrent(seed, options);
        sum.unseen += count.unseen;
        sum.undecided += count.undecided;
        sum.refused += count.refused;
        sum.steps += count.steps;
        sum.dropped += count.dropped;
      }
      expect(sum.unseen).toBeGreaterThan(runs * 20);
      expect(sum.undecided).toBeGreaterThan(options.decides ? runs / 2 : -1);
      expect(sum.refused).toBeLessThanOrEqual(sum.steps / 1000);
      expect(sum.dropped).toBeLessThan(sum.steps / 10);
    },
    60_000 + runs * 3000,
  );

  it('[DC4] seed 1383: a format rejected on top of another comes back on top of it', () => {
    const options = { kinds: all, decides: true, direct: true };
    expect(runConcurrent(1383, options).undecided).toBeGreaterThan(0);
  });
});
