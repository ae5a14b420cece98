// A review with as many pictures as an article can hold: it goes out as JSON, comes in elsewhere, and is the same to the byte.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pictureAddress } from '#core/article/picture.ts';
import { schema } from '#core/article/schema.ts';
import { assetLimits, type Asset } from '#core/formats/assets/asset.ts';
import { largestFile, largestReview } from '#core/formats/read-bytes.ts';
import { writeJsonFile } from '#core/formats/write-json.ts';
import { newReview } from '#core/sync/review.ts';
import { hashBytes, png } from '#tests/formats/assets/pictures.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

const houses: LiveServer[] = [];
const house = async (): Promise<{ live: LiveServer; cookie: string }> => {
  const live = await liveServer();
  houses.push(live);
  return { live, cookie: await live.cookie(await live.person('Ada', 'admin')) };
};
afterAll(() => Promise.all(houses.map((live) => live.end())));

/** A review with pictures of this many bytes together, and words that are not all of one byte. */
function pictured(bytes: number): Uint8Array {
  const assets = new Map<string, Asset>();
  const figures = [];
  const most = assetLimits.bytes - 4096;
  for (let left = bytes; left > 0; left -= most) {
    const head = png(3, 2);
    const rest = randomBytes(Math.max(0, Math.min(left, most) - head.length));
    const picture = Buffer.concat([head, rest]);
    const hash = hashBytes(picture);
    assets.set(hash, { type: 'image/png', bytes: picture, width: 3, height: 2 });
    figures.push(schema.node('figure', { src: pictureAddress(hash, 3, 2), alt: 'A picture' }));
  }
  const doc = schema.node('doc', null, [
    schema.node('headline', null, schema.text('Many pictures')),
    schema.node('block', null, schema.text('Words of “every” kind – 中文, عربي, 😀.')),
    ...figures,
  ]);
  const review = newReview({ id: 'large', language: 'en', stage: 'desk' }, [], doc);
  const written = writeJsonFile(review, undefined, assets);
  return typeof written === 'string' ? Buffer.from(written) : written;
}

const send = (
  live: LiveServer,
  path: string,
  body: Uint8Array,
  cookie: string,
): Promise<Response> =>
  live.ask(path, {
    method: 'POST',
    cookie,
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/octet-stream' },
  });

let full: Uint8Array;
beforeAll(() => {
  full = pictured(assetLimits.ofArticle.bytes - 64 * 1024);
});

it('[FX25][FX21] an article with all the pictures it can hold goes from house to house as JSON', async () => {
  expect(full.length).toBeGreaterThan(2 * largestFile);
  expect(full.length).toBeLessThan(largestReview);
  const [first, second] = [await house(), await house()];
  const looked = await send(first.live, '/api/import/preview?name=large.json', full, first.cookie);
  expect(looked.status).toBe(200);
  let file = full;
  for (const { live, cookie } of [first, second]) {
    const answer = await send(live, '/api/import?name=large.json', file, cookie);
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    const out = await live.ask(`/api/articles/${id}/export?preset=archive&format=json`, { cookie });
    expect(out.status).toBe(200);
    file = new Uint8Array(await out.arrayBuffer());
    expect(Buffer.from(file).equals(full)).toBe(true);
  }
}, 240_000);

it('[FX25] a file that is larger than any review is refused, whatever way it comes', async () => {
  const { live, cookie } = await house();
  const large = new Uint8Array(largestReview + 1).fill(0x20);
  for (const path of ['/api/import/preview', '/api/import', '/api/articles']) {
    const answer = await send(live, `${path}?name=a.json`, large, cookie);
    expect(answer.status, path).toBe(413);
    expect(((await answer.json()) as { code: string }).code).toBe('REVIEW_TOO_LARGE');
    const other = await send(live, `${path}?name=a.md`, large.subarray(0, largestFile + 1), cookie);
    expect(((await other.json()) as { code: string }).code).toBe('FILE_TOO_LARGE');
  }
}, 120_000);
