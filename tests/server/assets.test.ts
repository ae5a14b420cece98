// Pictures of articles: who may bring one, who may see it, and that it comes through files as it is.
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BroughtPicture } from '#server/library/assets.ts';
import { importText } from '#server/library/import.ts';
import { sweepPictures } from '#server/library/sweep-pictures.ts';
import { dataAddress, gif, hashBytes, jpeg, png } from '#tests/formats/assets/pictures.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
const people: Record<string, string> = {};
const cookies: Record<string, string> = {};

beforeAll(async () => {
  live = await liveServer();
  for (const [name, role] of [
    ['Ed', 'editor'],
    ['Vi', 'viewer'],
    ['Wr', 'writer'],
    ['Out', 'writer'],
  ] as const) {
    people[name] = await live.person(name, role);
    cookies[name] = await live.cookie(people[name]);
  }
});
afterAll(() => live.end());

const as = (name: string): { cookie: string } => ({ cookie: cookies[name] ?? '' });
const bring = (
  id: string,
  name: string,
  bytes: Uint8Array,
  type = 'image/png',
): Promise<Response> =>
  live.ask(`/api/articles/${id}/assets`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': type },
    ...as(name),
  });
const codeOf = async (answer: Response): Promise<string> =>
  `${answer.status} ${((await answer.json()) as { code: string }).code}`;
const show = (bytes: Uint8Array, name: string, headers = {}): Promise<Response> =>
  live.ask(`/api/assets/${hashBytes(bytes)}`, { ...as(name), headers });

it('[AS9] a picture is kept for an article and shown to those who may read it, and to nobody else', async () => {
  const id = await live.article();
  await live.member(id, people['Wr'] ?? '', 'writer');
  const bytes = png(30, 20);
  const brought = await bring(id, 'Ed', bytes);
  expect(brought.status).toBe(201);
  const told = (await brought.json()) as BroughtPicture;
  expect(told).toEqual({ src: `asset:${hashBytes(bytes)}/30x20`, width: 30, height: 20 });
  for (const name of ['Ed', 'Wr']) {
    const shown = await show(bytes, name);
    expect(shown.status).toBe(200);
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
  }
  for (const name of ['Vi', 'Out'])
    expect(await codeOf(await show(bytes, name))).toBe('404 NOT_FOUND');
  expect((await live.ask(`/api/assets/${hashBytes(bytes)}`)).status).toBe(401);
  for (const path of ['0'.repeat(64), 'x', `${hashBytes(bytes)}.png`])
    expect((await live.ask(`/api/assets/${path}`, as('Ed'))).status, path).toBe(404);
  const [entry] = await live.audits('article.picture');
  expect(entry).toMatchObject({
    articleId: id,
    detail: { hash: hashBytes(bytes), bytes: bytes.length },
  });
});

it('[AS9] a document that names a picture gives nobody a right to it', async () => {
  const [theirs, own] = [await live.article(), await live.article()];
  await live.member(own, people['Out'] ?? '', 'writer');
  const bytes = png(31, 20);
  await bring(theirs, 'Ed', bytes);
  const src = `asset:${hashBytes(bytes)}/31x20`;
  // A file can say anything: the figure is there, and its picture is not.
  const id = await importText(live.context, null, {
    bytes: Buffer.from(`<h1>T</h1><p>Text.</p><img src="${src}" alt="One">`),
    name: 'a.html',
  });
  await live.member(id, people['Out'] ?? '', 'writer');
  const room = await live.context.rooms.room(id);
  expect(JSON.stringify(room?.review.doc)).toContain(src);
  expect(await codeOf(await show(bytes, 'Out'))).toBe('404 NOT_FOUND');
  const copy = await live.ask(`/api/articles/${id}/export?format=html`, as('Out'));
  expect(await copy.text()).not.toContain('data:image');
  // Nor may it be taken over from an article one cannot read.
  const take = (name: string): Promise<Response> =>
    live.ask(`/api/articles/${own}/assets/${hashBytes(bytes)}`, { method: 'PUT', ...as(name) });
  expect(await codeOf(await take('Out'))).toBe('404 NOT_FOUND');
  expect((await take('Ed')).status).toBe(204);
  expect((await show(bytes, 'Out')).status).toBe(200);
});

