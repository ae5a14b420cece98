/** What the desk keeps beside the articles: hand-overs, and how far everybody has read. */
import type { HandOver } from '#core/sync/desk.ts';
import type { Role } from '#core/annotate/audience.ts';
import type { Database } from '#server/store/client.ts';
import { seenByRole } from '#server/store/seen-by-role.ts';
import { handOverOf } from '#server/store/hand-over-row.ts';
import { cleanText } from '#server/store/rows.ts';

/** What is new to somebody: changes of others after the revision they read last. */
export interface Unread {
  rev: number;
  changes: number;
}

/** An audience where it stands in the log. */
const audienceWritten = String.raw`"audience"\s*:\s*("[a-z]+"|\{\s*"people"\s*:\s*\[[^]]*\]\s*\})`;

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
    return new Map(rows.map((row) => [row.articleId, handOverOf(row)]));
  }

  /** The hand-overs of an article, the newest first, at most `limit`. */
  async handOvers(articleId: string, limit: number): Promise<HandOver[]> {
    const rows = await this.db.prisma.handOver.findMany({
      where: { articleId },
      orderBy: [{ at: 'desc' }, { id: 'asc' }],
      take: limit,
    });
    return rows.map(handOverOf);
  }

  async oneHandOver(articleId: string, id: string): Promise<HandOver | null> {
    const row = await this.db.prisma.handOver.findUnique({
      where: { articleId_id: { articleId, id } },
    });
    return row && handOverOf(row);
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

  /** How far this person has read each of these articles, in the role they have there, and how many changes of others that they
   *  see something of came since; articles never opened are not in it. */
  async unread(userId: string, roleIn: ReadonlyMap<string, Role>): Promise<Map<string, Unread>> {
    // Notes alone may be hidden. Their audiences are read off the text of the log, which holds halves of signs that no function of
    // JSON takes; inside a word of a note the quotation marks would be escaped.
    const { rows } = await this.db.pool.query<Unread & { articleId: string }>(
      `SELECT m."articleId", m.rev, count(c.rev)::int AS changes FROM "ReadMark" m
       JOIN unnest($2::text[], $3::text[]) AS r(id, role) ON r.id = m."articleId"
       LEFT JOIN "Commit" c ON c."articleId" = m."articleId" AND c.rev > m.rev AND c."userId" <> m."userId"
         AND (c.intent <> 'annotate' OR EXISTS (
           SELECT 1 FROM regexp_matches(c.ops::text, $5, 'g') AS a(found)
           WHERE r.role || ' ' || a.found[1] = ANY($4)
             OR (a.found[1] LIKE '{%' AND a.found[1]::jsonb -> 'people' ? m."userId")))
       WHERE m."userId" = $1 GROUP BY m."articleId", m.rev`,
      [userId, [...roleIn.keys()], [...roleIn.values()], seenByRole, audienceWritten],
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
