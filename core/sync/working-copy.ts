/** The client's half of concurrent editing: an article as this tab sees it, its own changes that are not confirmed yet,
 *  and the undoing of own changes only. It is moved through transforms, so that an editor's selection travels along. */
import type { Node } from 'prosemirror-model';
import { Step, type Mapping, type StepMap, type Transform } from 'prosemirror-transform';
import { schema } from '#core/article/schema.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { adapt } from '#core/suggest/adapt.ts';
import { exactInverse } from '#core/suggest/exact.ts';
import type { AskedCommit, Commit, Dropped, Intent, StepJson } from '#core/sync/commit.ts';
import { mirrors } from '#core/sync/mirror.ts';
import { mapStep, textOfStep } from '#core/sync/map-step.ts';
import {
  mapOp,
  place,
  type KeptChange,
  type KeptChanges,
  type Pending,
  type PendingStep,
} from '#core/sync/pending.ts';
import { OwnHistory, type UndoItem } from '#core/sync/own-history.ts';
import { tryApply } from '#core/sync/rebase.ts';
import { apply, applyChange, type Review } from '#core/sync/review.ts';

export interface WorkingCopyOptions {
  clientId: string;
  userId: string;
  /** The first commit number to use. */
  nextSeq: number;
}

const maxStepsPerCommit = 20;
/** A commit is closed once it holds about this much JSON, so that a few large pastes do not make one that is too large to take. */
const fullCommitSize = 60_000;

/** Mapping.setMirror exists but is left out of the library's types. */
function setMirror(mapping: Mapping, n: number, m: number): void {
  (mapping as Mapping & { setMirror(n: number, m: number): void }).setMirror(n, m);
}

export class WorkingCopy {
  readonly clientId: string;
  readonly userId: string;
  readonly history = new OwnHistory();
  /** The review as the log has it. */
  confirmed: Review;
  /** The review with the own unconfirmed changes on it: what the screen shows. */
  shown: Review;
  /** Text of own steps that could not be placed after other people's changes. */
  unplaced: Dropped[] = [];
  private pending: Pending[] = [];
  private inFlight: AskedCommit | null = null;
  private nextSeq: number;
  private groups = 0;

  constructor(review: Review, options: WorkingCopyOptions) {
    this.confirmed = review;
    this.shown = review;
    this.clientId = options.clientId;
    this.userId = options.userId;
    this.nextSeq = options.nextSeq;
  }

  /** How many own changes the log does not hold yet. */
  get unsent(): number {
    return this.pending.length;
  }

  /** The newest commit number used. */
  get lastSeq(): number {
    return this.nextSeq - 1;
  }

  /** Records steps that were just applied locally; `docs[i]` is the document step i applied to.
   *  `event` groups steps into one undo; steps of one event merge while they are unsent. */
  record(
    steps: readonly Step[],
    docs: readonly Node[],
    how: { intent: Intent; event: number; at: string },
  ): void {
    const { intent, event, at } = how;
    const group = ++this.groups;
    steps.forEach((step, i) => {
      const before = docs[i];
      if (!before) throw new RangeError('Each step needs the document it applied to.');
      if (steps.length > 1 || !this.mergeIntoLast(step, intent, event)) {
        const item = this.history.add(step, before, event);
        const exact = exactInverse(step, before);
        const { rev: seen } = this.confirmed;
        const made = { kind: 'step', intent, step, exact, before, item, group } as const;
        this.pending.push({ ...made, seen, sent: null });
      }
    });
    this.show({ steps, ops: [], intent, at });
  }

  private mergeIntoLast(step: Step, intent: Intent, event: number): boolean {
    const last = this.pending.at(-1);
    if (last?.kind !== 'step' || last.sent || last.intent !== intent) return false;
    const item = last.item;
    if (!item || !this.history.isNewest(item, event)) return false;
    const merged = last.step.merge(step);
    if (!merged) return false;
    last.step = merged;
    last.exact = exactInverse(merged, last.before);
    this.history.replaceNewest(item, merged, last.before);
    return true;
  }

  /** Adds an annotation operation. Decisions are not applied here: their author waits for the log. */
  annotate(op: AskedOp, intent: Intent, at: string): void {
    this.pending.push({ kind: 'op', intent, op, sent: null });
    this.show({ steps: [], ops: [op], intent, at });
  }

