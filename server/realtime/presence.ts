/** Who is in an article and where their caret is. Told in one frame at most every 100 ms, however much people move. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Peer } from '#core/sync/protocol.ts';

const pauseMs = 100;
/** A crowd is told of its carets less often: the frame grows with the number of people, and so does their number. */
const crowd = 100;
const crowdPauseMs = 1000;

export interface PresenceDeps {
  /** Tells all peers to the readers of this node. */
  send(peers: Peer[]): void;
  /** Tells other nodes of one connection here. */
  moved(connection: string, peer: Peer | null): void;
  /** Who is in the article on other nodes. */
  far(): Peer[];
}

/** Of a crowd only so many are named, those who have a caret first: a list of all of them would be told to all of them. */
export function namedOf(peers: readonly Peer[]): Peer[] {
  if (peers.length <= crowd) return [...peers];
  const writing = peers.filter(({ anchor }) => anchor !== null);
  const reading = peers.filter(({ anchor }) => anchor === null);
  return [...writing.slice(-crowd), ...reading].slice(0, crowd);
}

/** Each client once: of two entries the later one counts. */
export const eachOnce = (peers: readonly Peer[]): Peer[] => [
  ...new Map(peers.map((peer) => [peer.clientId, peer])).values(),
];

/** Each person once. */
export const peopleOf = (peers: readonly Peer[]): Person[] => [
  ...new Map(peers.map(({ person }) => [person.id, person])).values(),
];

export class Presence {
  private readonly deps: PresenceDeps;
  private readonly seats = new Map<string, Peer>();
  private timer: NodeJS.Timeout | null = null;
  private sentAt = 0;

  constructor(deps: PresenceDeps) {
    this.deps = deps;
  }

  /** Sets where the peer of a connection is. */
  put(connection: string, peer: Peer): void {
    this.seats.set(connection, peer);
    this.deps.moved(connection, peer);
    this.plan();
  }

  drop(connection: string): void {
    if (!this.seats.delete(connection)) return;
    this.deps.moved(connection, null);
    this.plan();
  }

  /** Somebody has moved on another node. */
  movedFar(): void {
    this.plan();
  }

  /** Everybody, each client once. A connection here counts more than one that another node still believes in. */
  get peers(): Peer[] {
    return eachOnce([...this.deps.far(), ...this.seats.values()]);
  }

  /** The connections of this node. */
  get near(): ReadonlyMap<string, Peer> {
    return this.seats;
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.seats.clear();
  }

  private plan(): void {
    if (this.timer) return;
    const pause = this.peersAbout() > crowd ? crowdPauseMs : pauseMs;
    const wait = Math.max(0, this.sentAt + pause - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.sentAt = performance.now();
      this.deps.send(namedOf(this.peers));
    }, wait);
    this.timer.unref();
  }

  private peersAbout(): number {
    return this.seats.size + this.deps.far().length;
  }
}
