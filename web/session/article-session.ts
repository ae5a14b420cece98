/** The one door to an open article: every change of its text and its notes, own or foreign, passes here.
 *  Panels read snapshots and call verbs; the editor reads `state` and dispatches transactions. */
import type { Command, Transaction } from 'prosemirror-state';
import type { ClaimType } from '#core/annotate/annotation.ts';
import type { Audience } from '#core/annotate/audience.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import type { Commit } from '#core/sync/commit.ts';
import { refusal } from '#core/sync/error.ts';
import { may, refusesOp } from '#core/sync/policy.ts';
import type { AskedClaimChange } from '#core/sync/protocol.ts';
import { openAnnotations } from '#web/session/annotations.ts';
import type { Copy, Kept } from '#web/session/device.ts';
import { FocusedArticle } from '#web/session/focused-article.ts';
import type { Helper } from '#web/session/left-behind.ts';
import type { SessionOptions } from '#web/session/open-article.ts';
import type { Place } from '#web/session/replacing.ts';
import type { Mode, View } from '#web/session/snapshot.ts';
import { sparing } from '#web/session/spare-hidden.ts';
import { asFiledIsForReading, decided, replacedInWords, sessionWords } from '#web/session/words.ts';

interface Range {
  from: number;
  to: number;
}

/** A card decided by key must have been in focus this long: nobody decides what they have not seen. */
const readMs = 300;

export class ArticleSession extends FocusedArticle {
  /** A change of a fact whose answer has not come. */
  #unanswered: { asked: string; key: string } | null = null;

  /** Opens an article and keeps it open until `close`. */
  static open(articleId: string, options: SessionOptions = {}): ArticleSession {
    const session = new ArticleSession(articleId, options);
    session.start();
    return session;
  }

  protected override help(kept: Kept, copy: Copy): Helper {
    const { options, device } = this;
    const helper = new ArticleSession(this.articleId, {
      ...options,
      device,
      helping: { kept, copy },
    });
    const done = new Promise<Kept['unplaced'] | null>((resolve) => {
      helper.subscribe(() => {
        const { copy } = helper.text;
        if (helper.line.ended) resolve(null);
        // What could not be placed is this tab's from here on.
        else if (helper.line.joined && copy?.unsent === 0) resolve(copy.unplaced.splice(0));
      });
    });
    helper.start();
    return { done, close: () => helper.close() };
  }

  protected override decisionsCame(commit: Commit, order: readonly string[]): void {
    for (const op of commit.ops) {
      if (op.op === 'undecide') this.tell(sessionWords.undecided);
      if (op.op !== 'decide') continue;
      for (const id of op.ids) this.deciding.delete(id);
      const asked = op.outcome.filter(
        ({ id, verdict }) => op.ids.includes(id) && verdict === op.verdict,
      );
      const rows = asked.flatMap(({ id }) => this.review.suggestions.get(id) ?? []);
      const own = rows.every((row) => row.by === this.me.id) && !may(this.standing, 'decide');
      const undo = (): void => this.undecide(commit.rev);
      this.tell(decided(rows, op.verdict, own), may(this.standing, 'decide') ? undo : undefined);
      if (this.focused !== null && op.ids.includes(this.focused)) this.goOn(op.ids, order);
    }
  }

  // What the editor does.

  /** Takes a transaction of the editor: a change of the text becomes a suggestion or an edit by the mode. */
  dispatch(tr: Transaction): void {
    if (!tr.docChanged) this.text.apply(tr);
    else if (this.phase !== 'ready' || this.line.ended) this.tell(refusal('NOT_SIGNED_IN').message);
    else if (this.mode === 'read') this.tell(sessionWords.readMode);
    else if (this.view === 'original') this.refuseAsFiled();
    else {
      const change = this.view === 'accepted' ? sparing(this.state, tr) : tr;
      const refused = this.text.type(change, this.mode);
      if (refused !== null) this.tell(refused);
    }
    this.tellPresence();
  }

  /** Says why nothing can be written in the view "As filed". */
  refuseAsFiled(): void {
    this.tell(asFiledIsForReading);
  }

  /** Shows a sentence over the page, for what was done outside the text. */
  say(sentence: string): void {
    this.tell(sentence);
  }

  /** Runs an editing command, as a key or a button does; false when it does not apply. */
  run(command: Command): boolean {
    return command(this.state, (tr) => this.dispatch(tr));
  }

  /** An id for something new in the text. */
  newId(): string {
    return this.id();
  }

  /** Foreign changes wait while an input method composes a word. */
  holdFrames(): void {
    this.text.hold();
  }

