/** One open article: the single queue through which every change of it passes. A commit is rebased, judged, stored, and only then
 *  acknowledged and shown to others; what the database did not take has not happened. Other nodes may write the same article: the
 *  database decides who was first, and whoever was not reads what came before and judges its commits again. */
import { setTimeout as wait } from 'node:timers/promises';
import type { StepMap } from 'prosemirror-transform';
import type { AskedCommit, Commit, Receipt } from '#core/sync/commit.ts';
import { refusal, RefusalError, type Refusal } from '#core/sync/error.ts';
import type { Standing } from '#core/sync/policy.ts';
import { maxCatchUp, maxStepsBehind } from '#core/sync/limits.ts';
import { apply, type Review } from '#core/sync/review.ts';
import { Pace } from '#server/review/pace.ts';
import { prepare, type Prepared } from '#server/review/prepare.ts';
import { Recent } from '#server/review/recent.ts';
import { hasNoRoom } from '#server/store/failure.ts';
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
  /** Hears of each run of commits that this process has stored: other nodes have to be told. */
  onStored?(articleId: string, rev: number): void;
  meter?: RoomMeter;
}

/** What is counted of rooms. */
export interface RoomMeter {
  /** A flush was stored, so many seconds after its oldest commit had come in. */
  stored(commits: number, seconds: number): void;
  /** Another node was first. */
  conflict(): void;
  /** Commits of other nodes were read. */
  foreign(commits: number): void;
}

type Answer = (Receipt & { ok: true }) | Refusal;

interface Waiting {
  asked: AskedCommit;
  actor: Standing;
  bytes: number;
  since: number;
  answer(answer: Answer): void;
}

interface Asker {
  resolve(): void;
  reject(error: unknown): void;
}

const snapshotEvery = 200;
const maxBatch = 50;
const maxQueued = 2000;
const maxQueuedBytes = 32 * 1024 * 1024;
const maxTries = 30;
/** Names of clients whose newest number is kept at hand. */
const maxClients = 10_000;
/** For so long after another node has written, flushes leave it gaps of so many milliseconds at most: else the node that is a
 *  little faster would win every time, and the commits of the other one would never get in. */
const sharedMs = 1000;
const gapMs = 10;

export class Room {
  readonly articleId: string;
  private readonly deps: RoomDeps;
  /** The head as the database has it; never shown before it is durable. */
  private durable: Review;
  private readonly recent = new Recent();
  private readonly lastSeqs = new Map<string, number>();
  private readonly queue: Waiting[] = [];
  private queuedBytes = 0;
  private askers: Asker[] = [];
  private readonly listeners = new Set<(commits: readonly Commit[]) => void>();
  /** One piece of work at a time: a flush, or a look at what other nodes wrote. */
  private busy = false;
  private working: Promise<void> = Promise.resolve();
  private sharedUntil = 0;
  private readonly pace = new Pace();
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

  /** Somebody is here, or something is to be done. */
  get occupied(): boolean {
    return this.visitors > 0 || this.queue.length > 0 || this.busy;
  }

