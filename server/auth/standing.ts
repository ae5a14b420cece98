/** What a person is to an article, from house role, membership and stage. One answer for every route and every socket event. */
import type { Person } from '#core/annotate/annotation.ts';
import type { Standing } from '#core/sync/policy.ts';
import { standingOf } from '#server/store/standing-of.ts';
import type { Store } from '#server/store/store.ts';

/** Answers are kept this long, so that typing costs no queries; a change of rights reaches everybody within it. */
const keepMs = 2000;
const maxKept = 5000;

export class Standings {
  private readonly store: Store;
  private readonly now: () => string;
  private readonly kept = new Map<string, { until: number; standing: Promise<Standing | null> }>();

  constructor(store: Store, now: () => string) {
    this.store = store;
    this.now = now;
  }

  /** Null when there is no such article or person. */
  of(userId: string, articleId: string): Promise<Standing | null> {
    const key = `${userId} ${articleId}`;
    const time = Date.parse(this.now());
    const kept = this.kept.get(key);
    if (kept && kept.until > time) return kept.standing;
    const standing = this.read(userId, articleId);
    if (this.kept.size >= maxKept) this.kept.clear();
    this.kept.set(key, { until: time + keepMs, standing });
    standing.catch(() => this.kept.delete(key));
    return standing;
  }

  /** For each of these articles, how anybody stands to it now: null where there is no such article. For many people at once. */
  async judges(
    articleIds: Iterable<string>,
  ): Promise<Map<string, (person: Person) => Standing | null>> {
    const found = [...articleIds].map(async (id) => {
      const [row, memberships] = await Promise.all([
        this.store.article(id),
        this.store.membershipsIn(id),
      ]);
      const judge = (person: Person): Standing | null =>
        row && standingOf(person, row, memberships, this.now());
      return [id, judge] as const;
    });
    return new Map(await Promise.all(found));
  }

  /** Forgets all answers: a stage, a role or a membership changed. */
  forget(): void {
    this.kept.clear();
  }

  private async read(userId: string, articleId: string): Promise<Standing | null> {
    const [person, article, memberships] = await Promise.all([
      this.store.person(userId),
      this.store.article(articleId),
      this.store.membershipsOf(userId),
    ]);
    return person && article ? standingOf(person, article, memberships, this.now()) : null;
  }
}
