/** An article that is open: its text, its line to the server, and the snapshot pages read. The verbs are in article-session.ts. */
import type { EditorState, Plugin } from 'prosemirror-state';
import type { Person } from '#core/annotate/annotation.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { Refusal } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import type { Joined, Peer } from '#core/sync/protocol.ts';
import { reviewFromJson, reviewToJson, type Review, type ReviewJson } from '#core/sync/review.ts';
import { Acquaintances } from '#web/session/acquaintances.ts';
import { openAnnotations } from '#web/session/annotations.ts';
import { ArticleText } from '#web/session/article-text.ts';
import type { Caret } from '#web/session/carets.ts';
import { ConnectionWords } from '#web/session/connection-state.ts';
import { connectTo, type Connection } from '#web/session/connection.ts';
import { noFacts, withFacts, type FactsKnown } from '#web/session/fact-book.ts';
import { Line } from '#web/session/line.ts';
import { Keeper } from '#web/session/keeper.ts';
import type { Kept, Outbox } from '#web/session/outbox.ts';
import type { Mode, Notice, SessionSnapshot, View } from '#web/session/snapshot.ts';

/** Seams for tests: a line that is no socket, and the ids of new things. */
export interface SessionOptions {
  connection?: Connection;
  outbox?: Outbox | null;
  id?: () => string;
}

const presenceEvery = 100;

const nobody: Person = { id: '', name: '', role: 'viewer', color: 0 };
const noStanding: Standing = {
  userId: '',
  role: 'viewer',
  stage: 'draft',
  member: false,
  restricted: false,
  writer: false,
};

