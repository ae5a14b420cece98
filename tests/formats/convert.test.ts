import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { writeJson } from '#core/formats/write-json.ts';
import { heapMegabytes } from '#server/convert/limits.ts';
import { convertCommand } from '../../scripts/convert-command.ts';
import { sampleReview } from '#tests/formats/sample-review.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const folder = mkdtempSync(join(tmpdir(), 'galley-convert-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const article = join(root, 'content', 'articles', '001_467324d51fb2e055.txt');

/** The command as the program runs it, with files named from the test's folder. */
function run(...args: string[]): { code: number; stderr: string } {
  const lines: string[] = [];
  const named = args.map((arg) =>
    /^[\w./]+\.\w+$|^x$|^w$/.test(arg) ? resolve(folder, arg) : arg,
  );
  const code = convertCommand(named, (line) => void lines.push(line));
  return { code, stderr: lines.join('\n') };
}

it(
  '[FX16] the program starts from any folder, takes the names as typed there and ends with a code',
  { timeout: 240_000 },
  () => {
    const start = (...args: string[]) =>
      spawnSync(process.execPath, [tsx, join(root, 'scripts', 'convert.ts'), ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    const good = start(article, 'p.md', '--warnings', 'p.txt');
    expect([good.status, good.stderr, good.stdout]).toEqual([0, '', '']);
    expect(readFileSync(at('p.md'), 'utf8')).toContain('# USA and Pakistan');
    const refused = start('none.txt', 'q.md');
    expect([refused.status, refused.stderr, refused.stdout]).toEqual([
      1,
      'none.txt does not exist.\n',
      '',
    ]);
  },
);

it(
  '[FX16] converts an article to every format, and the JSON to each of them again',
  { timeout: 240_000 },
  () => {
    expect(run(article, at('a.json'), '--warnings', at('w.txt'))).toEqual({
      code: 0,
      stderr: '',
    });
    expect(readFileSync(at('w.txt'), 'utf8')).toContain('1 no-break space');
    const once = readFileSync(at('a.json'), 'utf8');
    expect(run(article, at('b.json')).code).toBe(0);
    expect(readFileSync(at('b.json'), 'utf8')).toBe(once);
    expect(run('a.json', 'c.json')).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(at('c.json'), 'utf8')).toBe(once);
    for (const [name, words] of [
      ['a.md', '# USA and Pakistan'],
      ['a.html', '<h1>USA and Pakistan'],
      ['a.txt', 'USA and Pakistan'],
    ] as const) {
      expect(run('a.json', name, `--warnings=${at(name)}.w`).code).toBe(0);
      const text = readFileSync(at(name), 'utf8');
      expect(text).toContain(words);
      expect(text).toContain('By Maria Amjad');
      expect(text).not.toContain('NOT CLEARED');
    }
  },
);

it('[FX16] writes the view that is asked for', { timeout: 240_000 }, () => {
  writeFileSync(at('r.json'), writeJson(sampleReview()));
  for (const [view, words] of [
    ['original', '‘safe heaven’'],
    ['accepted', '‘safe haven’'],
    ['marked', '{~~heaven~>haven~~}'],
  ] as const) {
    expect(run('r.json', 'r.md', '--view', view, '--warnings', 'w').code).toBe(0);
    expect(readFileSync(at('r.md'), 'utf8')).toContain(words);
  }
});

it('[IP17] reads Markdown and HTML as well, with suggestions and comments', () => {
  writeFileSync(at('n.json'), writeJson(sampleReview()));
  for (const ending of ['md', 'html']) {
    expect(run('n.json', `n.${ending}`, '--warnings', 'w').code).toBe(0);
    expect(run(`n.${ending}`, `${ending}.json`, '--warnings', 'w').code).toBe(0);
    expect(run(`n.${ending}`, `${ending}2.json`, '--warnings', 'w').code).toBe(0);
    const json = readFileSync(at(`${ending}.json`), 'utf8');
    expect(readFileSync(at(`${ending}2.json`), 'utf8')).toBe(json);
    for (const words of ['Typing error', 'Text of c1', 'A reply\\nin two lines', 'Which year?'])
      expect(json).toContain(words);
    expect(
      run(`${ending}.json`, `${ending}3.md`, '--view', 'accepted', '--warnings', 'w').code,
    ).toBe(0);
    expect(readFileSync(at(`${ending}3.md`), 'utf8')).toContain('‘safe haven’');
  }
});

const bad: [name: string, args: string[], says: RegExp][] = [
  ['no arguments', [], /^Use: npm run/],
  ['one argument', ['a.txt'], /^Use: npm run/],
  ['a missing file', ['none.txt', 'x.md'], /none\.txt does not exist/],
  ['a folder', ['dir.txt', 'x.md'], /is a folder/],
  ['an unknown input ending', ['a.odt', 'x.md'], /ends in \.odt/],
  ['an unknown output ending', ['in.txt', 'x.pdf'], /ends in \.pdf/],
  ['an output without an ending', ['in.txt', 'x'], /has no ending/],
  ['an empty file', ['empty.txt', 'x.md'], /is empty/],
  ['a binary file', ['binary.txt', 'x.md'], /not a text/],
  ['a file that is not UTF-8', ['latin.txt', 'x.md'], /not in UTF-8/],
  ['a file over 20 MB', ['large.txt', 'x.md'], /larger than 20 MB/],
  ['JSON that is none', ['broken.json', 'x.md'], /not a review that Galley wrote.*not valid JSON/],
  ['JSON of something else', ['other.json', 'x.md'], /not a review that Galley wrote/],
  ['an unknown view', ['in.txt', 'x.md', '--view', 'best'], /“best” is no view/],
  ['a view that is missing', ['in.txt', 'x.md', '--view'], /--view needs a value/],
  ['an unknown option', ['in.txt', 'x.md', '--force'], /no option --force/],
  ['the input as output', ['in.txt', './in.txt'], /is the input/],
  ['the input as the file of warnings', ['in.txt', 'x.md', '--warnings', 'in.txt'], /is the input/],
  [
    'one file for output and warnings',
    ['in.txt', 'x.md', '--warnings', 'x.md'],
    /two different files/,
  ],
  [
    'a folder that does not exist',
    ['in.txt', 'none/x.md'],
    /The folder of .*none\/x\.md does not exist/,
  ],
];

it(
  '[FX17] refuses what it cannot do with a sentence and the code 1, and writes nothing',
  { timeout: 240_000 },
  () => {
    writeFileSync(at('in.txt'), 'A headline\n\nSome words.\n');
    writeFileSync(at('empty.txt'), '');
    writeFileSync(at('binary.txt'), Uint8Array.of(1, 0, 2, 0));
    writeFileSync(at('latin.txt'), Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65));
    writeFileSync(at('large.txt'), Buffer.alloc(21 * 1024 * 1024, 'a'));
    writeFileSync(at('broken.json'), '{"format":');
    writeFileSync(at('other.json'), '{"name": "x"}');
    mkdirSync(at('dir.txt'));
    for (const [name, args, says] of bad) {
      const { code, stderr } = run(...args);
      expect({ name, code }).toEqual({ name, code: 1 });
      expect(stderr, name).toMatch(says);
      expect(stderr, name).not.toMatch(/\n\s+at |node:internal/);
      expect(existsSync(at('x.md')), name).toBe(false);
    }
    expect(readFileSync(at('in.txt'), 'utf8')).toBe('A headline\n\nSome words.\n');
  },
);

