/** What the desk keeps beside the articles: hand-overs, how far everybody has read, and the library's search. */
import type { Audience } from '#core/annotate/audience.ts';
import type { HandOver } from '#core/sync/desk.ts';
import type { Stage } from '#core/sync/review.ts';
import type { Database } from '#server/store/client.ts';
import { cleanText } from '#server/store/rows.ts';

/** Where words were found: in an article's own text, or in a note of an audience. */
export interface Found {
  articleId: string;
  audience: Audience;
}

/** Escapes what LIKE would take for a pattern. */
const literal = (words: string): string => words.replace(/[\\%_]/g, (char) => `\\${char}`);

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

  /** How many changes of others stand in each article since this person read it; articles never opened are not in it. */
  async unread(userId: string): Promise<Map<string, number>> {
    const { rows } = await this.db.pool.query<{ articleId: string; n: number }>(
      `SELECT m."articleId", count(c.rev)::int AS n FROM "ReadMark" m
       LEFT JOIN "Commit" c ON c."articleId" = m."articleId" AND c.rev > m.rev AND c."userId" <> m."userId"
       WHERE m."userId" = $1 GROUP BY m."articleId"`,
      [userId],
    );
    return new Map(rows.map(({ articleId, n }) => [articleId, n]));
  }

  /** The articles whose headline, text or notes hold the words, whatever their letters' case; for notes with their audience. */
  async search(words: string): Promise<Found[]> {
    const like = `%${literal(words)}%`;
    const { rows } = await this.db.pool.query<Found>(
      `SELECT id AS "articleId", '"all"'::jsonb AS audience FROM "Article" WHERE headline ILIKE $1 OR text ILIKE $1
       UNION SELECT "articleId", audience FROM "Comment" WHERE text ILIKE $1 AND status <> 'deleted'
       UNION SELECT "articleId", audience FROM "Reply" WHERE text ILIKE $1
       UNION SELECT o."articleId", o.audience FROM "Occurrence" o JOIN "Claim" k ON k.id = o."claimId"
         WHERE o.status <> 'deleted' AND (k.text ILIKE $1 OR k."check" ILIKE $1)`,
      [like],
    );
    return rows;
  }
}