  private show(change: {
    steps: readonly Step[];
    ops: readonly AskedOp[];
    intent: Intent;
    at: string;
  }): void {
    const ops = change.ops.flatMap((op) => {
      if (op.op === 'decide' || op.op === 'undecide') return [];
      const audience = 'audience' in op ? op.audience : ('all' as const);
      return [{ ...op, audience }];
    });
    const base = { rev: this.shown.rev, userId: this.userId, at: change.at, intent: change.intent };
    this.shown = applyChange(this.shown, { ...base, steps: change.steps, ops: [] });
    for (const op of ops) {
      try {
        this.shown = applyChange(this.shown, { ...base, steps: [], ops: [op] });
      } catch (error) {
        // Its note went away in the meantime; the server will say so.
        if (!(error instanceof RangeError)) throw error;
      }
    }
  }

  /** The next commit to send, or null while one is on its way or nothing waits. A commit has one intent, steps first, operations after. */
  nextCommit(): AskedCommit | null {
    if (this.inFlight) return null;
    const first = this.pending[0];
    if (!first) return null;
    const batch: Pending[] = [];
    let size = 0;
    for (const entry of this.pending) {
      // A decision travels alone: the server builds its steps on the head.
      const most = first.intent === 'decide' ? 1 : maxStepsPerCommit;
      const full = batch.length >= most || size > fullCommitSize;
      const last = batch.at(-1);
      // A suggestion's row is opened by the commit that brings its steps, however many they are.
      const inside =
        entry.kind === 'step'
          ? last?.kind === 'step' && last.group === entry.group
          : entry.op.op === 'suggestion.open';
      const afterOp = entry.kind === 'step' && last?.kind === 'op';
      if ((full && !inside) || afterOp || entry.intent !== first.intent) break;
      batch.push(entry);
      size += JSON.stringify(entry.kind === 'step' ? entry.step : entry.op).length;
    }
    const seq = this.nextSeq++;
    const steps: StepJson[] = [];
    const ops: AskedOp[] = [];
    for (const entry of batch) {
      if (entry.kind === 'step') {
        entry.sent = { seq, i: steps.length };
        steps.push(entry.step.toJSON() as StepJson);
      } else {
        entry.sent = { seq };
        ops.push(entry.op);
      }
    }
    const { clientId } = this;
    const base = this.confirmed.rev;
    const seen = Math.min(
      base,
      ...batch.flatMap((entry) => (entry.kind === 'step' ? [entry.seen] : [])),
    );
    const when = seen < base ? { base, seen } : { base };
    this.inFlight = { clientId, seq, ...when, intent: first.intent, steps, ops };
    return this.inFlight;
  }

  /** The commit on its way, to be sent again word for word when its answer is missing. */
  get unanswered(): AskedCommit | null {
    return this.inFlight;
  }

  /** The maps of the own unconfirmed steps: from the confirmed document to the shown one. */
  get pendingMaps(): StepMap[] {
    return this.pending.flatMap((entry) => (entry.kind === 'step' ? [entry.step.getMap()] : []));
  }

  /** What the log does not hold yet, in a form that can be kept on the device; see `restore`. */
  get kept(): KeptChanges {
    const changes = this.pending.map((entry): KeptChange => {
      const { intent } = entry;
      if (entry.kind === 'op') return { intent, sent: entry.sent, op: entry.op };
      const step = entry.step.toJSON() as StepJson;
      return { intent, sent: entry.sent, step, group: entry.group, seen: entry.seen };
    });
    return { base: this.confirmed.rev, lastSeq: this.lastSeq, inFlight: this.inFlight, changes };
  }

  /** Takes kept changes up again, on a copy of the very revision they were kept at and with nothing of its own yet.
   *  Throws RangeError when they do not fit it. */
  restore(kept: KeptChanges, at: string): void {
    if (this.pending.length > 0 || this.confirmed.rev !== kept.base)
      throw new RangeError('Kept changes go on a fresh copy of their own revision.');
    for (const change of kept.changes) {
      const { intent } = change;
      if ('op' in change) {
        this.pending.push({ kind: 'op', intent, op: change.op, sent: change.sent });
        this.show({ steps: [], ops: [change.op], intent, at });
        continue;
      }
      const { group, sent, seen = kept.base } = change;
      const step = Step.fromJSON(schema, change.step);
      const before = this.shown.doc;
      const exact = exactInverse(step, before);
      this.show({ steps: [step], ops: [], intent, at });
      const item = this.history.add(step, before, -group);
      this.pending.push({ kind: 'step', intent, step, exact, before, item, group, seen, sent });
      this.groups = Math.max(this.groups, group);
    }
    this.inFlight = kept.inFlight;
    this.nextSeq = kept.lastSeq + 1;
  }

