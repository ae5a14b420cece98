/** The library as one person sees it. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Reader, Role } from '#core/annotate/audience.ts';
import type { ArticleAnswer, Library, LibraryArticle } from '#core/sync/answers.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { RefusalError } from '#core/sync/error.ts';
import { may } from '#core/sync/policy.ts';
import type { Stage } from '#core/sync/stage.ts';
import type { Context } from '#server/context.ts';
import { pinnedOnPage, type PinnedArticle } from '#server/library/pinned-list.ts';
import { reviewAtPin, rowAtPin } from '#server/review/pinned.ts';
import { countsFor } from '#server/store/counts.ts';
import type { Unread } from '#server/store/desk.ts';
import { inListOrder, readerOf } from '#server/store/list-query.ts';
import type { ArticleRow } from '#server/store/store.ts';

interface DeskNews {
  handOvers: ReadonlyMap<string, HandOver>;
  unread: ReadonlyMap<string, Unread>;
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
    unread: news.unread.get(row.id)?.changes ?? null,
    readRev: news.unread.get(row.id)?.rev ?? null,
    active: context.activeIn(row.id),
  };
}

/** An article as it stood at a hand-over: nothing of what is done in it now. */
function presentPinned({ row, standing }: PinnedArticle): LibraryArticle {
  const { restricted: _internal, counts, ...shown } = row;
  return {
    ...shown,
    counts: countsFor({ id: standing.userId, role: standing.role }, counts),
    handOver: standing.pin,
    unread: null,
    readRev: null,
    active: [],
  };
}

async function newsFor(
  { desk }: Context,
  person: Person,
  roleIn: ReadonlyMap<string, Role>,
): Promise<DeskNews> {
  const [handOvers, unread] = await Promise.all([
    desk.lastHandOvers([...roleIn.keys()]),
    desk.unread(person.id, roleIn),
  ]);
  return { handOvers, unread };
}

/** What of the library is asked for. */
export interface AskedLibrary {
  /** Words that the headline, the text or the notes hold; empty for any. */
  q: string;
  stage?: Stage | undefined;
  /** Only what was handed to the person last. */
  mine: boolean;
  /** Where the page before ended. */
  after?: string | undefined;
}

const articlesOfPage = 50;

/** A page of the articles the person may read, by deadline; with words only those whose headline, text or visible notes hold them. */
export async function listLibrary(
  context: Context,
  person: Person,
  { q, stage, mine, after }: AskedLibrary,
): Promise<Library> {
  const { desk, store } = context;
  const [memberships, only] = await Promise.all([
    store.membershipsOf(person.id),
    mine ? desk.handedTo(person.id) : null,
  ]);
  const asked = {
    person,
    memberships,
    now: context.now(),
    words: q,
    stage: stage ?? null,
    only,
    after: after ?? null,
    limit: articlesOfPage,
  };
  const { rows, next } = await store.findArticles(asked);
  const found = rows.flatMap((row) => {
    const reader = readerOf(asked, row);
    return reader ? [{ row, reader }] : [];
  });
  const roleIn = new Map(found.map(({ row, reader }) => [row.id, reader.role]));
  const news = await newsFor(context, person, roleIn);
  const pinned = await pinnedOnPage(context, { ...asked, mine }, next);
  const articles = [
    ...found.map(({ row, reader }) => present(context, row, reader, news)),
    ...pinned.map(presentPinned),
  ];
  return { articles: pinned.length > 0 ? articles.toSorted(inListOrder) : articles, next };
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
  const { pin } = standing;
  if (pin) {
    const then = rowAtPin(row, await reviewAtPin(context, id, pin), pin);
    return { article: presentPinned({ row: then, standing: { ...standing, pin } }), standing };
  }
  const reader = { id: person.id, role: standing.role };
  const news = await newsFor(context, person, new Map([[id, reader.role]]));
  return { article: present(context, row, reader, news), standing };
}
