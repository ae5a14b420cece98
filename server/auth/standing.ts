/** What a person is to an article, from house role, membership and stage. One answer for every route and every socket event. */
import type { Person } from '#core/annotate/annotation.ts';
import { may, type Standing } from '#core/sync/policy.ts';
import { standingOf } from '#server/store/standing-of.ts';
import type { Store } from '#server/store/store.ts';

/** What the house keeps is looked at this often, so that typing costs no queries; a change of rights reaches everybody within it. */
const keepMs = 2000;
const maxKept = 5000;

type Judge = (person: Person) => Standing | null;

interface Kept<T> {
  until: number;
  value: Promise<T>;
}

const isFresh = <T>(kept: Kept<T> | undefined, time: number): kept is Kept<T> =>
  kept !== undefined && kept.until > time;

export class Standings {
  private readonly store: Store;
  private readonly now: () => string;
  /** One look for everybody who reads an article, and one for everybody who has lately done anything. */
  private readonly articles = new Map<string, Kept<Judge>>();
  private readonly people = new Map<string, Kept<ReadonlyMap<string, Person>>>();
  /** Who was asked about since the people were looked at last. */
  private asked = new Set<string>();

  constructor(store: Store, now: () => string) {
    this.store = store;
    this.now = now;
  }

  /** Null when there is no such article or person. */
  async of(userId: string, articleId: string): Promise<Standing | null> {
    const time = Date.parse(this.now());
    const isNew = !isFresh(this.articles.get(articleId), time);
    const standing = await this.judge(userId, articleId, time);
    if (isNew || (standing && may(standing, 'read'))) return standing;
    // Nobody is turned away by what is remembered: they may have been let in a moment ago, on another node.
    this.articles.delete(articleId);
    this.people.delete(userId);
    return this.judge(userId, articleId, time);
  }

  private async judge(userId: string, articleId: string, time: number): Promise<Standing | null> {
    const [people, judge] = await Promise.all([
      this.peopleWith(userId, time),
      this.judgeOf(articleId, time),
    ]);
    const person = people.get(userId);
    return person ? judge(person) : null;
  }

  /** For each of these articles, how anybody stands to it now: null where there is no such article. For many people at once. */
  async judges(articleIds: Iterable<string>): Promise<Map<string, Judge>> {
    const found = [...articleIds].map(async (id) => [id, await this.readJudge(id)] as const);
    return new Map(await Promise.all(found));
  }

  /** Forgets all answers: a stage, a role or a membership changed. */
  forget(): void {
    this.articles.clear();
    this.people.clear();
  }

  private judgeOf(articleId: string, time: number): Promise<Judge> {
    const kept = this.articles.get(articleId);
    if (isFresh(kept, time)) return kept.value;
    const value = this.readJudge(articleId);
    if (this.articles.size >= maxKept) this.articles.clear();
    this.articles.set(articleId, { until: time + keepMs, value });
    value.catch(() => this.articles.delete(articleId));
    return value;
  }

  private async readJudge(articleId: string): Promise<Judge> {
    const [row, memberships] = await Promise.all([
      this.store.article(articleId),
      this.store.membershipsIn(articleId),
    ]);
    return (person) => row && standingOf(person, row, memberships, this.now());
  }

  /** Reads, with the one who is asked for, everybody who was active since the last look: one question for a room full of writers. */
  private peopleWith(userId: string, time: number): Promise<ReadonlyMap<string, Person>> {
    this.asked.add(userId);
    const kept = this.people.get(userId);
    if (isFresh(kept, time)) return kept.value;
    const ids = [...this.asked];
    this.asked = new Set([userId]);
    const value = this.store
      .peopleOf(ids)
      .then((found) => new Map(found.map((person) => [person.id, person])));
    if (this.people.size + ids.length >= maxKept) this.people.clear();
    for (const id of ids) this.people.set(id, { until: time + keepMs, value });
    value.catch(() => this.people.clear());
    return value;
  }
}