  /** The server cannot place the commit on its way, because its base is too old: its changes wait again, for a commit at the present revision. */
  giveBack(): void {
    this.inFlight = null;
    for (const entry of this.pending) entry.sent = null;
  }

  /** The server refused the commit on its way: its changes leave the document, and their text goes to `unplaced`. */
  refuse(tr: Transform, at: string): void {
    const refused = this.inFlight;
    if (!refused) return;
    this.inFlight = null;
    this.move(tr, at, [], (entry) => {
      if (entry.sent?.seq !== refused.seq) return false;
      if (entry.kind === 'step') {
        const text = textOfStep(entry.step);
        if (text) this.unplaced.push({ i: 0, why: 'fit', text });
      }
      return true;
    });
  }

  /** Takes in commits of the log, which must follow the confirmed revision. `tr` stands at the local document and is moved on.
   *  Call it once for every frame: [foreign…, own] and then what follows. */
  receive(tr: Transform, commits: readonly Commit[], at: string): void {
    const own = commits.find((commit) => commit.clientId === this.clientId);
    const echoed = own && this.inFlight?.seq === own.seq ? own : null;
    if (echoed) {
      this.inFlight = null;
      for (const dropped of echoed.dropped) if (dropped.text) this.unplaced.push(dropped);
    }
    if (echoed && commits.length === 1 && this.confirmAsSent(echoed, at)) return;
    this.move(tr, at, commits, (entry) => echoed !== null && entry.sent?.seq === echoed.seq);
  }

  /** The short way for the echo that nearly every keystroke has: the log took the own commit just as this copy holds it, with
   *  nobody's in front. Neither the document nor what undo knows changes then, and nothing need be rolled back. What was sent
   *  are always the first own changes. False when the log holds something else. */
  private confirmAsSent(commit: Commit, at: string): boolean {
    const isSent = (entry: Pending): boolean => entry.sent?.seq === commit.seq;
    const sent = this.pending.flatMap((entry) =>
      entry.kind === 'step' && isSent(entry) ? [entry] : [],
    );
    const asSent =
      commit.dropped.length === 0 &&
      sent.length === commit.steps.length &&
      sent.every(
        (entry, k) =>
          entry.sent?.i === commit.origins[k] &&
          JSON.stringify(entry.step) === JSON.stringify(commit.steps[k]),
      );
    if (!asSent) return false;
    this.confirmed = apply(this.confirmed, commit);
    this.showPending(
      this.pending.filter((entry) => !isSent(entry)),
      at,
    );
    return true;
  }

