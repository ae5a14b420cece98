/** The text of an open article in this tab: the editor's state and the working copy behind it, moved together. */
import { EditorState, Selection, type Plugin, type Transaction } from 'prosemirror-state';
import { Step } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import type { AskedCommit, Commit, Intent } from '#core/sync/commit.ts';
import type { Peer } from '#core/sync/protocol.ts';
import { newReview, reviewFromJson, type Review, type ReviewJson } from '#core/sync/review.ts';
import { keptWords, touchedStet, type KeptWords } from '#core/sync/stet.ts';
import { WorkingCopy } from '#core/sync/working-copy.ts';
import { Carets, type Caret } from '#web/session/carets.ts';
import { stayInParagraph } from '#web/session/own-caret.ts';
import type { Kept } from '#web/session/device.ts';
import { movedFrom } from '#web/session/moving.ts';
import type { lateAsSuggestions as LateEdits, LateOutcome } from '#web/session/late-edits.ts';
import { givenUp, renewed, wordsOfOp } from '#web/session/renewed-copy.ts';
import { apart, ownWhole } from '#web/session/own-whole.ts';
import { replaced, touches, type Place } from '#web/session/replacing.ts';
import { edited, suggested } from '#web/session/typing.ts';
import { keptInWords } from '#web/session/words.ts';
import { changedRange, UndoEvents } from '#web/session/undo-events.ts';

const emptyDoc = schema.node('doc', null, [schema.node('headline'), schema.node('block')]);
/** A suggestion goes on for this long after its author's last change of it. */
const sittingMs = 60_000;

type LateAsSuggestions = typeof LateEdits;

/** Marks transactions that are not the person's own typing: other people's changes, undo, a refused change going. */
export const fromSession = 'galley.session';

export interface TextHost {
  clientId(): string;
  /** The server's clock, as well as it is known, in milliseconds. */
  now(): number;
  id(): string;
  /** The text, the selection or a note changed. */
  changed(): void;
  /** There is something to send. */
  pending(): void;
}

export class ArticleText {
  /** What the editor shows. Replaced, never changed. */
  state: EditorState = EditorState.create({ doc: emptyDoc });
  copy: WorkingCopy | null = null;
  readonly #host: TextHost;
  readonly #carets = new Carets();
  readonly #events = new UndoEvents();
  readonly #listeners = new Set<() => void>();
  readonly #askers = new Set<() => void>();
  readonly #blank: Review;
  /** Frames that wait while an input method composes; null when none does. */
  #held: (readonly Commit[])[] | null = null;

  constructor(articleId: string, host: TextHost) {
    this.#host = host;
    this.#blank = newReview({ id: articleId, language: 'en', stage: 'draft' }, [], emptyDoc);
  }

  /** The article with the own unconfirmed changes on it. */
  get review(): Review {
    return this.copy?.shown ?? this.#blank;
  }

  get carets(): readonly Caret[] {
    return this.#carets.all;
  }

  /** The newest revision taken in, or waiting for the input method. */
  get rev(): number | null {
    return this.#held?.at(-1)?.at(-1)?.rev ?? this.copy?.confirmed.rev ?? null;
  }

  get unsent(): number {
    return this.copy?.unsent ?? 0;
  }

  /** The suggestions that a decision waits for which is not confirmed yet. */
  get deciding(): string[] {
    const changes = this.copy?.kept.changes ?? [];
    return changes.flatMap((one) => ('op' in one && one.op.op === 'decide' ? one.op.ids : []));
  }

  #at(): string {
    return new Date(this.#host.now()).toISOString();
  }

  /** Calls `listener` at once whenever `state` was replaced. */
  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `asker` before anything but the editor changes `state`: it may know of a newer selection. */
  onBefore(asker: () => void): () => void {
    this.#askers.add(asker);
    return () => this.#askers.delete(asker);
  }

  #ask(): void {
    for (const asker of this.#askers) asker();
  }

  #show(state: EditorState): void {
    this.state = state;
    this.#host.changed();
    for (const listener of this.#listeners) listener();
  }

  configure(plugins: readonly Plugin[]): void {
    this.#show(this.state.reconfigure({ plugins }));
  }

  /** Starts on a whole review; what was not sent of an older copy finds its place again or is kept in the tray, never forced in.
   *  `lastSeq` is the newest commit of this tab that the server holds. */
  begin(review: Review, userId: string, lastSeq: number): void {
    const clientId = this.#host.clientId();
    this.#startWith(renewed(this.copy, review, { clientId, userId, lastSeq, at: this.#at() }));
  }

