/** Takes every Word file of a folder in and sends it out again, and has other programs read both: pandoc, LibreOffice if
 *  asked for, and the schemas. Prints a line for each file and what differs. Development only. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { noTime } from '#core/formats/import/no-time.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';

const args = process.argv.slice(2);
const office = args.includes('--office');
const [folder] = args.filter((arg) => !arg.startsWith('--'));
if (folder === undefined) {
  process.stderr.write('Use: node scripts/judge-docx.mjs FOLDER [--office]\n');
  process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'galley-judge-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const shared = process.env['GALLEY_SHARED'] ?? '../shared';
const judge = resolve(shared, 'judges/docx-schema.mjs');
const { schemaErrors } = existsSync(judge)
  ? ((await import(pathToFileURL(judge).href)) as { schemaErrors: (file: string) => string[] })
  : { schemaErrors: null };

interface Node {
  t?: string;
  c?: unknown;
}

interface Comment {
  author: string;
  date: string;
  text: string;
  words: string;
}

const fold = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** What pandoc reads: the text, without any white space, and the comments. Null if it cannot read the file. */
function pandoc(file: string, changes: 'accept' | 'reject' | 'all') {
  const run = spawnSync(
    'pandoc',
    [`--track-changes=${changes}`, '-f', 'docx+empty_paragraphs', '-t', 'json', file],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (run.status !== 0) return null;
  let text = '';
  const open = new Map<string, Comment>();
  const comments: Comment[] = [];
  const add = (words: string): void => {
    text += words;
    for (const one of open.values()) one.words += words;
  };
  const plain = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(plain).join('');
    const { t, c } = (value ?? {}) as Node;
    if (t === 'Str') return String(c);
    if (t === 'Space' || t === 'SoftBreak' || t === 'LineBreak') return ' ';
    if (t === 'Para' || t === 'Plain') return `${plain(c)} `;
    return t === undefined ? '' : plain(c);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const { t, c } = value as Node;
    if (t === undefined) return;
    if (t === 'Str') return add(String(c));
    if (t === 'Code') return add(String((c as unknown[])[1]));
    if (t === 'Space' || t === 'SoftBreak' || t === 'LineBreak') return add(' ');
    if (t === 'Span') {
      const [[, classes, pairs], inner] = c as [[string, string[], [string, string][]], unknown];
      const attrs = Object.fromEntries(pairs);
      if (classes.includes('comment-start')) {
        const one = {
          author: attrs['author'] ?? '',
          date: (attrs['date'] ?? '').slice(0, 19),
          text: fold(plain(inner)),
          words: '',
        };
        open.set(attrs['id'] ?? '', one);
        comments.push(one);
        return;
      }
      if (classes.includes('comment-end')) return void open.delete(attrs['id'] ?? '');
      return walk(inner);
    }
    if (t === 'Link' || t === 'Div' || t === 'Header')
      return (c as unknown[]).slice(1).forEach(walk);
    if (t === 'Image') return;
    walk(c);
    if (t === 'Para' || t === 'Plain') add(' ');
  };
  const read = JSON.parse(run.stdout) as { blocks: unknown; meta: Record<string, Node> };
  // It takes a title and a subtitle out of the text.
  walk([read.meta['title']?.c, read.meta['subtitle']?.c]);
  walk(read.blocks);
  return { text: text.replace(/\s+/gu, ''), comments };
}

const key = (one: Comment): string =>
  JSON.stringify([one.author, one.date, fold(one.text), fold(one.words)]);

/** What LibreOffice reads as comments: author, time, text, resolved. */
function officeComments(file: string): string[] | null {
  const out = mkdtempSync(join(scratch, 'odt-'));
  const run = spawnSync(
    'soffice',
    [
      `-env:UserInstallation=${pathToFileURL(join(scratch, 'profile')).href}`,
      '--headless',
      '--convert-to',
      'odt',
      '--outdir',
      out,
      file,
    ],
    { encoding: 'utf8', timeout: 180_000 },
  );
  const odt = join(out, `${basename(file, '.docx')}.odt`);
  if (run.error || !existsSync(odt)) return null;
  const content = unzipSync(readFileSync(odt))['content.xml'];
  const xml = content ? strFromU8(content) : '';
  return [...xml.matchAll(/<office:annotation [^>]*?>.*?<\/office:annotation>/gs)].map(([one]) => {
    const inner = (name: string): string =>
      new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(one)?.[1] ?? '';
    const words = one
      .replace(/<(?:dc:creator|dc:date|meta:creator-initials)>.*?<\/[^>]*>/gs, '')
      .replace(/<[^>]*>/g, ' ');
    const resolved = /loext:resolved="true"/.test(one);
    return JSON.stringify([
      inner('dc:creator'),
      inner('dc:date').slice(0, 19),
      fold(words),
      resolved,
    ]);
  });
}

/** What is in one list and not in the other, with a sign for the side. */
function unlike(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...after];
  const gone = before.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...gone.map((one) => `− ${one}`), ...rest.map((one) => `+ ${one}`)];
}

let files = 0;
let failed = 0;
try {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.docx'))) {
    files += 1;
    const file = join(folder, name);
    const problems: string[] = [];
    const marks: string[] = [];
    const check = (what: string, found: readonly string[] | boolean | null): void => {
      const ok = found === true || (Array.isArray(found) && found.length === 0);
      marks.push(`${what} ${found === null ? '–' : ok ? 'ok' : 'NO'}`);
      if (Array.isArray(found)) problems.push(...found.slice(0, 6).map((one) => `${what}: ${one}`));
      else if (found === false) problems.push(`${what}: differs`);
    };
    let made = 0;
    const read = readDocx(readFileSync(file), {
      id: () => `id-${(made += 1)}`,
      now: noTime,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      hashBytes: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    });
    if (!read.ok) {
      failed += 1;
      say(`${name}: REFUSED ${read.code} ${read.detail}`);
      continue;
    }
    const { review, warnings, assets } = read.imported;
    const write = (view: 'marked' | 'accepted' | 'original'): string => {
      const out = join(scratch, `${view}-${name}`);
      writeFileSync(out, writeDocx(review, { view, notice: null, assets }).content);
      return out;
    };
    const out = write('marked');
    if (schemaErrors) check('schema', schemaErrors(out));
    for (const [side, view] of [
      ['accept', 'accepted'],
      ['reject', 'original'],
    ] as const) {
      const before = pandoc(file, side);
      const after = pandoc(out, side);
      const clean = pandoc(write(view), 'accept');
      check(side, before && after && before.text === after.text);
      check(`${side} copy`, before && clean && before.text === clean.text);
      const golden = join(
        folder,
        'oracle',
        name.replace('.docx', side === 'accept' ? '-Accepted.docx' : '-Rejected.docx'),
      );
      if (!existsSync(golden)) continue;
      const gold = pandoc(golden, 'accept');
      check(
        `${side} golden`,
        gold && clean && gold.text === clean.text && gold.text === after?.text,
      );
    }
    const before = pandoc(file, 'all');
    const after = pandoc(out, 'all');
    check('comments', before && after && unlike(before.comments.map(key), after.comments.map(key)));
    if (office) {
      const [then, now] = [officeComments(file), officeComments(out)];
      check('office', then && now && unlike(then, now));
    }
    if (problems.length > 0) failed += 1;
    say(`${name}: ${marks.join(', ')}; ${warnings.length} warnings`);
    for (const one of problems) say(`    ${one.slice(0, 300)}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
say(`${files - failed} of ${files} files agree.`);
process.exitCode = failed > 0 ? 1 : 0;
