/** The live side of one article: its readers, the frames they are sent, and who is here. */
import { sees, type Reader } from '#core/annotate/audience.ts';
import { factsFor } from '#core/facts/seen-facts.ts';
import type { Facts } from '#core/sync/protocol.ts';
import type { Stage } from '#core/sync/stage.ts';
import type { Commit } from '#core/sync/commit.ts';
import { projectCommit } from '#core/sync/project.ts';
import type { Room } from '#server/review/room.ts';
import { isForAll, projectionKey } from '#server/realtime/frames.ts';
import { Presence } from '#server/realtime/presence.ts';
import type { Neighbours } from '#server/realtime/neighbours.ts';
import { lagsBehind, type Server, type Socket } from '#server/realtime/wire.ts';

/** A connection's place in an article. */
export interface Seat {
  socket: Socket;
  hall: Hall;
  clientId: string;
  reader: Reader;
  /** The article's stage when this reader's rights were last told. */
  stage?: Stage;
  /** Frames were kept from it because it did not take them; it loads again once it does. */
  behind: boolean;
}

export class Hall {
  readonly room: Room;
  readonly presence: Presence;
  private readonly io: Server;
  private readonly name: string;
  private readonly seats = new Map<string, Seat>();
  private readonly stopListening: () => void;
  private readonly onHeldBack: () => void;

  constructor(io: Server, room: Room, neighbours: Neighbours, onHeldBack: () => void) {
    this.io = io;
    this.onHeldBack = onHeldBack;
    this.room = room;
    const { articleId } = room;
    this.name = `article:${articleId}`;
    this.stopListening = room.onCommits((commits) => this.tell(commits));
    this.presence = new Presence({
      // Each node tells its own readers; what others have to know travels by itself.
      send: (peers) =>
        this.io.local.to(this.name).volatile.emit('article:presence', { articleId, peers }),
      moved: (connection, peer) => neighbours.seatChanged({ articleId, connection, peer }),
      far: () => neighbours.peers(articleId),
    });
  }

  get isEmpty(): boolean {
    return this.seats.size === 0;
  }

  /** Somebody else has taken this client's name. */
  isTaken(clientId: string, userId: string): boolean {
    const here = [...this.seats.values()].some(
      (seat) => seat.clientId === clientId && seat.reader.id !== userId,
    );
    return (
      here ||
      this.presence.peers.some((peer) => peer.clientId === clientId && peer.person.id !== userId)
    );
  }

  /** From here on the connection gets every frame; read the head after this, not before. */
  enter(socket: Socket, clientId: string, reader: Reader): Seat {
    const known = this.seats.get(socket.id);
    if (known) {
      known.clientId = clientId;
      known.reader = reader;
      known.behind = false;
      return known;
    }
    const seat: Seat = { socket, hall: this, clientId, reader, behind: false };
    this.seats.set(socket.id, seat);
    this.room.enter();
    void socket.join(this.name);
    return seat;
  }

  leave(socket: Socket): void {
    if (!this.seats.delete(socket.id)) return;
    void socket.leave(this.name);
    this.presence.drop(socket.id);
    this.room.leave();
  }

  /** A claim has changed that occurs here: for the readers who see that occurrence. */
  tellOfClaim(occurrenceId: string, facts: Facts): void {
    const { occurrences } = this.room.review;
    const audience = occurrences.get(occurrenceId)?.audience;
    if (audience === undefined) return;
    const { articleId } = this.room;
    for (const { socket, reader } of this.seats.values()) {
      if (!sees(reader, audience)) continue;
      const shown = new Map([...occurrences].filter(([, one]) => sees(reader, one.audience)));
      socket.emit('claim:changed', { articleId, facts: factsFor(facts, shown, reader) });
    }
  }

  /** Sends everybody the claims that occur here as they see them. */
  tellOfFacts(facts: Facts): void {
    const { articleId, review } = this.room;
    for (const { socket, reader } of this.seats.values()) {
      const shown = new Map(
        [...review.occurrences].filter(([, one]) => sees(reader, one.audience)),
      );
      socket.emit('claim:changed', { articleId, facts: factsFor(facts, shown, reader) });
    }
  }

  close(): void {
    this.stopListening();
    this.presence.stop();
  }

  private tell(commits: readonly Commit[]): void {
    const { articleId } = this.room;
    const same = isForAll(commits);
    const groups = new Map<string, Seat[]>();
    for (const seat of this.seats.values()) {
      if (seat.behind) continue;
      if (lagsBehind(seat.socket)) {
        this.holdBack(seat);
        continue;
      }
      const key = same ? '' : projectionKey(commits, seat.reader);
      const group = groups.get(key);
      if (group) group.push(seat);
      else groups.set(key, [seat]);
    }
    for (const group of groups.values()) {
      const reader = group[0]?.reader;
      if (!reader) continue;
      // Encoded once for all of them, authors included.
      this.io.local.to(group.map((seat) => seat.socket.id)).emit('article:commits', {
        articleId,
        commits: commits.map((commit) => projectCommit(commit, reader)),
      });
    }
  }

  private holdBack(seat: Seat): void {
    seat.behind = true;
    this.onHeldBack();
    const { articleId } = this.room;
    const { conn } = seat.socket;
    const look = (): void => {
      if (lagsBehind(seat.socket)) return;
      conn.off('drain', look);
      if (seat.behind && this.seats.has(seat.socket.id))
        seat.socket.emit('article:resync', { articleId, why: 'behind' });
    };
    conn.on('drain', look);
  }
}
