// Somebody who writes in Galley, over the real protocol with an identity of their own, and carries their place over other
// people's changes without holding the document. Two hundred whole documents do not fit into one core.
import { io, type Socket } from 'socket.io-client';
import type { Commit } from '#core/sync/commit.ts';
import type { ClientEvents, ServerEvents } from '#core/sync/protocol.ts';
import {
  after,
  letterOf,
  type Client,
  type Key,
  type Parcel,
  type Place,
  type Setup,
} from './driver.ts';
import { positionOf } from './text.ts';

/** As the browser does: one commit in flight, a new one at most every 50 ms. */
const flushEvery = 50;
const ackWithin = 5000;

interface Insertion {
  from: number;
  slice: { content: [{ text: string }] };
}

const parcels = new WeakMap<Commit, Parcel>();

export class GalleyLight implements Client {
  readonly ready: Promise<void>;
  readonly faults: string[] = [];
  refused = 0;
  private rev = -1;
  private readonly setup: Setup;
  private readonly place: Place;
  private readonly clientId: string;
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private readonly wayMs: number;
  /** Where it writes, in the confirmed document. */
  private pos: number;
  private keys: Key[] = [];
  private seq = 0;
  private flying = 0;
  private acked = true;
  private echoed = true;
  private lastSent = -Infinity;
  private timer: NodeJS.Timeout | null = null;
  private early: Commit[] = [];

  constructor(setup: Setup, place: Place) {
    this.setup = setup;
    this.place = place;
    this.wayMs = setup.roundTrip / 2;
    this.clientId = `light-${place.n}-${place.article}`;
    this.pos = positionOf(place);
    this.socket = io(setup.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      parser: setup.parser,
      extraHeaders: { cookie: setup.cookies[place.n] ?? '', origin: setup.origin },
    });
    this.socket.on('article:commits', ({ commits }) =>
      after(this.wayMs, () => this.frame(commits)),
    );
    this.socket.on(
      'article:resync',
      ({ why }) => void this.faults.push(`Sent to load anew: ${why}.`),
    );
    this.ready = new Promise((resolve, reject) => {
      this.socket.once('connect_error', reject);
      this.socket.once('connect', () => {
        const asked = { articleId: place.article, clientId: this.clientId };
        this.socket.emit('article:join', asked, (joined) => {
          if (!joined.ok) return reject(new Error(joined.code));
          this.rev = joined.rev;
          const early = this.early.splice(0);
          this.frame(early);
          resolve();
        });
      });
    });
    this.socket.on('disconnect', (why) => {
      if (why !== 'io client disconnect') this.faults.push(`Lost its line: ${why}.`);
    });
  }

  get head(): number {
    return this.rev;
  }

  get waiting(): number {
    return this.keys.length + this.flying;
  }

  type(key: Key): void {
    this.keys.push(key);
    this.plan();
  }

  text(): null {
    return null;
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.socket.disconnect();
  }

  private plan(): void {
    if (this.timer || this.flying > 0 || this.keys.length === 0) return;
    const wait = Math.max(0, this.lastSent + flushEvery - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.send();
    }, wait);
  }

  private send(): void {
    if (this.flying > 0 || this.keys.length === 0) return;
    const keys = this.keys.splice(0);
    const seq = ++this.seq;
    const { article, n, others } = this.place;
    this.setup.tracker.sent(`${this.clientId} ${seq}`, keys, others);
    this.flying = keys.length;
    this.acked = false;
    this.echoed = false;
    this.lastSent = performance.now();
    const text = letterOf(n).repeat(keys.length);
    const { pos } = this;
    const step = {
      stepType: 'replace',
      from: pos,
      to: pos,
      slice: { content: [{ type: 'text', text }] },
    };
    const commit = {
      clientId: this.clientId,
      seq,
      base: this.rev,
      intent: 'edit' as const,
      steps: [step],
      ops: [],
    };
    this.post(article, commit);
  }

  /** The same bytes again until they are answered. */
  private post(
    articleId: string,
    commit: Parameters<ClientEvents['article:commit']>[0]['commit'],
  ): void {
    after(this.wayMs, () =>
      this.socket.timeout(ackWithin).emit('article:commit', { articleId, commit }, (lost, answer) =>
        after(this.wayMs, () => {
          if (lost) this.faults.push('An answer did not come within 5 s.');
          else if (!answer.ok) {
            this.refused++;
            if (!answer.retryable) this.faults.push(`Refused for good: ${answer.code}.`);
            else setTimeout(() => this.post(articleId, commit), answer.retryMs ?? 500);
          } else {
            this.acked = true;
            if (answer.dropped.length > 0) this.faults.push('A keystroke was dropped.');
            this.landed();
          }
        }),
      ),
    );
  }

  private frame(commits: readonly Commit[]): void {
    if (this.rev < 0) {
      this.early.push(...commits);
      return;
    }
    const { tracker } = this.setup;
    for (const commit of commits) {
      if (commit.rev <= this.rev) continue;
      if (commit.rev !== this.rev + 1)
        this.faults.push(`Revision ${commit.rev} came after ${this.rev}.`);
      this.rev = commit.rev;
      const isOwn = commit.clientId === this.clientId;
      for (const step of commit.steps as unknown as Insertion[]) {
        const { length } = step.slice.content[0].text;
        if (isOwn) this.pos = step.from + length;
        else if (step.from <= this.pos) this.pos += length;
      }
      if (isOwn) {
        this.echoed = true;
        this.landed();
        continue;
      }
      // The object is shared by all clients that were sent the same frame, so its name is looked up once.
      let parcel = parcels.get(commit);
      if (!parcel) {
        parcel = tracker.find(`${commit.clientId} ${commit.seq}`);
        if (parcel) parcels.set(commit, parcel);
      }
      tracker.arrived(parcel);
    }
  }

  private landed(): void {
    if (!this.acked || !this.echoed) return;
    this.flying = 0;
    this.plan();
  }
}
