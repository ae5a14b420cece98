/** Articles as they stood at a hand-over, for readers who are pinned to it. Nothing here asks for the article's head: what came
 *  later is not read, and so it cannot be told. */
import { factsBefore } from '#core/facts/seen-facts.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { RefusalError } from '#core/sync/error.ts';
import type { Facts } from '#core/sync/protocol.ts';
import { headlineOf, type Review } from '#core/sync/review.ts';
import type { Context } from '#server/context.ts';
import { countsOf } from '#server/store/counts.ts';
import { replayed, type ArticleRow } from '#server/store/store.ts';

/** The whole review at a hand-over. Not for any reader: project it. */
export async function reviewAtPin(
  { store }: Pick<Context, 'store'>,
  articleId: string,
  pin: HandOver,
): Promise<Review> {
  const opened = await store.open(articleId, pin.rev);
  if (!opened) throw new RefusalError('ARTICLE_UNKNOWN');
  const review = replayed(opened);
  return { ...review, article: { ...review.article, stage: pin.stage } };
}

/** What was known of the claims of a review at its hand-over. A citation that was taken away since is not among it: it is kept
 *  nowhere. Not for any reader: see `factsFor`. */
export async function factsAtPin(
  { claims }: Pick<Context, 'claims'>,
  review: Review,
  pin: HandOver,
): Promise<Facts> {
  const ids = [...review.claims.keys()];
  const [now, described] = await Promise.all([
    claims.facts(ids),
    claims.describedBefore(ids, pin.at),
  ]);
  const then = factsBefore(now, pin, review.article.id);
  return {
    ...then,
    claims: then.claims.flatMap((file) => {
      const first = review.claims.get(file.claim.id);
      return first ? [{ ...file, claim: { ...first, ...described.get(first.id) } }] : [];
    }),
  };
}

/** How lists show an article to somebody who is pinned. */
export function rowAtPin(row: ArticleRow, review: Review, pin: HandOver): ArticleRow {
  const { writerId: _now, ...rest } = row;
  const { writerId } = review.article;
  return {
    ...rest,
    ...(writerId === undefined ? {} : { writerId }),
    headline: headlineOf(review.doc),
    stage: pin.stage,
    deadline: pin.dueAt,
    rev: review.rev,
    counts: countsOf(review),
    updatedAt: pin.at,
  };
}
