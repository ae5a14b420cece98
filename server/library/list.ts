/** The library as one person sees it. */
import type { Person } from '#core/annotate/annotation.ts';
import { sees, type Reader } from '#core/annotate/audience.ts';
import type { ArticleAnswer, Library, LibraryArticle, ReaderCounts } from '#core/sync/answers.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { standingOf } from '#server/auth/standing.ts';
import type { Context } from '#server/context.ts';
import type { ArticleCounts, ArticleRow } from '#server/store/store.ts';

/** The counts of an article without the notes the reader may not see. Suggestions are for everyone on the article. */
export function countsFor(reader: Reader, counts: ArticleCounts): ReaderCounts {
  const { words, suggestions, pendingSuggestions } = counts;
  const seen = counts.byAudience.filter(({ audience }) => sees(reader, audience));
  const sum = (key: 'comments' | 'openComments' | 'facts'): number =>
    seen.reduce((total, one) => total + one[key], 0);
  return {
    words,
    suggestions,
    pendingSuggestions,
    comments: sum('comments'),
    openComments: sum('openComments'),
    facts: sum('facts'),
  };
}

function present(context: Context, row: ArticleRow, reader: Reader): LibraryArticle {
  const { restricted: _internal, counts, ...shown } = row;
  return { ...shown, counts: countsFor(reader, counts), active: context.activeIn(row.id) };
}

/** All articles the person may read, the newest change first. */
export async function listLibrary(context: Context, person: Person): Promise<Library> {
  const { store, now } = context;
  const [rows, memberships] = await Promise.all([
    store.listArticles(),
    store.membershipsOf(person.id),
  ]);
  const articles = rows.flatMap((row) => {
    const standing = standingOf(person, row, memberships, now());
    return may(standing, 'read')
      ? [present(context, row, { id: person.id, role: standing.role })]
      : [];
  });
  return { articles: articles.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt)) };
}

/** One article; refused like an unknown one when the person may not read it. */
export async function showArticle(
  context: Context,
  person: Person,
  id: string,
): Promise<ArticleAnswer> {
  const [row, standing] = await Promise.all([
    context.store.article(id),
    context.standings.of(person.id, id),
  ]);
  if (!row || !standing || !may(standing, 'read')) throw new RefusalError('ARTICLE_UNKNOWN');
  return { article: present(context, row, { id: person.id, role: standing.role }), standing };
}
