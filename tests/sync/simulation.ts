/** Several people on one article over a bad network, all in one process: real rooms and working copies, only the wire is simulated. */
import { Transform } from 'prosemirror-transform';
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { AskedOp } from '#core/annotate/op.ts';
import { quoteAt } from '#core/annotate/quote.ts';
import { carry } from '#core/suggest/carry.ts';
import { track } from '#core/suggest/track.ts';
import type { Commit, Intent } from '#core/sync/commit.ts';
import type { Standing } from '#core/sync/policy.ts';
import { projectCommit, projectReview } from '#core/sync/project.ts';
import { reviewFromJson, reviewToJson } from '#core/sync/review.ts';
import { touchedStet } from '#core/sync/stet.ts';
import { WorkingCopy } from '#core/sync/working-copy.ts';
import type { Room } from '#server/review/room.ts';
import { Rooms } from '#server/review/rooms.ts';
import { MemoryStore } from '#server/store/memory.ts';

export const start = (...paragraphs: string[]): Node =>
  schema.node('doc', null, [
    schema.node('headline', null, [schema.text('Headline')]),
    ...paragraphs.map((text) => schema.node('block', null, text ? [schema.text(text)] : [])),
  ]);

/** A server with one article in a memory store. The clock ticks a second a call. */
export class Desk {
  readonly store = new MemoryStore();
  readonly failures: string[] = [];
  rooms: Rooms;
  private ticks = 0;

  private constructor() {
    this.rooms = this.openRooms();
  }

  static async open(doc: Node): Promise<Desk> {
    const desk = new Desk();
    await desk.store.createArticle({
      info: { id: 'a1', language: 'en', stage: 'desk' },
      doc,
      importFlags: [],
      createdBy: 'system',
      at: desk.now(),
    });
    return desk;
  }

  now(): string {
    return new Date(Date.UTC(2026, 0, 1) + 1000 * this.ticks++).toISOString();
  }

  private openRooms(): Rooms {
    return new Rooms({
      store: this.store,
      now: () => this.now(),
      hash: (text) => String(text.length),
      log: {
        info: () => undefined,
        warn: (_what, message) => void this.failures.push(message),
        error: (what, message) =>
          void this.failures.push(`${message} ${String((what as { err?: Error }).err?.stack)}`),
      },
    });
  }

  async room(): Promise<Room> {
    const room = await this.rooms.room('a1');
    if (!room) throw new Error('The article is gone.');
    return room;
  }

  /** Forgets everything in memory, as a killed process does. */
  async kill(): Promise<void> {
    this.rooms = this.openRooms();
    await this.room();
  }
}

/** One tab of one person. Frames wait in `inbox` until delivered; anything may be lost or come twice. */
export class Tab {
  readonly standing: Standing;
  readonly desk: Desk;
  readonly clientId: string;
  copy: WorkingCopy;
  inbox: Commit[][] = [];
  refusals: string[] = [];
  private event = 0;
  private ids = 0;

  constructor(desk: Desk, room: Room, userId: string, role: Role) {
    this.desk = desk;
    this.clientId = `client-${userId}`;
    this.standing = { userId, role, stage: 'desk', member: true, restricted: false, writer: false };
    const json = JSON.stringify(reviewToJson(projectReview(room.review, this.reader)));
    this.copy = new WorkingCopy(reviewFromJson(JSON.parse(json)), {
      clientId: this.clientId,
      userId,
      nextSeq: 1,
    });
  }

  get reader(): { id: string; role: Role } {
    return { id: this.standing.userId, role: this.standing.role };
  }

  get doc(): Node {
    return this.copy.shown.doc;
  }

  newId(): string {
    return `${this.standing.userId}${this.ids++}`;
  }