  /** Takes up work that another tab left behind, at the revision it stands on. Throws RangeError when it is spoilt. */
  restore({ clientId, userId, changes, unplaced }: Kept, review: ReviewJson): void {
    const copy = new WorkingCopy(reviewFromJson(review), { clientId, userId, nextSeq: 1 });
    copy.restore(changes, this.#at());
    copy.unplaced = unplaced;
    this.#startWith(copy);
  }

  /** The server was out of reach for long: what was typed in Edit mode and never sent is suggested from here on. Null when
   *  there is nothing of the kind, or a commit is still on its way. */
  suggestLate(lateAsSuggestions: LateAsSuggestions): Omit<LateOutcome, 'copy'> | null {
    const late = this.copy && lateAsSuggestions(this.copy, { id: this.#host.id, at: this.#at() });
    if (late) this.#startWith(late.copy);
    return late;
  }

  /** Nothing of this can be sent any more: all words that were not go to the tray. */
  giveUp(): void {
    if (this.copy) this.#startWith(givenUp(this.copy));
  }

  #startWith(copy: WorkingCopy): void {
    this.copy = copy;
    this.#held = this.#held && [];
    this.#carets.clear();
    this.#events.close();
    const { doc } = copy.shown;
    const { plugins, selection } = this.state;
    const state = EditorState.create({ doc, plugins });
    const near = Selection.near(doc.resolve(Math.min(selection.head, doc.content.size)));
    this.#show(state.apply(state.tr.setSelection(near)));
  }

  #apply(tr: Transaction): void {
    if (tr.docChanged) this.#carets.map(tr.mapping);
    this.#show(this.state.apply(tr));
  }

  /** Lets the editor draw anew what is no part of its document: notes, focus, carets. */
  redraw(): void {
    this.#ask();
    this.#show(this.state.apply(this.state.tr.setMeta(fromSession, true)));
  }

  /** A change of selection or plugin state; the text stays. */
  apply(tr: Transaction): void {
    this.#apply(tr);
  }

  /** Takes the editor's own change in; gives a sentence when it may not be. */
  type(tr: Transaction, mode: 'suggest' | 'edit'): string | null {
    if (mode === 'edit') {
      this.#record(edited(this.state, tr), 'edit', []);
      return null;
    }
    const userId = this.copy?.userId ?? '';
    const goesOn =
      movedFrom(tr, this.review, userId, this.#host.now()) ?? ownWhole(this.state.doc, tr, userId);
    const isApart = tr.getMeta(apart) === true;
    const result = suggested(this.state, tr, userId, {
      idFor: (nearby) => goesOn ?? (isApart ? null : this.#sitting(nearby)) ?? this.#host.id(),
    });
    if ('refused' in result) return result.refused;
    const kept = this.#kept(result.tr);
    if (kept !== null) return kept;
    const ops = result.newIds.flatMap((id): AskedOp[] =>
      id === goesOn ? [] : [openSuggestion(id, '')],
    );
    this.#record(result.tr, 'suggest', ops);
    return null;
  }

  /** A sentence when a suggestion touches words that somebody has kept as they are. */
  #kept(tr: Transaction): string | null {
    const kept = touchedStet(this.review, tr.doc, tr.mapping, Infinity);
    return kept && this.#keptInWords(kept);
  }

  #keptInWords({ words, row }: KeptWords): string {
    const { decidedBy = '', decidedAt = '' } = row;
    const name = this.review.people.get(decidedBy)?.name ?? 'An editor';
    return keptInWords(words, name, decidedAt);
  }

  /** One suggestion by itself, with its reason; gives its id, or a sentence when it may not be. */
  suggest(tr: Transaction, reason: string): { id: string } | { refused: string } {
    const id = this.#host.id();
    const result = suggested(this.state, tr, this.copy?.userId ?? '', { idFor: () => id });
    if ('refused' in result) return result;
    const kept = this.#kept(result.tr);
    if (kept !== null) return { refused: kept };
    this.#events.close();
    this.#record(result.tr, 'suggest', [openSuggestion(id, reason)]);
    this.#events.close();
    return { id };
  }

  /** Puts `words` into many places at once; gives where they stand now, in the order of the text, and the undo events of it. Words that
   *  somebody has kept as they are stay: `kept` says of the first of them by whom. */
  replace(
    places: readonly Place[],
    words: string,
    mode: 'suggest' | 'edit',
  ): { ranges: { from: number; to: number }[]; events: number[]; kept: string | null } {
    const { copy } = this;
    const events: number[] = [];
    if (!copy) return { ranges: [], events, kept: null };
    const how = { mode, author: copy.userId, id: () => this.#host.id() };
    const stets = mode === 'suggest' ? keptWords(this.review) : [];
    const touched = stets.find((stet) => places.some((place) => touches(place, stet)));
    const kept = touched ? this.#keptInWords(touched) : null;
    const free = places.filter((place) => stets.every((stet) => !touches(place, stet)));
    const { tr, portions, ranges } = replaced(this.state, free, words, how);
    if (portions.length === 0) return { ranges: [], events, kept };
    let at = 0;
    for (const { steps, newIds, begins } of portions) {
      if (begins) {
        this.#events.close();
        events.push(this.#events.next([], tr.mapping, 'replace', this.#host.now()));
      }
      const end = at + steps;
      copy.record(tr.steps.slice(at, end), tr.docs.slice(at, end), {
        intent: mode,
        event: events.at(-1) ?? 0,
        at: this.#at(),
      });
      for (const id of newIds) copy.annotate(openSuggestion(id, ''), mode, this.#at());
      at = end;
    }
    this.#events.close();
    this.#apply(tr);
    this.#host.pending();
    return { ranges, events, kept };
  }

  /** The newest own change that undo would take back. */
  get newestEvent(): number | undefined {
    return this.copy?.history.undone.at(-1)?.id;
  }

  /** The own suggestion beside the change that is still being typed, if any. */
  #sitting(nearby: readonly { id: string }[]): string | null {
    const now = this.#host.now();
    const { suggestions } = this.review;
    const found = nearby.find(({ id }) => {
      const row = suggestions.get(id);
      return row?.status === 'pending' && now - Date.parse(row.last) < sittingMs;
    });
    return found?.id ?? null;
  }

  #record(tr: Transaction, intent: Intent, ops: readonly AskedOp[]): void {
    const { copy } = this;
    if (!copy) return;
    if (tr.steps.length > 0) {
      const event = this.#events.next(tr.steps, tr.mapping, intent, this.#host.now());
      copy.record(tr.steps, tr.docs, { intent, event, at: this.#at() });
      for (const op of ops) copy.annotate(op, intent, this.#at());
    }
    this.#apply(tr);
    this.#host.pending();
  }

  annotate(op: AskedOp, intent: Intent): void {
    this.copy?.annotate(op, intent, this.#at());
    this.redraw();
    this.#host.pending();
  }

  nextCommit(): AskedCommit | null {
    return this.copy?.unanswered ?? this.copy?.nextCommit() ?? null;
  }

  /** Takes in a frame of commits, or keeps it until the input method has finished. */
  receive(commits: readonly Commit[]): boolean {
    if (this.#held) {
      this.#held.push(commits);
      return false;
    }
    const { copy } = this;
    if (!copy) return false;
    this.#ask();
    const tr = this.state.tr.setMeta(fromSession, true);
    const { selection } = tr;
    copy.receive(tr, commits, this.#at());
    if (commits.some(({ clientId }) => clientId !== copy.clientId)) stayInParagraph(tr, selection);
    for (const commit of commits)
      this.#carets.passed(
        commit.rev,
        commit.steps.map((json) => Step.fromJSON(schema, json).getMap()),
      );
    this.#events.moved(tr.mapping);
    this.#apply(tr);
    return true;
  }

  /** Keeps foreign changes away while an input method composes: they would break the word under it. */
  hold(): void {
    this.#held ??= [];
  }

  /** The frames that waited; the caller takes them in one by one. */
  release(): readonly (readonly Commit[])[] {
    const held = this.#held ?? [];
    this.#held = null;
    return held;
  }

  /** The commit on its way was refused: its changes go. */
  refuse(): void {
    const { copy } = this;
    if (!copy) return;
    this.#ask();
    const tr = this.state.tr.setMeta(fromSession, true);
    const words = copy.unanswered?.ops.flatMap(wordsOfOp) ?? [];
    copy.refuse(tr, this.#at());
    copy.unplaced = [...copy.unplaced, ...words];
    this.#events.close();
    this.#apply(tr);
  }

  /** Takes back, or puts back, the newest own change; false when there is none. */
  turn(which: 'undo' | 'redo'): boolean {
    const { copy } = this;
    if (!copy) return false;
    const tr = this.state.tr.setMeta(fromSession, true);
    const done = which === 'undo' ? copy.undo(tr, this.#at()) : copy.redo(tr, this.#at());
    this.#events.close();
    if (!done) return false;
    const range = changedRange(tr.steps, tr.mapping);
    if (range) tr.setSelection(Selection.near(tr.doc.resolve(range.to), -1));
    this.#apply(tr.scrollIntoView());
    this.#host.pending();
    return true;
  }

  hear(peers: readonly Peer[]): void {
    const { copy } = this;
    if (!copy) return;
    this.#carets.hear(peers, copy.confirmed.rev, copy.pendingMaps, this.state.doc.content.size);
    this.redraw();
  }

  /** The own selection in positions of the confirmed revision, as others are told. */
  confirmedSelection(): { at: number; anchor: number; head: number } | null {
    const { copy } = this;
    if (!copy) return null;
    const maps = copy.pendingMaps.map((map) => map.invert()).toReversed();
    const back = (pos: number): number => maps.reduce((at, map) => map.map(at, -1), pos);
    const { anchor, head } = this.state.selection;
    return { at: copy.confirmed.rev, anchor: back(anchor), head: back(head) };
  }
}

function openSuggestion(id: string, reason: string): AskedOp {
  return { op: 'suggestion.open', id, reason, category: '' };
}