  /** How many commits wait. */
  get queued(): number {
    return this.queue.length;
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

  /** Queues a commit of so many bytes. Resolves when it is durable, or refused with nothing changed. */
  commit(asked: AskedCommit, actor: Standing, bytes = 0): Promise<Answer> {
    const isFull = this.queue.length >= maxQueued || this.queuedBytes + bytes > maxQueuedBytes;
    if (isFull) return Promise.resolve({ ...refusal('ARTICLE_BUSY'), retryMs: 1000 });
    return new Promise((resolve) => {
      this.queuedBytes += bytes;
      this.queue.push({ asked, actor, bytes, since: performance.now(), answer: resolve });
      this.work();
    });
  }

  /** Takes in what other nodes have stored. When it resolves, the head is at least what the log held at the call; rejects when
   *  the log cannot be read. */
  freshen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.askers.push({ resolve, reject });
      this.work();
    });
  }

  /** The commits after `rev`, or null when the reader is better served with the whole review. */
  async since(rev: number): Promise<Commit[] | null> {
    const head = this.durable.rev;
    if (rev > head || head - rev > maxCatchUp) return null;
    if (rev === head) return [];
    if (rev + 1 >= (this.recent.first ?? head + 1)) return this.recent.after(rev);
    const commits = await this.deps.store.commits(this.articleId, rev, head - rev);
    return commits.length === head - rev ? commits : null;
  }

  /** The first commits after `rev`, for a reader who needs every one of them; null when `rev` is none of this article. */
  async page(rev: number): Promise<Commit[] | null> {
    const behind = this.durable.rev - rev;
    if (behind <= maxCatchUp) return this.since(rev);
    const commits = await this.deps.store.commits(this.articleId, rev, maxCatchUp);
    return commits.length === maxCatchUp ? commits : null;
  }

  /** The newest commit number of a client that the log holds. */
  async lastSeq(clientId: string): Promise<number> {
    const known = this.lastSeqs.get(clientId);
    if (known !== undefined) return known;
    const stored = await this.deps.store.lastSeq(this.articleId, clientId);
    const newest = Math.max(stored, this.lastSeqs.get(clientId) ?? 0);
    if (this.lastSeqs.size >= maxClients) this.lastSeqs.clear();
    this.lastSeqs.set(clientId, newest);
    return newest;
  }

  /** Waits until everything that was queued is answered. */
  async settle(): Promise<void> {
    while (this.busy) await this.working;
  }

  /** Waits for the queue and keeps a snapshot, so that the next opening replays nothing. */
  async rest(): Promise<void> {
    await this.settle();
    await this.snapshot(1);
  }

  private remember(commit: Commit, maps?: readonly StepMap[]): void {
    this.recent.add(commit, maps);
    const known = this.lastSeqs.get(commit.clientId);
    if (known !== undefined && commit.seq > known) this.lastSeqs.set(commit.clientId, commit.seq);
  }

  /** The maps of all commits after `base`, those of `fresh` included; null when that is too far back. Reads older commits when memory lacks them. */
  private async mapsSince(base: number, fresh: readonly Prepared[]): Promise<StepMap[] | null> {
    const missing = (this.recent.first ?? this.durable.rev + 1) - 1 - base;
    if (missing > maxStepsBehind) return null;
    if (missing > 0) {
      const older = await this.deps.store.commits(this.articleId, base, missing);
      if (older.length !== missing) return null;
      this.recent.prepend(older);
    }
    const maps = this.recent.mapsAfter(base);
    for (const { commit, maps: own } of fresh) if (commit.rev > base) maps.push(...own);
    return maps.length > maxStepsBehind ? null : maps;
  }

  private work(): void {
    if (this.busy) return;
    this.busy = true;
    this.working = this.workOff();
  }

  /** Ends in the same breath in which it saw that nothing is left, so that whatever comes later starts it again. */
  private async workOff(): Promise<void> {
    while (this.queue.length > 0 || this.askers.length > 0) {
      await this.lookAround();
      if (this.queue.length === 0) continue;
      const pause = this.pace.pause(performance.now());
      if (pause > 0) await wait(pause);
      else if (performance.now() < this.sharedUntil) await wait(Math.random() * gapMs);
      this.pace.begin(performance.now());
      const batch = this.queue.splice(0, maxBatch);
      for (const { bytes } of batch) this.queuedBytes -= bytes;
      try {
        await this.take(batch);
      } catch (error) {
        this.deps.log.error({ articleId: this.articleId, err: error }, 'commits were not stored');
        const answer = refusal(hasNoRoom(error) ? 'STORAGE_FULL' : 'UNAVAILABLE');
        for (const waiting of batch) waiting.answer(answer);
      }
    }
    this.busy = false;
  }

  /** Answers those who asked for the newest head. */
  private async lookAround(): Promise<void> {
    const askers = this.askers;
    if (askers.length === 0) return;
    this.askers = [];
    try {
      await this.catchUp();
      for (const asker of askers) asker.resolve();
    } catch (error) {
      for (const asker of askers) asker.reject(error);
    }
  }

  /** Prepares a batch on the head and stores it; on a conflict reads what somebody else wrote and tries again on top of that. */
  private async take(batch: readonly Waiting[]): Promise<void> {
    let isHead = false;
    for (let tries = 0; tries < maxTries; tries++) {
      const before = this.durable;
      const judging = performance.now();
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
      // A refusal is final for who asked, so it is given on the true head only: another node may have written what is missing here.
      if (!isHead && answers.some(({ answer }) => !answer.ok)) {
        isHead = true;
        if (await this.catchUp()) continue;
      }
      const commits = fresh.map((prepared) => prepared.commit);
      if (commits.length > 0) {
        const judged = performance.now();
        const stored = await this.deps.store.append(this.articleId, { commits, before, after });
        if (stored === 'conflict') {
          this.deps.meter?.conflict();
          isHead = false;
          if (tries > 1) await wait(Math.random() * gapMs * 2);
          await this.catchUp();
          continue;
        }
        this.durable = after;
        const telling = performance.now();
        for (const { commit, maps } of fresh) this.remember(commit, maps);
        for (const listener of this.listeners) listener(commits);
        const told = performance.now();
        this.pace.flushed(told, commits.length, judged - judging + told - telling);
        this.deps.onStored?.(this.articleId, after.rev);
        const oldest = Math.min(...batch.map(({ since }) => since));
        this.deps.meter?.stored(commits.length, (performance.now() - oldest) / 1000);
      }
      for (const { waiting, answer } of answers) waiting.answer(answer);
      if (this.durable.rev - this.snapshotRev >= snapshotEvery) await this.snapshot(snapshotEvery);
      return;
    }
    for (const waiting of batch) waiting.answer({ ...refusal('ARTICLE_BUSY'), retryMs: 200 });
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

  /** Takes in what other nodes wrote and tells the readers here; false when there was nothing. */
  private async catchUp(): Promise<boolean> {
    const { store, meter } = this.deps;
    for (let found = false; ; found = true) {
      const commits = await store.commits(this.articleId, this.durable.rev, maxCatchUp);
      if (commits.length === 0) return found;
      this.sharedUntil = performance.now() + sharedMs;
      meter?.foreign(commits.length);
      for (const commit of commits) {
        this.durable = apply(this.durable, commit);
        this.remember(commit);
      }
      for (const listener of this.listeners) listener(commits);
      if (commits.length < maxCatchUp) return true;
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
