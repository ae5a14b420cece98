/** The list of sittings and named versions, and the difference of two revisions. */
import type { Person } from '#core/annotate/annotation.ts';
import { compareTexts, type ComparedText } from '#core/sync/compare.ts';
import {
  pageStart,
  sittingsOf,
  type ComparisonAnswer,
  type HistoryAnswer,
} from '#core/sync/history.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { projectCommit } from '#core/sync/project.ts';
import { headlineOf } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { mayRename } from '#server/history/change.ts';
import { needReached, newestFor } from '#server/history/past.ts';
import { knowsTheHouse } from '#server/people/known-people.ts';
import { entered, wholeReviewAt } from '#server/review/entered.ts';

/** Commits read for a page at most, and pauses after which it ends. */
const pageCommits = 4000;
const pagePauses = 40;

/** A page of history: what was done before revision `before`, the newest first. */
export async function listHistory(
  context: Context,
  person: Person,
  articleId: string,
  before: number | undefined,
): Promise<HistoryAnswer> {
  const { room, standing } = await entered(context, person, articleId);
  const { article, doc, rev } = await newestFor(context, { room, standing });
  const reader = { id: person.id, role: standing.role };
  const upTo = Math.min(before ?? rev + 1, rev + 1);
  const [row, people, versions, found] = await Promise.all([
    context.store.article(articleId),
    context.store.people(),
    // A name may be given, and changed, long after its revision.
    standing.pin ? [] : context.versions.list(articleId),
    context.versions.heads(articleId, upTo, pageCommits),
  ]);
  if (!row) throw new RefusalError('ARTICLE_UNKNOWN');
  const first = found[0]?.rev ?? 1;
  const start = pageStart(found, pagePauses, first === 1);
  // What is outside the reader's audience is hidden before anything is counted.
  const page = found.slice(start).map((head) => projectHead(head, reader));
  const oldest = page[0]?.rev ?? 1;
  const sittings = sittingsOf(page);
  const named = new Set([...sittings, ...versions].map(({ by }) => by));
  return {
    headline: headlineOf(doc),
    language: article.language,
    head: rev,
    filedAt: row.createdAt,
    sittings,
    versions,
    people: knowsTheHouse(person) ? people : people.filter(({ id }) => named.has(id)),
    before: oldest > 1 ? oldest : null,
    may: {
      name: may(standing, 'comment'),
      rename: versions.filter((one) => mayRename(standing, one)).map(({ id }) => id),
      restore: may(standing, 'edit'),
    },
  };
}

type Head = Awaited<ReturnType<Context['versions']['heads']>>[number];

function projectHead(head: Head, reader: Parameters<typeof projectCommit>[1]): Head {
  const bare = { ...head, seq: 0, steps: [], origins: [], dropped: [] };
  return { ...head, ops: projectCommit(bare, reader).ops };
}

/** What changed in the text from revision `from` to `to`. */
export async function compareRevisions(
  context: Context,
  person: Person,
  articleId: string,
  asked: { from: number; to: number; text: ComparedText },
): Promise<ComparisonAnswer> {
  const { room, standing } = await entered(context, person, articleId);
  const { text } = asked;
  const [from, to] = [Math.min(asked.from, asked.to), Math.max(asked.from, asked.to)];
  needReached(standing, to);
  const [before, after, by] = await Promise.all([
    wholeReviewAt(context, room, from),
    wholeReviewAt(context, room, to),
    context.versions.authors(articleId, from, to),
  ]);
  const { language } = after.article;
  return { from, to, language, by, ...compareTexts(before.doc, after.doc, text) };
}