  /** Does a plain edit, directly or as a suggestion. */
  edit(make: (tr: Transform) => void, intent: Intent = 'edit', newEvent = true): void {
    const before = this.doc;
    const tr = new Transform(before);
    make(tr);
    if (tr.steps.length === 0) return;
    if (newEvent) this.event++;
    const how = { intent, event: this.event, at: this.desk.now() };
    if (intent !== 'suggest') {
      // As the editor does: a direct edit takes no suggestion with it.
      for (const step of carry(before, tr)) tr.step(step);
      this.copy.record(tr.steps, tr.docs, how);
      return;
    }
    const rows = this.copy.shown.suggestions;
    const tracked = track(before, tr, this.standing.userId, {
      idFor: (nearby) =>
        nearby.find(({ id }) => rows.get(id)?.status === 'pending')?.id ?? this.newId(),
    });
    if ('refused' in tracked) return;
    const steps = new Transform(before);
    for (const step of tracked.steps) steps.step(step);
    // As the editor does: words that somebody kept are left alone.
    if (touchedStet(this.copy.shown, steps.doc, steps.mapping, Infinity)) return;
    this.copy.record(steps.steps, steps.docs, how);
    for (const id of tracked.newIds)
      this.copy.annotate(
        { op: 'suggestion.open', id, reason: '', category: '' },
        'suggest',
        how.at,
      );
  }

  comment(from: number, to: number, audience: 'all' | 'desk' = 'all'): string {
    const id = this.newId();
    const quote = quoteAt(this.doc, from, to);
    this.annotate({ op: 'comment.open', id, from, to, quote, text: `note ${id}`, audience });
    return id;
  }

  annotate(op: AskedOp, intent: Intent = 'annotate'): void {
    this.copy.annotate(op, intent, this.desk.now());
  }

  undo(): boolean {
    return this.copy.undo(new Transform(this.doc), this.desk.now());
  }

  redo(): boolean {
    return this.copy.redo(new Transform(this.doc), this.desk.now());
  }

  /** Sends the next commit, or again the one without an answer. `lost`: the request never arrives; `deaf`: the answer is lost. */
  async send(fate: 'fine' | 'lost' | 'deaf' = 'fine'): Promise<void> {
    const commit = this.copy.unanswered ?? this.copy.nextCommit();
    if (!commit || fate === 'lost') return;
    const room = await this.desk.room();
    const answer = await room.commit(JSON.parse(JSON.stringify(commit)), this.standing);
    if (fate === 'deaf' || answer.ok) return;
    this.refusals.push(`${commit.intent} ${answer.code}`);
    if (!answer.retryable) this.copy.refuse(new Transform(this.doc), this.desk.now());
  }

  /** Asks for what is missing and takes it in, frames cut after own commits. */
  async catchUp(): Promise<void> {
    const room = await this.desk.room();
    const commits = await room.since(this.copy.confirmed.rev);
    if (!commits) throw new Error('Too far behind for this test.');
    this.take(commits.map((commit) => projectCommit(commit, this.reader)));
  }

  /** Takes in one frame: what is known already is skipped, a gap is asked for. */
  async deliver(frame: readonly Commit[]): Promise<void> {
    const rest = frame.filter((commit) => commit.rev > this.copy.confirmed.rev);
    if (rest.length === 0) return;
    if (rest[0]?.rev !== this.copy.confirmed.rev + 1) await this.catchUp();
    else this.take(rest);
  }

  private take(commits: readonly Commit[]): void {
    let part: Commit[] = [];
    for (const commit of commits) {
      part.push(JSON.parse(JSON.stringify(commit)) as Commit);
      if (commit.clientId !== this.clientId) continue;
      this.copy.receive(new Transform(this.doc), part, this.desk.now());
      part = [];
    }
    if (part.length > 0) this.copy.receive(new Transform(this.doc), part, this.desk.now());
  }

  /** Sends and takes in everything until nothing waits. */
  async settle(): Promise<void> {
    this.inbox = [];
    for (let round = 0; round < 500; round++) {
      await this.catchUp();
      if (this.copy.unsent === 0) return;
      await this.send();
    }
    throw new Error('This tab does not come to rest.');
  }
}
