/** The rows of annotations that a batch changes, as plain objects for one SQL statement each. Rows are what the log gives:
 *  they can be listed and counted without replaying it, and are written in the statement that appends the commits. */
import type { Anchor } from '#core/annotate/anchor.ts';
import type { Reply } from '#core/annotate/annotation.ts';
import type { Audience } from '#core/annotate/audience.ts';
import type { Review } from '#core/sync/review.ts';
import type { Batch } from '#server/store/store.ts';

export type Row = Record<string, unknown>;

/** Rows to insert or update, by table. */
export interface ChangedRows {
  claims: Row[];
  comments: Row[];
  occurrences: Row[];
  suggestions: Row[];
  replies: Row[];
  anchors: Row[];
}

/** Text as PostgreSQL can hold it: U+0000 and halves of surrogate pairs become U+FFFD, which keeps the length. */
export const cleanText = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');

/** JSON for a jsonb column or parameter. */
export const cleanJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? cleanText(inner) : inner,
  );

/** The revision each annotation of the batch was opened at. */
function openedRevs(batch: Batch): Map<string, number> {
  const revs = new Map<string, number>();
  for (const { rev, ops } of batch.commits)
    for (const op of ops)
      if (op.op === 'comment.open' || op.op === 'occurrence.open' || op.op === 'suggestion.open')
        revs.set(op.id, rev);
  return revs;
}

function changed<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): T[] {
  if (before === after) return [];
  return [...after].filter(([id, item]) => before.get(id) !== item).map(([, item]) => item);
}

/** Anchors that are new or have changed state. Every letter moves them all, so this looks at thousands and makes no lists of them. */
function turned(before: ReadonlyMap<string, Anchor>, after: ReadonlyMap<string, Anchor>): Anchor[] {
  const found: Anchor[] = [];
  if (before !== after)
    after.forEach((anchor, id) => {
      if (before.get(id)?.state !== anchor.state) found.push(anchor);
    });
  return found;
}

interface Thread {
  id: string;
  audience: Audience;
  replies: readonly Reply[];
}

function replyRows(
  kind: string,
  thread: Thread,
  known: readonly Reply[],
  articleId: string,
  rev: number,
): Row[] {
  const rows = thread.replies
    .filter((reply) => !known.includes(reply))
    .map((reply) => ({
      articleId,
      id: reply.id,
      annotationId: thread.id,
      kind,
      userId: reply.by,
      at: reply.at,
      text: reply.text,
      editedAt: reply.editedAt ?? null,
      audience: thread.audience,
      rev,
    }));
  // One statement cannot write a row twice; the newest of two with one id wins.
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** The anchor as a row whose positions are those of `rev`. */
export const anchorRow = (articleId: string, rev: number, anchor: Anchor): Row => ({
  articleId,
  annotationId: anchor.id,
  kind: anchor.kind,
  rev,
  from: anchor.from,
  to: anchor.to,
  state: anchor.state,
  exact: anchor.exact,
  prefix: anchor.prefix,
  suffix: anchor.suffix,
  lastGood: anchor.state === 'detached' ? anchor.good : null,
});

/** All rows that differ between `before` and `after`. Anchors only when they are new or changed state: moving is not worth a write. */
export function changedRows(articleId: string, batch: Batch): ChangedRows {
  const { before, after } = batch;
  const revs = openedRevs(batch);
  const openedRev = (id: string): number => revs.get(id) ?? after.rev;
  const common = (note: { id: string; by: string; at: string; audience: Audience }): Row => ({
    articleId,
    id: note.id,
    userId: note.by,
    at: note.at,
    audience: note.audience,
    openedRev: openedRev(note.id),
  });
  const status = (note: { status: string; statusBy?: string; statusAt?: string }): Row => ({
    status: note.status,
    statusBy: note.statusBy ?? null,
    statusAt: note.statusAt ?? null,
  });
  const threads = (kind: string, pick: (review: Review) => ReadonlyMap<string, Thread>): Row[] =>
    changed(pick(before), pick(after)).flatMap((thread) =>
      replyRows(kind, thread, pick(before).get(thread.id)?.replies ?? [], articleId, after.rev),
    );
  return {
    claims: changed(before.claims, after.claims).map((claim) => ({
      id: claim.id,
      type: claim.type,
      text: claim.text,
      check: claim.check,
      createdBy: claim.by,
      createdAt: claim.at,
    })),
    comments: changed(before.comments, after.comments).map((comment) => ({
      ...common(comment),
      ...status(comment),
      text: comment.text,
      editedAt: comment.editedAt ?? null,
    })),
    occurrences: changed(before.occurrences, after.occurrences).map((occurrence) => ({
      ...common(occurrence),
      ...status(occurrence),
      claimId: occurrence.claimId,
    })),
    suggestions: changed(before.suggestions, after.suggestions).map((row) => ({
      ...common(row),
      last: row.last,
      reason: row.reason,
      category: row.category,
      status: row.status,
      deleted: row.deleted,
      inserted: row.inserted,
      decidedBy: row.decidedBy ?? null,
      decidedAt: row.decidedAt ?? null,
      decidedRev: row.decidedRev ?? null,
    })),
    replies: [
      ...threads('comment', (review) => review.comments),
      ...threads('occurrence', (review) => review.occurrences),
      ...threads('suggestion', (review) => review.suggestions),
    ],
    anchors: turned(before.anchors.byId, after.anchors.byId).map((anchor) =>
      anchorRow(articleId, after.rev, anchor),
    ),
  };
}
