// A parser for socket.io-client that reads a frame once when many clients of this process are sent the same one. Else reading the
// same kilobytes two hundred times would cost the generator more than the server has to do.
import { EventEmitter } from 'node:events';

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

const kept = new Map<string, unknown>();
const mostKept = 64;

/** The data of a frame; the same object for the same words. */
function read(text: string): unknown {
  if (text.length < 200) return JSON.parse(text);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const data: unknown = JSON.parse(text);
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(text, data);
  return data;
}

class Encoder {
  encode({ type, nsp, data, id }: Packet): string[] {
    const where = nsp === '/' ? '' : `${nsp},`;
    return [`${type}${where}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

class Decoder extends EventEmitter {
  add(text: unknown): void {
    if (typeof text !== 'string') throw new TypeError('Only text is sent here.');
    const [, type = '', id = ''] = /^(\d)(\d*)/.exec(text) ?? [];
    const body = text.slice(type.length + id.length);
    this.emit('decoded', {
      type: Number(type),
      nsp: '/',
      ...(id === '' ? {} : { id: Number(id) }),
      ...(body === '' ? {} : { data: read(body) }),
    } satisfies Packet);
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

/** For the option `parser` of socket.io-client; speaks plain text without namespaces, as all systems here do. */
export const fastParser = { Encoder, Decoder, protocol: 5 };
