/** The store in memory, for unit tests and fuzz. It keeps JSON, as the database does, so that nothing is shared by reference. */
import type { Person } from '#core/annotate/annotation.ts';
import { sees } from '#core/annotate/audience.ts';
import type { Commit } from '#core/sync/commit.ts';
import { headlineOf, reviewToJson, type Review, type ReviewJson } from '#core/sync/review.ts';
import type { Stage } from '#core/sync/stage.ts';
import {
  inListOrder,
  placeOf,
  readerOf,
  readPlace,
  type ListAsked,
  type ListedArticles,
} from '#server/store/list-query.ts';
import { partsOf, type SearchPart } from '#server/store/search.ts';
import { holds, searchTerms } from '#server/store/search-words.ts';
import { countsOf } from '#server/store/counts.ts';
import {
  firstReview,
  type ArticleRow,
  type AuditEntry,
  type Batch,
  type Membership,
  type NewArticle,
  type Opened,
  type Store,
} from '#server/store/store.ts';
import { searchText } from '#server/store/texts.ts';

interface Shelf {
  row: ArticleRow;
  words: SearchPart[];
  snapshots: string[];
  commits: string[];
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const read = <T>(json: string): T => JSON.parse(json) as T;
const wordsOf = (review: Review): SearchPart[] => partsOf(review, searchText(review.doc));

export class MemoryStore implements Store {
  private readonly shelves = new Map<string, Shelf>();
  private readonly settings = new Map<string, string>();
  private readonly persons = new Map<string, Person>();
  private readonly memberships: Membership[] = [];
  readonly audits: AuditEntry[] = [];

  addPerson(person: Person): void {
    this.persons.set(person.id, copy(person));
  }

  listArticles(): Promise<ArticleRow[]> {
    return Promise.resolve([...this.shelves.values()].map((shelf) => copy(shelf.row)));
  }

  findArticles(asked: ListAsked): Promise<ListedArticles> {
    const terms = searchTerms(asked.words);
    const isNothing = asked.words.trim() !== '' && terms.length === 0;
    const after = asked.after === null ? null : readPlace(asked.after);
    const found = [...this.shelves.values()].filter(({ row, words }) => {
      const reader = readerOf(asked, row);
      if (!reader || isNothing) return false;
      if (asked.stage !== null && row.stage !== asked.stage) return false;
      if (asked.only !== null && !asked.only.includes(row.id)) return false;
      if (after && inListOrder(row, after) <= 0) return false;
      return words.some(({ audience, text }) => sees(reader, audience) && holds(text, terms));
    });
    const rows = found.map(({ row }) => copy(row)).toSorted(inListOrder);
    const page = rows.slice(0, asked.limit);
    const last = page.at(-1);
    return Promise.resolve({
      rows: page,
      next: rows.length > page.length && last ? placeOf(last) : null,
    });
  }

  keepTexts(): Promise<void> {
    return Promise.resolve();
  }

  refreshSearch(): Promise<number> {
    return Promise.resolve(0);
  }

  article(id: string): Promise<ArticleRow | null> {
    const shelf = this.shelves.get(id);
    return Promise.resolve(shelf ? copy(shelf.row) : null);
  }

  createArticle(article: NewArticle): Promise<void> {
    const { info, doc, at } = article;
    if (this.shelves.has(info.id)) return Promise.reject(new Error('That article exists.'));
    const review = firstReview(article);
    for (const person of review.people.values())
      if (!this.persons.has(person.id)) this.addPerson(person);
    const row: ArticleRow = {
      ...info,
      headline: headlineOf(doc),
      restricted: false,
      deadline: null,
      rev: review.rev,
      counts: countsOf(review),
      createdAt: at,
      updatedAt: at,
    };
    const snapshots = [JSON.stringify(reviewToJson(review))];
    const words = wordsOf(review);
    this.shelves.set(info.id, { row: copy(row), words, snapshots, commits: [] });
    return Promise.resolve();
  }

