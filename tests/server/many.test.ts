// Many articles at once over HTTP: a zip out with its manifest and its ranges, and a zip in with what was refused.
import { createHash } from 'node:crypto';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BroughtZip, ParcelAnswer, UnpackedZip } from '#core/formats/many/answers.ts';
import type { HeldArticle, PackedArticle } from '#core/formats/many/manifest.ts';
import type { SendOutAnswer } from '#core/formats/send-out/answers.ts';
import type { Refusal } from '#core/sync/error.ts';
import { comment, liveServer, type LiveServer } from '#tests/server/live-server.ts';

let live: LiveServer;
let tom: string;
let ines: string;
let viewer: string;
beforeAll(async () => {
  live = await liveServer();
  tom = await live.cookie(await live.person('Tom', 'editor'));
  ines = await live.cookie(await live.person('Ines', 'reviewer'));
  viewer = await live.cookie(await live.person('Vera', 'viewer'));
});
afterAll(() => live.end());

const json = async <T>(answer: Response | Promise<Response>): Promise<T> =>
  (await (await answer).json()) as T;
const start = (cookie: string, asked: object): Promise<Response> =>
  live.ask('/api/send-outs', { cookie, json: asked });

async function built(cookie: string, asked: object): Promise<ParcelAnswer> {
  const begun = await start(cookie, asked);
  expect(begun.status).toBe(202);
  const { id } = await json<{ id: string }>(begun);
  expect(begun.headers.get('location')).toBe(`/api/send-outs/${id}`);
  for (let i = 0; i < 1000; i += 1) {
    const told = await json<ParcelAnswer>(live.ask(`/api/send-outs/${id}`, { cookie }));
    expect(told.outcomes.length).toBeLessThanOrEqual(told.total);
    if (told.state !== 'building') return told;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The zip was never ready.');
}

const file = (
  cookie: string,
  id: string,
  headers: Record<string, string> = {},
): Promise<Response> => live.ask(`/api/send-outs/${id}/file`, { cookie, headers });
const bytesOf = async (answer: Response): Promise<Buffer> =>
  Buffer.from(await answer.arrayBuffer());
const writer = { preset: 'writer', view: 'marked', format: 'docx' };

interface Manifest {
  articles: PackedArticle[];
  held: HeldArticle[];
}
const manifestIn = (zip: Uint8Array): Manifest =>
  JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array())) as Manifest;

it('[MZ1] each file is the one that goes out alone, recorded and listed with its counts and digest', async () => {
  const ids = [await live.article(), await live.article(), await live.article('Other\n\nWords.\n')];
  const tab = await live.tab(await live.person('Ed', 'editor'));
  await tab.join(ids[0] ?? '');
  await tab.commit(ids[0] ?? '', {
    ops: [comment('c1', 'For all.'), comment('c2', 'No.', 'desk')],
  });
  const told = await built(tom, { articleIds: [...ids, ids[0]], ...writer });
  expect(told).toMatchObject({ state: 'ready', total: 3 });
  const zip = await bytesOf(await file(tom, told.id));
  expect(createHash('sha256').update(zip).digest('hex')).toBe(told.file?.sha256);
  expect(zip.length).toBe(told.file?.bytes);
  const files = unzipSync(zip);
  const { articles, held } = manifestIn(zip);
  expect(held).toEqual([]);
  expect(Object.keys(files).toSorted()).toEqual(
    [...articles.map((one) => one.file), 'manifest.json'].toSorted(),
  );
  expect(articles.map((one) => one.file)).toEqual([
    'A headline of its own (for the writer).docx',
    'A headline of its own (for the writer) 2.docx',
    'Other (for the writer).docx',
  ]);
  for (const { articleId, file: name, sha256, bytes } of articles) {
    const alone = await live.ask(`/api/articles/${articleId}/send-out`, {
      cookie: tom,
      json: writer,
    });
    expect(Buffer.from(files[name] ?? []).equals(await bytesOf(alone))).toBe(true);
    expect(
      createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex'),
    ).toBe(sha256);
    expect(files[name]?.length).toBe(bytes);
    const { sendings } = await json<SendOutAnswer>(
      live.ask(`/api/articles/${articleId}/send-out`, { cookie: tom }),
    );
    expect(sendings.map((one) => one.digest)).toEqual([sha256, sha256]);
  }
  expect(articles[0]).toMatchObject({
    rev: 1,
    counts: { notes: 1, facts: 0, notShown: 0 },
  });
});