it('[WD15] converts to Word and back, the same each time, and refuses what is no Word file', () => {
  writeFileSync(at('review.json'), writeJson(sampleReview()));
  expect(run('review.json', 'm.docx', '--warnings', 'm.w').code).toBe(0);
  expect(run('review.json', 'n.docx', '--warnings', 'n.w').code).toBe(0);
  expect(readFileSync(at('m.docx'))).toEqual(readFileSync(at('n.docx')));
  expect(readFileSync(at('m.w'), 'utf8')).toMatch(/words that are gone.*\n.*not in a marked copy/);
  for (const [view, words] of [
    ['accepted', 'safe haven'],
    ['original', 'safe heaven'],
  ] as const) {
    expect(run('review.json', 'v.docx', '--view', view, '--warnings', 'v.w').code).toBe(0);
    for (const file of ['v.docx', 'm.docx']) {
      expect(run(file, 'v.txt', '--view', view, '--warnings', 'v.w').code).toBe(0);
      expect(readFileSync(at('v.txt'), 'utf8')).toContain(words);
    }
  }
  writeFileSync(at('broken.docx'), 'no package');
  const refused = run('broken.docx', 'x.json');
  expect(refused).toEqual({
    code: 1,
    stderr: expect.stringMatching(/not a Word document.*\(FILE_NOT_WORD\)$/) as string,
  });
  expect(existsSync(at('x.json'))).toBe(false);
});

it(
  '[HX13] the program ends within its time and memory and says why in a sentence',
  { timeout: 240_000 },
  () => {
    const start = (...args: string[]) =>
      spawnSync(process.execPath, [join(root, 'scripts', 'convert.mjs'), ...args], {
        cwd: folder,
        env: { ...process.env, INIT_CWD: folder },
        encoding: 'utf8',
      });
    writeFileSync(at('bomb.md'), '{++a++} '.repeat(2_400_000));
    const began = performance.now();
    const ended = start('bomb.md', 'bomb.docx');
    expect([ended.status, ended.stdout, ended.stderr]).toEqual([
      1,
      '',
      'bomb.md: The file takes more time or memory to read than an article needs, and was not opened. (FILE_TOO_HEAVY)\n',
    ]);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(existsSync(at('bomb.docx'))).toBe(false);
    writeFileSync(at('small.md'), '# Head\n\n{++a++} b\n');
    const good = start('small.md', 'small.docx');
    expect([good.status, good.stderr]).toEqual([0, '']);
    expect(existsSync(at('small.docx'))).toBe(true);
    // The heap of both is one number.
    const script = readFileSync(join(root, 'scripts', 'convert.mjs'), 'utf8');
    expect(script).toContain(`const heapMegabytes = ${heapMegabytes};`);
  },
);
