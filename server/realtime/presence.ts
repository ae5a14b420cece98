/** Who is in an article and where their caret is. Told in one frame at most every 100 ms, however much people move. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Peer } from '#core/sync/protocol.ts';

const pauseMs = 100;
/** A crowd is told of its carets less often: the frame grows with the number of people, and so does their number. */
const crowd = 100;
const crowdPauseMs = 1000;

export class Presence {
  private readonly send: (peers: Peer[]) => void;
  private readonly seats = new Map<string, Peer>();
  private timer: NodeJS.Timeout | null = null;
  private sentAt = 0;

  /** `send` is told all peers. */
  constructor(send: (peers: Peer[]) => void) {
    this.send = send;
  }

  /** Sets where the peer of a connection is. */
  put(connection: string, peer: Peer): void {
    this.seats.set(connection, peer);
    this.plan();
  }

  drop(connection: string): void {
    if (this.seats.delete(connection)) this.plan();
  }

  /** Each client once: after a reconnection the newest connection counts. */
  get peers(): Peer[] {
    return [...new Map([...this.seats.values()].map((peer) => [peer.clientId, peer])).values()];
  }

  /** Each person once. */
  get people(): Person[] {
    return [...new Map(this.peers.map(({ person }) => [person.id, person])).values()];
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.seats.clear();
  }

  private plan(): void {
    if (this.timer) return;
    const pause = this.seats.size > crowd ? crowdPauseMs : pauseMs;
    const wait = Math.max(0, this.sentAt + pause - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.sentAt = performance.now();
      this.send(this.peers);
    }, wait);
    this.timer.unref();
  }
}
