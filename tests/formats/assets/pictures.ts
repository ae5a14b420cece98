/** Small pictures of each kind, made here: heads that are right, with as little behind them as a reader may ask for. */
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** SHA-256 as the house makes it. */
export const hashBytes = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG whose points have one colour. With `points` false its head promises what is not there. */
export function png(width: number, height: number, colour = [200, 60, 40], points = true): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(colour))]);
  const rows = points ? Buffer.concat(Array.from({ length: height }, () => row)) : Buffer.alloc(1);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The markers of a JPEG up to its points; `orientation` as in EXIF, in either order of bytes. */
export function jpeg(width: number, height: number, orientation = 1, little = false): Buffer {
  const exif = Buffer.alloc(32);
  exif.write('Exif\0\0', 0, 'latin1');
  exif.write(little ? 'II' : 'MM', 6, 'latin1');
  const two = (value: number, at: number): number =>
    little ? exif.writeUInt16LE(value, at) : exif.writeUInt16BE(value, at);
  const four = (value: number, at: number): number =>
    little ? exif.writeUInt32LE(value, at) : exif.writeUInt32BE(value, at);
  two(42, 8);
  four(8, 10);
  two(1, 14);
  two(0x0112, 16);
  two(3, 18);
  four(1, 20);
  two(orientation, 24);
  const frame = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const part = (marker: number, data: Buffer): Buffer => {
    const at = Buffer.from([0xff, marker, 0, 0]);
    at.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([at, data]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    part(0xe1, exif),
    part(0xc4, Buffer.alloc(20)),
    part(0xc0, frame),
    part(0xda, Buffer.from([3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0])),
    Buffer.from([0, 0xff, 0xd9]),
  ]);
}

/** A GIF of a single frame. */
export function gif(width: number, height: number): Buffer {
  const out = Buffer.from(
    'GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;',
    'latin1',
  );
  out.writeUInt16LE(width, 6);
  out.writeUInt16LE(height, 8);
  return out;
}

/** The head of a WebP of one of its three kinds. */
export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const data = Buffer.alloc(kind === 'VP8 ' ? 20 : 12);
  if (kind === 'VP8 ') {
    data.set([0x10, 0, 0, 0x9d, 0x01, 0x2a]);
    data.writeUInt16LE(width, 6);
    data.writeUInt16LE(height, 8);
  } else if (kind === 'VP8L') {
    data[0] = 0x2f;
    data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  } else {
    data.writeUIntLE(width - 1, 4, 3);
    data.writeUIntLE(height - 1, 7, 3);
  }
  const head = Buffer.alloc(20);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(data.length + 12, 4);
  head.write(`WEBP${kind}`, 8, 'latin1');
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

/** A picture as an address. */
export const dataAddress = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
