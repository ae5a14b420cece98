/** The store over Prisma. Reading and plain writes go through its models; a batch of commits is one raw statement. */
import { randomUUID } from 'node:crypto';
import type { Person } from '#core/annotate/annotation.ts';
import type { KnownFacts } from '#core/facts/seen-facts.ts';
import type { Commit } from '#core/sync/commit.ts';
import {
  headlineOf,
  newReview,
  reviewToJson,
  type Review,
  type ReviewJson,
} from '#core/sync/review.ts';
import type { Stage } from '#core/sync/stage.ts';
import { anchorStatement, appendStatement, firstRowsStatement } from '#server/store/append.ts';
import { articleOf, personOf, roleOf } from '#server/store/article-row.ts';
import type { Database } from '#server/store/client.ts';
import { isDuplicate } from '#server/store/failure.ts';
import { handOverOf } from '#server/store/hand-over-row.ts';
import type * as models from '#server/store/generated/models.ts';
import { allArticles, listArticles } from '#server/store/list-articles.ts';
import type { ListAsked, ListedArticles } from '#server/store/list-query.ts';
import { Search } from '#server/store/search.ts';
import { factStatements, firstVersionStatement } from '#server/store/imported-facts.ts';
import { importedAddress, roleInFile, shownRole } from '#server/store/imported-people.ts';
import { anchorRow, cleanJson, cleanText } from '#server/store/rows.ts';
import { countsOf } from '#server/store/counts.ts';
import {
  firstReview,
  type ArticleRow,
  type AuditEntry,
  type Batch,
  type Membership,
  type NewArticle,
  type Opened,
  type Store,
} from '#server/store/store.ts';
import { searchText, Texts } from '#server/store/texts.ts';

const noFacts: KnownFacts = { claims: [], sources: [] };

const commitOf = (row: models.CommitModel): Commit =>
  ({
    rev: row.rev,
    clientId: row.clientId,
    seq: row.seq,
    userId: row.userId,
    at: row.at.toISOString(),
    intent: row.intent,
    steps: row.steps,
    origins: row.origins,
    ops: row.ops,
    dropped: row.dropped,
  }) as unknown as Commit;

type MembershipRow = models.MembershipModel & { pin: models.HandOverModel | null };

const membershipOf = (row: MembershipRow): Membership => ({
  articleId: row.articleId,
  userId: row.userId,
  role: roleOf(row.role),
  endsAt: row.endsAt?.toISOString() ?? null,
  ...(row.pin && { pin: handOverOf(row.pin) }),
});

const plain = (value: unknown): object => JSON.parse(cleanJson(value)) as object;

export class PrismaStore implements Store {
  private readonly db: Database;
  private readonly texts: Texts;
  private readonly search: Search;

  constructor(database: Database) {
    this.db = database;
    this.texts = new Texts(database, (id) => this.open(id));
    this.search = new Search(database, this.texts);
  }

  listArticles(): Promise<ArticleRow[]> {
    return allArticles(this.db);
  }

  findArticles(asked: ListAsked): Promise<ListedArticles> {
    return listArticles(this.db, this.search, asked);
  }

  keepTexts(): Promise<void> {
    return this.texts.keep();
  }

  refreshSearch(before: string | null, limit: number): Promise<number> {
    return this.search.refresh(before === null ? null : new Date(before), limit);
  }

  async article(id: string): Promise<ArticleRow | null> {
    const row = await this.db.prisma.article.findUnique({
      where: { id },
      omit: { sourceText: true, importFlags: true, text: true, textRev: true },
    });
    return row && articleOf(row);
  }

  async createArticle(article: NewArticle): Promise<void> {
    const { info, doc, sourceText, importFlags, facts = noFacts, assets = [], ...made } = article;
    const { prisma } = this.db;
    const review = firstReview(article);
    const at = new Date(made.at);
    const create = prisma.article.create({
      data: {
        id: info.id,
        headline: cleanText(headlineOf(doc)),
        language: info.language,
        stage: info.stage,
        writerId: info.writerId ?? null,
        sourceName: info.source === undefined ? null : cleanText(info.source),
        sourceText: sourceText === undefined ? null : cleanText(sourceText),
        importFlags: plain(importFlags),
        text: searchText(doc),
        textRev: review.rev,
        counts: plain(countsOf(review)),
        createdBy: made.createdBy,
        createdAt: at,
        updatedAt: at,
        rev: review.rev,
        snapshots: {
          create: { rev: review.rev, review: reviewToJson(review) as object, docHash: '', at },
        },
      },
    });
    const rows = firstRowsStatement(info.id, newReview(info, [], doc), review);
    await prisma.$transaction([
      prisma.user.createMany({
        data: [...review.people.values()].map(({ id, name, color, role }) => ({
          id,
          name: cleanText(name),
          role: roleInFile(role),
          color: String(color),
          email: importedAddress(id),
        })),
        skipDuplicates: true,
      }),
      create,
      prisma.assetUse.createMany({
        data: assets.map((hash) => ({ articleId: info.id, hash, userId: made.createdBy, at })),
      }),
      ...[
        ...(rows ? [rows] : []),
        ...(article.keptRev === undefined ? [] : [firstVersionStatement(facts)]),
        ...factStatements(facts),
      ].map(({ sql, values }) => prisma.$executeRawUnsafe(sql, ...values)),
    ]);
  }

