/** One open article: the single queue through which every change of it passes. A commit is rebased, judged, stored, and only then
 *  acknowledged and shown to others; what the database did not take has not happened. */
import type { StepMap } from 'prosemirror-transform';
import { Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedCommit, Commit, Receipt } from '#core/sync/commit.ts';
import { refusal, RefusalError, type Refusal } from '#core/sync/error.ts';
import type { Standing } from '#core/sync/policy.ts';
import { maxCatchUp, maxStepsBehind } from '#core/sync/limits.ts';
import { apply, type Review } from '#core/sync/review.ts';
import { prepare, type Prepared } from '#server/review/prepare.ts';
import type { Store } from '#server/store/store.ts';

/** What rooms need from the outside. */
export interface RoomDeps {
  store: Store;
  now(): string;
  hash(text: string): string;
  log: {
    info(what: object, message: string): void;
    warn(what: object, message: string): void;
    error(what: object, message: string): void;
  };
}

type Answer = (Receipt & { ok: true }) | Refusal;

interface Waiting {
  asked: AskedCommit;
  actor: Standing;
  answer(answer: Answer): void;
}

const snapshotEvery = 200;
const maxBatch = 50;
const maxQueued = 2000;
const maxTries = 5;

export class Room {
  readonly articleId: string;
  private readonly deps: RoomDeps;
  /** The head as the database has it; never shown before it is durable. */
  private durable: Review;
  /** The newest commits, oldest first, with their maps: what late commits are rebased over. */
  private log: { commit: Commit; maps: StepMap[] }[] = [];
  private stepsInLog = 0;
  private readonly lastSeqs = new Map<string, number>();
  private readonly queue: Waiting[] = [];
  private readonly listeners = new Set<(commits: readonly Commit[]) => void>();
  private working: Promise<void> | null = null;
  private snapshotRev: number;
  private visitors = 0;

  constructor(deps: RoomDeps, review: Review, tail: readonly Commit[], snapshotRev: number) {
    this.deps = deps;
    this.articleId = review.article.id;
    this.durable = review;
    this.snapshotRev = snapshotRev;
    for (const commit of tail) this.remember(commit);
  }

  /** The review at the newest durable revision. */
  get review(): Review {
    return this.durable;
  }

  /** How many readers are here. */
  get occupied(): boolean {
    return this.visitors > 0 || this.queue.length > 0 || this.working !== null;
  }

  enter(): void {
    this.visitors++;
  }

  leave(): void {
    this.visitors = Math.max(0, this.visitors - 1);
  }

