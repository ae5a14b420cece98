// Somebody who sends as fast as a wire carries: frames of the protocol made beforehand and written as they are, so that making
// them costs the test nothing.
import { connect, type Socket } from 'node:net';
import { publicUrl } from '#tests/nodes/node-process.ts';

/** A frame of text from a client, masked with zeros. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, 0x80 | body.length])
      : body.length < 65_536
        ? Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 255])
        : Buffer.concat([Buffer.from([0x81, 0x80 | 127]), lengthOf(body.length)]);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes));
  return length;
}

export class Flood {
  /** Messages that went out. */
  sent = 0;
  connections = 0;
  private readonly port: number;
  private readonly cookie: string;
  private readonly block: Buffer;
  private readonly perBlock: number;
  private socket: Socket | null = null;
  private ended = false;

  /** `event` is what is sent, again and again, and whatever it is answered. */
  constructor(port: number, cookie: string, event: unknown[], perBlock = 500) {
    this.port = port;
    this.cookie = cookie;
    this.perBlock = perBlock;
    const one = frame(`42${JSON.stringify(event)}`);
    this.block = Buffer.concat(Array<Buffer>(perBlock).fill(one));
    this.open();
  }

  end(): void {
    this.ended = true;
    this.socket?.destroy();
  }

  private open(): void {
    if (this.ended) return;
    const socket = connect(this.port, '127.0.0.1');
    this.socket = socket;
    socket.on('error', () => undefined);
    // Cut off, it comes back at once.
    socket.on('close', () => setTimeout(() => this.open(), 20));
    socket.on('connect', () => {
      this.connections++;
      socket.write(
        [
          'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
          `Host: 127.0.0.1:${this.port}`,
          'Upgrade: websocket',
          'Connection: Upgrade',
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
          'Sec-WebSocket-Version: 13',
          `Origin: ${publicUrl}`,
          `Cookie: ${this.cookie}`,
          '\r\n',
        ].join('\r\n'),
      );
    });
    let heard = '';
    socket.on('data', (chunk) => {
      if (heard.length > 100_000) return;
      const before = heard;
      heard += chunk.toString('latin1');
      if (!before.includes('{"sid"') && heard.includes('{"sid"')) socket.write(frame('40'));
      // The second sid is the namespace's: from here on it is let in.
      if (before.split('"sid"').length < 3 && heard.split('"sid"').length >= 3) this.pour(socket);
    });
  }

  private pour(socket: Socket): void {
    if (this.ended || socket.destroyed) return;
    this.sent += this.perBlock;
    if (socket.write(this.block)) setImmediate(() => this.pour(socket));
    else socket.once('drain', () => this.pour(socket));
  }
}