it('[AS9] who may only read an article brings no picture to it', async () => {
  const id = await live.article();
  expect(await codeOf(await bring(id, 'Out', png(2, 2)))).toBe('404 ARTICLE_UNKNOWN');
  await live.member(id, people['Vi'] ?? '', 'viewer');
  live.context.standings.forget();
  expect(await codeOf(await bring(id, 'Vi', png(2, 2)))).toBe('403 READ_ONLY');
  const far = await live.ask(`/api/articles/${id}/assets`, {
    method: 'POST',
    body: new Uint8Array(png(2, 2)),
    headers: { origin: 'https://elsewhere.example' },
    ...as('Ed'),
  });
  expect(far.status).toBe(403);
});

it('[AS10] what only calls itself a picture is refused, each for its reason', async () => {
  const id = await live.article();
  const refused = async (bytes: Uint8Array, type?: string): Promise<string> =>
    codeOf(await bring(id, 'Ed', bytes, type));
  expect(await refused(Buffer.from('<html><script>alert(1)</script>'))).toBe('415 PICTURE_KIND');
  expect(await refused(Buffer.alloc(0))).toBe('415 PICTURE_KIND');
  expect(await refused(Buffer.from('<svg xmlns="x"/>'), 'image/svg+xml')).toBe('415 PICTURE_SVG');
  expect(await refused(png(50_000, 50_000, [0, 0, 0], false))).toBe('422 PICTURE_HUGE');
  expect(await refused(png(9, 9).subarray(0, 50))).toBe('422 PICTURE_DAMAGED');
  expect(await refused(Buffer.concat([png(9, 9), Buffer.alloc(10 * 1024 * 1024)]))).toBe(
    '413 PICTURE_TOO_LARGE',
  );
  // What it says of itself counts for nothing: it is shown as what it is.
  expect((await bring(id, 'Ed', gif(4, 4), 'text/html')).status).toBe(201);
  expect((await show(gif(4, 4), 'Ed')).headers.get('content-type')).toBe('image/gif');
});

it('[AS10] an article holds so many pictures and no more', async () => {
  const id = await live.article();
  const large = (n: number): Buffer => Buffer.concat([png(n, 9), Buffer.alloc(9 * 1024 * 1024)]);
  for (const n of [1, 2, 3, 4]) expect((await bring(id, 'Ed', large(n))).status).toBe(201);
  expect(await codeOf(await bring(id, 'Ed', large(5)))).toBe('413 PICTURES_FULL');
  // One that it has already takes no more room.
  expect((await bring(id, 'Ed', large(4))).status).toBe(201);
});

it('[AS11] a picture is kept by the browser for good, can do nothing when opened, and is what its type says', async () => {
  const id = await live.article();
  const bytes = jpeg(64, 48, 6);
  await bring(id, 'Ed', bytes);
  const shown = await show(bytes, 'Ed');
  const header = (name: string): string => shown.headers.get(name) ?? '';
  expect(header('content-type')).toBe('image/jpeg');
  expect(header('cache-control')).toBe('private, max-age=31536000, immutable');
  expect(header('x-content-type-options')).toBe('nosniff');
  expect(header('content-security-policy')).toContain("default-src 'none'");
  expect(header('content-security-policy')).toContain('sandbox');
  expect(header('content-disposition')).toBe('inline; filename="picture.jpg"');
  expect(header('cross-origin-resource-policy')).toBe('same-origin');
  const tag = { 'if-none-match': header('etag') };
  expect((await show(bytes, 'Ed', tag)).status).toBe(304);
  // Whoever has the bytes is still asked for the right.
  expect((await show(bytes, 'Out', tag)).status).toBe(404);
});

