/** The other nodes on the same database: what they say and who is with them. They speak through socket.io's adapter for PostgreSQL.
 *  Whatever is said here saves time only; a notice that is lost is made up for by the look at the database every second or two. */
import type { Peer } from '#core/sync/protocol.ts';
import type { FarSeat, NodeEvents, Server } from '#server/realtime/wire.ts';

export interface NeighbourDeps {
  io: Server;
  /** This node's name, new with each start. */
  name: string;
  /** What this node would tell one that begins. */
  seats(): FarSeat[];
  /** Another node has stored commits. */
  onHeads(heads: readonly (readonly [articleId: string, rev: number])[]): void;
  onClaim(claimId: string): void;
  onRecheck(): void;
  /** Who is in these articles has changed elsewhere. */
  onSeats(articleIds: ReadonlySet<string>): void;
  /** When anything was heard last, this node's own voice included. */
  heardAt(): number;
  /** How many lines have been listened on so far: between two of them something may have been said. */
  lines(): number;
  /** Nothing is heard although we speak. */
  onSilence(): void;
  /** Heard again after a silence: what was said meanwhile is lost. */
  onHearing(): void;
}

const pulseMs = 2000;
const silentMs = 7000;
/** Heads are told at most this often, seats less. */
const headsPauseMs = 5;
const seatsPauseMs = 100;
/** PostgreSQL takes less than 8,000 bytes in a notice. */
const mostBytes = 6500;

interface Neighbour {
  heardAt: number;
  seats: Map<string, Map<string, Peer>>;
}

export class Neighbours {
  private readonly deps: NeighbourDeps;
  private readonly nodes = new Map<string, Neighbour>();
  private readonly heads = new Map<string, number>();
  private readonly moved = new Map<string, FarSeat>();
  private headsTimer: NodeJS.Timeout | null = null;
  private seatsTimer: NodeJS.Timeout | null = null;
  private readonly pulse: NodeJS.Timeout;
  private deaf = false;
  private line = 0;
  private renewedAt = -Infinity;

  constructor(deps: NeighbourDeps) {
    this.deps = deps;
    this.listen();
    this.pulse = setInterval(() => this.beat(), pulseMs);
    this.pulse.unref();
    this.say('node:pulse', deps.name);
    this.say('node:who', deps.name);
  }

  /** How many other nodes live. */
  get count(): number {
    return this.nodes.size;
  }

  /** False when what nodes say does not arrive here. */
  get hears(): boolean {
    return performance.now() - this.deps.heardAt() < silentMs;
  }

  /** Who is in an article on other nodes. */
  peers(articleId: string): Peer[] {
    return [...this.nodes.values()].flatMap(({ seats }) => [
      ...(seats.get(articleId)?.values() ?? []),
    ]);
  }

  /** Tells the others that commits were stored. */
  stored(articleId: string, rev: number): void {
    if (this.nodes.size === 0) return;
    this.heads.set(articleId, rev);
    this.headsTimer ??= setTimeout(() => this.tellHeads(), headsPauseMs);
  }

  claimChanged(claimId: string): void {
    if (this.nodes.size > 0) this.say('node:claim', claimId);
  }

  rightsChanged(): void {
    if (this.nodes.size > 0) this.say('node:recheck');
  }

  /** Tells the others where somebody is, with the next batch. */
  seatChanged(seat: FarSeat): void {
    if (this.nodes.size === 0) return;
    this.moved.set(`${seat.connection} ${seat.articleId}`, seat);
    this.seatsTimer ??= setTimeout(() => this.tellSeats(), seatsPauseMs);
  }

  close(): void {
    clearInterval(this.pulse);
    if (this.headsTimer) clearTimeout(this.headsTimer);
    if (this.seatsTimer) clearTimeout(this.seatsTimer);
    this.say('node:gone', this.deps.name);
  }

  private say<E extends keyof NodeEvents>(event: E, ...said: Parameters<NodeEvents[E]>): void {
    this.deps.io.serverSideEmit(event, ...said);
  }

  private listen(): void {
    const { io, onHeads, onClaim, onRecheck } = this.deps;
    io.on('node:pulse', (from) => this.heard(from));
    io.on('node:who', (from) => {
      this.heard(from);
      this.sendSeats(this.deps.seats());
    });
    io.on('node:seats', (from, seats) => this.sit(this.heard(from), seats));
    io.on('node:gone', (from) => this.forget(from));
    io.on('node:heads', (heads) => onHeads(heads));
    io.on('node:claim', (claimId) => onClaim(claimId));
    io.on('node:recheck', () => onRecheck());
  }

  private heard(from: string): Neighbour {
    const known = this.nodes.get(from);
    if (known) {
      known.heardAt = performance.now();
      return known;
    }
    const node = { heardAt: performance.now(), seats: new Map<string, Map<string, Peer>>() };
    this.nodes.set(from, node);
    // It does not know of this one yet, or has forgotten it.
    this.say('node:pulse', this.deps.name);
    this.sendSeats(this.deps.seats());
    return node;
  }

  private sit(node: Neighbour, seats: readonly FarSeat[]): void {
    for (const { articleId, connection, peer } of seats) {
      const there = node.seats.get(articleId) ?? new Map<string, Peer>();
      // Set anew, so that the latest stands last.
      there.delete(connection);
      if (peer) there.set(connection, peer);
      if (there.size > 0) node.seats.set(articleId, there);
      else node.seats.delete(articleId);
    }
    this.deps.onSeats(new Set(seats.map(({ articleId }) => articleId)));
  }

  private forget(name: string): void {
    const node = this.nodes.get(name);
    if (!node) return;
    this.nodes.delete(name);
    this.deps.onSeats(new Set(node.seats.keys()));
  }

  private beat(): void {
    this.say('node:pulse', this.deps.name);
    if (!this.hears) {
      this.deaf = true;
      // A new line needs time to be made and to be spoken on; cutting it at once again would go on for ever.
      if (performance.now() - this.renewedAt > silentMs) {
        this.renewedAt = performance.now();
        this.deps.onSilence();
      }
      return;
    }
    // Who is silent while others are heard has gone without a word.
    const now = performance.now();
    for (const [name, node] of this.nodes) if (now - node.heardAt > silentMs) this.forget(name);
    const lines = this.deps.lines();
    const isAnother = this.line > 0 && lines !== this.line;
    this.line = lines;
    if (!this.deaf && !isAnother) return;
    this.deaf = false;
    // Who left meanwhile is not mentioned any more; who is there is told anew.
    for (const node of this.nodes.values()) {
      const there = new Set(node.seats.keys());
      node.seats.clear();
      this.deps.onSeats(there);
    }
    this.say('node:who', this.deps.name);
    this.deps.onHearing();
  }

  private tellHeads(): void {
    this.headsTimer = null;
    const heads = [...this.heads];
    this.heads.clear();
    for (const part of inParts(heads)) this.say('node:heads', part);
  }

  private tellSeats(): void {
    this.seatsTimer = null;
    const seats = [...this.moved.values()];
    this.moved.clear();
    this.sendSeats(seats);
  }

  private sendSeats(seats: readonly FarSeat[]): void {
    for (const part of inParts(seats)) this.say('node:seats', this.deps.name, part);
  }
}

/** Cuts a list so that each part fits into a notice. */
export function inParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes > room || parts.length === 0) {
      parts.push([]);
      room = mostBytes;
    }
    parts.at(-1)?.push(item);
    room -= bytes;
  }
  return parts;
}
