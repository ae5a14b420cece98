/** The newest commits of a room with the maps of their steps: what late commits are rebased over and what readers miss. Bounded in
 *  steps and in bytes; what is older is read from the log again when somebody needs it. */
import { Step, type StepMap } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { Commit } from '#core/sync/commit.ts';
import { maxCatchUp, maxStepsBehind } from '#core/sync/limits.ts';

interface Entry {
  commit: Commit;
  maps: readonly StepMap[];
  bytes: number;
}

/** Commits of a usual size never come near it; a room full of the largest ones does not fill the memory. */
const mostBytes = 16 * 1024 * 1024;

/** The maps of a stored commit's steps. */
const mapsOf = (commit: Commit): StepMap[] =>
  commit.steps.map((json) => Step.fromJSON(schema, json).getMap());

const entryOf = (commit: Commit, maps: readonly StepMap[] = mapsOf(commit)): Entry => ({
  commit,
  maps,
  bytes: JSON.stringify(commit).length,
});

export class Recent {
  private entries: Entry[] = [];
  private steps = 0;
  private bytes = 0;

  /** The oldest revision here; undefined when there is none. */
  get first(): number | undefined {
    return this.entries[0]?.commit.rev;
  }

  add(commit: Commit, maps?: readonly StepMap[]): void {
    this.count(this.entries[this.entries.push(entryOf(commit, maps)) - 1], 1);
    while (this.isFull()) this.count(this.entries.shift(), -1);
  }

  /** Puts older commits, read from the log, before what is here. They stay until the next commit. */
  prepend(commits: readonly Commit[]): void {
    const older = commits.map((commit) => entryOf(commit));
    this.entries = [...older, ...this.entries];
    for (const entry of older) this.count(entry, 1);
  }

  /** The commits after `rev`, as far as they are here. */
  after(rev: number): Commit[] {
    return this.entriesAfter(rev).map((entry) => entry.commit);
  }

  mapsAfter(rev: number): StepMap[] {
    return this.entriesAfter(rev).flatMap((entry) => entry.maps);
  }

  /** Revisions are dense, so the place of each is known: most commits are made on one of the last, and nothing is searched. */
  private entriesAfter(rev: number): Entry[] {
    return this.entries.slice(Math.max(0, rev + 1 - (this.first ?? 0)));
  }

  private isFull(): boolean {
    if (this.entries.length <= 1) return false;
    if (this.bytes > mostBytes) return true;
    return this.steps > maxStepsBehind && this.entries.length > maxCatchUp;
  }

  private count(entry: Entry | undefined, sign: 1 | -1): void {
    this.steps += sign * (entry?.maps.length ?? 0);
    this.bytes += sign * (entry?.bytes ?? 0);
  }
}
