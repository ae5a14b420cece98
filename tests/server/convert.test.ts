// Files are read and copies written in processes of their own: what a file does there, the server goes on.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, inject, it } from 'vitest';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { RefusalError } from '#core/sync/error.ts';
import { Converter, type ConvertEnd } from '#server/convert/converter.ts';
import type { ReadAsked, ReadDone } from '#server/convert/jobs.ts';
import type { ConvertLimits } from '#server/convert/limits.ts';
import { makeLog } from '#server/log.ts';
import { wordFile } from '#tests/formats/docx/word-file.ts';
import { testContext } from '#tests/formats/round-trip.ts';

const open: Converter[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await Promise.all(folders.splice(0).map((one) => rm(one, { recursive: true, force: true })));
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A Word file of this many paragraphs, each with two changes: honest, and some work to read. */
function heavy(paragraphs: number): Uint8Array {
  const change = (kind: string, tag: string, i: number): string =>
    `<w:${kind} w:id="${i}" w:author="A" w:date="2026-01-02T03:04:05Z"><w:r><w:${tag}>word${i}</w:${tag}></w:r></w:${kind}>`;
  let body = '';
  for (let i = 0; i < paragraphs; i += 1)
    body += `<w:p><w:r><w:t>Line ${i}, </w:t></w:r>${change('del', 'delText', i)}${change('ins', 't', i)}</w:p>`;
  return wordFile({ body });
}

interface Tried {
  converter: Converter;
  ends: ConvertEnd[];
  read(bytes: Uint8Array | string, more?: Partial<ReadAsked> & { of?: string }): Promise<ReadDone>;
}

function converter(limits: Partial<ConvertLimits> = {}, program = inject('convertProgram')): Tried {
  const ends: ConvertEnd[] = [];
  const made = new Converter({
    log: makeLog('silent'),
    onEnd: (_kind, end) => ends.push(end),
    program,
    limits,
  });
  open.push(made);
  return {
    converter: made,
    ends,
    read: (bytes, { of = 'ada', ...more } = {}) =>
      made.read(
        {
          bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
          name: 'a',
          format: 'txt',
          now: '2026-01-02T03:04:05.000Z',
          houseNames: new Set(['tom']),
          choices: {},
          preview: true,
          ...more,
        },
        of,
      ),
  };
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (error) {
    return error instanceof RefusalError ? error.code : String(error);
  }
};

const words =
  'A headline of its own\n\nIt is a safe haven for all who come, and it was one before.\n';

it('[HX1] a file is read in another process, with everything that reading it here would give', async () => {
  const { read, ends } = converter();
  const done = await read(words);
  expect(done.text).toBe(words);
  expect(done.preview?.headline).toBe('A headline of its own');
  const word = await read(
    wordFile({
      body: '<w:p><w:ins w:id="1" w:author="Tom" w:date="2026-01-02T03:04:05Z"><w:r><w:t>Words.</w:t></w:r></w:ins></w:p>',
    }),
    { format: 'docx' },
  );
  expect(word.review.people.map(({ name }) => name)).toEqual(['Tom (from a file)']);
  expect(await codeOf(read('{', { format: 'json' }))).toBe('FILE_NOT_REVIEW');
  expect(ends).toEqual(['ok', 'ok', 'refused']);
});

/** A converting process that does something else than it should. */
async function faulty(body: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'galley-faulty-'));
  folders.push(folder);
  const program = join(folder, 'faulty.mjs');
  const script = `process.once('disconnect', () => process.exit(0));
    process.on('message', (job) => { ${body} });
    process.send({ said: 'ready' });`;
  await writeFile(program, script);
  return program;
}
const done = `process.send({ said: 'done', rss: 0, bytes: (await import('node:v8')).serialize(result) })`;

it('[HX2] what takes too long is ended, told, and followed by a new process', async () => {
  const program = await faulty(
    `if (job.asked.name === 'slow') for (;;); const result = { text: 'done' }; (async () => { ${done}; })()`,
  );
  const { read, ends, converter: one } = converter({ ms: 3000, processes: 1 }, program);
  expect(await codeOf(read(words))).toBe('ok');
  const began = performance.now();
  expect(await codeOf(read(words, { name: 'slow' }))).toBe('FILE_TOO_HEAVY');
  expect(performance.now() - began).toBeGreaterThan(2990);
  expect(await codeOf(read(words))).toBe('ok');
  expect(ends).toEqual(['ok', 'time', 'ok']);
  expect(one.running).toBe(0);
});

it('[HX2] a process that never answers, dies, or says what nobody understands harms nobody', async () => {
  const hangs = converter({ ms: 200, processes: 1 }, await faulty('for (;;);'));
  expect(await codeOf(hangs.read(words))).toBe('FILE_TOO_HEAVY');
  expect(await codeOf(hangs.read(words))).toBe('FILE_TOO_HEAVY');
  expect(hangs.ends).toEqual(['time', 'time']);
  const dies = converter({}, await faulty('process.exit(3)'));
  expect(await codeOf(dies.read(words))).toMatch(/A conversion failed/);
  const unborn = converter({}, join(tmpdir(), 'there-is-no-such-program.mjs'));
  expect(await codeOf(unborn.read(words))).toMatch(/A conversion failed/);
  expect([dies.ends, unborn.ends]).toEqual([['failed'], ['failed']]);
});