  /** Calls `listener` with every run of durable commits, in order; returns how to stop. */
  onCommits(listener: (commits: readonly Commit[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Queues a commit. Resolves when it is durable, or refused with nothing changed. */
  commit(asked: AskedCommit, actor: Standing): Promise<Answer> {
    if (this.queue.length >= maxQueued)
      return Promise.resolve({ ...refusal('THROTTLED'), retryMs: 1000 });
    return new Promise((resolve) => {
      this.queue.push({ asked, actor, answer: resolve });
      this.working ??= this.drain().finally(() => {
        this.working = null;
      });
    });
  }

  /** The commits after `rev`, or null when the reader is better served with the whole review. */
  async since(rev: number): Promise<Commit[] | null> {
    const head = this.durable.rev;
    if (rev > head || head - rev > maxCatchUp) return null;
    if (rev === head) return [];
    const first = this.log[0]?.commit.rev ?? head + 1;
    if (rev + 1 >= first)
      return this.log.map((entry) => entry.commit).filter((c) => c.rev > rev && c.rev <= head);
    const commits = await this.deps.store.commits(this.articleId, rev, head - rev);
    return commits.length === head - rev ? commits : null;
  }

  /** The newest commit number of a client that the log holds. */
  async lastSeq(clientId: string): Promise<number> {
    const known = this.lastSeqs.get(clientId);
    if (known !== undefined) return known;
    const stored = await this.deps.store.lastSeq(this.articleId, clientId);
    const newest = Math.max(stored, this.lastSeqs.get(clientId) ?? 0);
    this.lastSeqs.set(clientId, newest);
    return newest;
  }

  /** Waits for the queue and keeps a snapshot, so that the next opening replays nothing. */
  async rest(): Promise<void> {
    await this.working;
    await this.snapshot(1);
  }

  private remember(commit: Commit, maps = mapsOf(commit)): void {
    this.log.push({ commit, maps });
    this.stepsInLog += maps.length;
    const known = this.lastSeqs.get(commit.clientId);
    if (known !== undefined && commit.seq > known) this.lastSeqs.set(commit.clientId, commit.seq);
    while (this.stepsInLog > maxStepsBehind && this.log.length > maxCatchUp) {
      const oldest = this.log.shift();
      this.stepsInLog -= oldest?.maps.length ?? 0;
    }
  }

  /** The maps of all commits after `base`, those of `fresh` included; null when that is too far back. Reads older commits when memory lacks them. */
  private async mapsSince(base: number, fresh: readonly Prepared[]): Promise<StepMap[] | null> {
    const first = this.log[0]?.commit.rev ?? this.durable.rev + 1;
    const missing = first - 1 - base;
    if (missing > maxStepsBehind) return null;
    if (missing > 0) {
      const older = await this.deps.store.commits(this.articleId, base, missing);
      if (older.length !== missing) return null;
      const entries = older.map((commit) => ({ commit, maps: mapsOf(commit) }));
      this.log = [...entries, ...this.log];
      this.stepsInLog += entries.reduce((sum, entry) => sum + entry.maps.length, 0);
    }
    const maps: StepMap[] = [];
    for (const entry of this.log) if (entry.commit.rev > base) maps.push(...entry.maps);
    for (const { commit, maps: own } of fresh) if (commit.rev > base) maps.push(...own);
    return maps.length > maxStepsBehind ? null : maps;
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, maxBatch);
      try {
        await this.take(batch);
      } catch (error) {
        this.deps.log.error({ articleId: this.articleId, err: error }, 'commits were not stored');
        for (const waiting of batch) waiting.answer(refusal('UNAVAILABLE'));
      }
    }
  }

  /** Prepares a batch on the head and stores it; on a conflict reads what somebody else wrote and tries again on top of that. */
  private async take(batch: readonly Waiting[]): Promise<void> {
    for (let tries = 0; tries < maxTries; tries++) {
      const before = this.durable;
      let after = before;
      const fresh: Prepared[] = [];
      const answers: { waiting: Waiting; answer: Answer }[] = [];
      for (const waiting of batch) {
        const made = await this.judge(waiting, after, fresh);
        if ('answer' in made) answers.push({ waiting, answer: made.answer });
        else {
          fresh.push(made.prepared);
          after = made.prepared.review;
          answers.push({ waiting, answer: receiptOf(made.prepared.commit) });
        }
      }
      const commits = fresh.map((prepared) => prepared.commit);
      if (commits.length > 0) {
        const stored = await this.deps.store.append(this.articleId, { commits, before, after });
        if (stored === 'conflict') {
          await this.catchUp();
          continue;
        }
        this.durable = after;
        for (const { commit, maps } of fresh) this.remember(commit, maps);
        for (const listener of this.listeners) listener(commits);
      }
      for (const { waiting, answer } of answers) waiting.answer(answer);
      if (this.durable.rev - this.snapshotRev >= snapshotEvery) await this.snapshot(snapshotEvery);
      return;
    }
    for (const waiting of batch) waiting.answer({ ...refusal('THROTTLED'), retryMs: 200 });
  }

  private async judge(
    { asked, actor }: Waiting,
    head: Review,
    fresh: readonly Prepared[],
  ): Promise<{ prepared: Prepared } | { answer: Answer }> {
    try {
      const twin = fresh.find(
        ({ commit }) => commit.clientId === asked.clientId && commit.seq >= asked.seq,
      );
      if (twin) return { answer: known(twin.commit, asked, actor) };
      if (asked.seq <= (await this.lastSeq(asked.clientId))) {
        const { store } = this.deps;
        const commit = await store.outcome(this.articleId, asked.clientId, asked.seq);
        return { answer: commit ? known(commit, asked, actor) : refusal('BAD_MESSAGE') };
      }
      if (asked.base > head.rev) return { answer: refusal('BAD_MESSAGE') };
      const foreign = await this.mapsSince(asked.base, fresh);
      if (!foreign) return { answer: refusal('RESYNC') };
      const { store, now } = this.deps;
      const prepared = await prepare(head, asked, actor, {
        foreign,
        at: now(),
        openAt: (rev) => store.open(this.articleId, rev),
        commitsAfter: (rev) => store.commits(this.articleId, rev, head.rev - rev),
        fresh: fresh.map(({ commit }) => commit),
      });
      return { prepared };
    } catch (error) {
      if (error instanceof RefusalError) return { answer: refusal(error.code) };
      throw error;
    }
  }

  /** Another node wrote: take its commits in and tell the readers here. */
  private async catchUp(): Promise<void> {
    const { store } = this.deps;
    for (;;) {
      const commits = await store.commits(this.articleId, this.durable.rev, maxCatchUp);
      if (commits.length === 0) return;
      for (const commit of commits) {
        this.durable = apply(this.durable, commit);
        this.remember(commit);
      }
      for (const listener of this.listeners) listener(commits);
    }
  }

  /** Saves the head when it is at least `least` commits past the last snapshot. A failure costs only time at the next opening. */
  private async snapshot(least: number): Promise<void> {
    const review = this.durable;
    if (review.rev - this.snapshotRev < least) return;
    const { store, hash, now, log } = this.deps;
    try {
      await store.saveSnapshot(this.articleId, review, hash(JSON.stringify(review.doc)), now());
      this.snapshotRev = review.rev;
    } catch (error) {
      log.warn({ articleId: this.articleId, err: error }, 'snapshot was not saved');
    }
  }
}

const mapsOf = (commit: Commit): StepMap[] =>
  commit.steps.map((json) => Step.fromJSON(schema, json).getMap());

const receiptOf = (commit: Commit): Receipt & { ok: true } => ({
  ok: true,
  rev: commit.rev,
  seq: commit.seq,
  dropped: commit.dropped,
});

/** The stored outcome of a commit that arrives again; somebody else's client id is no way to read it. */
function known(commit: Commit, asked: AskedCommit, actor: Standing): Answer {
  if (commit.userId !== actor.userId) return refusal('FORGED_AUTHOR');
  return commit.seq === asked.seq ? receiptOf(commit) : refusal('BAD_MESSAGE');
}
