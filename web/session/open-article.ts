/** An article that is open: its text, its line to the server, and what the device keeps of it. What pages read of it is in
 *  shown-article.ts, the verbs are in article-session.ts. */
import type { Commit } from '#core/sync/commit.ts';
import { refusal, type Refusal } from '#core/sync/error.ts';
import { may, seeAlike } from '#core/sync/policy.ts';
import type { Joined } from '#core/sync/protocol.ts';
import { reviewFromJson, reviewToJson, type ReviewJson } from '#core/sync/review.ts';
import { openAnnotations } from '#web/session/annotations.ts';
import { ArticleText } from '#web/session/article-text.ts';
import { Audit } from '#web/session/audit.ts';
import { Away } from '#web/session/away.ts';
import { differed } from '#web/session/away-words.ts';
import { browserDevice } from '#web/session/browser-device.ts';
import { ConnectionWords } from '#web/session/connection-state.ts';
import { connectTo, type Connection } from '#web/session/connection.ts';
import { noFacts, withFacts } from '#web/session/fact-book.ts';
import type { Copy, Device, Kept } from '#web/session/device.ts';
import { Keeper } from '#web/session/keeper.ts';
import { LeftBehind, type Helper } from '#web/session/left-behind.ts';
import { Line } from '#web/session/line.ts';
import { openPromise } from '#web/session/open-promise.ts';
import { randomId } from '#web/session/random-id.ts';
import { ShownArticle } from '#web/session/shown-article.ts';
import type { SessionSnapshot } from '#web/session/snapshot.ts';

/** `userId` is who the page is for: with it the article opens from the device when the server is out of reach. The others are
 *  seams for tests: a line that is no socket, another device, the ids of new things. */
export interface SessionOptions {
  userId?: string;
  connect?: (articleId: string) => Connection;
  device?: Device | null;
  id?: () => string;
  /** Work of a tab that has gone, which this session only brings to the server. */
  helping?: { kept: Kept; copy: Copy };
}

/** A server that has not answered by then is out of reach, and the article is opened from the device. */
const openPatience = 3000;

export abstract class OpenArticle extends ShownArticle {
  readonly articleId: string;
  /** Names this tab's commits. Another tab's name when its unsaved work was taken over. */
  clientId: string;
  protected readonly options: SessionOptions;
  protected readonly device: Device | null;
  readonly #keeper: Keeper;
  readonly #leftBehind: LeftBehind;
  readonly #audit: Audit;
  #openTimer: ReturnType<typeof setTimeout> | null = null;
  #missing = false;
  /** The server has let this session in at least once. */
  #hasJoined = false;
  readonly #away: Away;
  protected readonly id: () => string;
  protected readonly text: ArticleText;
  protected readonly line: Line;
  protected readonly connection: Connection;
  readonly #settledIn = openPromise();
  readonly #words: ConnectionWords;
  #skew = 0;

