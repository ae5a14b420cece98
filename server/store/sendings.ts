/** The copies that were sent out of each article. A row is written once. */
import type { Sending } from '#core/formats/send-out/answers.ts';
import { copyAsked } from '#core/formats/send-out/presets.ts';
import type { Database } from '#server/store/client.ts';

export class Sendings {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  async add(articleId: string, { by, at, name: _name, ...rest }: Sending): Promise<void> {
    await this.db.prisma.sending.create({
      data: { ...rest, articleId, userId: by, at: new Date(at) },
    });
  }

  /** The newest `limit` of an article, the newest first. */
  async list(articleId: string, limit: number): Promise<Omit<Sending, 'name'>[]> {
    const rows = await this.db.prisma.sending.findMany({
      where: { articleId },
      orderBy: [{ at: 'desc' }, { id: 'asc' }],
      take: limit,
    });
    // A kind of copy that is no longer made is not listed; its row stays.
    return rows.flatMap(({ id, userId, at, rev, digest, bytes, ...kind }) => {
      const asked = copyAsked(kind);
      return asked ? [{ ...asked, id, by: userId, at: at.toISOString(), rev, digest, bytes }] : [];
    });
  }
}
