// How long a room gathers commits before it stores and tells them.
import { expect, it } from 'vitest';
import { Pace } from '#server/review/pace.ts';

/** Flushes so many commits a second for three seconds; gives the flushes and the longest a commit waited. */
function run(perSecond: number, workedMs: number): { flushes: number; longest: number } {
  const pace = new Pace();
  let [flushes, longest, free] = [0, 0, 0];
  const waiting: number[] = [];
  for (let now = 0; now < 3000; now++) {
    const due = Math.floor(((now + 1) * perSecond) / 1000) - Math.floor((now * perSecond) / 1000);
    for (let i = 0; i < due; i++) waiting.push(now);
    if (waiting.length === 0 || now < free || pace.pause(now) > 0) continue;
    longest = Math.max(longest, now - (waiting[0] ?? now));
    pace.begin(now);
    free = now + workedMs;
    pace.flushed(free, waiting.splice(0).length, workedMs);
    flushes++;
  }
  return { flushes, longest };
}

it('[RV12] a quiet room stores each commit as it comes', () => {
  const { flushes, longest } = run(10, 1);
  expect(flushes).toBe(30);
  expect(longest).toBe(0);
});

it('[RV12] a busy room gathers commits, for 30 ms at most', () => {
  const { flushes, longest } = run(600, 3);
  expect(flushes).toBeLessThan(150);
  expect(flushes).toBeGreaterThan(60);
  expect(longest).toBeLessThanOrEqual(34);
});

it('[RV12] a crowd is told less often, every 60 ms at least', () => {
  const { flushes, longest } = run(30, 14);
  expect(flushes).toBeLessThan(60);
  expect(longest).toBeLessThanOrEqual(75);
});

it('[RV12] a room that was busy waits no more once it is quiet', () => {
  const pace = new Pace();
  for (let now = 0; now < 1000; now += 10) {
    pace.begin(now);
    pace.flushed(now + 3, 10, 3);
  }
  expect(pace.pause(1000)).toBeGreaterThan(0);
  pace.begin(9000);
  pace.flushed(9003, 1, 3);
  expect(pace.pause(9004)).toBe(0);
});
