/** The socket types of this server, and what is known of each connection. */
import type { Server as IoServer, Socket as IoSocket } from 'socket.io';
import type { Person } from '#core/annotate/annotation.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { ClientEvents, Peer, ServerEvents } from '#core/sync/protocol.ts';
import type { Buckets } from '#server/realtime/limits.ts';
import type { Seat } from '#server/realtime/hall.ts';

/** Kept on the socket. The person comes from the session, never from a message. */
export interface SocketData {
  person: Person;
  sessionId: string;
  /** Articles this connection has joined. */
  seats: Map<string, Seat>;
  /** Articles it has open as they stood at a hand-over, and who its person is there. It has no seat in these. */
  pins: Map<string, Standing>;
  buckets: Buckets;
  /** Events refused by a bucket since one last passed. */
  refused: number;
}

/** Somebody's place in an article on another node; without a peer they have left. */
export interface FarSeat {
  articleId: string;
  connection: string;
  peer: Peer | null;
}

/** What nodes say to each other, ids and revisions and never text; all of it may be lost or come twice. */
export interface NodeEvents {
  /** The node lives. */
  'node:pulse': (from: string) => void;
  /** The node begins, or has heard nothing for a while: who is where? */
  'node:who': (from: string) => void;
  'node:seats': (from: string, seats: FarSeat[]) => void;
  /** The node stops. */
  'node:gone': (from: string) => void;
  /** So far the logs of these articles go. */
  'node:heads': (heads: [articleId: string, rev: number][]) => void;
  'node:claim': (claimId: string) => void;
  /** Sessions or rights have changed. */
  'node:recheck': () => void;
}

export type Server = IoServer<ClientEvents, ServerEvents, NodeEvents, SocketData>;
export type Socket = IoSocket<ClientEvents, ServerEvents, NodeEvents, SocketData>;

/** Above this many bytes on their way to one reader, it is sent nothing more until they are gone. */
const mostUnsent = 1024 * 1024;
/** Whoever asks on and on and takes no answer is cut off at this many. */
const farTooMuch = 16 * mostUnsent;

interface Transport {
  transport: { socket?: { bufferedAmount?: number; terminate?(): void } };
  writeBuffer: { data?: unknown }[];
}

/** Bytes on their way to a reader that it has not taken. */
function unsentTo(socket: Socket): number {
  const { transport, writeBuffer } = socket.conn as unknown as Transport;
  let unsent = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) unsent += typeof data === 'string' ? data.length : 64;
  return unsent;
}

/** True when the reader takes its frames so slowly that they pile up here. */
export const lagsBehind = (socket: Socket): boolean => unsentTo(socket) > mostUnsent;

/** True when nothing is to be hoped for from this reader. */
export const isLost = (socket: Socket): boolean => unsentTo(socket) > farTooMuch;

/** Ends a connection at once, with whatever it still sends or has not read. */
export function cutOff(socket: Socket): void {
  const { transport } = socket.conn as unknown as Transport;
  socket.disconnect(true);
  transport.socket?.terminate?.();
}