it('[MZ2] what the gate holds back, and what one cannot read, is named and keeps no other out', async () => {
  const [open, free] = [
    await live.article(),
    await live.article('Free\n\nNothing is open here.\n'),
  ];
  const tab = await live.tab(await live.person('Ed', 'editor'));
  await tab.join(open);
  await tab.commit(open, { ops: [comment('c1', 'Says who?')] });
  const secret = await live.article('Walrus\n\nA restricted article.\n');
  await live.context.people.setRestricted(secret, true);
  live.context.standings.forget();
  const told = await built(ines, {
    articleIds: [open, secret, 'nothing', free],
    preset: 'release',
    view: 'accepted',
    format: 'txt',
  });
  const zip = await bytesOf(await file(ines, told.id));
  const { articles, held } = manifestIn(zip);
  expect(articles.map((one) => one.articleId)).toEqual([free]);
  expect(held).toMatchObject([
    { articleId: open, code: 'GATE_CLOSED', reasons: [{ code: 'COMMENT_OPEN', on: 'c1' }] },
    { articleId: secret, headline: '', code: 'ARTICLE_UNKNOWN', reasons: [] },
    { articleId: 'nothing', headline: '', code: 'ARTICLE_UNKNOWN', reasons: [] },
  ]);
  expect(JSON.stringify(told) + strFromU8(zip, true)).not.toContain('Walrus');
  // The list goes where the copies go: who asked what stays here.
  expect(JSON.stringify(told)).toContain('The comment of Ed');
  expect(JSON.stringify(held)).not.toContain('Ed');
});

it('[MZ3] a zip is its owner’s alone, is limited, and is gone after a day', async () => {
  const id = await live.article();
  const told = await built(tom, { articleIds: [id], ...writer });
  for (const path of [`/api/send-outs/${told.id}`, `/api/send-outs/${told.id}/file`]) {
    expect((await live.ask(path, { cookie: ines })).status).toBe(404);
    expect((await live.ask(path)).status).toBe(401);
  }
  const { context } = live;
  const { now } = context;
  context.now = () => new Date(Date.parse(now()) + 25 * 60 * 60 * 1000).toISOString();
  expect((await file(tom, told.id)).status).toBe(404);
  context.now = now;
  expect((await file(tom, told.id)).status).toBe(200);
  const cases: [object, string][] = [
    [{ articleIds: [], ...writer }, 'BAD_REQUEST'],
    [{ articleIds: Array.from({ length: 201 }, (_, i) => `a${i}`), ...writer }, 'BAD_REQUEST'],
    [{ articleIds: [id], preset: 'release', view: 'marked', format: 'docx' }, 'FORMAT_UNKNOWN'],
    [{ articleIds: ['../x'], ...writer }, 'BAD_REQUEST'],
  ];
  for (const [asked, code] of cases)
    expect((await json<Refusal>(start(tom, asked))).code, JSON.stringify(asked)).toBe(code);
  // A zip whose builder is gone is told to have failed.
  const at = context.now();
  const stuck = { id: 'stuck', by: told.id, total: 1, outcomes: [], digest: '', bytes: 0 };
  const owner = await live.person('Nora', 'editor');
  await context.parcels.begin(
    { ...stuck, by: owner, at, preset: 'file', view: 'marked', format: 'txt' },
    { expired: '2000-01-01T00:00:00.000Z', kept: 4 },
  );
  const nora = await live.cookie(owner);
  const state = async (): Promise<string> =>
    (await json<ParcelAnswer>(live.ask('/api/send-outs/stuck', { cookie: nora }))).state;
  expect(await state()).toBe('building');
  expect((await file(nora, 'stuck')).status).toBe(404);
  context.now = () => new Date(Date.parse(now()) + 3 * 60 * 1000).toISOString();
  expect(await state()).toBe('failed');
  context.now = now;
});

