/** The socket server: who may connect, how events are taken in and answered, and when a connection ends. */
import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/postgres-adapter';
import { Server as IoServer } from 'socket.io';
import type { Person } from '#core/annotate/annotation.ts';
import { refusal, type ErrorCode, type Refusal } from '#core/sync/error.ts';
import { may, seeAlike, type Standing } from '#core/sync/policy.ts';
import { fromUs } from '#server/auth/origins.ts';
import type { Context } from '#server/context.ts';
import { answerEvent, eventRow } from '#server/realtime/events.ts';
import type { Seat } from '#server/realtime/hall.ts';
import { Halls } from '#server/realtime/halls.ts';
import { Limits, patience } from '#server/realtime/limits.ts';
import { Neighbours } from '#server/realtime/neighbours.ts';
import { cutOff, isLost, type Server, type Socket } from '#server/realtime/wire.ts';
import { hasNoRoom, isUnavailable } from '#server/store/failure.ts';

const recheckMs = 30_000;
const maxMessageBytes = 1_000_000;
/** Beyond any time a process runs: the adapter keeps payloads in a table only when they are too long for a notice, and ours never are. */
const neverMs = 2 ** 31 - 1;

const refused = (code: ErrorCode): Error => Object.assign(new Error(code), { data: refusal(code) });

export class Gateway {
  private readonly context: Context;
  private readonly io: Server;
  private readonly halls: Halls;
  private readonly neighbours: Neighbours;
  private readonly limits = new Limits();
  private readonly timer: NodeJS.Timeout;
  private checking: Promise<void> | null = null;
  private checkAgain = false;

