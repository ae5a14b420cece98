/** The library as one person sees it. */
import type { Person } from '#core/annotate/annotation.ts';
import { sees, type Reader } from '#core/annotate/audience.ts';
import type { ArticleAnswer, Library, LibraryArticle, ReaderCounts } from '#core/sync/answers.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import { standingOf } from '#server/auth/standing.ts';
import type { Context } from '#server/context.ts';
import type { Found } from '#server/store/desk.ts';
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

interface DeskNews {
  handOvers: ReadonlyMap<string, HandOver>;
  unread: ReadonlyMap<string, number>;
}

function present(
  context: Context,
  row: ArticleRow,
  reader: Reader,
  news: DeskNews,
): LibraryArticle {
  const { restricted: _internal, counts, ...shown } = row;
  return {
    ...shown,
    counts: countsFor(reader, counts),
    handOver: news.handOvers.get(row.id) ?? null,
    unread: news.unread.get(row.id) ?? null,
    active: context.activeIn(row.id),
  };
}

async function newsFor(
  { desk }: Context,
  person: Person,
  ids: readonly string[],
): Promise<DeskNews> {
  const [handOvers, unread] = await Promise.all([desk.lastHandOvers(ids), desk.unread(person.id)]);
  return { handOvers, unread };
}

/** What is due first, then the newest change; what is due at no time comes after. */
const byDeadline = (a: LibraryArticle, b: LibraryArticle): number =>
  (a.deadline ?? '9').localeCompare(b.deadline ?? '9') || b.updatedAt.localeCompare(a.updatedAt);

/** All articles the person may read; with `words` those whose headline, text or visible notes hold them. */
export async function listLibrary(
  context: Context,
  person: Person,
  words: string,
): Promise<Library> {
  const { desk, store, now } = context;
  const [rows, memberships, found] = await Promise.all([
    store.listArticles(),
    store.membershipsOf(person.id),
    words === '' ? null : desk.search(words),
  ]);
  const news = await newsFor(
    context,
    person,
    rows.map((row) => row.id),
  );
  const articles = rows.flatMap((row) => {
    const standing = standingOf(person, row, memberships, now());
    const reader = { id: person.id, role: standing.role };
    const holds = (one: Found): boolean => one.articleId === row.id && sees(reader, one.audience);
    if (!may(standing, 'read') || (found && !found.some(holds))) return [];
    return [present(context, row, reader, news)];
  });
  return { articles: articles.toSorted(byDeadline) };
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
  const reader = { id: person.id, role: standing.role };
  return { article: present(context, row, reader, await newsFor(context, person, [id])), standing };
}
