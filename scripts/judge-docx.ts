/** Takes every Word file of a folder in and sends it out again, and has other programs read both: pandoc, LibreOffice if
 *  asked for, and the schemas. Prints a line for each file and what differs. Development only. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readDocx } from '#core/formats/docx/read-docx.ts';
import { noTime } from '#core/formats/import/no-time.ts';
import { writeDocx } from '#core/formats/docx/write-docx.ts';
import { readWithOffice } from '#tests/formats/docx/office.ts';
import { fold, readWithPandoc, type ReadComment } from '#tests/formats/docx/pandoc.ts';

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

const key = (one: ReadComment): string =>
  JSON.stringify([one.author, one.date, fold(one.text), fold(one.words)]);

/** What LibreOffice reads as comments, and as the text decided both ways. */
function officeRead(
  file: string,
): { comments: string[]; accepted: string; rejected: string } | null {
  const read = readWithOffice(file, scratch);
  if (!read) return null;
  const comments = read.comments.map((one) => JSON.stringify(Object.values(one)));
  return { comments, accepted: read.accepted, rejected: read.rejected };
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
      const before = readWithPandoc(file, side);
      const after = readWithPandoc(out, side);
      const clean = readWithPandoc(write(view), 'accept');
      check(side, before && after && before.text === after.text);
      check(`${side} copy`, before && clean && before.text === clean.text);
      const golden = join(
        folder,
        'oracle',
        name.replace('.docx', side === 'accept' ? '-Accepted.docx' : '-Rejected.docx'),
      );
      if (!existsSync(golden)) continue;
      const gold = readWithPandoc(golden, 'accept');
      check(
        `${side} golden`,
        gold && clean && gold.text === clean.text && gold.text === after?.text,
      );
    }
    const before = readWithPandoc(file, 'all');
    const after = readWithPandoc(out, 'all');
    check('comments', before && after && unlike(before.comments.map(key), after.comments.map(key)));
    if (office) {
      const [then, now] = [officeRead(file), officeRead(out)];
      check('office', then && now && unlike(then.comments, now.comments));
      check('office accept', then && now && then.accepted === now.accepted);
      check('office reject', then && now && then.rejected === now.rejected);
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
