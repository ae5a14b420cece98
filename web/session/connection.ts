/** The socket: the only place that knows socket.io. Every question is answered, refused, or lost (null) after five seconds;
 *  nothing is kept for later by the socket itself, because only the session knows what may be sent twice. */
import { io, type Socket } from 'socket.io-client';
import type { AskedCommit, Commit, Receipt } from '#core/sync/commit.ts';
import { refusal, type Refusal } from '#core/sync/error.ts';
import type {
  AskedClaimChange,
  ClientEvents,
  Facts,
  Joined,
  Peer,
  ServerEvents,
} from '#core/sync/protocol.ts';
import type { ReviewJson } from '#core/sync/review.ts';

/** An answer of the server, or null when none came: the question may or may not have arrived. */
export type Answer<T> = (T & { ok: true }) | Refusal | null;

/** What a connection reports of its own accord. */
export interface ConnectionEvents {
  up(): void;
  down(): void;
  /** The server will not have this visitor: signed out, or the session has ended. */
  ended(refusal: Refusal): void;
  commits(commits: readonly Commit[]): void;
  presence(peers: readonly Peer[]): void;
  facts(facts: Facts): void;
  resync(why: string): void;
}

/** One article's line to the server. */
export interface Connection {
  readonly connected: boolean;
  open(events: ConnectionEvents): void;
  join(asked: { clientId: string; have?: { rev: number } }): Promise<Answer<Joined>>;
  commit(commit: AskedCommit): Promise<Answer<Receipt>>;
  /** The commits after a revision. With `steps`, as many answers of commits as it takes (`more` says that others follow);
   *  without, a whole review when that is shorter. */
  since(
    rev: number,
    steps: boolean,
  ): Promise<Answer<{ commits?: Commit[]; review?: ReviewJson; more?: boolean }>>;
  /** Asks whether the document at a revision is the server's; null when the server has gone on meanwhile. */
  audit(rev: number, hash: string): Promise<Answer<{ agrees: boolean | null }>>;
  /** Changes a claim through one of its occurrences. */
  /** Asked again under the same key, it is done once. */
  changeClaim(
    occurrenceId: string,
    key: string,
    change: AskedClaimChange,
  ): Promise<Answer<{ version: number }>>;
  /** Volatile: dropped when the line is busy or down. */
  presence(where: {
    at: number;
    anchor: number | null;
    head: number | null;
    mode: Peer['mode'];
  }): void;
  close(): void;
}

const ackTimeout = 5000;

type Wire = Socket<ServerEvents, ClientEvents>;

/** How every line is opened. */
export const lineOptions = {
  transports: ['websocket'],
  autoConnect: false,
  reconnectionDelay: 300,
  reconnectionDelayMax: 4000,
};

/** Opens the line of `articleId` on the origin that served the page, or on the given socket. */
export function connectTo(articleId: string, socket: Wire = io(lineOptions)): Connection {
  // Without the check a question asked offline would wait in the socket and be sent after the session has moved on.
  const timed = async <T>(ask: () => Promise<T | Refusal>): Promise<T | Refusal | null> => {
    if (!socket.connected) return null;
    try {
      return await ask();
    } catch {
      return null;
    }
  };
  const patient = socket.timeout.bind(socket, ackTimeout);
  return {
    get connected() {
      return socket.connected;
    },
    open(events) {
      socket.on('connect', () => events.up());
      socket.on('disconnect', (reason) => {
        events.down();
        // The server closed this socket on purpose (it is stopping); socket.io would not come back by itself.
        if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
      });
      socket.on('connect_error', (error: Error & { data?: Partial<Refusal> }) => {
        events.down();
        if (socket.active) return;
        const refused = error.data?.code === undefined ? null : refusal(error.data.code);
        if (refused && !refused.retryable) events.ended(refused);
        else setTimeout(() => socket.connect(), 2000);
      });
      socket.on('article:commits', (frame) => {
        if (frame.articleId === articleId) events.commits(frame.commits);
      });
      socket.on('article:presence', (frame) => {
        if (frame.articleId === articleId) events.presence(frame.peers);
      });
      socket.on('claim:changed', (frame) => {
        if (frame.articleId === articleId) events.facts(frame.facts);
      });
      socket.on('article:resync', (frame) => {
        if (frame.articleId === articleId) events.resync(frame.why);
      });
      socket.on('session:ended', () => {
        socket.disconnect();
        events.ended(refusal('NOT_SIGNED_IN'));
      });
      socket.connect();
    },
    join: (asked) => timed(() => patient().emitWithAck('article:join', { articleId, ...asked })),
    commit: (commit) => timed(() => patient().emitWithAck('article:commit', { articleId, commit })),
    changeClaim: (occurrenceId, key, change) =>
      timed(() => patient().emitWithAck('claim:change', { articleId, occurrenceId, key, change })),
    since: (rev, steps) =>
      timed(() => patient().emitWithAck('article:since', { articleId, rev, steps })),
    audit: (rev, hash) =>
      timed(() => patient().emitWithAck('article:audit', { articleId, rev, hash })),
    presence(where) {
      if (socket.connected) socket.volatile.emit('article:presence', { articleId, ...where });
    },
    close() {
      if (socket.connected) socket.emit('article:leave', { articleId });
      socket.disconnect();
    },
  };
}
