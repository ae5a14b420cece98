// Files that are not whole backups: each is refused in a sentence before anything is done with it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBackup } from '#server/backup/backup.ts';
import { inspectBackup, type Inspected } from '#server/backup/inspect.ts';
import { openDatabase } from '#server/store/client.ts';
import { writeArticle, writeHouse } from '#tests/platform/library.ts';
import { rewritten } from '#tests/platform/rewritten.ts';
import { freshDatabase } from '#tests/support/database.ts';

const at = new Date('2026-02-03T04:05:06.789Z');

let folder: string;
/** A backup of a library with history, and one of an empty house. */
let file: string;
let small: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-backup-'));
  const { url, drop } = await freshDatabase();
  small = join(folder, 'small.galley');
  await makeBackup(url, small, at);
  const database = openDatabase(url);
  await writeArticle(database, 'first', 11);
  await writeHouse(database, 'first');
  file = join(folder, 'house.galley');
  await makeBackup(url, file, at);
  await database.close();
  await drop();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a file that is not whole', () => {
  const refused = async (name: string): Promise<string> =>
    inspectBackup(name).then(
      () => 'taken',
      (error: Error) => (error.name === 'Refusal' ? error.message : `threw ${error.message}`),
    );

  it('[BK4] is refused whichever byte was changed', { timeout: 240_000 }, async () => {
    const bytes = await readFile(small);
    const name = join(folder, 'flipped.galley');
    expect(await refused(small)).toBe('taken');
    const taken: number[] = [];
    const odd = new Set<string>();
    for (let i = 0; i < bytes.length; i++) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8((copy[i] ?? 0) ^ (1 << (i % 8)), i);
      await writeFile(name, copy);
      const words = await refused(name);
      if (words === 'taken') taken.push(i);
      if (!/is damaged|is not a backup|newer Galley/.test(words)) odd.add(words);
    }
    expect(taken).toEqual([]);
    expect([...odd]).toEqual([]);
    expect(bytes.length).toBeGreaterThan(1000);
  });

  it('[BK4] is refused wherever it was cut, and when something was added', async () => {
    const bytes = await readFile(file);
    const name = join(folder, 'cut.galley');
    for (const length of [2, 10, 500, bytes.length >> 1, bytes.length - 100, bytes.length - 1]) {
      await writeFile(name, bytes.subarray(0, length));
      expect(await refused(name), String(length)).toMatch(/is damaged or was cut short/);
    }
    await writeFile(name, Buffer.concat([bytes, Buffer.from('x')]));
    expect(await refused(name)).toMatch(/is damaged or was cut short/);
    await writeFile(name, '');
    expect(await refused(name)).toMatch(/is not a backup of Galley/);
  });

  it('[BK4] is refused when rows and manifest differ under a good seal', async () => {
    const without = (find: string) => (lines: string[]) => {
      const index = lines.findIndex((line) => line.includes(find));
      return lines.toSpliced(index, 1);
    };
    const changed = (lines: string[]): string[] =>
      lines.map((line) => line.replace('The Desk', 'The Mask'));
    const kinds: [string, (lines: string[]) => string[]][] = [
      ['as it was', (lines) => lines],
      ['a changed value', changed],
      ['a missing row', without('The Desk')],
      ['a missing table', without('"table":"Setting"')],
      ['no manifest', (lines) => lines.slice(0, -1)],
      ['two manifests', (lines) => [...lines, lines.at(-1) ?? '']],
      ['a line that is no JSON', (lines) => lines.toSpliced(3, 0, '{')],
    ];
    const answers: Record<string, string> = {};
    for (const [kind, change] of kinds)
      answers[kind] = await refused(await rewritten(file, change));
    const { 'as it was': whole, ...others } = answers;
    expect(whole).toBe('taken');
    for (const words of Object.values(others)) expect(words).toMatch(/is damaged or was cut short/);
  });

  it('[BK4] is refused when it is another thing, of a newer format, or of unknown migrations', async () => {
    expect(await refused(join(folder, 'nowhere.galley'))).toMatch(/There is no file/);
    expect(await refused(folder)).toMatch(/cannot be read \(EISDIR\)/);
    const text = join(folder, 'text.txt');
    await writeFile(text, 'Providing safe heaven to terrorists.\n');
    expect(await refused(text)).toMatch(/is not a backup of Galley/);
    const other = await rewritten(file, () => ['{"some":"other file"}']);
    expect(await refused(other)).toMatch(/is not a backup of Galley/);

    const header = (change: (header: Inspected['header']) => object) => (lines: string[]) => [
      JSON.stringify(change(JSON.parse(lines[0] ?? '') as Inspected['header'])),
      ...lines.slice(1),
    ];
    const newer = await rewritten(
      file,
      header((old) => ({ ...old, format: 2, future: true })),
    );
    expect(await refused(newer)).toMatch(/made by a newer Galley \(format 2\)/);
    const next = { name: '20990101000000_next', checksum: 'x' };
    const migrated = await rewritten(
      file,
      header((old) => ({ ...old, migrations: [...old.migrations, next] })),
    );
    expect(await refused(migrated)).toMatch(/made by a newer Galley \(.*20990101000000_next\)/);
    const edited = await rewritten(
      file,
      header((old) => ({
        ...old,
        migrations: old.migrations.map((one) => ({ ...one, checksum: 'x' })),
      })),
    );
    expect(await refused(edited)).toMatch(/differs from this one's/);
  });
});
