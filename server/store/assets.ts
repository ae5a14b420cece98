/** Pictures whose bytes the house keeps, each once by its hash, and which articles have them. */
import type { Asset } from '#core/formats/assets/asset.ts';
import type { Database } from '#server/store/client.ts';

/** What an article has of pictures. */
export interface AssetsHeld {
  pictures: number;
  bytes: number;
}

/** A picture of no article goes after so many days. */
const idleDays = 30;

interface Row extends Omit<Asset, 'bytes'> {
  hash: string;
  bytes: Buffer;
}

const assetOf = ({ type, bytes, width, height }: Row): Asset => ({ type, bytes, width, height });

export class Assets {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** Keeps bytes that no article has yet; an article has them once `use` says so, or when it is made with them. */
  async put(assets: ReadonlyMap<string, Asset>, at: string): Promise<void> {
    // Not through Prisma, which would take the bytes apart on their way.
    for (const [hash, { type, bytes, width, height }] of assets)
      await this.db.pool.query(
        `INSERT INTO "Asset" ("hash", "type", "bytes", "width", "height", "size", "at")
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT ("hash") DO UPDATE SET "idleSince" = NULL WHERE "Asset"."idleSince" IS NOT NULL`,
        [hash, type, Buffer.from(bytes), width, height, bytes.length, new Date(at)],
      );
  }

  /** Says that an article has a kept picture. */
  async use(articleId: string, hash: string, userId: string, at: string): Promise<void> {
    await this.db.prisma.assetUse.createMany({
      data: [{ articleId, hash, userId, at: new Date(at) }],
      skipDuplicates: true,
    });
  }

  /** What an article has already. */
  async held(articleId: string): Promise<AssetsHeld> {
    const { rows } = await this.db.pool.query<AssetsHeld>(
      `SELECT count(*)::int AS "pictures", coalesce(sum(a."size"), 0)::float8 AS "bytes"
       FROM "AssetUse" u JOIN "Asset" a USING ("hash") WHERE u."articleId" = $1`,
      [articleId],
    );
    return rows[0] ?? { pictures: 0, bytes: 0 };
  }

  /** The size of a kept picture in bytes; null for one that is not there. */
  async sizeOf(hash: string): Promise<number | null> {
    const row = await this.db.prisma.asset.findUnique({ where: { hash }, select: { size: true } });
    return row?.size ?? null;
  }

  /** The articles that have a picture. */
  async usesOf(hash: string): Promise<string[]> {
    const rows = await this.db.prisma.assetUse.findMany({
      where: { hash },
      select: { articleId: true },
      orderBy: { articleId: 'asc' },
    });
    return rows.map(({ articleId }) => articleId);
  }

  /** True when an article had a picture before a moment. */
  async hadBefore(articleId: string, hash: string, at: string): Promise<boolean> {
    const where = { articleId, hash, at: { lt: new Date(at) } };
    return (await this.db.prisma.assetUse.count({ where })) > 0;
  }

  async read(hash: string): Promise<Asset | null> {
    const { rows } = await this.db.pool.query<Row>('SELECT * FROM "Asset" WHERE "hash" = $1', [
      hash,
    ]);
    return rows[0] ? assetOf(rows[0]) : null;
  }

  /** Those of these pictures that an article has. */
  async of(articleId: string, hashes: readonly string[]): Promise<Map<string, Asset>> {
    if (hashes.length === 0) return new Map();
    const { rows } = await this.db.pool.query<Row>(
      `SELECT a.* FROM "AssetUse" u JOIN "Asset" a USING ("hash")
       WHERE u."articleId" = $1 AND u."hash" = ANY ($2)`,
      [articleId, hashes],
    );
    return new Map(rows.map((row) => [row.hash, assetOf(row)]));
  }

  /** Lets go of pictures that no article has had for a month. Gives how many went. */
  async sweep(at: string): Promise<number> {
    const now = new Date(at);
    const unused = 'NOT EXISTS (SELECT 1 FROM "AssetUse" u WHERE u."hash" = a."hash")';
    await this.db.pool.query(
      `UPDATE "Asset" a SET "idleSince" = CASE WHEN ${unused} THEN $1::timestamptz END
       WHERE (a."idleSince" IS NULL) = ${unused}`,
      [now],
    );
    const month = new Date(now.getTime() - idleDays * 24 * 60 * 60 * 1000);
    const { rowCount } = await this.db.pool.query(
      `DELETE FROM "Asset" a WHERE a."idleSince" <= $1 AND ${unused}`,
      [month],
    );
    return rowCount ?? 0;
  }
}
