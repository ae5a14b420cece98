/** A connection without a network: it speaks to a real room on a memory store, and loses what a test tells it to lose. */
import { TextSelection } from 'prosemirror-state';
import { vi } from 'vitest';
import type { Role } from '#core/annotate/audience.ts';
import type { Person } from '#core/annotate/annotation.ts';
import type { AskedCommit, Commit } from '#core/sync/commit.ts';
import { refusal, type ErrorCode } from '#core/sync/error.ts';
import type { Standing } from '#core/sync/policy.ts';
import { projectCommit, projectReview } from '#core/sync/project.ts';
import type { Joined, Peer } from '#core/sync/protocol.ts';
import { apply, reviewFromJson, reviewToJson, type ReviewJson } from '#core/sync/review.ts';
import { ArticleSession } from '#web/session/article-session.ts';
import { digest } from '#core/sync/digest.ts';
import { TakenOver, type Copy, type Device, type Kept } from '#web/session/device.ts';
import type { Answer, Connection, ConnectionEvents } from '#web/session/connection.ts';
import type { Desk } from '#tests/sync/simulation.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export class Wire implements Connection {
  connected = false;
  /** The server is out of reach from the beginning. */
  cut = false;
  /** Every commit that was sent, as it went out. */
  readonly sent: string[] = [];
  /** How many of the next answers to commits get lost after the server has acted. */
  deaf = 0;
  /** Refuse to let anybody in who comes now. */
  static refuseOthers: ErrorCode | null = null;
  /** Refuse to let this reader in. */
  refuseJoin: ErrorCode | null = null;
  /** Refuse the next commits with these codes instead of passing them on. */
  refuseWith: ErrorCode[] = [];
  /** Frames wait here while set. */
  keepFrames = false;
  readonly frames: Commit[][] = [];
  readonly told: Parameters<Connection['presence']>[0][] = [];
  private events: ConnectionEvents | null = null;
  private stopListening: (() => void) | null = null;
  private clientId = '';
  readonly desk: Desk;
  readonly me: Person;
  readonly standing: Standing;

  constructor(desk: Desk, id: string, role: Role) {
    this.desk = desk;
    this.me = { id, name: `${id} person`, role, color: 0 };
    this.standing = {
      userId: id,
      role,
      stage: 'desk',
      member: true,
      restricted: false,
      writer: false,
    };
  }

  open(events: ConnectionEvents): void {
    this.events = events;
    if (this.cut) this.down();
    else this.up();
  }

  up(): void {
    this.connected = true;
    this.events?.up();
  }

  down(): void {
    this.connected = false;
    this.stopListening?.();
    this.stopListening = null;
    this.events?.down();
  }

  presenceOf(peers: Peer[]): void {
    this.events?.presence(peers);
  }

  resync(): void {
    this.events?.resync('test');
  }

  /** Lets the frames that waited through. */
  deliver(): void {
    this.keepFrames = false;
    for (const frame of this.frames.splice(0)) this.events?.commits(frame);
  }

  private get reader(): { id: string; role: Role } {
    return { id: this.me.id, role: this.me.role };
  }

  private json(review: Parameters<typeof reviewToJson>[0]): ReviewJson {
    return copy({ ...reviewToJson(projectReview(review, this.reader)), people: [this.me] });
  }

  async join(asked: { clientId: string; have?: { rev: number } }): Promise<Answer<Joined>> {
    const room = await this.desk.room();
    if (!this.connected) return null;
    const no = this.refuseJoin ?? Wire.refuseOthers;
    if (no) return refusal(no);
    this.clientId = asked.clientId;
    this.stopListening?.();
    this.stopListening = room.onCommits((commits) => {
      const frame = copy(commits.map((commit) => projectCommit(commit, this.reader)));
      if (this.keepFrames) this.frames.push(frame);
      else queueMicrotask(() => this.events?.commits(frame));
    });
    const missed = asked.have ? await room.since(asked.have.rev) : null;
    return copy({
      ok: true as const,
      rev: room.review.rev,
      ...(missed ? { commits: missed } : { review: this.json(room.review) }),
      facts: { claims: [], sources: [] },
      lastSeq: await room.lastSeq(this.clientId),
      me: this.me,
      standing: this.standing,
      peers: [],
      serverTime: this.desk.now(),
    });
  }

  async commit(commit: AskedCommit): ReturnType<Connection['commit']> {
    if (!this.connected) return null;
    this.sent.push(JSON.stringify(commit));
    const code = this.refuseWith.shift();
    if (code) return refusal(code);
    const room = await this.desk.room();
    const answer = await room.commit(copy(commit), this.standing);
    if (this.deaf > 0) {
      this.deaf--;
      return null;
    }
    return answer;
  }

  async since(rev: number, steps: boolean): ReturnType<Connection['since']> {
    if (!this.connected) return null;
    const room = await this.desk.room();
    const found = steps ? await room.page(rev) : await room.since(rev);
    if (!found) return { ok: true, review: this.json(room.review) };
    const commits = copy(found.map((commit) => projectCommit(commit, this.reader)));
    return { ok: true, commits, more: rev + commits.length < room.review.rev };
  }

  audit = async (rev: number, hash: string): ReturnType<Connection['audit']> => {
    if (!this.connected) return null;
    const { review } = await this.desk.room();
    if (review.rev !== rev) return { ok: true, agrees: null };
    return { ok: true, agrees: digest(JSON.stringify(review.doc)) === hash };
  };

  changeClaim(): Promise<Answer<{ version: number }>> {
    return Promise.resolve(null);
  }

  presence(where: Parameters<Connection['presence']>[0]): void {
    this.told.push(where);
  }

  close(): void {
    this.down();
  }
}

