/** The statement that appends a batch: the check of the head, the log rows and the annotation rows in one go, hence in one
 *  transaction and one round trip. An interactive transaction was three to four times slower. */
import { headlineOf, type Review } from '#core/sync/review.ts';
import {
  changedRows,
  cleanJson,
  cleanText,
  type ChangedRows,
  type Row,
} from '#server/store/rows.ts';
import { countsOf } from '#server/store/counts.ts';
import type { Batch } from '#server/store/store.ts';

export interface Statement {
  /** Set when the words of the statement are always the same: the database then reads and plans it once. */
  name?: string;
  sql: string;
  values: unknown[];
}

/** How one table takes its rows: columns with their types, the key, and the columns an update sets. */
interface Table {
  name: string;
  columns: Record<string, string>;
  key: readonly string[];
  sets: readonly string[];
}

const time = 'timestamptz';
const note = {
  articleId: 'text',
  id: 'text',
  userId: 'text',
  at: time,
  audience: 'jsonb',
  openedRev: 'int',
};
const status = { status: 'text', statusBy: 'text', statusAt: time };

const comments: Table = {
  name: 'Comment',
  columns: { ...note, ...status, text: 'text', editedAt: time },
  key: ['articleId', 'id'],
  sets: ['audience', 'status', 'statusBy', 'statusAt', 'text', 'editedAt'],
};
const occurrences: Table = {
  name: 'Occurrence',
  columns: { ...note, ...status, claimId: 'text' },
  key: ['articleId', 'id'],
  sets: ['audience', 'status', 'statusBy', 'statusAt'],
};
const suggestionState = {
  last: time,
  reason: 'text',
  category: 'text',
  status: 'text',
  deleted: 'text',
  inserted: 'text',
  decidedBy: 'text',
  decidedAt: time,
  decidedRev: 'int',
};
const suggestions: Table = {
  name: 'Suggestion',
  columns: { ...note, ...suggestionState },
  key: ['articleId', 'id'],
  sets: ['audience', ...Object.keys(suggestionState)],
};
const replies: Table = {
  name: 'Reply',
  columns: {
    articleId: 'text',
    id: 'text',
    annotationId: 'text',
    kind: 'text',
    userId: 'text',
    at: time,
    text: 'text',
    editedAt: time,
    audience: 'jsonb',
    rev: 'int',
  },
  key: ['articleId', 'annotationId', 'id'],
  sets: ['text', 'editedAt', 'audience'],
};
const anchorState = {
  rev: 'int',
  from: 'int',
  to: 'int',
  state: 'text',
  exact: 'text',
  prefix: 'text',
  suffix: 'text',
  lastGood: 'jsonb',
};
const anchors: Table = {
  name: 'Anchor',
  columns: { articleId: 'text', annotationId: 'text', kind: 'text', ...anchorState },
  key: ['articleId', 'annotationId'],
  sets: Object.keys(anchorState),
};
const claims: Table = {
  name: 'Claim',
  columns: {
    id: 'text',
    type: 'text',
    text: 'text',
    check: 'text',
    createdBy: 'text',
    createdAt: time,
  },
  key: ['id'],
  sets: [],
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
const listed = (names: readonly string[]): string => names.map((name) => `r."${name}"`).join(', ');

/** `INSERT … SELECT … ON CONFLICT …` of the rows in parameter `at`; `head` must be a CTE with a row when the head matches. */
function upsert(table: Table, at: number, extra: Record<string, string> = {}): string {
  const names = Object.keys(table.columns);
  const types = names.map((name) => `"${name}" ${table.columns[name]}`).join(', ');
  const sets = table.sets.map((name) => `"${name}" = EXCLUDED."${name}"`).join(', ');
  const more = Object.entries(extra);
  const into = quoted([...names, ...more.map(([name]) => name)]);
  const from = [listed(names), ...more.map(([, value]) => value)].join(', ');
  return `INSERT INTO "${table.name}" (${into})
    SELECT ${from} FROM head, jsonb_to_recordset($${at}::jsonb) AS r(${types})
    ON CONFLICT (${quoted(table.key)}) DO ${sets ? `UPDATE SET ${sets}` : 'NOTHING'}`;
}

/** Adds one part for each kind of row there is; `$1` is the article. */
function addRows(parts: string[], values: unknown[], rows: ChangedRows): void {
  const add = (name: string, table: Table, rows: Row[], extra?: Record<string, string>): void => {
    if (rows.length === 0) return;
    values.push(cleanJson(rows));
    const returning = table === claims ? ' RETURNING *' : '';
    parts.push(`${name} AS (${upsert(table, values.length, extra)}${returning})`);
  };
  add('claims', claims, rows.claims, { origin: `'person'` });
  if (rows.claims.length > 0)
    parts.push(`events AS (INSERT INTO "ClaimEvent" ("claimId", version, at, "userId", change)
      SELECT id, version, "createdAt", "createdBy", jsonb_build_object(
        'op', 'open', 'type', type, 'text', text, 'check', "check", 'articleId', $1::text) FROM claims)`);
  add('comments', comments, rows.comments);
  add('occurrences', occurrences, rows.occurrences);
  add('suggestions', suggestions, rows.suggestions);
  add('replies', replies, rows.replies);
  add('anchors', anchors, rows.anchors);
}

/** Appends a batch. Its one row's `n` is the number of commits written: 0 when the head had moved on. */
export function appendStatement(articleId: string, batch: Batch): Statement {
  const { commits, after } = batch;
  const first = commits[0];
  const last = commits.at(-1);
  if (!first || !last) throw new RangeError('A batch needs a commit.');
  const values: unknown[] = [
    articleId,
    first.rev - 1,
    last.rev,
    cleanText(headlineOf(after.doc)),
    cleanJson(countsOf(after)),
    last.at,
    commits.map((c) => c.rev),
    commits.map((c) => c.clientId),
    commits.map((c) => c.seq),
    commits.map((c) => c.userId),
    commits.map((c) => c.at),
    commits.map((c) => c.intent),
    commits.map((c) => JSON.stringify(c.steps)),
    commits.map((c) => JSON.stringify(c.origins)),
    commits.map((c) => JSON.stringify(c.ops)),
    commits.map((c) => JSON.stringify(c.dropped)),
  ];
  const parts = [
    `head AS (UPDATE "Article" SET rev = $3, headline = $4, counts = $5::jsonb, "updatedAt" = $6::timestamptz
      WHERE id = $1 AND rev = $2 RETURNING id)`,
    `log AS (INSERT INTO "Commit" ("articleId", rev, "clientId", seq, "userId", at, intent, steps, origins, ops, dropped)
      SELECT head.id, c.rev, c.client, c.seq, c.person, c.at::timestamptz, c.intent,
        c.steps::json, c.origins::json, c.ops::json, c.dropped::json
      FROM head, unnest($7::int[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[],
        $13::text[], $14::text[], $15::text[], $16::text[])
        AS c(rev, client, seq, person, at, intent, steps, origins, ops, dropped)
      RETURNING rev)`,
  ];
  const plain = parts.length;
  addRows(parts, values, changedRows(articleId, batch));
  const sql = `WITH ${parts.join(',\n')} SELECT count(*)::int AS n FROM log`;
  // Typing, most of what there is, brings no rows of annotations.
  return parts.length === plain ? { name: 'append-text', sql, values } : { sql, values };
}

/** Writes the annotation rows that an article is made with, at revision 0. Null when it has none. */
export function firstRowsStatement(
  articleId: string,
  before: Review,
  after: Review,
): Statement | null {
  const values: unknown[] = [articleId];
  const parts = ['head AS (SELECT id FROM "Article" WHERE id = $1)'];
  addRows(parts, values, changedRows(articleId, { commits: [], before, after }));
  return parts.length === 1 ? null : { sql: `WITH ${parts.join(',\n')} SELECT 1`, values };
}

/** Writes where the anchors of an article are at a snapshot, those that moved since their rows were written. */
export function anchorStatement(articleId: string, rows: Row[]): Statement {
  const sql = `WITH head AS (SELECT id FROM "Article" WHERE id = $1)
    ${upsert(anchors, 2)}
    WHERE "Anchor".rev < EXCLUDED.rev
      AND ("Anchor".from, "Anchor".to) IS DISTINCT FROM (EXCLUDED.from, EXCLUDED.to)`;
  return {
    sql: sql.replaceAll('.from', '."from"').replaceAll('.to', '."to"'),
    values: [articleId, cleanJson(rows)],
  };
}