  constructor(context: Context, http: HttpServer) {
    this.context = context;
    const { log, notices, rooms } = context;
    this.io = new IoServer(http, {
      serveClient: false,
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: maxMessageBytes,
      adapter: createAdapter(notices.line as unknown as Parameters<typeof createAdapter>[0], {
        channelPrefix: 'galley',
        cleanupInterval: neverMs,
        errorHandler: (error) => log.debug({ err: error }, 'nodes could not be told'),
      }),
    });
    const quietly = (reading: Promise<void>): void =>
      void reading.catch((error: unknown) => log.debug({ err: error }, 'news could not be read'));
    this.neighbours = new Neighbours({
      io: this.io,
      name: randomUUID(),
      seats: () => this.halls.seats(),
      onHeads: (heads) => {
        for (const [articleId, rev] of heads) quietly(rooms.freshen(articleId, rev));
      },
      onClaim: (claimId) => quietly(this.claimChangedFar(claimId)),
      onRecheck: () => this.recheckHere(),
      onSeats: (articleIds) => this.halls.movedFar(articleIds),
      heardAt: () => notices.heardAt,
      lines: () => notices.lines,
      onSilence: () => {
        log.warn({}, 'other nodes are not heard');
        notices.renew();
      },
      onHearing: () => {
        log.info({}, 'other nodes are heard again');
        this.recheckHere();
        quietly(this.tellAllFacts());
      },
    });
    this.halls = new Halls(this.io, rooms, this.neighbours, () => context.meter.heldBack());
    this.io.use((socket, next) => {
      this.admit(socket).then(
        (code) => next(code ? refused(code) : undefined),
        (error: unknown) => {
          log.error({ err: error }, 'a connection could not be checked');
          next(refused(isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL'));
        },
      );
    });
    this.io.on('connection', (socket) => this.serve(socket));
    this.timer = setInterval(() => this.recheckHere(), recheckMs);
    this.timer.unref();
  }

  activeIn(articleId: string): Person[] {
    return this.halls.people(articleId);
  }

  /** Commits were stored here: other nodes read them. */
  stored(articleId: string, rev: number): void {
    this.neighbours.stored(articleId, rev);
  }

  /** Checks the session and rights of every connection, on all nodes; those without are told and closed. */
  recheck(): void {
    this.neighbours.rightsChanged();
    this.recheckHere();
  }

  /** False while what other nodes say does not arrive. */
  get hearsNodes(): boolean {
    return this.neighbours.hears;
  }

  /** What there is to count. */
  get counts(): { connections: number; seats: number; halls: number; nodes: number } {
    return {
      connections: this.io.sockets.sockets.size,
      seats: this.halls.seats().length,
      halls: this.halls.all().length,
      nodes: this.neighbours.count + 1,
    };
  }

  /** Closes every connection. Browsers come back by themselves, to another node if there is one. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.limits.close();
    await this.checking;
    this.halls.close();
    this.neighbours.close();
    await this.io.close();
  }

  private recheckHere(): void {
    this.context.standings.forget();
    if (this.checking) {
      this.checkAgain = true;
      return;
    }
    this.checking = this.checkAll()
      .catch((error: unknown) => this.context.log.warn({ err: error }, 'sessions were not checked'))
      .finally(() => {
        this.checking = null;
        if (!this.checkAgain) return;
        this.checkAgain = false;
        this.recheckHere();
      });
  }

  private async claimChangedFar(claimId: string): Promise<void> {
    const { claims, rooms } = this.context;
    const occurrences = await claims.occurrencesOf(claimId);
    // The occurrence may be as new as the change.
    await Promise.all(occurrences.map(({ articleId }) => rooms.freshen(articleId)));
    this.halls.tellOfClaim(occurrences, await claims.facts([claimId]));
  }

  /** Some changes of claims were perhaps not heard of. */
  private async tellAllFacts(): Promise<void> {
    for (const hall of this.halls.all()) {
      await hall.room.freshen();
      const occurrences = [...hall.room.review.occurrences.values()];
      const ids = new Set(occurrences.map((one) => one.claimId));
      if (ids.size > 0) hall.tellOfFacts(await this.context.claims.facts([...ids]));
    }
  }

  private cookieOf(socket: Socket): Headers {
    return new Headers({ cookie: socket.handshake.headers.cookie ?? '' });
  }

  private async admit(socket: Socket): Promise<ErrorCode | null> {
    const { auth, origins, stopping } = this.context;
    if (!fromUs(origins, socket.handshake.headers.origin)) return 'WRONG_ADDRESS';
    if (stopping()) return 'STOPPING';
    const found = await auth.identify(this.cookieOf(socket));
    if (!found) return 'NOT_SIGNED_IN';
    const { id } = found.person;
    const buckets = this.limits.enter(id);
    if (typeof buckets === 'string') return buckets;
    // Whatever becomes of it from here on, its place is free again when it closes.
    socket.conn.once('close', () => this.limits.left(id));
    socket.data = { ...found, seats: new Map(), pins: new Map(), buckets, refused: 0 };
    return null;
  }

  private serve(socket: Socket): void {
    const { log, meter } = this.context;
    const { person } = socket.data;
    log.debug({ connection: socket.id, userId: person.id }, 'connected');
    // Counted before the message is read: reading it is what costs.
    socket.conn.prependListener('data', (data: unknown) => {
      const length = typeof data === 'string' ? data.length : 0;
      if (!this.limits.takeBytes(person.id, length)) this.cutOff(socket);
    });
    socket.onAny((name: string, ...rest: unknown[]) => {
      const last = rest.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: object) => void) : null;
      void this.take(socket, name, rest[0]).then((answer) => ack?.(answer));
    });
    socket.on('disconnect', (reason) => {
      log.debug({ connection: socket.id, userId: person.id, reason }, 'disconnected');
      meter.disconnected();
      this.halls.leaveAll(socket);
    });
  }

  private cutOff(socket: Socket): void {
    const about = { connection: socket.id, userId: socket.data.person.id };
    if (socket.connected) this.context.log.warn(about, 'a connection that floods was cut off');
    cutOff(socket);
  }