  /** Rolls every own step back, applies the commits, and puts back the own steps that are not `done` with. */
  private move(
    tr: Transform,
    at: string,
    commits: readonly Commit[],
    done: (entry: Pending) => boolean,
  ): void {
    const start = tr.steps.length;
    const history = this.history;
    const rolled: { entry: PendingStep; at: number; logAt: number }[] = [];
    for (const entry of this.pending.toReversed())
      if (entry.kind === 'step') {
        rolled.push({ entry, at: tr.steps.length, logAt: history.log.length });
        tr.step(entry.exact);
        history.follow(entry.exact.getMap(), entry.item);
      }
    // A step that fell apart in an earlier rebase has several local parts under one tag.
    const twinsOf = (seq: number, i: number): typeof rolled =>
      rolled.filter(({ entry }) => entry.sent?.seq === seq && entry.sent.i === i);

    for (const commit of commits) {
      this.confirmed = apply(this.confirmed, commit);
      const own = commit.clientId === this.clientId;
      let parts: { step: Step; before: Node }[] = [];
      commit.steps.forEach((json, k) => {
        const step = Step.fromJSON(schema, json);
        const origin = commit.origins[k] ?? -1;
        const isLast = commit.origins[k + 1] !== origin;
        // An own echo may have no local twin: the local rebase dropped what the server kept.
        const twins = own ? twinsOf(commit.seq, origin) : [];
        parts.push({ step, before: tr.doc });
        this.put(tr, step, isLast ? twins[0] : undefined);
        if (!isLast) return;
        const [item, ...others] = twins.flatMap(({ entry }) => entry.item ?? []);
        if (item) history.returned(item, parts);
        for (const other of others) history.returned(other, []);
        parts = [];
      });
      // What the server dropped was not done, so there is nothing to take back.
      const done = new Set(commit.origins);
      for (const { entry } of own ? rolled : [])
        if (entry.item && entry.sent?.seq === commit.seq && !done.has(entry.sent.i))
          history.returned(entry.item, []);
    }

    const kept: Pending[] = [];
    let passed = 0;
    const total = rolled.length;
    for (const entry of this.pending) {
      if (entry.kind === 'op') {
        // Its positions are those after the own steps before it, so it does not pass the later ones.
        const mapping = tr.mapping.slice(start + total - passed);
        if (!done(entry)) kept.push({ ...entry, op: mapOp(entry.op, mapping) });
        continue;
      }
      const twin = rolled[total - 1 - passed++];
      if (done(entry) || !twin) continue;
      const { placed, why } = place(entry.step, tr.mapping.slice(twin.at + 1), tr.doc);
      placed.forEach(({ step }, k) =>
        this.put(tr, step, k === placed.length - 1 ? twin : undefined),
      );
      const items = entry.item ? history.returned(entry.item, placed) : [];
      placed.forEach(({ step, before }, k) => {
        const exact = exactInverse(step, before);
        kept.push({ ...entry, step, before, item: items[k] ?? null, exact });
      });
      const text = placed.length === 0 && !entry.sent ? textOfStep(entry.step) : '';
      if (text) this.unplaced.push({ i: 0, why, text });
    }
    this.showPending(kept, at);
  }

  /** Goes on with these unconfirmed changes, which stand on the confirmed review. */
  private showPending(pending: Pending[], at: string): void {
    this.pending = pending;
    this.shown = this.confirmed;
    for (const entry of this.pending)
      this.show(
        entry.kind === 'step'
          ? { steps: [entry.step], ops: [], intent: entry.intent, at }
          : { steps: [], ops: [entry.op], intent: entry.intent, at },
      );
  }

  private put(tr: Transform, step: Step, twin: { at: number; logAt: number } | undefined): void {
    tr.step(step);
    const back = twin && tr.mapping.maps[twin.at];
    const fits = twin && back && mirrors(back, step.getMap()) ? twin : undefined;
    if (fits) setMirror(tr.mapping, fits.at, tr.steps.length - 1);
    this.history.follow(step.getMap(), null, fits?.logAt);
  }

  /** Takes back the newest own event that still stands, as steps on `tr`; false when there is none. They are recorded as own changes. */
  undo(tr: Transform, at: string): boolean {
    return this.turn(tr, at, this.history.undone, this.history.redone);
  }

  /** Puts back what undo took away last; false when there is nothing. */
  redo(tr: Transform, at: string): boolean {
    return this.turn(tr, at, this.history.redone, this.history.undone);
  }

  private turn(
    tr: Transform,
    at: string,
    from: OwnHistory['undone'],
    to: OwnHistory['undone'],
  ): boolean {
    for (let event = from.pop(); event; event = from.pop()) {
      const start = tr.steps.length;
      const group = ++this.groups;
      const turned: UndoItem[] = [];
      for (const item of event.items.toReversed()) {
        const candidates = mapStep(item.inverse, this.history.log.since(item.after), tr.doc);
        for (const candidate of candidates)
          for (const step of adapt(candidate, tr.doc)) {
            const before = tr.doc;
            if (!tryApply(step, before)) continue;
            tr.step(step);
            const of = candidates.length === 1 ? item : null;
            const next = this.history.turned(step, before, of);
            turned.push(next);
            const exact = exactInverse(step, before);
            this.pending.push({
              kind: 'step',
              intent: 'undo',
              step,
              exact,
              before,
              item: next,
              group,
              seen: this.confirmed.rev,
              sent: null,
            });
          }
      }
      const steps = tr.steps.slice(start);
      if (steps.length === 0) continue;
      to.push({ id: -1, items: turned });
      this.show({ steps, ops: [], intent: 'undo', at });
      return true;
    }
    return false;
  }
}