  open(id: string, upTo = Number.MAX_SAFE_INTEGER): Promise<Opened | null> {
    const shelf = this.shelves.get(id);
    if (!shelf) return Promise.resolve(null);
    const snapshot = shelf.snapshots
      .map((json) => read<ReviewJson>(json))
      .findLast((one) => one.rev <= upTo);
    if (!snapshot) return Promise.resolve(null);
    const people = [...this.persons.values()].map(copy);
    const commits = shelf.commits
      .map((json) => read<Commit>(json))
      .filter((commit) => commit.rev > snapshot.rev && commit.rev <= upTo);
    const article = { ...snapshot.article, stage: shelf.row.stage };
    return Promise.resolve({ snapshot: { ...snapshot, article, people }, commits });
  }

  commits(id: string, after: number, limit: number): Promise<Commit[]> {
    const all = (this.shelves.get(id)?.commits ?? []).map((json) => read<Commit>(json));
    return Promise.resolve(all.filter((commit) => commit.rev > after).slice(0, limit));
  }

  outcome(id: string, clientId: string, seq: number): Promise<Commit | null> {
    const all = (this.shelves.get(id)?.commits ?? []).map((json) => read<Commit>(json));
    return Promise.resolve(all.find((c) => c.clientId === clientId && c.seq === seq) ?? null);
  }

  lastSeq(id: string, clientId: string): Promise<number> {
    const all = (this.shelves.get(id)?.commits ?? []).map((json) => read<Commit>(json));
    const own = all.filter((commit) => commit.clientId === clientId).map((commit) => commit.seq);
    return Promise.resolve(Math.max(0, ...own));
  }

  append(id: string, { commits, after }: Batch): Promise<'ok' | 'conflict'> {
    const shelf = this.shelves.get(id);
    const first = commits[0];
    if (!shelf || first?.rev !== shelf.row.rev + 1) return Promise.resolve('conflict');
    for (const commit of commits) {
      const twin = shelf.commits
        .map((json) => read<Commit>(json))
        .some((c) => c.clientId === commit.clientId && c.seq === commit.seq);
      if (twin) return Promise.resolve('conflict');
    }
    for (const commit of commits) shelf.commits.push(JSON.stringify(commit));
    const updatedAt = commits.at(-1)?.at ?? shelf.row.updatedAt;
    const headline = headlineOf(after.doc);
    shelf.row = { ...shelf.row, headline, rev: after.rev, counts: countsOf(after), updatedAt };
    shelf.words = wordsOf(after);
    return Promise.resolve('ok');
  }

  saveSnapshot(id: string, review: Parameters<Store['saveSnapshot']>[1]): Promise<void> {
    this.shelves.get(id)?.snapshots.push(JSON.stringify(reviewToJson(review)));
    return Promise.resolve();
  }

  setStage(id: string, stage: Stage): Promise<void> {
    const shelf = this.shelves.get(id);
    if (shelf) shelf.row = { ...shelf.row, stage };
    return Promise.resolve();
  }

  people(): Promise<Person[]> {
    return Promise.resolve([...this.persons.values()].map(copy));
  }

  peopleOf(ids: readonly string[]): Promise<Person[]> {
    return Promise.resolve(ids.flatMap((id) => copy(this.persons.get(id) ?? [])));
  }

  person(id: string): Promise<Person | null> {
    return Promise.resolve(copy(this.persons.get(id) ?? null));
  }

  membershipsOf(userId: string): Promise<Membership[]> {
    return Promise.resolve(this.memberships.filter((m) => m.userId === userId).map(copy));
  }

  membershipsIn(articleId: string): Promise<Membership[]> {
    return Promise.resolve(this.memberships.filter((m) => m.articleId === articleId).map(copy));
  }

  putMembership(membership: Membership): Promise<void> {
    const { articleId, userId } = membership;
    const at = this.memberships.findIndex((m) => m.articleId === articleId && m.userId === userId);
    if (at >= 0) this.memberships.splice(at, 1);
    this.memberships.push(copy(membership));
    return Promise.resolve();
  }

  setting(key: string): Promise<string | null> {
    return Promise.resolve(this.settings.get(key) ?? null);
  }

  putSetting(key: string, value: string): Promise<void> {
    this.settings.set(key, value);
    return Promise.resolve();
  }

  audit(entry: AuditEntry): Promise<void> {
    this.audits.push(copy(entry));
    return Promise.resolve();
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
