/** Keeps a session in step with the server: join, frames in order, gaps, one commit in flight, and the same commit again
 *  word for word when no answer came. What the messages mean for the text is the host's business. */
import type { AskedCommit, Commit } from '#core/sync/commit.ts';
import { refusal, type Refusal } from '#core/sync/error.ts';
import { maxCommitBytes } from '#core/sync/limits.ts';
import type { Person } from '#core/annotate/annotation.ts';
import type { Facts, Joined, Peer } from '#core/sync/protocol.ts';
import type { ReviewJson } from '#core/sync/review.ts';
import type { Connection } from '#web/session/connection.ts';

/** What the line asks of the session. */
export interface LineHost {
  clientId(): string;
  /** The revision the session has, or null before the first join. */
  confirmedRev(): number | null;
  /** A whole review: the first, or one that replaces a copy too far behind. */
  begin(review: ReviewJson, joined: Joined | null): void;
  /** Joined again with what was there; false when that no longer fits who this person is now, so that all is loaded anew. */
  rejoined(joined: Joined): boolean;
  /** Something here is not on the server: it must be carried over every commit, however many there were. */
  unsaved(): boolean;
  /** Commits that follow the confirmed revision; called once for every frame as it must be applied, cut after own commits. */
  receive(commits: readonly Commit[]): void;
  /** The commit that waits for its answer, else the next one to send, else null. */
  nextCommit(): AskedCommit | null;
  /** Resolves when the device holds what is about to be sent, or cannot. */
  kept(): Promise<void>;
  refused(refusal: Refusal): void;
  /** The server's base for this commit is too old: it is to be made again on the present revision. */
  giveBack(): void;
  closedBy(refusal: Refusal): void;
  /** People who wrote what was missed. */
  met(people: readonly Person[]): void;
  presence(peers: readonly Peer[]): void;
  facts(facts: Facts): void;
  statusChanged(): void;
}

const flushEvery = 50;
const echoPatience = 1000;
const backoff = [500, 1000, 2000, 4000, 8000] as const;
/** After this many failures in a row the words change from "saving" to "could not save"; trying goes on. */
const failuresShown = 4;

/** Frames as they must be applied: each ends with an own commit or at its end. */
export function cutAfterOwn(commits: readonly Commit[], clientId: string): Commit[][] {
  const frames: Commit[][] = [[]];
  for (const commit of commits) {
    frames.at(-1)?.push(commit);
    if (commit.clientId === clientId) frames.push([]);
  }
  return frames.filter((frame) => frame.length > 0);
}

export class Line {
  readonly #connection: Connection;
  readonly #host: LineHost;
  #state: 'down' | 'joining' | 'joined' | 'ended' = 'down';
  /** Frames that came during a join or a catch-up. */
  #buffer: Commit[] = [];
  #catchingUp = false;
  #sending = false;
  /** The newest own commit the server has acknowledged; its frame is on the way. */
  #ackedSeq = 0;
  #lastSent = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #echoTimer: ReturnType<typeof setTimeout> | null = null;
  #wholeNext = false;
  /** Counts joins and losses, so that an answer that came too late is known as such. */
  #joins = 0;

  constructor(connection: Connection, host: LineHost) {
    this.#connection = connection;
    this.#host = host;
  }

  get joined(): boolean {
    return this.#state === 'joined';
  }

  get isDown(): boolean {
    return this.#state === 'down';
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** True when the server is there but has refused to take changes for a while. */
  get failing(): boolean {
    return this.#failures >= failuresShown;
  }

  open(): void {
    this.#connection.open({
      up: () => void this.#join(),
      down: () => {
        if (this.#state === 'ended') return;
        this.#joins++;
        this.#state = 'down';
        this.#catchingUp = false;
        this.#host.statusChanged();
      },
      ended: (refused) => this.#end(refused),
      commits: (commits) => this.#frame(commits),
      presence: (peers) => this.#host.presence(peers),
      facts: (facts) => this.#host.facts(facts),
      resync: (why) => {
        // After a hand-over only the rights are others; the text stays, with what is unsent on it.
        if (why !== 'stage') this.#wholeNext = true;
        void this.#join();
      },
    });
  }

  /** Joins anew, under the present name and from the present revision; `whole` loads everything again. */
  join(whole = false): void {
    if (whole) this.#wholeNext = true;
    if (this.#connection.connected) void this.#join();
  }

  close(): void {
    this.#joins++;
    this.#state = 'ended';
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#echoTimer) clearTimeout(this.#echoTimer);
    this.#connection.close();
  }

  #end(refused: Refusal): void {
    this.#joins++;
    this.#state = 'ended';
    this.#host.closedBy(refused);
  }

