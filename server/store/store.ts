/** What the house keeps, as an interface: PostgreSQL in production, memory in unit tests, one contract suite for both. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { Commit } from '#core/sync/commit.ts';
import type { HandOver } from '#core/sync/desk.ts';
import {
  apply,
  newReview,
  reviewFromJson,
  type ArticleInfo,
  type Review,
  type ReviewJson,
} from '#core/sync/review.ts';
import type { Stage } from '#core/sync/stage.ts';
import type { ArticleCounts } from '#server/store/counts.ts';
import type { ListAsked, ListedArticles } from '#server/store/list-query.ts';

/** An article as the library lists it. Times are ISO 8601 in UTC. */
export interface ArticleRow extends ArticleInfo {
  headline: string;
  restricted: boolean;
  /** When the last hand-over asks for it. */
  deadline: string | null;
  rev: number;
  counts: ArticleCounts;
  createdAt: string;
  updatedAt: string;
}

/** A new article, before its first commit. */
export interface NewArticle {
  info: ArticleInfo;
  doc: Review['doc'];
  /** What a file brings beside its words: notes and suggestions at revision 0, on the same document. People the house
   *  does not know are kept as names that cannot sign in. */
  review?: Review;
  /** What the file says of the facts among these notes. */
  facts?: KnownFacts;
  /** The hashes of kept pictures that it has from the beginning. */
  assets?: readonly string[];
  /** The version it is brought back at; the facts then keep theirs. Absent for an article that begins here. */
  keptRev?: number;
  sourceText?: string;
  importFlags: unknown[];
  createdBy: string;
  at: string;
}

export interface Membership {
  articleId: string;
  userId: string;
  role: Role;
  endsAt: string | null;
  /** The hand-over it is pinned to: a moment that is over, and the last one this person sees. */
  pin?: HandOver | null;
}

/** A review at a snapshot and the commits that follow it. */
export interface Opened {
  snapshot: ReviewJson;
  commits: Commit[];
}

/** The commits of one flush. `before` and `after` are the review around them: the store writes the annotation rows that differ. */
export interface Batch {
  commits: readonly Commit[];
  before: Review;
  after: Review;
}

export interface AuditEntry {
  at: string;
  userId: string | null;
  action: string;
  articleId?: string;
  detail: Record<string, unknown>;
}

export interface Store {
  /** Every article of the house, oldest first. */
  listArticles(): Promise<ArticleRow[]>;
  /** A page of the articles a person may read. */
  findArticles(asked: ListAsked): Promise<ListedArticles>;
  /** Writes the texts that commits stored here have left for the search. Until then it finds them in this process only. */
  keepTexts(): Promise<void>;
  /** Writes texts, and gathers the words of changed articles for the search: of those that rest since `before` (null: of all), at
   *  most `limit`. The search finds the others too, only more slowly. Gives how many it gathered. */
  refreshSearch(before: string | null, limit: number): Promise<number>;
  article(id: string): Promise<ArticleRow | null>;
  /** Writes the article and its snapshot at revision 0 in one transaction. */
  createArticle(article: NewArticle): Promise<void>;
  /** The newest snapshot at or before `upTo` (default: the head) with the commits after it up to there; null for an unknown article. */
  open(id: string, upTo?: number): Promise<Opened | null>;
  /** Commits with `after` < rev, in order, at most `limit`. */
  commits(id: string, after: number, limit: number): Promise<Commit[]>;
  /** The log row of a commit by its client's name for it. */
  outcome(id: string, clientId: string, seq: number): Promise<Commit | null>;
  /** The newest commit number of this client; 0 when there is none. */
  lastSeq(id: string, clientId: string): Promise<number>;
  /** Appends in one transaction. 'conflict' when the head is not the batch's first revision minus one, or a (clientId, seq) is known: nothing is written. */
  append(id: string, batch: Batch): Promise<'ok' | 'conflict'>;
  saveSnapshot(id: string, review: Review, docHash: string, at: string): Promise<void>;
  setStage(id: string, stage: Stage): Promise<void>;

  people(): Promise<Person[]>;
  person(id: string): Promise<Person | null>;
  /** Those of these people that there are. */
  peopleOf(ids: readonly string[]): Promise<Person[]>;
  membershipsOf(userId: string): Promise<Membership[]>;
  membershipsIn(articleId: string): Promise<Membership[]>;
  putMembership(membership: Membership): Promise<void>;

  setting(key: string): Promise<string | null>;
  putSetting(key: string, value: string): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The review that a snapshot and the commits after it give. */
export const replayed = ({ snapshot, commits }: Opened): Review =>
  commits.reduce(apply, reviewFromJson(snapshot));

/** The review a new article starts with. */
export function firstReview({ info, doc, review, keptRev = 0 }: NewArticle): Review {
  return review ? { ...review, article: info, doc, rev: keptRev } : newReview(info, [], doc);
}
