/** The socket server: who may connect, how events are taken in and answered, and when a connection ends. */
import type { Server as HttpServer } from 'node:http';
import { Server as IoServer } from 'socket.io';
import type { Person } from '#core/annotate/annotation.ts';
import { refusal, type ErrorCode } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { fromUs } from '#server/auth/origins.ts';
import type { Context } from '#server/context.ts';
import { Bucket } from '#server/realtime/bucket.ts';
import { answerEvent, eventRow } from '#server/realtime/events.ts';
import { Halls } from '#server/realtime/halls.ts';
import type { Server, Socket } from '#server/realtime/wire.ts';
import { isUnavailable } from '#server/store/failure.ts';

const recheckMs = 30_000;
const maxMessageBytes = 1_000_000;
const maxSocketsPerPerson = 20;
/** A connection that goes on after this many refusals in a row is closed. */
const patience = 2000;

const refused = (code: ErrorCode): Error => Object.assign(new Error(code), { data: refusal(code) });

export class Gateway {
  private readonly context: Context;
  private readonly io: Server;
  private readonly halls: Halls;
  private readonly timer: NodeJS.Timeout;
  private checking: Promise<void> | null = null;
  private checkAgain = false;

  constructor(context: Context, http: HttpServer) {
    this.context = context;
    this.io = new IoServer(http, {
      serveClient: false,
      transports: ['websocket'],
      perMessageDeflate: false,
      maxHttpBufferSize: maxMessageBytes,
    });
    this.halls = new Halls(this.io, context.rooms);
    this.io.use((socket, next) => {
      this.admit(socket).then(
        (code) => next(code ? refused(code) : undefined),
        (error: unknown) => {
          context.log.error({ err: error }, 'a connection could not be checked');
          next(refused(isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL'));
        },
      );
    });
    this.io.on('connection', (socket) => this.serve(socket));
    this.timer = setInterval(() => this.recheck(), recheckMs);
    this.timer.unref();
  }

  activeIn(articleId: string): Person[] {
    return this.halls.people(articleId);
  }

  /** Checks the session and rights of every connection; those without are told and closed. */
  recheck(): void {
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
        this.recheck();
      });
  }

  /** Closes every connection. Browsers come back by themselves. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.checking;
    this.halls.close();
    await this.io.close();
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
    const own = [...this.io.sockets.sockets.values()].filter(
      (one) => one.data.person.id === found.person.id,
    );
    if (own.length >= maxSocketsPerPerson) return 'THROTTLED';
    socket.data = {
      ...found,
      seats: new Map(),
      buckets: {
        commit: new Bucket(60, 30),
        ask: new Bucket(30, 5),
        presence: new Bucket(30, 15),
      },
      refused: 0,
    };
    return null;
  }

  private serve(socket: Socket): void {
    socket.onAny((name: string, ...rest: unknown[]) => {
      const last = rest.at(-1);
      const ack = typeof last === 'function' ? (last as (answer: object) => void) : null;
      void this.take(socket, name, rest[0]).then((answer) => ack?.(answer));
    });
    socket.on('disconnect', () => this.halls.leaveAll(socket));
  }

  /** Answers one event. Never throws: whatever a browser sends, the process lives and the sender hears of it. */
  private async take(socket: Socket, name: string, asked: unknown): Promise<object> {
    const wait = socket.data.buckets[eventRow(name)?.limit ?? 'ask'].take();
    if (wait > 0) {
      if (++socket.data.refused > patience) socket.disconnect(true);
      return { ...refusal('THROTTLED'), retryMs: wait };
    }
    socket.data.refused = 0;
    try {
      const { context, halls } = this;
      return await answerEvent(name, asked, { context, halls, socket });
    } catch (error) {
      this.context.log.error(
        { err: error, event: eventRow(name) ? name : 'unknown' },
        'an event failed',
      );
      return refusal(isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL');
    }
  }

  private async checkAll(): Promise<void> {
    const { auth, standings } = this.context;
    standings.forget();
    for (const socket of this.io.sockets.sockets.values()) {
      const found = await auth.identify(this.cookieOf(socket));
      if (found?.person.id !== socket.data.person.id) {
        this.end(socket, 'signed-out');
        continue;
      }
      const roleChanged = found.person.role !== socket.data.person.role;
      socket.data.person = found.person;
      for (const [articleId, seat] of socket.data.seats) {
        const standing = await standings.of(found.person.id, articleId);
        if (!standing || !may(standing, 'read')) {
          this.halls.leave(articleId, socket);
          // Asks again, and is told that there is no such article for this person.
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
    }
  }

  private end(socket: Socket, why: string): void {
    socket.emit('session:ended', { why });
    socket.disconnect(true);
  }
}
