/** The library of facts in the database: claims with their checks and citations, and the sources. A claim changes under a row lock. */
import type { Prisma } from '#server/store/generated/client.ts';
import type { Claim } from '#core/annotate/annotation.ts';
import type { Audience } from '#core/annotate/audience.ts';
import type {
  Check,
  Citation,
  ClaimChange,
  ClaimFile,
  ClaimRefusal,
  Source,
} from '#core/facts/claim-file.ts';
import type { Facts } from '#core/sync/protocol.ts';
import type { Database } from '#server/store/client.ts';
import { cleanText } from '#server/store/rows.ts';

const whole = {
  checks: { orderBy: { version: 'asc' } },
  citations: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.ClaimInclude;

type ClaimRow = Prisma.ClaimGetPayload<{ include: typeof whole }>;
type SourceRow = Prisma.SourceGetPayload<object>;

function fileOf(row: ClaimRow): ClaimFile {
  const claim: Claim = {
    id: row.id,
    type: row.type as Claim['type'],
    text: row.text,
    check: row.check,
    by: row.createdBy,
    at: row.createdAt.toISOString(),
    version: row.version,
  };
  const checks = row.checks.map(
    ({
      userId,
      at,
      citationIds,
      verdict,
      certainty,
      version: _none,
      claimId: _claim,
      ...rest
    }): Check => ({
      ...rest,
      by: userId,
      at: at.toISOString(),
      verdict: verdict as Check['verdict'],
      certainty: certainty as Check['certainty'],
      citationIds: citationIds as string[],
    }),
  );
  return { claim, checks, citations: row.citations.map(citationOf) };
}

const citationOf = (row: ClaimRow['citations'][number]): Citation => ({
  id: row.id,
  sourceId: row.sourceId,
  locator: row.locator ?? '',
  stance: row.stance as Citation['stance'],
  quote: row.quote ?? '',
  by: row.createdBy,
  at: row.createdAt.toISOString(),
  ...(row.audience === 'all' ? {} : { audience: row.audience as Audience }),
});

function sourceOf({
  id,
  kind,
  title,
  publisher,
  url,
  detail,
  createdBy,
  createdAt,
}: SourceRow): Source {
  const { dated } = detail as { dated?: string };
  return {
    id,
    kind: kind as Source['kind'],
    title,
    publisher: publisher ?? '',
    address: url ?? '',
    dated: dated ?? '',
    by: createdBy,
    at: createdAt.toISOString(),
  };
}

export class Claims {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** The files of these claims and every source they cite. */
  async facts(claimIds: readonly string[]): Promise<Facts> {
    if (claimIds.length === 0) return { claims: [], sources: [] };
    const { prisma } = this.db;
    const rows = await prisma.claim.findMany({
      where: { id: { in: [...claimIds] } },
      include: whole,
    });
    const claims = rows.map(fileOf);
    const ids = [...new Set(claims.flatMap((file) => file.citations.map((c) => c.sourceId)))];
    const sources =
      ids.length > 0
        ? await prisma.source.findMany({
            where: { id: { in: ids } },
            orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          })
        : [];
    return { claims, sources: sources.map(sourceOf) };
  }

  /** Of these claims those that were described anew before `at`: what was said of them last, and their version then. */
  async describedBefore(
    claimIds: readonly string[],
    at: string,
  ): Promise<Map<string, Partial<Claim>>> {
    if (claimIds.length === 0) return new Map();
    const events = await this.db.prisma.claimEvent.findMany({
      where: { claimId: { in: [...claimIds] }, at: { lt: new Date(at) } },
      orderBy: { version: 'asc' },
    });
    const found = new Map<string, Partial<Claim>>();
    for (const { claimId, version, change } of events) {
      const event = change as unknown as ClaimChange;
      const said = event.do === 'describe' ? { type: event.type, check: event.check } : {};
      found.set(claimId, { ...found.get(claimId), ...said, version });
    }
    return found;
  }

  /** Of these ids those that the house has, with what they stand for. */
  async taken(ids: {
    claims: string[];
    sources: string[];
    citations: string[];
    checks: string[];
  }): Promise<{
    claims: Map<string, Claim>;
    sources: Map<string, Source>;
    citations: Map<string, Citation & { claimId: string }>;
    checks: string[];
  }> {
    const { prisma } = this.db;
    const [claims, sources, citations, checks] = await Promise.all([
      prisma.claim.findMany({ where: { id: { in: ids.claims } }, include: whole }),
      prisma.source.findMany({ where: { id: { in: ids.sources } } }),
      prisma.citation.findMany({ where: { id: { in: ids.citations } } }),
      prisma.check.findMany({ where: { id: { in: ids.checks } }, select: { id: true } }),
    ]);
    return {
      claims: new Map(claims.map((row) => [row.id, fileOf(row).claim])),
      sources: new Map(sources.map((row) => [row.id, sourceOf(row)])),
      citations: new Map(
        citations.map((row) => [row.id, { ...citationOf(row), claimId: row.claimId }]),
      ),
      checks: checks.map(({ id }) => id),
    };
  }

  /** Of these claims those the house has, each with the places where it stands. */
  async placesOf(
    claimIds: readonly string[],
  ): Promise<Map<string, { articleId: string; audience: Audience }[]>> {
    const rows = await this.db.prisma.claim.findMany({
      where: { id: { in: [...claimIds] } },
      select: {
        id: true,
        occurrences: { where: { status: 'open' }, select: { articleId: true, audience: true } },
      },
    });
    return new Map(
      rows.map(({ id, occurrences }) => [
        id,
        occurrences as { articleId: string; audience: Audience }[],
      ]),
    );
  }

  /** The articles in which a claim occurs, with its occurrences there. */
  async occurrencesOf(claimId: string): Promise<{ articleId: string; id: string }[]> {
    return this.db.prisma.occurrence.findMany({
      where: { claimId },
      select: { articleId: true, id: true },
    });
  }

  /** Every source of the house, newest first, at most `limit`. */
  async sources(limit: number): Promise<Source[]> {
    const rows = await this.db.prisma.source.findMany({
      orderBy: { createdAt: 'desc' },
      take: limit,
    });
    return rows.map(sourceOf);
  }

  /** Changes a claim. `change` sees the file under lock and gives the next one or refuses; a new source is written first.
   *  Null: there is no such claim, or no such source. */
  async change(
    claimId: string,
    asked: { by: string; at: string; source?: Source; event: ClaimChange },
    change: (file: ClaimFile) => ClaimFile | { refused: ClaimRefusal },
  ): Promise<ClaimFile | { refused: ClaimRefusal } | null> {
    const done = await this.db.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Claim" WHERE "id" = ${claimId} FOR UPDATE`;
      const row = await tx.claim.findUnique({ where: { id: claimId }, include: whole });
      if (!row) return null;
      const before = fileOf(row);
      const after = change(before);
      if ('refused' in after) return after;
      const { by, at, source, event } = asked;
      const createdAt = new Date(at);
      if (source)
        await tx.source.create({
          data: {
            id: source.id,
            title: cleanText(source.title),
            kind: source.kind,
            url: cleanText(source.address),
            publisher: cleanText(source.publisher),
            detail: { dated: cleanText(source.dated) },
            createdBy: by,
            createdAt,
          },
        });
      const { version, type, check } = after.claim;
      await tx.claim.update({
        where: { id: claimId },
        data: { version, type, check: cleanText(check) },
      });
      const cited = after.citations.filter((one) => !before.citations.includes(one));
      for (const { at: _at, by: _by, audience = 'all', ...citation } of cited) {
        if (!(await tx.source.findUnique({ where: { id: citation.sourceId } }))) return null;
        const quote = cleanText(citation.quote);
        const locator = cleanText(citation.locator);
        await tx.citation.create({
          data: { ...citation, audience, quote, locator, claimId, createdBy: by, createdAt },
        });
      }
      const lost = before.citations.filter(
        ({ id }) => !after.citations.some((one) => one.id === id),
      );
      if (lost.length > 0)
        await tx.citation.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } });
      for (const made of after.checks.slice(before.checks.length)) {
        const { by: userId, at: _at, citationIds, ...rest } = made;
        const rationale = cleanText(made.rationale);
        await tx.check.create({
          data: {
            ...rest,
            rationale,
            citationIds: [...citationIds],
            claimId,
            version,
            userId,
            at: createdAt,
          },
        });
      }
      const json = JSON.parse(cleanText(JSON.stringify(event))) as Prisma.InputJsonValue;
      await tx.claimEvent.create({
        data: { claimId, version, at: createdAt, userId: by, change: json },
      });
      return after;
    });
    // Its words have changed in every article it stands in. Outside the transaction, which would lock claim before article,
    // where an appended batch locks article before claim. Another number each time, so that a gathering under way is not believed.
    if (done && !('refused' in done) && asked.event.do === 'describe')
      await this.db.prisma
        .$executeRaw`UPDATE "Article" SET "searchRev" = -1 - floor(random() * 1000000000)::int
        WHERE id IN (SELECT "articleId" FROM "Occurrence" WHERE "claimId" = ${claimId})`;
    return done;
  }
}
