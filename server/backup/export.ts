/** The rows of a database as lines and the sums over them: what a backup writes, and what a restore compares itself with. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { TableSum } from '#server/backup/manifest.ts';
import { inPortions } from '#server/backup/portions.ts';
import {
  isLeftOut,
  plainText,
  quoted,
  readTables,
  selectRows,
  type Table,
} from '#server/backup/tables.ts';

/** The bytes of a row, over which a table's hash is made. */
export const rowLine = (row: readonly (string | null)[]): string => `${JSON.stringify(row)}\n`;

/** Begins a transaction that sees one moment of the database to its end, and holds off changes of its tables. */
export async function beginMoment(client: pg.ClientBase): Promise<Table[]> {
  const names = (await readTables(client)).map(({ name }) => quoted(name));
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${plainText}`);
  // The moment begins with the first row that is read, which is after this.
  if (names.length > 0) await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`);
  return readTables(client);
}

/** The lines of one table; its sum when they are all read. */
export async function* tableLines(
  client: pg.ClientBase,
  table: Table,
): AsyncGenerator<string, TableSum> {
  const hash = createHash('sha256');
  let rows = 0;
  // A picture takes megabytes, and its neighbour may take none.
  const most = table.columns.some(({ type }) => type === 'bytea') ? { most: 1 } : {};
  for await (const portion of inPortions(client, { sql: selectRows(table), ...most })) {
    const lines = portion.map(rowLine).join('');
    hash.update(lines);
    rows += portion.length;
    yield lines;
  }
  const columns = table.columns.map(({ name }) => name);
  return { name: table.name, columns, rows, sha256: hash.digest('hex') };
}

/** The sums of all tables a backup keeps, without their lines. */
export async function sumsOf(client: pg.ClientBase, tables: readonly Table[]): Promise<TableSum[]> {
  const sums: TableSum[] = [];
  for (const table of tables) {
    if (isLeftOut(table.name)) continue;
    const lines = tableLines(client, table);
    for (;;) {
      const step = await lines.next();
      if (step.done !== true) continue;
      sums.push(step.value);
      break;
    }
  }
  return sums;
}
