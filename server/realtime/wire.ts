/** The socket types of this server, and what is known of each connection. */
import type { Server as IoServer, Socket as IoSocket } from 'socket.io';
import type { Person } from '#core/annotate/annotation.ts';
import type { ClientEvents, ServerEvents } from '#core/sync/protocol.ts';
import type { Bucket } from '#server/realtime/bucket.ts';
import type { Seat } from '#server/realtime/hall.ts';

/** Kept on the socket. The person comes from the session, never from a message. */
export interface SocketData {
  person: Person;
  sessionId: string;
  /** Articles this connection has joined. */
  seats: Map<string, Seat>;
  buckets: Record<'commit' | 'ask' | 'presence', Bucket>;
  /** Events refused by a bucket since one last passed. */
  refused: number;
}

type None = Record<string, never>;
export type Server = IoServer<ClientEvents, ServerEvents, None, SocketData>;
export type Socket = IoSocket<ClientEvents, ServerEvents, None, SocketData>;

/** Above this many bytes on their way to one reader, it is sent nothing more until they are gone. */
const mostUnsent = 1024 * 1024;

/** True when the reader takes its frames so slowly that they pile up here. */
export function lagsBehind(socket: Socket): boolean {
  const { transport, writeBuffer } = socket.conn as unknown as {
    transport: { socket?: { bufferedAmount?: number } };
    writeBuffer: { data?: unknown }[];
  };
  let unsent = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) unsent += typeof data === 'string' ? data.length : 64;
  return unsent > mostUnsent;
}
