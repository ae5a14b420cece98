/** What the HTTP routes answer, for both sides of the wire. Refusals are those of core/sync/error. */
import type { Person } from '#core/annotate/annotation.ts';
import type { HandOver } from '#core/sync/desk.ts';
import type { Standing } from '#core/sync/policy.ts';
import type { ArticleInfo } from '#core/sync/review.ts';

/** GET /api/me */
export interface Me {
  person: Person;
  /** The server runs the demo: people can be changed without a password. */
  demo: boolean;
  rights: { import: boolean; people: boolean };
}

/** Numbers an article is listed with: only what the reader may see is counted. */
export interface ReaderCounts {
  words: number;
  comments: number;
  openComments: number;
  suggestions: number;
  pendingSuggestions: number;
  facts: number;
}

/** A line of the library. Times are ISO 8601 in UTC; `active` are the people in the article just now. */
export interface LibraryArticle extends ArticleInfo {
  headline: string;
  rev: number;
  counts: ReaderCounts;
  deadline: string | null;
  /** The last time it was passed on. */
  handOver: HandOver | null;
  /** Changes of others since this reader was here; null when they never were. */
  unread: number | null;
  /** The revision this reader saw last; null when they never were here. */
  readRev: number | null;
  createdAt: string;
  updatedAt: string;
  active: Person[];
}

/** GET /api/articles?q=&stage=&mine=1&after=: a page of what the reader may open, by deadline, then the newest change first; with
 *  `q` only what holds the words, with `mine` only what was handed to them last. */
export interface Library {
  articles: LibraryArticle[];
  /** Where the next page begins, for `after`; null when there is none. */
  next: string | null;
}

/** GET /api/articles/:id */
export interface ArticleAnswer {
  article: LibraryArticle;
  standing: Standing;
}

/** GET /api/demo: whom one can sign in as. */
export interface DemoPeople {
  people: (Person & { what: string })[];
}
