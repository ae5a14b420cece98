/** Reads the rows of a statement through a cursor, a few megabytes at a time, so that no table has to fit into memory. */
import type pg from 'pg';

const PORTION_CHARS = 2_000_000;
const MOST_ROWS = 2_000;

let cursors = 0;

/** Portions of rows, each an array of texts; must be called inside a transaction. `most` is for rows that may each be large: so
 *  many are fetched at once, however small those before them were. */
export async function* inPortions(
  client: pg.ClientBase,
  { sql, values = [], most = MOST_ROWS }: { sql: string; values?: unknown[]; most?: number },
): AsyncGenerator<(string | null)[][]> {
  const cursor = `portions_${++cursors}`;
  await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, values);
  for (let count = Math.min(8, most); ;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `FETCH ${count} FROM ${cursor}`,
      rowMode: 'array',
    });
    if (rows.length > 0) yield rows;
    if (rows.length < count) break;
    const chars = rows.reduce(
      (sum, row) => sum + row.reduce((length, text) => length + (text?.length ?? 4), 0),
      0,
    );
    const fitting = Math.floor((PORTION_CHARS * rows.length) / Math.max(1, chars));
    count = Math.max(1, Math.min(fitting, count * 8, most));
  }
  await client.query(`CLOSE ${cursor}`);
}