it('[MZ4] a broken download goes on, over the borders of pieces as well; the same revisions give the same bytes', async () => {
  // Words that do not pack well, so that the zip has several pieces.
  let seed = 7;
  const words = Array.from({ length: 120_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed.toString(36);
  });
  const ids: string[] = [];
  for (const n of [1, 2, 3])
    ids.push(await live.article(`Large ${n}\n\n${words.slice(n * 100).join(' ')}\n`));
  const asked = { articleIds: ids, preset: 'working', view: 'accepted', format: 'docx' };
  const told = await built(tom, asked);
  const whole = await file(tom, told.id);
  const zip = await bytesOf(whole);
  expect(zip.length).toBeGreaterThan(1024 * 1024 + 1000);
  const tag = whole.headers.get('etag') ?? '';
  expect(tag).toBe(`"${told.file?.sha256}"`);
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(whole.headers.get('content-disposition')).toMatch(/^attachment; filename="Articles /);
  const size = zip.length;
  const ranges: [string, number, number][] = [
    ['bytes=0-0', 0, 0],
    ['bytes=100-', 100, size - 1],
    [`bytes=${1024 * 1024 - 5}-${1024 * 1024 + 5}`, 1024 * 1024 - 5, 1024 * 1024 + 5],
    ['bytes=-7', size - 7, size - 1],
    [`bytes=10-${size + 100}`, 10, size - 1],
  ];
  for (const [range, from, to] of ranges) {
    const part = await file(tom, told.id, { range, 'if-range': tag });
    expect(part.status, range).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to}/${size}`);
    expect((await bytesOf(part)).equals(zip.subarray(from, to + 1)), range).toBe(true);
  }
  const beyond = await file(tom, told.id, { range: `bytes=${size}-` });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('content-range')).toBe(`bytes */${size}`);
  for (const headers of [
    { range: 'bytes=100-', 'if-range': '"another"' },
    { range: 'bytes=0-1,5-6' },
    { range: 'lines=1-2' },
  ]) {
    const answer = await file(tom, told.id, headers);
    expect(answer.status, headers.range).toBe(200);
    expect((await bytesOf(answer)).equals(zip)).toBe(true);
  }
  expect((await file(tom, told.id, { 'if-none-match': tag })).status).toBe(304);
  const again = await built(tom, asked);
  expect(again.file?.sha256).toBe(told.file?.sha256);
}, 60_000);

const bring = (path: string, body: BodyInit, cookie: string): Promise<Response> =>
  live.ask(path, {
    method: 'POST',
    cookie,
    body,
    headers: { 'content-type': 'application/zip' },
  });

it('[MZ5] a zip that went out comes in again, and each file that does not is named', async () => {
  const id = await live.article('Out and in\n\nA paragraph that goes out and comes in.\n');
  const told = await built(tom, {
    articleIds: [id],
    preset: 'file',
    view: 'marked',
    format: 'json',
  });
  const out = unzipSync(await bytesOf(await file(tom, told.id)));
  const zip = zipSync({
    ...out,
    'note.txt': strToU8('Another\n\nA text of its own, for once.\n'),
    'empty.txt': new Uint8Array(),
    'broken.docx': strToU8('no Word file'),
    'photo.png': strToU8('no picture'),
    '../../out.txt': strToU8('Out\n\nOut.\n'),
  });
  const answer = await bring('/api/import/zip', Buffer.from(zip), tom);
  expect(answer.status).toBe(201);
  const { imported, refused } = await json<BroughtZip>(answer);
  expect(imported.map((one) => one.file)).toEqual(['Out and in (version 0).json', 'note.txt']);
  expect(refused.map(({ file: name, code }) => `${name} ${code}`).toSorted()).toEqual([
    '../../out.txt FILE_UNSAFE',
    'broken.docx FILE_NOT_WORD',
    'empty.txt FILE_EMPTY',
    'photo.png FILE_KIND',
  ]);
  for (const { message } of refused) expect(message).toMatch(/^[A-Z].*\.$/);
  for (const { articleId } of imported)
    expect((await live.ask(`/api/articles/${articleId}`, { cookie: tom })).status).toBe(200);
});

it('[MZ5][MZ6] a zip is opened for looking without saving; what is no zip, or too much, or from somebody who may not, is refused', async () => {
  const before = (await live.context.store.listArticles()).length;
  const zip = Buffer.from(zipSync({ 'a.txt': strToU8('A\n\nB.\n'), 'x.exe': strToU8('x') }));
  const { files, refused } = await json<UnpackedZip>(bring('/api/import/unpack', zip, tom));
  expect(files).toEqual([{ name: 'a.txt', base64: Buffer.from('A\n\nB.\n').toString('base64') }]);
  expect(refused).toMatchObject([{ file: 'x.exe', code: 'FILE_KIND' }]);
  const cases: [BodyInit, string, string][] = [
    [zip, viewer, 'FORBIDDEN'],
    [zip, '', 'NOT_SIGNED_IN'],
    ['', tom, 'FILE_EMPTY'],
    ['no zip at all', tom, 'ZIP_DAMAGED'],
    [new Uint8Array(65 * 1024 * 1024), tom, 'ZIP_TOO_LARGE'],
  ];
  for (const path of ['/api/import/unpack', '/api/import/zip'])
    for (const [body, cookie, code] of cases)
      expect((await json<Refusal>(bring(path, body, cookie))).code, `${path} ${code}`).toBe(code);
  expect((await live.context.store.listArticles()).length).toBe(before);
});