it('[AS12] pictures of an imported file are the article’s, and go out with its copies byte for byte', async () => {
  const [one, two] = [png(40, 30), jpeg(64, 48)];
  const page = `<h1>T</h1><p>Text.</p><img src="${dataAddress('image/png', one)}" alt="One"><figure><img src="${dataAddress('image/jpeg', two)}" alt="Two"><figcaption>Said</figcaption></figure>`;
  const id = await importText(live.context, null, { bytes: Buffer.from(page), name: 'a.html' });
  const copy = async (article: string, format: string): Promise<Buffer> =>
    Buffer.from(
      await (
        await live.ask(`/api/articles/${article}/export?format=${format}`, as('Ed'))
      ).arrayBuffer(),
    );
  const word = await copy(id, 'docx');
  const back = await importText(live.context, null, { bytes: word, name: 'a.docx' });
  for (const bytes of [one, two])
    expect(await live.context.assets.usesOf(hashBytes(bytes))).toEqual([id, back].toSorted());
  const media = (bytes: Buffer): [string, Uint8Array][] =>
    Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith('word/media/'));
  expect(media(await copy(back, 'docx'))).toEqual(media(word));
  expect(media(word).map(([, bytes]) => hashBytes(bytes))).toEqual([one, two].map(hashBytes));
  const html = (await copy(back, 'html')).toString();
  expect(html).toContain(dataAddress('image/jpeg', two));
  const json = await copy(id, 'json');
  const again = await importText(live.context, null, { bytes: json, name: 'a.json' });
  expect(JSON.parse((await copy(again, 'json')).toString())).toMatchObject({
    assets: (JSON.parse(json.toString()) as { assets: object }).assets,
  });
  expect((await copy(id, 'md')).toString()).not.toContain('base64');
});

it('[AS12] a page may be as large as its pictures, and its words no larger than ever', async () => {
  const large = Buffer.concat([png(8, 8), Buffer.alloc(3 * 1024 * 1024)]);
  const page = `<h1>T</h1><p>Text.</p><img src="${dataAddress('image/png', large)}" alt="One">`;
  const id = await importText(live.context, null, { bytes: Buffer.from(page), name: 'a.html' });
  expect(await live.context.assets.usesOf(hashBytes(large))).toEqual([id]);
  const words = `<p>${'word '.repeat(500_000)}</p>`;
  await expect(
    importText(live.context, null, { bytes: Buffer.from(words), name: 'a.html' }),
  ).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
});

it('[AS13] a picture stays while an article has it, and goes a month after the last has', async () => {
  const { assets, log } = live.context;
  const id = await live.article();
  const [used, unused] = [png(50, 1), png(51, 1)];
  await bring(id, 'Ed', used);
  const asset = { type: 'image/png', bytes: unused, width: 51, height: 1 } as const;
  const put = (at: string): Promise<void> => assets.put(new Map([[hashBytes(unused), asset]]), at);
  const sweep = (at: string): Promise<number> => sweepPictures({ assets, log, now: () => at });
  await put('2026-01-01T00:00:00.000Z');
  expect(await sweep('2026-03-01T00:00:00.000Z')).toBe(0);
  expect(await sweep('2026-03-30T00:00:00.000Z')).toBe(0);
  // Brought again in the meantime, it has another month.
  await put('2026-03-30T01:00:00.000Z');
  expect(await sweep('2026-04-02T00:00:00.000Z')).toBe(0);
  expect(await sweep('2026-05-01T00:00:00.000Z')).toBe(0);
  expect(await sweep('2026-05-03T00:00:00.000Z')).toBe(1);
  expect(await assets.read(hashBytes(unused))).toBeNull();
  expect(await assets.read(hashBytes(used))).not.toBeNull();
});

it('[AS12] a Word file with pictures that comes back as it was sent brings nothing', async () => {
  const page = `<h1>T</h1><p>Text.</p><figure><img src="${dataAddress('image/png', png(40, 30))}" alt="One"><figcaption>Said</figcaption></figure><p>End.</p>`;
  const id = await importText(live.context, null, { bytes: Buffer.from(page), name: 'a.html' });
  const word = await live.ask(`/api/articles/${id}/export?format=docx`, as('Ed'));
  const back = await live.ask('/api/return/preview?name=a.docx', {
    method: 'POST',
    body: await word.arrayBuffer(),
    headers: { 'content-type': 'application/octet-stream' },
    ...as('Ed'),
  });
  expect(back.status).toBe(200);
  expect(((await back.json()) as { items: unknown[] }).items).toEqual([]);
});

it('[AS9] a picture that very many articles have is shown on the page of each of them', async () => {
  const bytes = png(77, 7);
  const first = await live.article();
  await bring(first, 'Ed', bytes);
  const id = await live.article();
  await live.member(id, people['Out'] ?? '', 'writer');
  const { assets } = live.context;
  await assets.use(id, hashBytes(bytes), 'system', '2026-01-01T00:00:00.000Z');
  expect((await show(bytes, 'Out', { referer: `${live.address}/a/${id}` })).status).toBe(200);
  // What the page says of itself gives no right.
  expect((await show(bytes, 'Vi', { referer: `${live.address}/a/${id}` })).status).toBe(404);
});
