/** Nothing seen by the wrong eyes: every note of a history is looked for in what each reader is sent. */
import { expect, it } from 'vitest';
import { sees } from '#core/annotate/audience.ts';
import { projectCommit, projectReview } from '#core/sync/project.ts';
import { reviewToJson, type Review } from '#core/sync/review.ts';
import type { Commit } from '#core/sync/commit.ts';
import { history } from '#tests/sync/random-history.ts';

const runs = Math.min(200, Number(process.env['FUZZ_RUNS'] ?? 25));
const writer = { id: 'zoe', role: 'writer' } as const;

/** The hidden notes whose own words occur in what this reader would be sent. */
function leaks(review: Review, sent: string): string[] {
  return [...review.comments.values()]
    .filter((comment) => !sees(writer, comment.audience))
    .flatMap((comment) => (sent.includes(`"${comment.text}"`) ? [comment.id] : []));
}

it(
  '[RT5] no hidden note is in a projected review or commit, and the control without projection finds them',
  async () => {
    let hidden = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const { desk } = await history(seed, {
        suggest: true,
        decide: true,
        direct: true,
        undo: true,
      });
      const review = (await desk.room()).review;
      const log = await desk.store.commits('a1', 0, 100_000);
      const theirs: Commit[] = log.map((commit) => projectCommit(commit, writer));
      expect(theirs.map((commit) => commit.rev)).toEqual(log.map((commit) => commit.rev));
      const sent = JSON.stringify([reviewToJson(projectReview(review, writer)), theirs]);
      expect(leaks(review, sent), `seed ${seed}`).toEqual([]);
      hidden += leaks(review, JSON.stringify([reviewToJson(review), log])).length;
    }
    expect(hidden).toBeGreaterThan(runs / 5);
  },
  120_000 + runs * 2000,
);