  /** Goes to the server; called once the object is whole. */
  protected start(): void {
    const { helping, userId } = this.options;
    if (helping) this.#takeUp(helping.kept, helping.copy);
    else this.#keeper.hold(this.clientId);
    this.line.open();
    globalThis.addEventListener?.('beforeunload', this.#beforeUnload);
    globalThis.addEventListener?.('offline', this.#refresh);
    globalThis.addEventListener?.('online', this.#refresh);
    globalThis.addEventListener?.('pagehide', this.#refresh);
    if (userId === undefined || helping) return;
    const patience = globalThis.navigator?.onLine === false ? 0 : openPatience;
    this.#openTimer = setTimeout(() => void this.#openFromDevice(), patience);
  }

  protected constructor(articleId: string, options: SessionOptions) {
    super();
    this.articleId = articleId;
    this.options = options;
    this.id = options.id ?? randomId;
    this.clientId = this.id();
    this.connection = (options.connect ?? connectTo)(articleId);
    this.device = options.device === undefined ? browserDevice(this.clientId) : options.device;
    this.#keeper = new Keeper(this.device, {
      articleId,
      clientId: () => this.clientId,
      userId: () => this.me.id,
      unsaved: () => this.text.unsent > 0 || (this.text.copy?.unplaced.length ?? 0) > 0,
      work: () => this.#unsavedWork(),
      wholeCopy: () => this.#wholeCopy(),
      online: () => this.line.joined,
      troubleChanged: () => this.changed(),
      takenOver: () => this.#startAfresh(),
    });
    this.text = new ArticleText(articleId, {
      clientId: () => this.clientId,
      now: () => Date.now() + this.#skew,
      id: this.id,
      changed: () => this.changed(),
      pending: () => {
        this.#count();
        this.line.flush();
      },
    });
    this.#away = new Away({
      text: this.text,
      joined: () => this.line.joined,
      flush: () => this.line.flush(),
      tell: (sentence) => this.tell(sentence),
      suggested: () => this.#count(),
    });
    this.line = new Line(this.connection, {
      clientId: () => this.clientId,
      confirmedRev: () => this.text.rev,
      begin: (review, joined) => this.#begin(review, joined),
      rejoined: (joined) => this.#rejoined(joined),
      unsaved: () => this.text.unsent > 0,
      receive: (commits) => this.receive(commits),
      nextCommit: () => (this.#away.settle() ? this.text.nextCommit() : null),
      kept: () => {
        this.#keeper.changed();
        return this.#keeper.settled();
      },
      refused: (refused) => this.#refused(refused),
      giveBack: () => this.text.copy?.giveBack(),
      closedBy: (refused) => this.#closedBy(refused),
      met: (people) => this.meet(people),
      presence: (peers) => this.hear(peers),
      facts: (came) => {
        const known = withFacts(this.facts, came);
        if (known === this.facts) return;
        this.facts = known;
        this.#keeper.renewCopy();
        this.text.redraw();
        this.changed();
      },
      statusChanged: () => this.#lineChanged(),
    });
    this.#leftBehind = new LeftBehind({
      text: this.text,
      keeper: this.#keeper,
      userId: () => this.me.id,
      joined: () => this.line.joined,
      ended: () => this.line.ended,
      takeUp: (kept, copy) => this.#takeUp(kept, copy),
      help: (kept, copy) => this.help(kept, copy),
      tell: (sentence) => this.tell(sentence),
    });
    this.#audit = new Audit(this.connection.audit, {
      quiet: () => {
        const { copy } = this.text;
        if (!copy || this.text.unsent > 0 || !this.line.joined) return null;
        return { rev: copy.confirmed.rev, json: JSON.stringify(copy.confirmed.doc) };
      },
      differs: () => {
        this.tell(differed);
        this.line.join(true);
      },
      changed: () => this.changed(),
    });
    this.#words = new ConnectionWords(
      () => ({
        joined: this.line.joined || this.phase === 'loading',
        ended: this.line.ended,
        failing: this.line.failing,
        unsent: this.text.unsent,
      }),
      () => this.changed(),
    );
  }

  close(): void {
    globalThis.removeEventListener?.('beforeunload', this.#beforeUnload);
    globalThis.removeEventListener?.('offline', this.#refresh);
    globalThis.removeEventListener?.('online', this.#refresh);
    globalThis.removeEventListener?.('pagehide', this.#refresh);
    if (this.#openTimer) clearTimeout(this.#openTimer);
    this.#away.stop();
    if (this.presenceTimer) clearTimeout(this.presenceTimer);
    this.#leftBehind.close();
    this.#audit.stop();
    this.#words.stop();
    this.line.close();
    void this.#keeper.close(this.options.helping !== undefined);
    this.forgetListeners();
  }

  #beforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.text.unsent > 0) event.preventDefault();
  };

  #refresh = (): void => this.#count();

  /** The tray has changed. */
  protected unsavedChanged(): void {
    this.#count();
    this.changed();
  }

  /** Resolves once what a closed tab left behind has been taken up. */
  get settledIn(): Promise<void> {
    return this.#settledIn.promise;
  }

  /** What is unsaved has changed: says so, and keeps it. */
  #count(): void {
    this.#words.refresh();
    this.#keeper.changed();
    const { copy } = this.text;
    if (copy && this.line.joined && this.text.unsent === 0) this.#audit.saved(copy.confirmed.rev);
  }

  #unsavedWork(): Kept | null {
    const { copy } = this.text;
    if (!copy) return null;
    const { articleId, clientId } = this;
    const { userId, kept: changes, unplaced } = copy;
    return { clientId, articleId, userId, changes, unplaced, heard: this.#away.heard };
  }

  #wholeCopy(): Copy | null {
    const { copy } = this.text;
    if (!copy || this.phase !== 'ready') return null;
    const { articleId, me, standing } = this;
    const { claims, sources } = this.facts;
    const facts = { claims: [...claims.values()], sources: [...sources.values()] };
    const review = reviewToJson(this.named(copy.confirmed));
    return { userId: me.id, articleId, review, me, standing, facts };
  }

  /** The server is out of reach: opens what this person received last, if it is here. */
  async #openFromDevice(): Promise<void> {
    if (this.#openTimer) clearTimeout(this.#openTimer);
    this.#openTimer = null;
    const { userId } = this.options;
    if (userId === undefined || this.phase !== 'loading') return;
    const copy = await this.#keeper.copy(userId);
    if (this.phase !== 'loading' || this.line.joined) return;
    this.#missing = copy === null;
    if (copy) {
      this.#away.since(Date.now());
      this.#openWith(copy);
      this.text.begin(reviewFromJson(copy.review), userId, 0);
      await this.#leftBehind.open();
      this.#settledIn.resolve();
    }
    this.#words.refresh();
    this.changed();
  }

  #openWith({ me, standing, facts }: Copy): void {
    this.me = me;
    this.standing = standing;
    this.facts = withFacts(noFacts, facts);
    this.phase = 'ready';
    this.mode = may(standing, 'suggest') ? 'suggest' : 'read';
  }

  #takeUp(kept: Kept, copy: Copy): boolean {
    const own = this.clientId;
    this.clientId = kept.clientId;
    try {
      this.text.restore(kept, copy.review);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.clientId = own;
      return false;
    }
    if (this.phase === 'loading') this.#openWith(copy);
    for (const id of this.text.deciding) this.deciding.add(id);
    this.#keeper.adopt(kept.clientId);
    this.#away.since(kept.heard);
    this.#count();
    this.line.join();
    return true;
  }

  /** Brings the work of a tab that has gone to the server, beside this article. */
  protected abstract help(kept: Kept, copy: Copy): Helper;

  /** Another tab has taken this one for gone and works under its name: goes on under a new one. What was not sent is among
   *  the other's work; it is in the tray too, in case the other went away in its turn. */
  #startAfresh(): void {
    this.clientId = this.id();
    this.#keeper.hold(this.clientId);
    this.line.join(true);
  }

  #lineChanged(): void {
    if (!this.line.joined && this.phase !== 'loading') this.#away.went();
    if (this.phase === 'loading' && this.line.isDown) void this.#openFromDevice();
    this.#words.refresh();
  }

  #cameBack(): void {
    this.#away.came();
    this.#hasJoined = true;
    this.#missing = false;
  }

  protected lookAtLine(): Pick<SessionSnapshot, 'connection' | 'trouble' | 'missing' | 'audit'> {
    return {
      connection: this.#words.state,
      trouble: this.#keeper.trouble,
      missing: this.#missing,
      audit: this.#audit.last,
    };
  }

  /** Compares this copy with the server's now; gives whether they agree, null when that cannot be said just now. */
  audit(): Promise<boolean | null> {
    return this.#audit.compare();
  }

  /** How many changes tabs of this person keep on this device for the article, this one's included. */
  async keptHere(): Promise<number> {
    const all = await this.#keeper.unsent(this.me.id);
    return all.reduce((sum, { changes }) => sum + changes.changes.length, 0);
  }

  // What the line brings.

  #begin(json: ReviewJson, joined: Joined | null): void {
    const first = this.phase === 'loading';
    if (joined && !this.#isFor(joined)) return;
    // The device opens the newest revision it has: to who is pinned it may be one they are not to see any more.
    if (joined && (joined.standing.pin || (!seeAlike(joined.standing, this.standing) && !first)))
      void this.#keeper.dropCopy(joined.me.id);
    if (joined) this.#standAs(joined);
    this.#cameBack();
    this.text.begin(reviewFromJson(json), this.me.id, joined?.lastSeq ?? 0);
    this.deciding.clear();
    for (const id of this.text.deciding) this.deciding.add(id);
    this.phase = 'ready';
    if (first) this.mode = may(this.standing, 'suggest') ? 'suggest' : 'read';
    this.#count();
    this.changed();
    const { me, standing, articleId } = this;
    const facts = joined?.facts ?? { claims: [], sources: [] };
    const copy = { userId: me.id, articleId, review: json, me, standing, facts };
    const kept = this.#keeper.keepCopy(copy);
    if (first) void kept.then(() => this.#leftBehind.open()).then(this.#settledIn.resolve);
  }

  /** Joined again. What was kept is another person's view when the role has changed; and a number that was not given here
   *  says that another tab worked under this name. */
  #rejoined(joined: Joined): boolean {
    if (!this.#isFor(joined)) return true;
    const sameName = joined.lastSeq <= (this.text.copy?.lastSeq ?? 0);
    if (!seeAlike(joined.standing, this.standing) || !sameName) {
      if (!sameName) this.clientId = this.id();
      void this.#keeper.dropCopy(this.me.id);
      return false;
    }
    this.#standAs(joined);
    this.#cameBack();
    return true;
  }

  /** Somebody else has signed in on this browser meanwhile: nothing of the one may go out as the other's. */
  #isFor({ me }: Joined): boolean {
    if (this.me.id === '' || this.me.id === me.id) return true;
    this.line.close();
    this.#closedBy(refusal('NOT_SIGNED_IN'));
    return false;
  }

  #standAs({ me, standing, serverTime }: Joined): void {
    this.me = me;
    this.standing = standing;
    this.#skew = Date.parse(serverTime) - Date.now();
    this.mode = this.allowed(this.mode);
    this.tellPresence();
    this.changed();
  }

  protected receive(commits: readonly Commit[]): void {
    const before = this.review;
    if (!this.text.receive(commits)) return;
    this.#keeper.came(commits);
    for (const commit of commits)
      if (commit.clientId === this.clientId && commit.intent === 'decide')
        this.decisionsCame(
          commit,
          openAnnotations(before).map(({ id }) => id),
        );
    this.#count();
    this.changed();
  }

  /** Own decisions came back from the server; `order` are the annotations that were open before, in text order. */
  protected abstract decisionsCame(commit: Commit, order: readonly string[]): void;

  #refused(refused: Refusal): void {
    const asked = this.text.copy?.unanswered?.ops ?? [];
    for (const op of asked)
      if (op.op === 'decide') for (const id of op.ids) this.deciding.delete(id);
    this.text.refuse();
    this.tell(refused.message);
    this.#count();
  }

  #closedBy(refused: Refusal): void {
    const lost = refused.code === 'ARTICLE_UNKNOWN';
    const userId = this.me.id === '' ? (this.options.userId ?? '') : this.me.id;
    // What one may not read any more is not kept, nor shown when it was only opened from here; one's own words are.
    if (lost) void this.#keeper.dropCopy(userId);
    if (lost && !this.text.copy) void this.#leftBehind.words(userId).then(this.showKept);
    if (lost) this.text.giveUp();
    if (this.phase === 'loading' || (lost && !this.#hasJoined)) this.phase = 'refused';
    else this.tell(refused.message);
    this.refusal = refused;
    this.#count();
    this.changed();
  }

  /** Tries to reach the server at once. */
  retry(): void {
    this.line.retry();
  }
}
