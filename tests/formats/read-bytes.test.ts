import { expect, it } from 'vitest';
import { largestFile, readBytes, textRefusal } from '#core/formats/read-bytes.ts';

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

it('[IM7] reads UTF-8 and drops a byte-order mark', () => {
  expect(readBytes(bytesOf('\ufeffGrüße 😀\r\n'), decode)).toEqual({
    ok: true,
    text: 'Grüße 😀\r\n',
  });
});

it.each([
  ['no bytes', new Uint8Array(), 'FILE_EMPTY'],
  ['white space and a byte-order mark', bytesOf('\ufeff \n\t\u00a0'), 'FILE_EMPTY'],
  ['a zero byte', bytesOf('Hello\u0000world'), 'FILE_BINARY'],
  ['many control bytes', bytesOf('a\u0001b\u0002c\u0003'), 'FILE_BINARY'],
  ['a PDF', bytesOf('%PDF-1.7 text'), 'FILE_BINARY'],
  ['a Word file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 6), 'FILE_BINARY'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), 'FILE_BINARY'],
  ['Latin-1', Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65), 'FILE_NOT_UTF8'],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'FILE_NOT_UTF8'],
  ['a cut character', Uint8Array.of(0x41, 0xe2, 0x80), 'FILE_NOT_UTF8'],
  ['one byte too many', new Uint8Array(largestFile + 1).fill(0x41), 'FILE_TOO_LARGE'],
])('[IM7] refuses %s', (_name, bytes, code) => {
  expect(readBytes(bytes, decode)).toEqual({ ok: false, code });
});

it('[IM7] takes a file of exactly the limit', () => {
  expect(readBytes(new Uint8Array(largestFile).fill(0x41), decode).ok).toBe(true);
});

it('[IM7] refuses a text of more lines than an article can have blocks', () => {
  expect(textRefusal('a\n'.repeat(100_000))).toBeNull();
  expect(textRefusal('a\n'.repeat(100_001))).toBe('DOCUMENT_TOO_LARGE');
  expect(textRefusal(' \u00a0\n')).toBe('FILE_EMPTY');
});
