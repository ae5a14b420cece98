/** What the desk keeps beside the articles: hand-overs, and how far everybody has read. */
import type { HandOver } from '#core/sync/desk.ts';
import type { Stage } from '#core/sync/stage.ts';
import type { Database } from '#server/store/client.ts';
import { cleanText } from '#server/store/rows.ts';

/** What is new to somebody: changes of others after the revision they read last. */
export interface Unread {
  rev: number;
  changes: number;
}

export class Desk {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** Moves an article to another stage and keeps who passed it on. False when its stage is not the expected one any more. */
  async handOver(articleId: string, over: HandOver): Promise<boolean> {
    const dueAt = over.dueAt === null ? null : new Date(over.dueAt);
    return this.db.prisma.$transaction(async (tx) => {
      const moved = await tx.article.updateMany({
        where: { id: articleId, stage: over.fromStage },
        data: { stage: over.stage, deadline: dueAt },
      });
      if (moved.count === 0) return false;
      const { id, fromStage, stage, rev } = over;
      await tx.handOver.create({
        data: {
          articleId,
          id,
          at: new Date(over.at),
          userId: over.by,
          fromStage,
          stage,
          toUserId: over.to,
          dueAt,
          note: cleanText(over.note),
          rev,
        },
      });
      return true;
    });
  }

  /** The newest hand-over of each of these articles. */
  async lastHandOvers(articleIds: readonly string[]): Promise<Map<string, HandOver>> {
    const rows = await this.db.prisma.handOver.findMany({
      where: { articleId: { in: [...articleIds] } },
      orderBy: { at: 'desc' },
      distinct: ['articleId'],
    });
    return new Map(
      rows.map((row) => [
        row.articleId,
        {
          id: row.id,
          by: row.userId,
          at: row.at.toISOString(),
          fromStage: row.fromStage as Stage,
          stage: row.stage as Stage,
          to: row.toUserId,
          dueAt: row.dueAt?.toISOString() ?? null,
          note: row.note,
          rev: row.rev,
        },
      ]),
    );
  }

  /** Notes how far a person has read; an older revision than the known one changes nothing. */
  async markRead(articleId: string, userId: string, rev: number, at: string): Promise<void> {
    await this.db.pool.query(
      `INSERT INTO "ReadMark" ("articleId", "userId", rev, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT ("articleId", "userId") DO UPDATE SET rev = EXCLUDED.rev, at = EXCLUDED.at
       WHERE "ReadMark".rev <= EXCLUDED.rev`,
      [articleId, userId, rev, at],
    );
  }

  /** How far this person has read each of these articles, and how many changes of others came since; articles never opened are
   *  not in it. */
  async unread(userId: string, articleIds: readonly string[]): Promise<Map<string, Unread>> {
    const { rows } = await this.db.pool.query<Unread & { articleId: string }>(
      `SELECT m."articleId", m.rev, count(c.rev)::int AS changes FROM "ReadMark" m
       LEFT JOIN "Commit" c ON c."articleId" = m."articleId" AND c.rev > m.rev AND c."userId" <> m."userId"
       WHERE m."userId" = $1 AND m."articleId" = ANY($2) GROUP BY m."articleId", m.rev`,
      [userId, articleIds],
    );
    return new Map(rows.map(({ articleId, ...unread }) => [articleId, unread]));
  }

  /** The articles that were handed to this person last. */
  async handedTo(userId: string): Promise<string[]> {
    const { rows } = await this.db.pool.query<{ articleId: string }>(
      `SELECT h."articleId" FROM "HandOver" h WHERE h."toUserId" = $1 AND NOT EXISTS (
         SELECT 1 FROM "HandOver" later WHERE later."articleId" = h."articleId" AND later.at > h.at)`,
      [userId],
    );
    return [...new Set(rows.map(({ articleId }) => articleId))];
  }
}