  async #join(): Promise<void> {
    if (this.#state === 'ended') return;
    const ticket = ++this.#joins;
    this.#state = 'joining';
    this.#buffer = [];
    this.#catchingUp = false;
    this.#host.statusChanged();
    const rev = this.#wholeNext ? null : this.#host.confirmedRev();
    const clientId = this.#host.clientId();
    const answer = await this.#connection.join(
      rev === null ? { clientId } : { clientId, have: { rev } },
    );
    // Meanwhile the line may have gone down, been closed, or joined anew.
    if (ticket !== this.#joins) return;
    if (!answer?.ok) {
      this.#state = 'down';
      if (answer && !answer.retryable) this.#end(answer);
      else if (this.#connection.connected)
        this.#later(answer?.retryMs ?? 1000, () => void this.#join());
      return;
    }
    this.#state = 'joined';
    this.#ackedSeq = 0;
    this.#host.met(answer.people ?? []);
    // Too far behind for one answer; with unsent work the way is walked all the same, since a whole review has no way to it.
    const far = answer.review && rev !== null && rev < answer.rev && this.#host.unsaved();
    if (answer.review && !far) this.#host.begin(answer.review, answer);
    else if (!this.#host.rejoined(answer)) {
      this.#wholeNext = true;
      void this.#join();
      return;
    } else if (far) void this.#catchUp();
    else this.#apply(answer.commits ?? []);
    this.#wholeNext = false;
    this.#host.facts(answer.facts);
    this.#host.presence(answer.peers);
    this.#drain();
    this.#failures = 0;
    this.#host.statusChanged();
    this.flush();
  }

  #later(ms: number, act: () => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      act();
    }, ms);
  }

  #frame(commits: readonly Commit[]): void {
    if (this.#state === 'joining' || this.#catchingUp) this.#buffer.push(...commits);
    else if (this.#state === 'joined') {
      if (this.#apply(commits)) this.flush();
      else void this.#catchUp();
    }
  }

  /** Applies what is new of a run of commits; false when something before it is missing. */
  #apply(commits: readonly Commit[]): boolean {
    const have = this.#host.confirmedRev() ?? 0;
    const fresh = commits.filter((commit) => commit.rev > have);
    if (fresh.length === 0) return true;
    if (fresh[0]?.rev !== have + 1) return false;
    for (const frame of cutAfterOwn(fresh, this.#host.clientId())) this.#host.receive(frame);
    return true;
  }

  #drain(): void {
    const waiting = this.#buffer;
    this.#buffer = [];
    if (!this.#apply(waiting)) void this.#catchUp();
  }

  /** Asks for what is missing; frames that come meanwhile wait. */
  async #catchUp(): Promise<void> {
    const rev = this.#host.confirmedRev();
    if (this.#catchingUp || this.#state !== 'joined' || rev === null) return;
    this.#catchingUp = true;
    const answer = await this.#connection.since(rev, this.#host.unsaved());
    if (!this.joined || !this.#catchingUp) return;
    this.#catchingUp = false;
    if (!answer?.ok) {
      if (answer?.code === 'OUT_OF_ORDER') void this.#join();
      else this.#later(answer?.retryMs ?? 1000, () => void this.#catchUp());
      return;
    }
    if (answer.review) this.#host.begin(answer.review, null);
    else this.#apply(answer.commits ?? []);
    if (answer.more) {
      void this.#catchUp();
      return;
    }
    this.#drain();
    this.flush();
  }

  /** Sends what waits: at once when the line was idle, else at most every 50 ms. */
  flush(): void {
    if (this.#timer || this.#sending || !this.joined) return;
    this.#later(Math.max(0, this.#lastSent + flushEvery - Date.now()), () => void this.#send());
  }

  /** Tries again now, whatever the waiting time. */
  retry(): void {
    if (this.#state === 'down') void this.#join();
    else if (!this.#sending) this.#later(0, () => void this.#send());
  }

  async #send(): Promise<void> {
    if (this.#sending || !this.joined || this.#catchingUp) return;
    const commit = this.#host.nextCommit();
    if (!commit || commit.seq <= this.#ackedSeq) return;
    // Larger than the server takes, perhaps so large that it would hang up and hear it again for ever.
    if (new TextEncoder().encode(JSON.stringify(commit)).length > maxCommitBytes) {
      this.#host.refused(refusal('MESSAGE_TOO_LARGE'));
      this.flush();
      return;
    }
    this.#sending = true;
    await this.#host.kept();
    // Meanwhile the line may have gone down, or the copy this commit came from may have been given up.
    if (!this.joined || this.#catchingUp || this.#host.nextCommit() !== commit) {
      this.#sending = false;
      this.flush();
      return;
    }
    this.#lastSent = Date.now();
    const answer = await this.#connection.commit(commit);
    this.#sending = false;
    if (this.ended) return;
    if (answer?.ok) this.#acknowledged(commit.seq, answer.rev);
    else if (!answer) {
      // The same bytes again: the server knows a commit by its number and answers with what came of it.
      this.#failed(0);
    } else if (answer.code === 'RESYNC') {
      this.#host.giveBack();
      void this.#catchUp();
    } else if (answer.code === 'OUT_OF_ORDER') {
      // The server does not know this line as joined (it was started anew).
      void this.#join();
    } else if (answer.retryable) this.#failed(answer.retryMs ?? 0);
    else {
      this.#failures = 0;
      this.#host.refused(answer);
      this.flush();
    }
  }

  #acknowledged(seq: number, rev: number): void {
    this.#failures = 0;
    this.#ackedSeq = seq;
    this.#host.statusChanged();
    if ((this.#host.confirmedRev() ?? 0) >= rev) {
      this.flush();
      return;
    }
    if (this.#echoTimer) clearTimeout(this.#echoTimer);
    this.#echoTimer = setTimeout(() => {
      this.#echoTimer = null;
      if ((this.#host.confirmedRev() ?? 0) < rev) void this.#catchUp();
    }, echoPatience);
  }

  #failed(wait: number): void {
    const step = backoff[Math.min(this.#failures, backoff.length - 1)] ?? 1000;
    this.#failures++;
    this.#host.statusChanged();
    if (this.joined) this.#later(Math.max(wait, step), () => void this.#send());
  }
}
