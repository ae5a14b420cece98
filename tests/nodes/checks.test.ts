// The check that all tests of nodes end with, each of its parts broken once.
import { expect, it } from 'vitest';
import type { Commit } from '#core/sync/commit.ts';
import { apply, newReview } from '#core/sync/review.ts';
import { faultsIn, type Evidence } from '#tests/nodes/checks.ts';
import { growth, mostGrowth } from '#tests/nodes/growth.ts';
import { start } from '#tests/sync/simulation.ts';

const opening = newReview({ id: 'a1', language: 'en', stage: 'desk' }, [], start('one two three'));

const commit = (rev: number, letter: string): Commit =>
  ({
    rev,
    clientId: `client-${letter}`,
    seq: rev,
    userId: 'ada',
    at: '2026-01-01T00:00:00.000Z',
    intent: 'edit',
    steps: [
      {
        stepType: 'replace',
        from: 11,
        to: 11,
        slice: { content: [{ type: 'text', text: letter }] },
      },
    ],
    origins: [0],
    ops: [],
    dropped: [],
  }) as unknown as Commit;

const log = [commit(1, 'Æ'), commit(2, 'Ø'), commit(3, 'Æ')];
const head = log.reduce(apply, opening);
const sound: Evidence = {
  opening,
  log,
  views: [{ who: 'ada', rev: 3, doc: head.doc }],
  receipts: log.map(({ clientId, seq, rev }) => ({ clientId, seq, rev })),
  typed: [
    { letter: 'Æ', times: 2 },
    { letter: 'Ø', times: 1 },
  ],
};

const planted: [what: string, evidence: Partial<Evidence>, words: RegExp][] = [
  ['a commit that is gone', { log: log.slice(0, 2) }, /acknowledged and is not in the log/],
  ['a hole in the log', { log: [log[0], log[2]].flatMap((one) => one ?? []) }, /stands where 2/],
  ['a commit taken twice', { log: [...log, { ...commit(4, 'Æ'), seq: 3 }] }, /in the log twice/],
  [
    'a receipt for another revision',
    { receipts: [{ clientId: 'client-Æ', seq: 1, rev: 2 }] },
    /acknowledged as 2 and is 1/,
  ],
  ['a reader who is behind', { views: [{ who: 'ada', rev: 2, doc: head.doc }] }, /the log at 3/],
  [
    'a reader with another text',
    { views: [{ who: 'ada', rev: 3, doc: opening.doc }] },
    /another text/,
  ],
  [
    'a letter that was lost',
    { typed: [{ letter: 'Æ', times: 3 }] },
    /typed 3 times and is there 2/,
  ],
  [
    'a log that cannot be replayed',
    {
      log: [
        { ...commit(1, 'Æ'), steps: [{ stepType: 'replace', from: 900, to: 901 }] },
        ...log.slice(1),
      ] as Commit[],
    },
    /cannot be replayed/,
  ],
];

it('[NO18] finds nothing wrong where nothing is', () => {
  expect(faultsIn(sound)).toEqual([]);
});

it.each(planted)('[NO18] finds %s', (_what, part, words) => {
  const faults = faultsIn({ ...sound, ...part });
  expect(
    faults.some((fault) => words.test(fault)),
    faults.join(' '),
  ).toBe(true);
});

it('[NO22] a slow leak is found among the ups and downs of half an hour, and ups and downs alone are none', () => {
  const minutes = Array.from({ length: 30 }, (_, n) => n);
  // Heaps grow until they are cleared, each in its own time.
  const ups = minutes.map((n) => 70 + ((n * 17) % 40));
  expect(growth(ups)).toBeLessThan(mostGrowth.heap);
  // As if a kilobyte of each of a thousand commits in a minute were never let go.
  const leak = minutes.map((n) => (ups[n] ?? 0) + n);
  expect(growth(leak)).toBeGreaterThan(mostGrowth.heap);
  expect(growth(minutes.map((n) => 215 + 3 * n))).toBeGreaterThan(mostGrowth.rss);
});