  releaseFrames(): void {
    for (const frame of this.text.release()) this.receive(frame);
    this.line.flush();
  }

  undo(): void {
    if (!this.text.turn('undo')) this.said = sessionWords.nothingToUndo;
    this.changed();
  }

  redo(): void {
    if (!this.text.turn('redo')) this.said = sessionWords.nothingToRedo;
    this.changed();
  }

  setMode(mode: Mode): void {
    if (this.allowed(mode) !== mode) {
      this.tell(refusal(may(this.standing, 'suggest') ? 'SUGGEST_ONLY' : 'READ_ONLY').message);
      return;
    }
    this.mode = mode;
    this.said = sessionWords.mode[mode];
    if (mode !== 'read' && this.view === 'original') this.view = 'marked';
    this.tellPresence();
    this.text.redraw();
    this.changed();
  }

  /** Shows the text as filed, marked, or as edited; the first is for reading. */
  setView(view: View): void {
    this.view = view;
    this.text.redraw();
    this.changed();
  }

  // Notes.

  /** Carries out an operation here and queues it; false, with a sentence, when it may not be. */
  #annotate(op: AskedOp, intent: 'annotate' | 'decide' = 'annotate'): boolean {
    const no = this.phase === 'ready' ? refusesOp(this.review, this.standing, op) : 'UNAVAILABLE';
    if (no) this.tell(refusal(no).message);
    else this.text.annotate(op, intent);
    return no === null;
  }

  #place({ from, to }: Range): Range & { quote: ReturnType<typeof quoteAt> } {
    return { from, to, quote: quoteAt(this.state.doc, from, to) };
  }

  /** Opens a comment on a range and gives its id; empty when it may not be. */
  comment(range: Range, text: string, audience: Audience): string {
    const id = this.id();
    const done = this.#annotate({ op: 'comment.open', id, ...this.#place(range), text, audience });
    if (done) this.focus(id);
    return done ? id : '';
  }

  /** Marks a range as a fact to be checked and gives the occurrence's id; empty when it may not be. */
  markFact(range: Range, fact: { type: ClaimType; check: string; audience: Audience }): string {
    const id = this.id();
    const place = this.#place(range);
    const claim = { id: this.id(), type: fact.type, text: place.quote.exact, check: fact.check };
    const { audience } = fact;
    const done = this.#annotate({ op: 'occurrence.open', id, ...place, claim, audience });
    if (done) this.focus(id);
    return done ? id : '';
  }

  /** Changes a fact through one of its occurrences: sources, what to check, a verdict. Gives null once the server has taken it,
   *  or the sentence that says why not; nothing is shown before. */
  async changeFact(occurrenceId: string, change: AskedClaimChange): Promise<string | null> {
    const asked = JSON.stringify([occurrenceId, change]);
    // It may have arrived although its answer did not: the same again is the same change.
    if (this.#unanswered?.asked !== asked) this.#unanswered = { asked, key: this.id() };
    const { key } = this.#unanswered;
    const answer = await this.connection.changeClaim(occurrenceId, key, change);
    if (answer?.ok) this.#unanswered = null;
    if (answer === null) return refusal('UNAVAILABLE').message;
    return answer.ok ? null : answer.message;
  }

  /** Suggests other words for a range, whatever the mode; gives the suggestion's id, or null with a sentence. */
  suggest({ from, to }: Range, replacement: string, reason: string): string | null {
    if (this.phase !== 'ready' || !may(this.standing, 'suggest')) {
      this.tell(refusal('READ_ONLY').message);
      return null;
    }
    const { tr } = this.state;
    if (replacement) tr.insertText(replacement, from, to);
    else tr.delete(from, to);
    const result = this.text.suggest(tr, reason);
    if ('refused' in result) {
      this.tell(result.refused);
      return null;
    }
    this.focus(result.id);
    return result.id;
  }

  /** Puts `words` into many places at once, by the mode: suggestions, one for each place, or an edit. Gives where they stand now;
   *  nothing, with a sentence, when the text may not be changed. */
  replace(places: readonly Place[], words: string): readonly Range[] {
    if (this.phase !== 'ready' || this.line.ended) {
      this.tell(refusal('NOT_SIGNED_IN').message);
      return [];
    }
    if (this.mode === 'read') {
      this.tell(sessionWords.readMode);
      return [];
    }
    if (this.view === 'original') {
      this.tell(asFiledIsForReading);
      return [];
    }
    const { ranges, events, kept } = this.text.replace(places, words, this.mode);
    if (ranges.length === 0 && kept !== null) this.tell(kept);
    else if (places.length > 1 && ranges.length > 0)
      this.tell(replacedInWords(ranges.length, this.mode), () => this.#takeBack(events));
    return ranges;
  }

  /** Undoes these events when they are the newest of this person's. */
  #takeBack(events: readonly number[]): void {
    const isNewest = (): boolean => events.includes(this.text.newestEvent ?? 0);
    if (!isNewest()) this.tell(sessionWords.changedSince);
    while (isNewest()) if (!this.text.turn('undo')) break;
    this.changed();
  }

  /** Answers under a comment, a fact or a suggestion. */
  reply(on: string, text: string): void {
    this.#annotate({ op: 'reply', id: this.id(), on, text });
  }

  /** Changes the words of an own note (`id === on`) or of an own reply on it. */
  editText(on: string, id: string, text: string): void {
    this.#annotate({ op: 'edit', id, on, text });
  }

  /** Gives a detached note the words it is about. */
  place(on: string, range: Range): void {
    if (this.#annotate({ op: 'place', on, ...this.#place(range) })) this.focus(on);
  }

  resolve(on: string): void {
    this.#settle(on, 'resolve', sessionWords.resolved, () => this.reopen(on));
  }

  reopen(on: string): void {
    if (this.#annotate({ op: 'reopen', on })) this.focus(on);
  }

  remove(on: string): void {
    const kind = this.review.comments.has(on) ? 'comment' : 'fact';
    this.#settle(on, 'delete', sessionWords.deleted[kind], () => this.restore(on));
  }

  restore(on: string): void {
    if (this.#annotate({ op: 'restore', on })) this.focus(on);
  }

  #settle(on: string, op: 'resolve' | 'delete', said: string, undo: () => void): void {
    const order = openAnnotations(this.review).map(({ id }) => id);
    if (!this.#annotate({ op, on })) return;
    this.tell(said, undo);
    if (this.focused === on) this.goOn([on], order);
  }

  /** Accepts suggestions. The text changes when the server has decided. */
  accept(ids: readonly string[]): void {
    this.#decide(ids, 'accept');
  }

  /** Refuses suggestions: what stands, stands. For the own ones this takes them back. */
  stet(ids: readonly string[]): void {
    this.#decide(ids, 'reject');
  }

  #decide(all: readonly string[], verdict: 'accept' | 'reject'): void {
    const ids = all.filter((id) => !this.deciding.has(id));
    if (ids.length === 0) return;
    if (ids.some((id) => this.review.suggestions.get(id)?.status !== 'pending')) {
      this.tell(refusal('ALREADY_DECIDED').message);
      return;
    }
    if (!this.#annotate({ op: 'decide', ids, verdict }, 'decide')) return;
    for (const id of ids) this.deciding.add(id);
    this.changed();
  }

  /** What is decided together with a suggestion: the page shows some of them as one. */
  together: (id: string, verdict: 'accept' | 'stet') => readonly string[] = (id) => [id];

  /** Decides the focused suggestion from the keyboard; false when there is none, or it came into focus just now. */
  decideFocused(verdict: 'accept' | 'stet'): boolean {
    const id = this.focused;
    if (id === null || this.review.suggestions.get(id)?.status !== 'pending') return false;
    if (Date.now() - this.focusedAt < readMs) return false;
    this.#decide(this.together(id, verdict), verdict === 'accept' ? 'accept' : 'reject');
    return true;
  }

  /** Takes back the decisions of a revision. */
  undecide(rev: number): void {
    this.#annotate({ op: 'undecide', rev }, 'decide');
  }

  // The tray of what could not be placed.

  /** Puts text from the tray in at the caret, as a suggestion or an edit by the mode. */
  takeBackUnplaced(index: number): void {
    const text = this.text.copy?.unplaced[index]?.text;
    if (text === undefined || this.mode === 'read') return;
    if (this.view === 'original') this.setView('marked');
    this.dispatch(this.state.tr.insertText(text).scrollIntoView());
    this.dropUnplaced(index);
  }

  /** Puts words in the tray that have lost what they were about. */
  keepWords(text: string): void {
    const { copy } = this.text;
    if (!copy) return;
    copy.unplaced = [...copy.unplaced, { i: 0, why: 'gone', text }];
    this.unsavedChanged();
  }

  /** Puts text from the tray away for good. */
  dropUnplaced(index: number): void {
    const { copy } = this.text;
    if (!copy) return;
    copy.unplaced = copy.unplaced.filter((_, i) => i !== index);
    this.unsavedChanged();
  }
}
