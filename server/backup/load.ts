/** Puts the rows of a checked backup into an empty database that has the same migrations. */
import type pg from 'pg';
import { partsOf } from '#server/backup/inspect.ts';
import type { RowTexts } from '#server/backup/manifest.ts';
import { plainText, quoted, readTables, type Table } from '#server/backup/tables.ts';
import { Refusal } from '#server/platform/refusal.ts';

const PORTION_CHARS = 2_000_000;
const MOST_ROWS = 1_000;

interface Target {
  table: Table;
  /** The columns as the backup has them, with their types here. */
  columns: Table['columns'];
  rows: RowTexts[];
  chars: number;
}

/** All rows in one transaction: afterwards everything is there, or nothing. */
export async function loadRows(client: pg.ClientBase, file: string): Promise<void> {
  const tables = await readTables(client);
  await client.query(`BEGIN; ${plainText}`);
  // A migration may have written rows of its own, which the backup has as they were later.
  await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`);
  let target: Target | undefined;
  for await (const part of partsOf(file)) {
    if ('start' in part) {
      await write(client, target);
      target = targetOf(tables, part.start);
    } else if (target !== undefined) {
      target.rows.push(part.row);
      target.chars += part.row.reduce((sum, text) => sum + (text?.length ?? 0), 0);
      if (target.chars > PORTION_CHARS || target.rows.length >= MOST_ROWS) {
        await write(client, target);
      }
    }
  }
  await write(client, target);
  await client.query('COMMIT');
}

function targetOf(
  tables: readonly Table[],
  start: { table: string; columns: readonly string[] },
): Target {
  const table = tables.find(({ name }) => name === start.table);
  const columns = start.columns.map((name) => table?.columns.find((one) => one.name === name));
  const known = columns.filter((column) => column !== undefined);
  if (table === undefined || known.length < columns.length) {
    throw new Refusal(
      `The backup has the table ${start.table} as this Galley does not know it, though its migrations are the same. ` +
        'It was made from a database that somebody changed by hand.',
    );
  }
  return { table, columns: known, rows: [], chars: 0 };
}

/** One statement for many rows: each column goes over as an array of texts, and is read by its own type. */
async function write(client: pg.ClientBase, target: Target | undefined): Promise<void> {
  if (target === undefined || target.rows.length === 0) return;
  const { table, columns, rows } = target;
  const into = columns.map(({ name }) => quoted(name)).join(', ');
  const values = columns.map(({ type }, i) => `c${i}::${type}`).join(', ');
  const names = columns.map((_, i) => `c${i}`).join(', ');
  const arrays = columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
  await client.query(
    `INSERT INTO ${quoted(table.name)} (${into}) OVERRIDING SYSTEM VALUE
     SELECT ${values} FROM unnest(${arrays}) AS r(${names})`,
    columns.map((_, i) => rows.map((row) => row[i] ?? null)),
  );
  target.rows = [];
  target.chars = 0;
}
