/** What a database holds, asked of the database itself, so that a new table is never forgotten; and the little that a backup leaves out. */
import type pg from 'pg';

export interface Column {
  name: string;
  /** As PostgreSQL writes it, such as `timestamp(3) with time zone`. */
  type: string;
}

export interface Table {
  name: string;
  columns: Column[];
  /** The primary key, which gives the rows their order. */
  key: string[];
}

/** Tables whose rows are left out: sessions, what expires within hours, links that work once, what the search gathers
 *  anew, and zips that are kept for a day. */
const emptied: ReadonlySet<string> = new Set([
  'Session',
  'Verification',
  'RateLimit',
  'Invitation',
  'PasswordReset',
  'SearchText',
  'Parcel',
  'ParcelPart',
]);

/** Rows left out of a table that is otherwise kept: the secret that signs cookies (a new house makes its own) and the link for the first admin. */
const withoutRows: Record<string, string> = {
  Setting: `key NOT IN ('auth-secret', 'admin-link')`,
};

/** Columns left empty: what opens an account at somebody else's house, and how far the search has gathered. */
const blank: ReadonlySet<string> = new Set([
  'Account.accessToken',
  'Account.refreshToken',
  'Account.idToken',
  'Article.searchRev',
]);

/** Prisma's list of applied migrations is in the header of a backup and made anew by migrating. */
const notes = '_prisma_migrations';

export const isLeftOut = (table: string): boolean => emptied.has(table);

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface Found {
  name: string;
  columns: Column[];
  key: string[] | null;
  parents: string[] | null;
}

/** All tables of the house, each after those it refers to. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Found>(
    `SELECT c.relname AS name,
       (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
       (SELECT json_agg(attname ORDER BY array_position(i.indkey, attnum))
        FROM pg_index i JOIN pg_attribute ON attrelid = c.oid AND attnum = ANY (i.indkey)
        WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
       (SELECT json_agg(DISTINCT p.relname) FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS parents
     FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relnamespace = current_schema()::regnamespace AND c.relname <> $1
     ORDER BY c.relname COLLATE "C"`,
    [notes],
  );
  return parentsFirst(rows).map(({ name, columns, key }) => ({ name, columns, key: key ?? [] }));
}

function parentsFirst(tables: readonly Found[]): Found[] {
  const ordered: Found[] = [];
  const done = new Set<string>();
  while (ordered.length < tables.length) {
    const next = tables.find(
      ({ name, parents }) => !done.has(name) && (parents ?? []).every((parent) => done.has(parent)),
    );
    if (next === undefined) throw new RangeError('Tables refer to each other in a circle.');
    ordered.push(next);
    done.add(next.name);
  }
  return ordered;
}

/** The statement that reads a table's rows as text, in the order of their keys, the same on every server. */
export function selectRows({ name, columns, key }: Table): string {
  const values = columns.map((column) =>
    blank.has(`${name}.${column.name}`) ? 'NULL::text' : `${quoted(column.name)}::text`,
  );
  const order = (key.length > 0 ? key : columns.map((column) => column.name)).map(
    (part) => `${quoted(part)}::text COLLATE "C"`,
  );
  const rows = emptied.has(name) ? 'false' : (withoutRows[name] ?? 'true');
  return `SELECT ${values.join(', ')} FROM ${quoted(name)} WHERE ${rows} ORDER BY ${order.join(', ')}`;
}

/** The settings under which every value's text is the same everywhere. */
export const plainText = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`;
