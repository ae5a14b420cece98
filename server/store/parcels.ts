/** Zips of several copies: what is asked, how far it is, and the bytes in pieces, so that none is ever whole in memory and any node
 *  can give any part of one. */
import type { PackedOutcome } from '#core/formats/many/manifest.ts';
import { copyAsked, type AskedCopy } from '#core/formats/send-out/presets.ts';
import type { Database } from '#server/store/client.ts';
import { cleanJson } from '#server/store/rows.ts';

const parcelStates = ['building', 'ready', 'failed'] as const;

/** One zip. `outcomes` are those of the articles that are done. */
export interface Parcel extends AskedCopy {
  id: string;
  by: string;
  at: string;
  state: (typeof parcelStates)[number];
  touched: string;
  total: number;
  outcomes: PackedOutcome[];
  digest: string;
  bytes: number;
}

/** The size of every piece but the last. */
export const pieceBytes = 1024 * 1024;

export class Parcels {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** Begins one. What was made before `expired` goes, and of the same person all but the newest `kept`. */
  async begin(
    { id, by, at, preset, view, format, total }: Omit<Parcel, 'state' | 'touched'>,
    { expired, kept }: { expired: string; kept: number },
  ): Promise<void> {
    const time = new Date(at);
    const { parcel } = this.db.prisma;
    await parcel.deleteMany({ where: { at: { lt: new Date(expired) } } });
    const own = await parcel.findMany({
      where: { userId: by },
      orderBy: { at: 'desc' },
      skip: kept,
      select: { id: true },
    });
    await parcel.deleteMany({ where: { id: { in: own.map((one) => one.id) } } });
    await parcel.create({
      data: {
        id,
        userId: by,
        at: time,
        preset,
        view,
        format,
        state: 'building',
        touched: time,
        total,
      },
    });
  }

  async read(id: string): Promise<Parcel | null> {
    const row = await this.db.prisma.parcel.findUnique({ where: { id } });
    const asked = row && copyAsked(row);
    if (!row || !asked) return null;
    const { userId, at, touched, state, outcomes, total, digest, bytes } = row;
    return {
      ...asked,
      id,
      by: userId,
      at: at.toISOString(),
      touched: touched.toISOString(),
      state: parcelStates.find((one) => one === state) ?? 'failed',
      total,
      outcomes: outcomes as unknown as PackedOutcome[],
      digest,
      bytes,
    };
  }

  /** How many of this person are being built since `since`. */
  async building(by: string, since: string): Promise<number> {
    return this.db.prisma.parcel.count({
      where: { userId: by, state: 'building', touched: { gte: new Date(since) } },
    });
  }

  /** Notes how far it is. False when it is gone: then there is nothing more to build. */
  async step(
    id: string,
    at: string,
    change: Partial<Pick<Parcel, 'state' | 'outcomes' | 'digest' | 'bytes'>>,
  ): Promise<boolean> {
    const { outcomes, ...rest } = change;
    const { count } = await this.db.prisma.parcel.updateMany({
      where: { id, state: 'building' },
      data: {
        ...rest,
        touched: new Date(at),
        // What a headline cannot hold in a database does not matter to whoever reads the list.
        ...(outcomes ? { outcomes: JSON.parse(cleanJson(outcomes)) as object[] } : {}),
      },
    });
    return count === 1;
  }

  async addPiece(parcelId: string, n: number, content: Uint8Array): Promise<void> {
    await this.db.pool.query(
      `INSERT INTO "ParcelPart" ("parcelId", n, content) VALUES ($1, $2, $3)`,
      [parcelId, n, Buffer.from(content)],
    );
  }

  /** A piece; null when it is gone. */
  async piece(parcelId: string, n: number): Promise<Buffer | null> {
    const { rows } = await this.db.pool.query<{ content: Buffer }>(
      `SELECT content FROM "ParcelPart" WHERE "parcelId" = $1 AND n = $2`,
      [parcelId, n],
    );
    return rows[0]?.content ?? null;
  }
}