/** A version 4 UUID; crypto.randomUUID is missing on pages served without https. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export abstract class OpenArticle {
  readonly articleId: string;
  /** Names this tab's commits. Another tab's name when its unsaved work was taken over. */
  clientId: string;
  readonly #keeper: Keeper;
  protected readonly id: () => string;
  protected readonly text: ArticleText;
  protected readonly line: Line;
  protected readonly connection: Connection;
  readonly #words: ConnectionWords;
  readonly #listeners = new Set<() => void>();
  protected readonly deciding = new Set<string>();
  protected phase: SessionSnapshot['phase'] = 'loading';
  #refusal: Refusal | null = null;
  protected me = nobody;
  protected standing = noStanding;
  readonly #acquaintances = new Acquaintances();
  #peers: readonly Peer[] = [];
  protected facts: FactsKnown = noFacts;
  protected mode: Mode = 'read';
  protected view: View = 'marked';
  protected focused: string | null = null;
  protected focusedAt = 0;
  protected said = '';
  #notice: Notice | null = null;
  #skew = 0;
  #snapshot: SessionSnapshot | null = null;
  #last: SessionSnapshot | null = null;
  #announcing = false;
  #presenceTimer: ReturnType<typeof setTimeout> | null = null;
  /** The keyboard has been in the text: before that there is no caret to show to others. */
  #writing = false;

  /** Goes to the server; called once the object is whole. */
  protected start(): void {
    this.line.open();
    globalThis.addEventListener?.('beforeunload', this.#beforeUnload);
    globalThis.addEventListener?.('offline', this.#refresh);
    globalThis.addEventListener?.('online', this.#refresh);
    globalThis.addEventListener?.('pagehide', this.#keeper.write);
    this.#keeper.hold(this.clientId);
  }

  protected constructor(articleId: string, options: SessionOptions) {
    this.articleId = articleId;
    this.id = options.id ?? randomId;
    this.clientId = this.id();
    this.connection = options.connection ?? connectTo(articleId);
    this.#keeper = new Keeper(
      options.outbox,
      () => this.text.unsent > 0 || (this.text.copy?.unplaced.length ?? 0) > 0,
      () => this.#unsavedWork(),
    );
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
    this.line = new Line(this.connection, {
      clientId: () => this.clientId,
      confirmedRev: () => this.text.rev,
      begin: (review, joined) => this.#begin(review, joined),
      rejoined: (joined) => this.#standAs(joined),
      receive: (commits) => this.receive(commits),
      nextCommit: () => this.text.nextCommit(),
      refused: (refused) => this.#refused(refused),
      giveBack: () => this.text.copy?.giveBack(),
      closedBy: (refused) => this.#closedBy(refused),
      presence: (peers) => this.#hear(peers),
      facts: (came) => {
        const known = withFacts(this.facts, came);
        if (known === this.facts) return;
        this.facts = known;
        this.text.redraw();
        this.changed();
      },
      statusChanged: () => this.#words.refresh(),
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
    globalThis.removeEventListener?.('pagehide', this.#keeper.write);
    this.#keeper.close();
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    this.#words.stop();
    this.line.close();
    this.#listeners.clear();
  }

  #beforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.text.unsent > 0) event.preventDefault();
  };

  #refresh = (): void => this.#words.refresh();

  /** What is unsaved has changed: says so, and keeps it. */
  #count(): void {
    this.#words.refresh();
    this.#keeper.changed();
  }

  #unsavedWork(): Kept | null {
    const { copy } = this.text;
    if (!copy) return null;
    const { articleId, clientId } = this;
    const review = reviewToJson(copy.confirmed);
    const { userId, kept: changes, unplaced } = copy;
    return { clientId, articleId, userId, review, changes, unplaced };
  }

  /** Takes over what this person's closed tab did not get saved on this article, and sends it. */
  async #takeOver(): Promise<void> {
    const kept = await this.#keeper.claim(this.articleId, this.me.id);
    // Once something is written here, the older work waits for the next opening.
    if (!kept || this.text.unsent > 0 || this.line.ended) return;
    this.#keeper.adopt(kept.clientId);
    const own = this.clientId;
    this.clientId = kept.clientId;
    try {
      this.text.restore(kept);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.clientId = own;
      return;
    }
    this.tell('What was not saved when you left is back.');
    this.#count();
    this.line.join();
  }

  // What pages and the editor read.

  /** Calls `listener` after changes, several in a row as one; for useSyncExternalStore. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  getSnapshot = (): SessionSnapshot => (this.#snapshot ??= this.#look());

  /** The editor's state; replaced, never changed. */
  get state(): EditorState {
    return this.text.state;
  }

  /** Calls `listener` at once whenever `state` was replaced: the editor's view follows within the same event. */
  onState(listener: () => void): () => void {
    return this.text.onState(listener);
  }

  /** Gives the editor's plugins to the state. */
  configure(plugins: readonly Plugin[]): void {
    this.text.configure(plugins);
  }

  /** Where the others' carets are in `state.doc`. */
  get carets(): readonly Caret[] {
    return this.text.carets;
  }

  /** How the text is to be shown now. The snapshot says the same to pages; the editor asks while a change is still on its way. */
  get display(): {
    mode: Mode;
    view: View;
    facts: FactsKnown;
    focused: string | null;
    writable: boolean;
  } {
    const { mode, view, facts, focused } = this;
    const writable = this.phase === 'ready' && mode !== 'read' && view !== 'original';
    return { mode, view, facts, focused, writable };
  }

  /** The article with the own unconfirmed changes on it. */
  get review(): Review {
    return this.#acquaintances.name(this.text.review);
  }

  #look(): SessionSnapshot {
    const { from, to, empty } = this.state.selection;
    const history = this.text.copy?.history;
    const last = this.#last;
    const same = last?.selection.from === from && last.selection.to === to;
    const deciding = last?.deciding;
    const sameIds =
      deciding?.size === this.deciding.size && [...this.deciding].every((id) => deciding.has(id));
    this.#last = {
      phase: this.phase,
      refusal: this.#refusal,
      connection: this.#words.state,
      review: this.review,
      me: this.me,
      standing: this.standing,
      facts: this.facts,
      peers: this.#peers,
      unplaced: this.text.copy?.unplaced ?? [],
      mode: this.mode,
      view: this.view,
      focused: this.focused,
      deciding: sameIds ? deciding : new Set(this.deciding),
      selection: same ? last.selection : { from, to, empty },
      canUndo: (history?.undone.length ?? 0) > 0,
      canRedo: (history?.redone.length ?? 0) > 0,
      said: this.said,
      notice: this.#notice,
    };
    return this.#last;
  }

  protected changed(): void {
    this.#snapshot = null;
    if (this.#announcing) return;
    this.#announcing = true;
    queueMicrotask(() => {
      this.#announcing = false;
      for (const listener of this.#listeners) listener();
    });
  }

  protected tell(text: string, undo?: () => void): void {
    this.#notice = undo ? { text, undo } : { text };
    this.said = text;
    this.changed();
  }

  dismissNotice(): void {
    this.#notice = null;
    this.changed();
  }

  // What the line brings.

  #begin(json: ReviewJson, joined: Joined | null): void {
    const first = this.phase === 'loading';
    if (joined) this.#standAs(joined);
    const nextSeq = Math.max(joined?.lastSeq ?? 0, this.text.copy?.lastSeq ?? 0);
    this.text.begin(reviewFromJson(json), this.me.id, nextSeq);
    this.deciding.clear();
    this.phase = 'ready';
    if (first) this.mode = may(this.standing, 'suggest') ? 'suggest' : 'read';
    this.changed();
    if (first) void this.#takeOver();
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
    const open = openAnnotations(this.review);
    if (!this.text.receive(commits)) return;
    for (const commit of commits)
      if (commit.clientId === this.clientId && commit.intent === 'decide')
        this.decisionsCame(
          commit,
          open.map(({ id }) => id),
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
    if (this.phase === 'loading') this.phase = 'refused';
    else this.tell(refused.message);
    this.#refusal = refused;
    this.#words.refresh();
    this.changed();
  }

  #hear(peers: readonly Peer[]): void {
    this.#peers = peers.filter((peer) => peer.clientId !== this.clientId);
    this.#acquaintances.meet(peers.map(({ person }) => person));
    this.text.hear(this.#peers);
    this.changed();
  }

  /** Tries to reach the server at once. */
  retry(): void {
    this.line.retry();
  }

  protected allowed(mode: Mode): Mode {
    if (mode === 'edit' && !may(this.standing, 'edit')) return this.allowed('suggest');
    return mode === 'suggest' && !may(this.standing, 'suggest') ? 'read' : mode;
  }

  /** The keyboard is in the text now. */
  enterText(): void {
    this.#writing = true;
    this.tellPresence();
  }

  /** Tells the others where the caret is, at most ten times a second. */
  protected tellPresence(): void {
    if (this.#presenceTimer || this.phase !== 'ready') return;
    this.#presenceTimer = setTimeout(() => {
      this.#presenceTimer = null;
      const place = this.text.confirmedSelection();
      if (!place || !this.line.joined) return;
      const { at, anchor, head } = place;
      const caret =
        this.#writing && this.mode !== 'read' ? { anchor, head } : { anchor: null, head: null };
      this.connection.presence({ at, ...caret, mode: this.mode });
    }, presenceEvery);
  }
}