  /** Answers one event. Never throws: whatever a browser sends, the process lives and the sender hears of it. */
  private async take(socket: Socket, name: string, asked: unknown): Promise<object> {
    const { context, halls } = this;
    const { data } = socket;
    const event = eventRow(name) ? name : 'unknown';
    const wait = this.limits.take(data.buckets, data.person.id, eventRow(name)?.limit ?? 'ask');
    if (wait > 0) {
      context.meter.event(event, 'THROTTLED');
      if (++data.refused > patience || isLost(socket)) this.cutOff(socket);
      return { ...refusal('THROTTLED'), retryMs: wait };
    }
    data.refused = 0;
    try {
      const claimChanged = (id: string): void => this.neighbours.claimChanged(id);
      const answer = await answerEvent(name, asked, { context, halls, socket, claimChanged });
      context.meter.event(event, (answer as Partial<Refusal>).code ?? 'ok');
      return answer;
    } catch (error) {
      const { articleId } = (asked ?? {}) as { articleId?: unknown };
      const about = {
        requestId: context.newId(),
        ...(typeof articleId === 'string' ? { articleId: articleId.slice(0, 80) } : {}),
        userId: data.person.id,
      };
      context.log.error({ ...about, err: error, event }, 'an event failed');
      const full = hasNoRoom(error) ? 'STORAGE_FULL' : null;
      const code = full ?? (isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL');
      context.meter.event(event, code);
      return refusal(code);
    }
  }

  /** Everybody at once: one question about sessions, two about each article that is open here, however many read it. */
  private async checkAll(): Promise<void> {
    const { auth, standings } = this.context;
    const sockets = [...this.io.sockets.sockets.values()];
    if (sockets.length === 0) return;
    const people = await auth.stillSignedIn(sockets.map(({ data }) => data.sessionId));
    const articleIds = new Set(
      sockets.flatMap(({ data }) => [...data.seats.keys(), ...data.pins.keys()]),
    );
    const judges = await standings.judges(articleIds);
    for (const socket of sockets) {
      const person = people.get(socket.data.sessionId);
      if (!person) {
        this.end(socket, 'signed-out');
        continue;
      }
      const roleChanged = person.role !== socket.data.person.role;
      socket.data.person = person;
      for (const [articleId, seat] of socket.data.seats) {
        // Joined a moment ago, and judged then.
        const judge = judges.get(articleId);
        if (judge) this.seatAgain(socket, seat, judge(person), roleChanged);
      }
      for (const [articleId, before] of socket.data.pins) {
        const judge = judges.get(articleId);
        const standing = judge?.(person);
        const same = standing && may(standing, 'read') && seeAlike(before, standing);
        if (!judge || (same && !roleChanged)) continue;
        socket.data.pins.delete(articleId);
        socket.emit('article:resync', { articleId, why: 'rights' });
      }
    }
  }

  private seatAgain(
    socket: Socket,
    seat: Seat,
    standing: Standing | null,
    roleChanged: boolean,
  ): void {
    const { articleId } = seat.hall.room;
    if (!standing || !may(standing, 'read') || standing.pin) {
      this.halls.leave(articleId, socket);
      // Asks again, and is told that there is no such article for this person, or of the moment they are pinned to.
      socket.emit('article:resync', { articleId, why: 'rights' });
    } else if (roleChanged || standing.role !== seat.reader.role) {
      // What somebody may see follows their role; with another one they load the article again.
      seat.reader = { id: standing.userId, role: standing.role };
      seat.stage = standing.stage;
      socket.emit('article:resync', { articleId, why: 'rights' });
    } else if (standing.stage !== seat.stage) {
      // What they may do has changed, not what they may see: they join anew with what they have.
      seat.stage = standing.stage;
      socket.emit('article:resync', { articleId, why: 'stage' });
    }
  }

  private end(socket: Socket, why: string): void {
    socket.emit('session:ended', { why });
    socket.disconnect(true);
  }
}
