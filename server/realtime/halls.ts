/** All articles with a live reader. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Reader } from '#core/annotate/audience.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { Facts } from '#core/sync/protocol.ts';
import { Hall } from '#server/realtime/hall.ts';
import { eachOnce, peopleOf } from '#server/realtime/presence.ts';
import type { Neighbours } from '#server/realtime/neighbours.ts';
import type { FarSeat, Server, Socket } from '#server/realtime/wire.ts';
import type { Rooms } from '#server/review/rooms.ts';

/** An idle room may be put to rest just while somebody enters; this many times in a row it is not chance. */
const mostTries = 20;

export class Halls {
  private readonly io: Server;
  private readonly rooms: Rooms;
  private readonly open = new Map<string, Hall>();
  private readonly neighbours: Neighbours;
  private readonly onHeldBack: () => void;

  /** `onHeldBack` hears of each reader that takes its frames too slowly. */
  constructor(io: Server, rooms: Rooms, neighbours: Neighbours, onHeldBack: () => void) {
    this.io = io;
    this.onHeldBack = onHeldBack;
    this.rooms = rooms;
    this.neighbours = neighbours;
  }

  /** Seats a connection in an article; null when there is no such article. */
  async enter(
    articleId: string,
    socket: Socket,
    clientId: string,
    reader: Reader,
  ): Promise<Hall | null> {
    for (let tries = 0; tries < mostTries; tries++) {
      const room = await this.rooms.room(articleId);
      if (!room) return null;
      let hall = this.open.get(articleId);
      if (hall && hall.room !== room) {
        // The readers there keep their room open, so this one was put to rest before they came; ask again.
        if (!hall.isEmpty) continue;
        hall.close();
        hall = undefined;
      }
      hall ??= new Hall(this.io, room, this.neighbours, this.onHeldBack);
      this.open.set(articleId, hall);
      if (hall.isTaken(clientId, reader.id)) {
        this.closeIfEmpty(hall);
        throw new RefusalError('FORGED_AUTHOR');
      }
      const seat = hall.enter(socket, clientId, reader);
      socket.data.seats.set(articleId, seat);
      if (this.rooms.holds(room)) {
        // The connection may have gone while we waited; then nobody would clear its seat.
        if (!socket.connected) this.leave(articleId, socket);
        return hall;
      }
      this.leave(articleId, socket);
    }
    throw new RefusalError('UNAVAILABLE');
  }

  leave(articleId: string, socket: Socket): void {
    const seat = socket.data.seats.get(articleId);
    if (!seat) return;
    socket.data.seats.delete(articleId);
    seat.hall.leave(socket);
    this.closeIfEmpty(seat.hall);
  }

  private closeIfEmpty(hall: Hall): void {
    if (!hall.isEmpty) return;
    hall.close();
    if (this.open.get(hall.room.articleId) === hall) this.open.delete(hall.room.articleId);
  }

  leaveAll(socket: Socket): void {
    for (const articleId of socket.data.seats.keys()) this.leave(articleId, socket);
  }

  people(articleId: string): Person[] {
    const hall = this.open.get(articleId);
    return peopleOf(hall?.presence.peers ?? eachOnce(this.neighbours.peers(articleId)));
  }

  /** Everybody's place on this node. */
  seats(): FarSeat[] {
    return [...this.open].flatMap(([articleId, hall]) =>
      [...hall.presence.near].map(([connection, peer]) => ({ articleId, connection, peer })),
    );
  }

  /** Somebody has moved on another node. */
  movedFar(articleIds: Iterable<string>): void {
    for (const articleId of articleIds) this.open.get(articleId)?.presence.movedFar();
  }

  /** Sends a claim as it now stands to everybody who sees one of its occurrences in an article that is open here. */
  tellOfClaim(occurrences: readonly { articleId: string; id: string }[], facts: Facts): void {
    for (const { articleId, id } of occurrences) this.open.get(articleId)?.tellOfClaim(id, facts);
  }

  /** The articles that are open here. */
  all(): Hall[] {
    return [...this.open.values()];
  }

  close(): void {
    for (const hall of this.open.values()) hall.close();
    this.open.clear();
  }
}
