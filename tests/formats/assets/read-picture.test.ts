/** Which files are pictures, by their bytes alone. */
import { randomBytes } from 'node:crypto';
import { fc } from '#tests/support/properties.ts';
import { expect, it } from 'vitest';
import { allowedPicture, keptPicture, pictureAddress } from '#core/article/picture.ts';
import { fromBase64, toBase64 } from '#core/formats/assets/base64.ts';
import { jpegTurn } from '#core/formats/assets/read-jpeg.ts';
import { readPicture } from '#core/formats/assets/read-picture.ts';
import { gif, jpeg, png, webp } from '#tests/formats/assets/pictures.ts';

const about = (bytes: Uint8Array): string => {
  const read = readPicture(bytes);
  if (!read.ok) return read.code;
  const { type, width, height } = read.asset;
  return `${type} ${width}x${height}`;
};

it('[AS1] a picture is known by its bytes, with the size in which it is shown', () => {
  expect(about(png(3, 2))).toBe('image/png 3x2');
  expect(about(gif(300, 20))).toBe('image/gif 300x20');
  expect(about(jpeg(640, 480))).toBe('image/jpeg 640x480');
  expect(about(webp('VP8 ', 550, 368))).toBe('image/webp 550x368');
  expect(about(webp('VP8L', 386, 395))).toBe('image/webp 386x395');
  expect(about(webp('VP8X', 16_000, 33))).toBe('image/webp 16000x33');
});

it('[AS1] a photograph that lies on its side has the size it has upright', () => {
  for (const little of [false, true])
    for (const [orientation, shown, turn] of [
      [1, '640x480', 0],
      [3, '640x480', 180],
      [6, '480x640', 90],
      [8, '480x640', 270],
      [5, '480x640', 90],
      [99, '640x480', 0],
    ] as const) {
      const bytes = jpeg(640, 480, orientation, little);
      expect(about(bytes), String(orientation)).toBe(`image/jpeg ${shown}`);
      expect(jpegTurn(bytes)).toBe(turn);
    }
});

it('[AS2] what only calls itself a picture is refused, each for its reason', () => {
  const text = (words: string): Buffer => Buffer.from(words);
  expect(about(text('<!doctype html><script>alert(1)</script>'))).toBe('PICTURE_KIND');
  expect(about(text('%PDF-1.7'))).toBe('PICTURE_KIND');
  expect(about(text('BM      '))).toBe('PICTURE_KIND');
  expect(about(new Uint8Array())).toBe('PICTURE_KIND');
  expect(about(text('<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="x"/>'))).toBe('PICTURE_SVG');
  expect(about(Buffer.from('\ufeff<svg >', 'utf16le'))).toBe('PICTURE_SVG');
  expect(about(png(3, 2).subarray(0, 60))).toBe('PICTURE_DAMAGED');
  expect(about(png(0, 2, [0, 0, 0], false))).toBe('PICTURE_DAMAGED');
  expect(about(jpeg(9, 9).subarray(0, 30))).toBe('PICTURE_DAMAGED');
  expect(about(text('GIF89a'))).toBe('PICTURE_DAMAGED');
  expect(about(webp('VP8 ', 5, 5).subarray(0, 32))).toBe('PICTURE_DAMAGED');
});

it('[AS2] a picture of more points than can be shown is refused by its head alone', () => {
  expect(about(png(50_000, 50_000, [0, 0, 0], false))).toBe('PICTURE_HUGE');
  expect(about(png(20_001, 1, [0, 0, 0], false))).toBe('PICTURE_HUGE');
  expect(about(jpeg(20_000, 20_000))).toBe('PICTURE_HUGE');
  expect(about(jpeg(10_000, 10_000))).toBe('image/jpeg 10000x10000');
  expect(about(Buffer.concat([png(2, 2), Buffer.alloc(10 * 1024 * 1024)]))).toBe(
    'PICTURE_TOO_LARGE',
  );
});

it('[AS2] no bytes make the reader throw', () => {
  const whole = [png(5, 5), jpeg(5, 5, 6), gif(5, 5), webp('VP8 ', 5, 5), webp('VP8X', 5, 5)];
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.nat(200),
      fc.array(fc.tuple(fc.nat(100), fc.nat(255)), { maxLength: 6 }),
      (bytes, cut, changes) => {
        const bad = Uint8Array.from(bytes.subarray(0, Math.max(0, bytes.length - (cut % 90))));
        for (const [at, value] of changes) if (at < bad.length) bad[at] = value;
        expect(about(bad)).toMatch(/^(PICTURE_|image\/)/);
        expect(jpegTurn(bad) % 90).toBe(0);
      },
    ),
    { seed: 6, numRuns: 500 },
  );
});

it('[AS3] the address of a kept picture has its hash and its size, and older addresses stay valid', () => {
  const hash = 'a'.repeat(64);
  const src = pictureAddress(hash, 640, 480);
  expect(src).toBe(`asset:${hash}/640x480`);
  expect(keptPicture(src)).toEqual({ hash, size: { width: 640, height: 480 } });
  expect(keptPicture(`asset:${hash}`)).toEqual({ hash, size: null });
  for (const good of [src, `asset:${hash}`, '', 'https://a.example/b.png'])
    expect(allowedPicture(good), good).toBe(true);
  for (const bad of [
    `asset:${hash.toUpperCase()}`,
    `asset:${hash}/0x5`,
    `asset:${hash}/640x480x1`,
    `asset:${hash}/../x`,
    `asset:${hash.slice(1)}`,
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
  ]) {
    expect(allowedPicture(bad), bad).toBe(false);
    expect(keptPicture(bad)).toBeNull();
  }
});

it('[AS6] Base64 is written and read as elsewhere', () => {
  for (const size of [0, 1, 2, 3, 4, 6143, 6144, 6145, 20_000]) {
    const bytes = randomBytes(size);
    expect(toBase64(bytes)).toBe(bytes.toString('base64'));
    expect(Buffer.from(fromBase64(toBase64(bytes)) ?? []).equals(bytes)).toBe(true);
  }
  expect(fromBase64('QU JD\n')).toEqual(Uint8Array.from([65, 66, 67]));
  for (const bad of ['A', 'QU*D', 'QUJ=D', 'QÜJD']) expect(fromBase64(bad), bad).toBeNull();
});
