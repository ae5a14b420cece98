// Conversions of a whole server: where they run, what is counted, what a stop does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '#server/platform/migrate.ts';
import { wordFile } from '#tests/formats/docx/word-file.ts';
import { liveServer, type LiveServer } from '#tests/server/live-server.ts';

const metricsToken = 'a-token-for-the-metrics';
let live: LiveServer;
let editor: string;

beforeAll(async () => {
  live = await liveServer({ METRICS_TOKEN: metricsToken });
  editor = await live.cookie(await live.person('Tom', 'editor'));
});
afterAll(() => live.end());

const post = (bytes: Uint8Array<ArrayBuffer>, name: string, house = live, cookie = editor) =>
  house.ask(`/api/import/preview?name=${name}`, {
    method: 'POST',
    body: bytes,
    cookie,
    headers: { 'content-type': 'application/octet-stream' },
  });

const word = (paragraphs: number): Uint8Array<ArrayBuffer> => {
  let body = '';
  for (let i = 0; i < paragraphs; i += 1)
    body += `<w:p><w:r><w:t>Line ${i * 7919}, </w:t></w:r><w:ins w:id="${i}" w:author="A"><w:r><w:t>more</w:t></w:r></w:ins></w:p>`;
  return new Uint8Array(wordFile({ body }));
};

async function metric(name: string): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}` };
  const text = await (await live.ask('/metrics', { headers })).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

// Packed before anything is asked: while it is, nobody else gets a turn, and connections are given up.
const largeText = new Uint8Array(15 * 1024 * 1024).fill(0x61);
const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];
const largeZip = new Uint8Array(
  zipSync(Object.fromEntries(names.map((name) => [name, largeText])), { level: 1 }),
);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('[HX1] nothing of the server reads or writes a file but its converting processes', () => {
  const readers =
    /\b(?:unpack|readDocx|readReturned|readArticle|readHtml|readMarkdown|readText|readJson|readReviewFile|write(?:Docx|Copy|Html|Json|Markdown|Text|SendOut))\b[^;]* from '#core\/formats/;
  const offenders = readdirSync(join(projectRoot(), 'server'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((path) => path.endsWith('.ts') && !/^(?:convert|store\/generated)\b/.test(path))
    .filter((path) => {
      const code = readFileSync(join(projectRoot(), 'server', path), 'utf8');
      const imports = code.match(/^import [^;]*;/gm) ?? [];
      return imports.some((one) => readers.test(one) && !one.startsWith('import type'));
    });
  expect(offenders).toEqual([]);
  expect(readers.test("import { readDocx } from '#core/formats/docx/read-docx.ts';")).toBe(true);
});

it('[HX7] conversions are counted with their outcome, their time and what stopped them', async () => {
  expect((await post(word(3), 'a.docx')).status).toBe(200);
  expect((await post(new Uint8Array([80, 75, 3, 4]), 'b.docx')).status).toBe(422);
  expect(await metric('galley_conversions_total{kind="read",outcome="ok"}')).toBe(1);
  expect(await metric('galley_conversions_total{kind="read",outcome="refused"}')).toBe(1);
  expect(await metric('galley_conversion_seconds_count{kind="read"}')).toBe(2);
  expect(await metric('galley_conversions_running')).toBe(0);
  expect(await metric('galley_conversions_waiting')).toBe(0);
  live.context.meter.converted('read', 'memory', 1);
  expect(await metric('galley_conversions_killed_total{kind="read",limit="memory"}')).toBe(1);
});

it('[MZ9][HX3] a zip of the largest size is opened in the time and memory of a conversion, and the server goes on', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 10);
  const began = performance.now();
  const answer = await live.ask('/api/import/unpack', {
    method: 'POST',
    body: largeZip,
    cookie: editor,
    headers: { 'content-type': 'application/zip' },
  });
  const ms = performance.now() - began;
  clearInterval(timer);
  expect(answer.status).toBe(200);
  expect(turns).toBeGreaterThan(Math.min(10, ms / 100));
  const { files } = (await answer.json()) as { files: { name: string; base64: string }[] };
  expect(files.map(({ name, base64 }) => [name, base64.length])).toEqual(
    names.map((name) => [name, largeText.length * (4 / 3)]),
  );
  expect(await metric('galley_conversions_total{kind="unpack",outcome="ok"}')).toBe(1);
}, 120_000);

it('[HX2] a converting process that was killed is replaced for the next file', async () => {
  expect((await post(word(3), 'a.docx')).status).toBe(200);
  const { converter } = live.context;
  const before = converter.pids;
  expect(before.filter(isAlive).length).toBeGreaterThan(0);
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await expect.poll(() => converter.pids).toEqual([]);
  expect((await post(word(3), 'a.docx')).status).toBe(200);
  expect(converter.pids.filter((pid) => before.includes(pid))).toEqual([]);
  expect(converter.pids.every(isAlive)).toBe(true);
});

it('[HX6] a stopping server answers the file it reads, and leaves no process', async () => {
  const house = await liveServer();
  const cookie = await house.cookie(await house.person('Ann', 'editor'));
  expect((await post(word(3), 'a.docx', house, cookie)).status).toBe(200);
  const own = house.context.converter.pids;
  expect(own.filter(isAlive).length).toBeGreaterThan(0);
  const reading = post(word(1000), 'a.docx', house, cookie);
  await expect.poll(() => house.context.converter.running, { interval: 1 }).toBe(1);
  const stopped = house.server.close();
  expect((await reading).status).toBe(200);
  await stopped;
  await house.end();
  await expect.poll(() => own.filter(isAlive)).toEqual([]);
});