it('[HX2] what takes too much memory is ended: by the heap, by the bytes beside it, by the answer', async () => {
  const heap = await faulty('const all = []; for (;;) all.push(new Array(1000).fill({}));');
  const first = converter({ ms: 60_000 }, heap);
  expect(await codeOf(first.read(words))).toBe('FILE_TOO_HEAVY');
  // Nothing of this is on the heap; the watchdog of the real program sees it.
  const file = heavy(4000);
  const second = converter({ memory: 90 * 1024 * 1024, ms: 60_000 });
  expect(await codeOf(second.read(file, { format: 'docx' }))).toBe('FILE_TOO_HEAVY');
  expect([first.ends, second.ends]).toEqual([['memory'], ['memory']]);
  expect(await codeOf(second.read(words))).toBe('ok');
}, 150_000);

it('[HX3] the event loop goes on while a file is read', async () => {
  const file = heavy(6000);
  const { read } = converter();
  await read(words);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 10);
  const began = performance.now();
  await read(file, { format: 'docx' });
  const ms = performance.now() - began;
  clearInterval(timer);
  expect(turns).toBeGreaterThan(Math.min(10, ms / 100));
  // Read in this process there is not one turn.
  turns = 0;
  const own = setInterval(() => (turns += 1), 10);
  readDocx(file, testContext({ language: 'en' }));
  expect(turns).toBe(0);
  clearInterval(own);
});

it('[HX4] who comes when all places are taken is told so, and places are free again', async () => {
  const limits = { processes: 1, waiting: 3, each: 3 };
  const { read, ends } = converter(limits);
  const mine = ['1', '2', '3', '4'].map(() => codeOf(read(words, { of: 'ada' })));
  const others = ['ben', 'cem', 'dan'].map((of) => codeOf(read(words, { of })));
  // One runs, three wait; Ada has three, so her fourth is refused, and of the others one finds a place.
  expect(await Promise.all(mine)).toEqual(['ok', 'ok', 'ok', 'CONVERT_BUSY']);
  expect(await Promise.all(others)).toEqual(['ok', 'CONVERT_BUSY', 'CONVERT_BUSY']);
  expect(ends.filter((end) => end === 'busy')).toHaveLength(3);
  expect(await codeOf(read(words, { of: 'ada' }))).toBe('ok');
  const slow = converter({ processes: 1, waitMs: 50, ms: 400 }, await faulty('for (;;);'));
  const [first, second] = [codeOf(slow.read(words)), codeOf(slow.read(words))];
  expect(await second).toBe('CONVERT_BUSY');
  expect(await first).toBe('FILE_TOO_HEAVY');
});

it('[HX5] a converting process has none of the settings and may not touch files or start programs', async () => {
  process.env['GALLEY_SECRET_OF_TESTS'] = 'x';
  const tell = await faulty(`(async () => {
    const tried = async (act) => { try { await act(); return 'did'; } catch (error) { return error.code ?? error.message; } };
    const fs = await import('node:fs');
    const child = await import('node:child_process');
    const result = { text: JSON.stringify({
      env: Object.keys(process.env).filter((name) => !/^(__CF|NODE_CHANNEL)/.test(name)),
      read: await tried(() => fs.readFileSync('/etc/passwd')),
      write: await tried(() => fs.writeFileSync('/tmp/galley-was-here', '')),
      list: await tried(() => fs.readdirSync('/')),
      run: await tried(() => child.execFileSync('true')),
    }) };
    ${done};
  })()`);
  const found = JSON.parse((await converter({}, tell).read(words)).text) as Record<string, unknown>;
  delete process.env['GALLEY_SECRET_OF_TESTS'];
  const denied = 'ERR_ACCESS_DENIED';
  expect(found).toEqual({ env: [], read: denied, write: denied, list: denied, run: denied });
});

it('[HX5] a converting process ends when its server is killed, also while it is busy', async () => {
  const script = `
    import { fork } from 'node:child_process';
    import { writeSync } from 'node:fs';
    const child = fork(process.argv[1], ['536870912'], { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.once('message', () => {
      const bytes = Buffer.from('# a\\n\\n' + 'word {++b++} '.repeat(100_000));
      child.send({ kind: 'read', asked: { bytes, name: '', format: 'md', now: '', houseNames: new Set(), choices: {}, preview: true } });
      setTimeout(() => { writeSync(1, String(child.pid)); process.kill(process.pid, 'SIGKILL'); }, 100);
    });`;
  const args = ['--input-type=module', '-e', script, inject('convertProgram')];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const pid = Number(stdout);
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
  expect(isAlive(process.pid)).toBe(true);
});

it('[HX6] a stop answers what runs, refuses what waits, and leaves no process', async () => {
  const { read, converter: one } = converter({ processes: 1 });
  await read(words);
  const runs = codeOf(read(heavy(1000), { format: 'docx' }));
  const waits = codeOf(read(words));
  await one.close();
  expect([await runs, await waits, await codeOf(read(words))]).toEqual([
    'ok',
    'STOPPING',
    'STOPPING',
  ]);
  const stuck = converter({ ms: 60_000 }, await faulty('for (;;);'));
  const never = codeOf(stuck.read(words));
  const began = performance.now();
  await stuck.converter.close();
  expect(await never).toBe('STOPPING');
  expect(performance.now() - began).toBeLessThan(55_000);
});
