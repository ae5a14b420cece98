/** The articles that somebody sees as they stood at a hand-over, for lists and searches. There are few of them, so each is opened:
 *  what is gathered for lists and for the search is of today. */
import { sees } from '#core/annotate/audience.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import type { Context } from '#server/context.ts';
import { reviewAtPin, rowAtPin } from '#server/review/pinned.ts';
import { inListOrder, lasting, readPlace, type ListAsked } from '#server/store/list-query.ts';
import { holds, searchTerms } from '#server/store/search-words.ts';
import { partsOf } from '#server/store/search.ts';
import { standingOf } from '#server/store/standing-of.ts';
import type { ArticleRow } from '#server/store/store.ts';
import { searchText } from '#server/store/texts.ts';

/** An article as it stood, and who the person is there. */
export interface PinnedArticle {
  row: ArticleRow;
  standing: Standing & { pin: HandOver };
}

/** Those that belong on this page: behind `after`, and no further than `next`, where the page after it begins. */
export async function pinnedOnPage(
  context: Context,
  asked: ListAsked & { mine: boolean },
  next: string | null,
): Promise<PinnedArticle[]> {
  const { person, memberships, now, words, stage, mine } = asked;
  const terms = searchTerms(words);
  if (words.trim() !== '' && terms.length === 0) return [];
  const from = asked.after === null ? null : readPlace(asked.after);
  const to = next === null ? null : readPlace(next);
  const found: PinnedArticle[] = [];
  for (const { articleId, pin } of lasting(asked)) {
    if (!pin || (stage !== null && pin.stage !== stage) || (mine && pin.to !== person.id)) continue;
    const article = await context.store.article(articleId);
    const standing = article && standingOf(person, article, memberships, now);
    if (!standing || !may(standing, 'read')) continue;
    const review = await reviewAtPin(context, articleId, pin);
    const row = rowAtPin(article, review, pin);
    if (from && inListOrder(row, from) <= 0) continue;
    if (to && inListOrder(row, to) > 0) continue;
    const reader = { id: person.id, role: standing.role };
    const parts = partsOf(review, searchText(review.doc));
    if (parts.some(({ audience, text }) => sees(reader, audience) && holds(text, terms)))
      found.push({ row, standing: { ...standing, pin } });
  }
  return found;
}
