/** An article as pages and the editor read it: one immutable snapshot after another, and the state of the text. */
import type { EditorState, Plugin } from 'prosemirror-state';
import type { Person } from '#core/annotate/annotation.ts';
import type { Refusal } from '#core/sync/error.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import type { Peer } from '#core/sync/protocol.ts';
import type { Review } from '#core/sync/review.ts';
import { Acquaintances } from '#web/session/acquaintances.ts';
import type { ArticleText } from '#web/session/article-text.ts';
import type { Caret } from '#web/session/carets.ts';
import type { Connection } from '#web/session/connection.ts';
import { noFacts, type FactsKnown } from '#web/session/fact-book.ts';
import type { Line } from '#web/session/line.ts';
import type { Mode, Notice, SessionSnapshot, View } from '#web/session/snapshot.ts';

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

export abstract class ShownArticle {
  abstract readonly clientId: string;
  protected abstract readonly text: ArticleText;
  protected abstract readonly line: Line;
  protected abstract readonly connection: Connection;
  readonly #listeners = new Set<() => void>();
  protected readonly deciding = new Set<string>();
  protected phase: SessionSnapshot['phase'] = 'loading';
  protected refusal: Refusal | null = null;
  protected me = nobody;
  protected standing = noStanding;
  readonly #acquaintances = new Acquaintances();
  /** Own words of an article that may not be opened any more. */
  #kept: SessionSnapshot['unplaced'] = [];
  protected peers: readonly Peer[] = [];
  protected facts: FactsKnown = noFacts;
  protected mode: Mode = 'read';
  protected view: View = 'marked';
  protected focused: string | null = null;
  protected focusedAt = 0;
  protected said = '';
  #notice: Notice | null = null;
  #snapshot: SessionSnapshot | null = null;
  #last: SessionSnapshot | null = null;
  #announcing = false;
  protected presenceTimer: ReturnType<typeof setTimeout> | null = null;
  /** The keyboard has been in the text: before that there is no caret to show to others. */
  #writing = false;

  /** Calls `listener` after changes, several in a row as one; for useSyncExternalStore. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  protected forgetListeners(): void {
    this.#listeners.clear();
  }

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

  /** Calls `asker` before anything but the editor changes `state`: it may know of a newer selection. */
  onBefore(asker: () => void): () => void {
    return this.text.onBefore(asker);
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
    /** Who suggests what is written now; null where it is written directly, or not at all. */
    by: string | null;
  } {
    const { mode, view, facts, focused } = this;
    const writable = this.phase === 'ready' && mode !== 'read' && view !== 'original';
    return { mode, view, facts, focused, writable, by: mode === 'suggest' ? this.me.id : null };
  }

  /** The article with the own unconfirmed changes on it. */
  get review(): Review {
    return this.#acquaintances.name(this.text.review);
  }

  /** How saving goes, and what the device has to do with it. */
  protected abstract lookAtLine(): Pick<
    SessionSnapshot,
    'connection' | 'trouble' | 'missing' | 'audit'
  >;

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
      refusal: this.refusal,
      ...this.lookAtLine(),
      review: this.review,
      me: this.me,
      standing: this.standing,
      facts: this.facts,
      peers: this.peers,
      unplaced: this.text.copy?.unplaced ?? this.#kept,
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

  protected showKept = (words: SessionSnapshot['unplaced']): void => {
    this.#kept = words;
    this.changed();
  };

  protected meet(people: readonly Person[]): void {
    this.#acquaintances.meet(people);
  }

  /** A review with the names of everybody met, for the device. */
  protected named(review: Review): Review {
    return { ...review, people: this.#acquaintances.name(this.review).people };
  }

  protected hear(peers: readonly Peer[]): void {
    this.peers = peers.filter((peer) => peer.clientId !== this.clientId);
    this.meet(peers.map(({ person }) => person));
    this.text.hear(this.peers);
    this.changed();
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
    if (this.presenceTimer || this.phase !== 'ready') return;
    this.presenceTimer = setTimeout(() => {
      this.presenceTimer = null;
      const place = this.text.confirmedSelection();
      if (!place || !this.line.joined) return;
      const { at, anchor, head } = place;
      const caret =
        this.#writing && this.mode !== 'read' ? { anchor, head } : { anchor: null, head: null };
      this.connection.presence({ at, ...caret, mode: this.mode });
    }, presenceEvery);
  }
}
