/** The questions a node asks all the time: did somebody else write, did somebody's time in an article end. */
import type { Notices } from '#server/store/notices.ts';

/** An article and a revision of it. */
export interface Head {
  articleId: string;
  rev: number;
}

export class Watching {
  private readonly line: Notices['line'];

  /** Asks on the line of the nodes: the pool for work may have a queue, and waiting in it would look like an absence. */
  constructor(notices: Notices) {
    this.line = notices.line;
  }

  /** Those of the articles whose log has grown beyond the given revisions. Asked even about none: it tells whether the database answers. */
  async grown(heads: readonly Head[]): Promise<string[]> {
    const { rows } = await this.line.query<{ id: string }>(
      `SELECT a.id FROM unnest($1::text[], $2::int[]) AS known(id, rev)
       JOIN "Article" a ON a.id = known.id WHERE a.rev > known.rev`,
      [heads.map(({ articleId }) => articleId), heads.map(({ rev }) => rev)],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether a membership ended in this span of time. */
  async hasEndings(after: string, upTo: string): Promise<boolean> {
    const { rows } = await this.line.query(
      `SELECT 1 FROM "Membership" WHERE "endsAt" > $1 AND "endsAt" <= $2 LIMIT 1`,
      [after, upTo],
    );
    return rows.length > 0;
  }

  /** The names of the migrations the database has had. */
  async migrations(): Promise<Set<string>> {
    const { rows } = await this.line.query<{ name: string }>(
      `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL`,
    );
    return new Set(rows.map(({ name }) => name));
  }
}
