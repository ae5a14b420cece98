/** How long a room waits between two flushes. Each flush costs a frame for every reader, however few commits are in it: a busy room
 *  gathers a few, a quiet one does not wait at all. What a flush costs is measured, so a slow machine gathers more. */

/** A room that works less than this share of the time does not wait. */
const quietShare = 0.08;
/** Waiting lasts this many times as long as the work. */
const restFor = 15;
const longestMs = 30;
/** In a crowd one flush is long work, and gathers for longer. */
const restForCrowd = 5;
const longestForCrowdMs = 60;
/** About what the database's part of a flush takes. */
const databaseMs = 1;
const mostSampleMs = 50;

export class Pace {
  /** What a flush takes, in milliseconds; late ones count more. */
  private cost = 0;
  /** Commits in about the last second. */
  private commits = 0;
  private begunAt = -Infinity;
  private countedAt = 0;

  /** Milliseconds to wait before a flush that could begin now. */
  pause(now: number): number {
    return Math.max(0, this.begunAt + this.gap - now);
  }

  begin(now: number): void {
    this.begunAt = now;
  }

  /** So many commits went out, and this process worked on them for so long. */
  flushed(now: number, commits: number, workedMs: number): void {
    const spent = databaseMs + Math.min(workedMs, mostSampleMs);
    this.cost += (spent - this.cost) * 0.2;
    this.commits = this.commits * Math.exp((this.countedAt - now) / 1000) + commits;
    this.countedAt = now;
  }

  private get gap(): number {
    if ((this.commits * this.cost) / 1000 <= quietShare) return 0;
    const crowded = Math.min(longestForCrowdMs, this.cost * restForCrowd);
    return Math.max(crowded, Math.min(longestMs, this.cost * restFor));
  }
}
