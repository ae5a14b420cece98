/** The history of articles in the database: heads of commits without their steps, and the revisions that have a name. */
import type { CommitHead, Version } from '#core/sync/history.ts';
import type { Database } from '#server/store/client.ts';
import { cleanText } from '#server/store/rows.ts';

/** More names than this an article has no use for; older ones are not listed. */
const mostVersions = 500;

export class Versions {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** The newest `limit` commits before revision `before`, oldest first. */
  async heads(articleId: string, before: number, limit: number): Promise<CommitHead[]> {
    // The steps can be large and are not needed: only whether there are any.
    const { rows } = await this.db.pool.query<Omit<CommitHead, 'at'> & { at: Date }>(
      `SELECT "rev", "clientId", "userId", "at", "intent", "ops",
         json_array_length("steps") > 0 AS "changed"
       FROM "Commit" WHERE "articleId" = $1 AND "rev" < $2
       ORDER BY "rev" DESC LIMIT $3`,
      [articleId, before, limit],
    );
    return rows.toReversed().map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** Who changed the text after revision `from` and up to `to`, in the order in which they first did. */
  async authors(articleId: string, from: number, to: number): Promise<string[]> {
    const { rows } = await this.db.pool.query<{ userId: string }>(
      `SELECT "userId" FROM "Commit"
       WHERE "articleId" = $1 AND "rev" > $2 AND "rev" <= $3 AND json_array_length("steps") > 0
       GROUP BY "userId" ORDER BY min("rev")`,
      [articleId, from, to],
    );
    return rows.map(({ userId }) => userId);
  }

  /** The named revisions of an article, the newest revision first. */
  async list(articleId: string): Promise<Version[]> {
    const rows = await this.db.prisma.version.findMany({
      where: { articleId },
      orderBy: [{ rev: 'desc' }, { at: 'desc' }, { id: 'asc' }],
      take: mostVersions,
    });
    return rows.map(({ id, rev, name, userId, at }) => ({
      id,
      rev,
      name,
      by: userId,
      at: at.toISOString(),
    }));
  }

  async one(articleId: string, id: string): Promise<Version | null> {
    const row = await this.db.prisma.version.findFirst({ where: { articleId, id } });
    return row && { id, rev: row.rev, name: row.name, by: row.userId, at: row.at.toISOString() };
  }

  /** Gives a version another name. False when it is not called `was` any more. */
  async rename(id: string, was: string, name: string): Promise<boolean> {
    const { count } = await this.db.prisma.version.updateMany({
      where: { id, name: was },
      data: { name: cleanText(name) },
    });
    return count === 1;
  }

  async add(articleId: string, { id, rev, name, by, at }: Version): Promise<void> {
    await this.db.prisma.version.create({
      data: { id, articleId, rev, name: cleanText(name), userId: by, at: new Date(at) },
    });
  }
}