  async open(id: string, upTo = 2 ** 31 - 1): Promise<Opened | null> {
    const { prisma } = this.db;
    const [article, snapshot, people] = await Promise.all([
      prisma.article.findUnique({ where: { id }, select: { stage: true } }),
      prisma.snapshot.findFirst({
        where: { articleId: id, rev: { lte: upTo } },
        orderBy: { rev: 'desc' },
      }),
      this.people(),
    ]);
    if (!article || !snapshot) return null;
    const commits = await prisma.commit.findMany({
      where: { articleId: id, rev: { gt: snapshot.rev, lte: upTo } },
      orderBy: { rev: 'asc' },
    });
    const review = snapshot.review as unknown as ReviewJson;
    const info = { ...review.article, stage: article.stage as Stage };
    return { snapshot: { ...review, article: info, people }, commits: commits.map(commitOf) };
  }

  async commits(id: string, after: number, limit: number): Promise<Commit[]> {
    const rows = await this.db.prisma.commit.findMany({
      where: { articleId: id, rev: { gt: after } },
      orderBy: { rev: 'asc' },
      take: limit,
    });
    return rows.map(commitOf);
  }

  async outcome(id: string, clientId: string, seq: number): Promise<Commit | null> {
    const row = await this.db.prisma.commit.findUnique({
      where: { articleId_clientId_seq: { articleId: id, clientId, seq } },
    });
    return row && commitOf(row);
  }

  async lastSeq(id: string, clientId: string): Promise<number> {
    const { _max } = await this.db.prisma.commit.aggregate({
      where: { articleId: id, clientId },
      _max: { seq: true },
    });
    return _max.seq ?? 0;
  }

  async append(id: string, batch: Batch): Promise<'ok' | 'conflict'> {
    const { sql: text, ...rest } = appendStatement(id, batch);
    try {
      // Straight to the pool: this is asked with every flush, and costs a third of it when it goes through the client.
      const { rows } = await this.db.pool.query<{ n: number }>({ text, ...rest });
      if (rows[0]?.n !== batch.commits.length) return 'conflict';
      this.texts.leave(id, batch.after.rev, batch.after.doc);
      return 'ok';
    } catch (error) {
      if (isDuplicate(error)) return 'conflict';
      throw error;
    }
  }

  async saveSnapshot(id: string, review: Review, docHash: string, at: string): Promise<void> {
    const { prisma } = this.db;
    const json = reviewToJson(review) as object;
    const row = { review: json, docHash, at: new Date(at) };
    const save = prisma.snapshot.upsert({
      where: { articleId_rev: { articleId: id, rev: review.rev } },
      create: { articleId: id, rev: review.rev, ...row },
      update: row,
    });
    const rows = [...review.anchors.byId.values()].map((one) => anchorRow(id, review.rev, one));
    const { sql, values } = anchorStatement(id, rows);
    await prisma.$transaction([save, prisma.$executeRawUnsafe(sql, ...values)]);
  }

  async setStage(id: string, stage: Stage): Promise<void> {
    await this.db.prisma.article.updateMany({ where: { id }, data: { stage } });
  }

  async people(): Promise<Person[]> {
    const users = await this.db.prisma.user.findMany({
      select: { id: true, name: true, role: true, color: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return users.map((user) => personOf({ ...user, role: shownRole(user.role) }));
  }

  async peopleOf(ids: readonly string[]): Promise<Person[]> {
    const users = await this.db.prisma.user.findMany({ where: { id: { in: [...ids] } } });
    return users.map(personOf);
  }

  async person(id: string): Promise<Person | null> {
    const user = await this.db.prisma.user.findUnique({ where: { id } });
    return user && personOf(user);
  }

  async membershipsOf(userId: string): Promise<Membership[]> {
    return this.memberships({ userId });
  }

  async membershipsIn(articleId: string): Promise<Membership[]> {
    return this.memberships({ articleId });
  }

  private async memberships(
    where: { userId: string } | { articleId: string },
  ): Promise<Membership[]> {
    const include = { pin: true };
    return (await this.db.prisma.membership.findMany({ where, include })).map(membershipOf);
  }

  async putMembership({ articleId, userId, role, endsAt, pin }: Membership): Promise<void> {
    const pinId = pin?.id ?? null;
    const state = { role, endsAt: endsAt === null ? null : new Date(endsAt), pinId };
    await this.db.prisma.membership.upsert({
      where: { articleId_userId: { articleId, userId } },
      create: { id: randomUUID(), articleId, userId, ...state },
      update: state,
    });
  }

  async setting(key: string): Promise<string | null> {
    return (await this.db.prisma.setting.findUnique({ where: { key } }))?.value ?? null;
  }

  async putSetting(key: string, value: string): Promise<void> {
    const at = new Date();
    await this.db.prisma.setting.upsert({
      where: { key },
      create: { key, value, at },
      update: { value, at },
    });
  }

  async audit({ at, userId, action, articleId, detail }: AuditEntry): Promise<void> {
    await this.db.prisma.auditEntry.create({
      data: {
        id: randomUUID(),
        at: new Date(at),
        userId,
        action,
        articleId: articleId ?? null,
        detail: plain(detail),
      },
    });
  }

  async ping(): Promise<void> {
    await this.db.prisma.$queryRawUnsafe('SELECT 1');
  }

  close(): Promise<void> {
    return this.db.close();
  }
}
