/** Opens every article from its rows alone, as the house would: the newest snapshot and the log behind it. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Commit } from '#core/sync/commit.ts';
import { apply, reviewFromJson, type ReviewJson } from '#core/sync/review.ts';
import type { ArticleHead } from '#server/backup/manifest.ts';
import { inPortions } from '#server/backup/portions.ts';

export interface OpenedHead extends ArticleHead {
  /** Why it could not be opened. */
  problem?: string;
}

/** The head of each article, by id; read in the transaction `client` is in. */
export async function* articleHeads(client: pg.ClientBase): AsyncGenerator<OpenedHead> {
  const { rows } = await client.query<{ id: string; rev: number }>(
    'SELECT id, rev FROM "Article" ORDER BY id COLLATE "C"',
  );
  for (const { id, rev } of rows) {
    try {
      yield { id, rev, docHash: await hashAtHead(client, id, rev) };
    } catch (error) {
      if (
        !(error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError)
      )
        throw error;
      yield { id, rev, docHash: null, problem: error.message };
    }
  }
}

/** The hash of the text at the head. Throws a RangeError when the log has a gap, a step does not fit, or the document is none of ours. */
async function hashAtHead(client: pg.ClientBase, id: string, rev: number): Promise<string> {
  const newest = await client.query<{ review: string }>(
    'SELECT review::text FROM "Snapshot" WHERE "articleId" = $1 AND rev <= $2 ORDER BY rev DESC LIMIT 1',
    [id, rev],
  );
  const json = newest.rows[0]?.review;
  if (json === undefined) throw new RangeError('It has no snapshot.');
  let review = reviewFromJson(JSON.parse(json) as ReviewJson);
  const log = {
    sql: `SELECT json_build_object('rev', rev, 'clientId', "clientId", 'seq', seq, 'userId', "userId",
        'at', at, 'intent', intent, 'steps', steps, 'origins', origins, 'ops', ops, 'dropped', dropped)::text
      FROM "Commit" WHERE "articleId" = $1 AND rev > $2 ORDER BY rev`,
    values: [id, review.rev],
  };
  for await (const portion of inPortions(client, log)) {
    for (const [commit = ''] of portion) review = apply(review, JSON.parse(commit ?? '') as Commit);
  }
  if (review.rev !== rev) {
    throw new RangeError(`Its log ends at revision ${review.rev}, and its row says ${rev}.`);
  }
  review.doc.check();
  // An article that was brought back as it was begins at a version of its own.
  const total = await client.query<{ n: number; first: number }>(
    `SELECT (SELECT count(*)::int FROM "Commit" WHERE "articleId" = $1) AS n,
      (SELECT min(rev)::int FROM "Snapshot" WHERE "articleId" = $1) AS first`,
    [id],
  );
  const { n, first } = total.rows[0] ?? { n: 0, first: 0 };
  if (first + n !== rev) throw new RangeError('Its log has a gap.');
  return createHash('sha256').update(JSON.stringify(review.doc)).digest('hex');
}
