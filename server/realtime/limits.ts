/** How much one connection and one person may ask for. A person's buckets outlive their connections, so that coming back brings
 *  no fresh ones. Counted on each node for itself. */
import { Bucket } from '#server/realtime/bucket.ts';

/** What events are counted as. */
const kinds = ['commit', 'ask', 'presence'] as const;
export type Kind = (typeof kinds)[number];
export type Buckets = Record<Kind, Bucket>;

type Rate = readonly [atOnce: number, perSecond: number];

/** A tab sends at most 20 commits a second. */
export const perConnection: Record<Kind, Rate> = {
  commit: [60, 30],
  ask: [30, 5],
  presence: [30, 15],
};
/** Three busy tabs of one person. */
export const perPerson: Record<Kind, Rate> = {
  commit: [180, 90],
  ask: [120, 20],
  presence: [90, 45],
};
/** Bytes of one person: long pastes pass, a flood of large messages, each of which costs time to read, does not. */
export const bytes: Rate = [32_000_000, 4_000_000];
/** New connections of one person. */
const connects: Rate = [60, 2];
export const maxConnectionsPerPerson = 20;
/** A connection that goes on after this many refusals in a row is closed. */
export const patience = 2000;

const bucketsOf = (rates: Record<Kind, Rate>): Buckets => ({
  commit: new Bucket(...rates.commit),
  ask: new Bucket(...rates.ask),
  presence: new Bucket(...rates.presence),
});

interface Guest {
  buckets: Buckets;
  connects: Bucket;
  bytes: Bucket;
  open: number;
}

const sweepMs = 60_000;

export class Limits {
  private readonly guests = new Map<string, Guest>();
  private readonly sweeper: NodeJS.Timeout;

  constructor() {
    this.sweeper = setInterval(() => this.sweep(), sweepMs);
    this.sweeper.unref();
  }

  /** Lets one more connection of a person in, or says why not: too many at once, or too often. Call `left` when it ends. */
  enter(personId: string): Buckets | 'TOO_MANY_CONNECTIONS' | 'THROTTLED' {
    const guest = this.guests.get(personId) ?? {
      buckets: bucketsOf(perPerson),
      connects: new Bucket(...connects),
      bytes: new Bucket(...bytes),
      open: 0,
    };
    this.guests.set(personId, guest);
    if (guest.open >= maxConnectionsPerPerson) return 'TOO_MANY_CONNECTIONS';
    if (guest.connects.take() > 0) return 'THROTTLED';
    guest.open++;
    return bucketsOf(perConnection);
  }

  left(personId: string): void {
    const guest = this.guests.get(personId);
    if (guest) guest.open = Math.max(0, guest.open - 1);
  }

  /** Takes one event of a connection: 0, or the milliseconds until there is room again. */
  take(own: Buckets, personId: string, kind: Kind): number {
    const wait = own[kind].take();
    return wait > 0 ? wait : (this.guests.get(personId)?.buckets[kind].take() ?? 0);
  }

  /** Takes a message of so many bytes; false when that is too much. */
  takeBytes(personId: string, many: number): boolean {
    return (this.guests.get(personId)?.bytes.take(many) ?? 0) === 0;
  }

  close(): void {
    clearInterval(this.sweeper);
  }

  /** Forgets who is gone and has nothing against them. */
  private sweep(): void {
    for (const [id, { open, buckets, connects: came }] of this.guests)
      if (open === 0 && came.isFull && kinds.every((kind) => buckets[kind].isFull))
        this.guests.delete(id);
  }
}
