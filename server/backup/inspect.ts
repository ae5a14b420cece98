/** Reads a backup to its end and compares it with itself, before anything is done with it. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { checkSeal, damaged, firstLineOf, linesOf } from '#server/backup/container.ts';
import { rowLine } from '#server/backup/export.ts';
import {
  format,
  formatOf,
  readHeader,
  readLine,
  type Header,
  type Manifest,
  type RowTexts,
  type TableSum,
} from '#server/backup/manifest.ts';
import { migrationsFolder, readMigrations } from '#server/platform/migrate.ts';
import { Refusal } from '#server/platform/refusal.ts';

export interface Inspected {
  file: string;
  header: Header;
  manifest: Manifest;
}

/** What stands in a backup, in its order. */
export type Part = { start: { table: string; columns: string[] } } | { row: RowTexts };

/** Refuses, in a sentence, whatever is not a whole and unchanged backup that this Galley can read. */
export async function inspectBackup(file: string): Promise<Inspected> {
  const first = await firstLineOf(file).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal(
      code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code ?? ''}).`,
    );
  });
  const claimed = first === undefined ? undefined : formatOf(first);
  if (claimed !== undefined && claimed > format) throw newer(file, `format ${claimed}`);
  const intact = await checkSeal(file).then(
    () => true,
    () => false,
  );
  if (claimed === undefined && (intact || !(await looksPacked(file)))) {
    throw new Refusal(`${file} is not a backup of Galley.`);
  }
  if (!intact) throw damaged(file);
  const header = readHeader(first ?? '');
  if (header === undefined) throw damaged(file);
  await checkMigrations(file, header);
  return { file, header, manifest: await checkSums(file) };
}

/** A damaged backup has lost its first line, perhaps, but still begins as a packed file does. */
async function looksPacked(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await handle.close();
  }
}

const newer = (file: string, what: string): Refusal =>
  new Refusal(
    `${file} was made by a newer Galley (${what}) than this one. Update Galley, then restore it.`,
  );

/** The migrations of the backup must be the first ones of ours, to the letter. */
async function checkMigrations(file: string, { migrations, version }: Header): Promise<void> {
  const own = (await readMigrations(migrationsFolder())).migrationDirectories;
  for (const [i, { name, checksum }] of migrations.entries()) {
    const ours = own[i];
    if (ours?.path !== name) throw newer(file, `version ${version}, with the migration ${name}`);
    const sum = createHash('sha256').update(ours.migrationFile.content.value).digest('hex');
    if (sum !== checksum) {
      throw new Refusal(
        `${file} was made by a Galley whose migration ${name} differs from this one's, so it cannot be read.`,
      );
    }
  }
}

/** The tables and rows of a checked backup. */
export async function* partsOf(file: string): AsyncGenerator<Part> {
  let isHeader = true;
  for await (const line of linesOf(file)) {
    const part = isHeader ? undefined : readLine(line);
    if (!isHeader && part === undefined) throw damaged(file);
    isHeader = false;
    if (part !== undefined && !('manifest' in part)) yield part;
  }
}

/** Counts and hashes all rows, and compares with the manifest at the end. */
async function checkSums(file: string): Promise<Manifest> {
  const sums: TableSum[] = [];
  let hash = createHash('sha256');
  let manifest: Manifest | undefined;
  const close = (): void => {
    const last = sums.at(-1);
    if (last) last.sha256 = hash.digest('hex');
    hash = createHash('sha256');
  };
  let isHeader = true;
  for await (const line of linesOf(file)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const part = readLine(line);
    const current = sums.at(-1);
    if (part === undefined || manifest !== undefined) throw damaged(file);
    if ('manifest' in part) {
      ({ manifest } = part);
      close();
    } else if ('start' in part) {
      close();
      sums.push({ name: part.start.table, columns: part.start.columns, rows: 0, sha256: '' });
    } else {
      if (current?.columns.length !== part.row.length) throw damaged(file);
      current.rows += 1;
      hash.update(rowLine(part.row));
    }
  }
  if (manifest === undefined || JSON.stringify(sums) !== JSON.stringify(manifest.tables)) {
    throw damaged(file);
  }
  return manifest;
}