/** The device's storage; a tab that was closed has let go of its name. What is written is there only after a moment. */
export class Drawer {
  readonly kept = new Map<string, string>();
  private readonly holders = new Map<string, string>();
  private readonly names = new Set<string>();
  private readonly copies = new Map<string, string[]>();
  private readonly commits = new Map<string, string>();
  /** Every writing is refused with this, while it is set. */
  refuses: Error | null = null;
  /** Whose a piece of work is, is looked at when it is written. */
  knowsOwners = true;
  private tabs = 0;

  /** The device as one more tab has it. `kill` lets go of its names and of everything it was about to write. */
  get tab(): Device & { kill(): void } {
    const holder = `tab ${this.tabs++}`;
    const held: string[] = [];
    let dead = false;
    const take = (name: string): boolean => {
      if (this.names.has(name)) return false;
      this.names.add(name);
      held.push(name);
      return true;
    };
    const pause = async (): Promise<void> => {
      await Promise.resolve();
      if (dead) await new Promise(() => undefined);
      if (this.refuses) throw this.refuses;
    };
    const letGo = (): void => held.splice(0).forEach((name) => this.names.delete(name));
    const mine = (articleId: string, userId: string): Kept[] =>
      [...this.kept.values()]
        .map((json) => JSON.parse(json) as Kept)
        .filter((work) => work.articleId === articleId && work.userId === userId);
    return {
      hold: async (clientId) => void take(clientId),
      write: async ({ clientId, userId, articleId, commits, kept }) => {
        await pause();
        const owner = this.holders.get(clientId);
        if (this.knowsOwners && owner !== undefined && owner !== holder) throw new TakenOver();
        for (const commit of commits)
          this.commits.set(`${userId} ${articleId} ${commit.rev}`, JSON.stringify(commit));
        if (kept) {
          this.kept.set(clientId, JSON.stringify(kept));
          this.holders.set(clientId, holder);
        } else {
          this.kept.delete(clientId);
          this.holders.delete(clientId);
        }
      },
      claim: async (articleId, userId) => {
        await pause();
        for (const work of mine(articleId, userId)) {
          if (this.holders.get(work.clientId) === holder || !take(work.clientId)) continue;
          this.holders.set(work.clientId, holder);
          return work;
        }
        return null;
      },
      unsent: async (articleId, userId) => mine(articleId, userId),
      keepCopy: async (whole) => {
        await pause();
        const key = `${whole.userId} ${whole.articleId}`;
        this.copies.set(key, [...(this.copies.get(key) ?? []), JSON.stringify(whole)]);
      },
      copy: async (userId, articleId, rev = Infinity) => {
        await pause();
        const found = (this.copies.get(`${userId} ${articleId}`) ?? [])
          .map((json) => JSON.parse(json) as Copy)
          .findLast(({ review }) => review.rev <= rev);
        if (!found) return null;
        let review = reviewFromJson(found.review);
        for (let at = review.rev + 1; at <= rev; at++) {
          const commit = this.commits.get(`${userId} ${articleId} ${at}`);
          if (commit === undefined) break;
          review = apply(review, JSON.parse(commit) as Commit);
        }
        if (rev !== Infinity && review.rev !== rev) return null;
        return { ...found, review: reviewToJson(review) };
      },
      dropCopy: async (userId, articleId) => {
        this.copies.delete(`${userId} ${articleId}`);
        for (const key of this.commits.keys())
          if (key.startsWith(`${userId} ${articleId} `)) this.commits.delete(key);
      },
      makeRoom: async () => undefined,
      close: letGo,
      kill: () => {
        dead = true;
        letGo();
      },
    };
  }

  copiesOf(userId: string, articleId: string): string[] {
    return this.copies.get(`${userId} ${articleId}`) ?? [];
  }

  /** Whether an article is kept for a person. */
  has(userId: string, articleId: string): boolean {
    return this.copies.has(`${userId} ${articleId}`);
  }
}

let sittings = 0;

/** A session of one person on the desk's article, ready to type. Needs fake timers. */
export async function sitDown(
  desk: Desk,
  id: string,
  role: Role,
  device: Device | null = null,
  /** Before the session opens: cut the line, say. */
  prepare: (wire: Wire) => void = () => undefined,
): Promise<{ session: ArticleSession; wire: Wire }> {
  const wire = new Wire(desk, id, role);
  prepare(wire);
  // The first line is this one; a session that helps another tab's work has one of its own.
  let lines = 0;
  const name = `${id}${sittings++}`;
  let count = 0;
  const session = ArticleSession.open('a1', {
    userId: id,
    connect: () => (lines++ === 0 ? wire : new Wire(desk, id, role)),
    device,
    id: () => `${name}-${String(count++).padStart(8, '0')}`,
  });
  await vi.advanceTimersByTimeAsync(1);
  return { session, wire };
}

/** Selects the first occurrence of `text` in the shown article. */
export function select(session: ArticleSession, text: string): { from: number; to: number } {
  const { doc } = session.state;
  let from = -1;
  doc.descendants((node, pos) => {
    const at = node.isTextblock ? node.textContent.indexOf(text) : -1;
    if (from < 0 && at >= 0) from = pos + 1 + at;
    return false;
  });
  if (from < 0) throw new Error(`“${text}” is not in the article.`);
  const range = { from, to: from + text.length };
  session.dispatch(session.state.tr.setSelection(TextSelection.create(doc, range.from, range.to)));
  return range;
}

/** Types letter by letter over the selection, as a keyboard does. */
export function type(session: ArticleSession, text: string): void {
  for (const letter of text) session.dispatch(session.state.tr.insertText(letter));
}
