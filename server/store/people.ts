/** People as the house manages them: roles, bans, sessions, memberships. What better-auth's own adapter does not do. */
import type { Person } from '#core/annotate/annotation.ts';
import { roles, type Role } from '#core/annotate/audience.ts';
import type { HousePerson } from '#core/people/answers.ts';
import { roleAfterChange } from '#core/people/rules.ts';
import type { Database } from '#server/store/client.ts';
import { importedAddress, ofTheHouse } from '#server/store/imported-people.ts';
import { personOf } from '#server/store/article-row.ts';

type Transaction = Parameters<Parameters<Database['prisma']['$transaction']>[0]>[0];

/** What came of a change to a person. */
export type Changed = 'done' | 'unknown' | 'last-admin';

const personFields = {
  id: true,
  name: true,
  role: true,
  color: true,
  email: true,
  banned: true,
  lastSeenAt: true,
} as const;

interface PersonRow {
  id: string;
  name: string;
  role: string;
  color: string | null;
  email: string;
  banned: boolean;
  lastSeenAt: Date | null;
}

const housePerson = (row: PersonRow): HousePerson => ({
  ...personOf(row),
  email: row.email,
  banned: row.banned,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});

/** Holds the administrators who can sign in until the transaction ends, so that of two changes at once one sees the other. */
async function administrators(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "User" WHERE role = 'admin' AND NOT banned ORDER BY id FOR UPDATE`;
  return rows.map((row) => row.id);
}

const isLast = (admins: readonly string[], id: string): boolean =>
  admins.length === 1 && admins[0] === id;

export class People {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** Keeps people who are known from a file alone, as names that cannot sign in. Those who are known already stay as they are. */
  async addNames(people: readonly Person[]): Promise<void> {
    await this.db.prisma.user.createMany({
      data: people.map(({ id, name, color }) => ({
        id,
        name,
        role: 'viewer',
        color: String(color),
        email: importedAddress(id),
      })),
      skipDuplicates: true,
    });
  }

  async all(): Promise<HousePerson[]> {
    const rows = await this.db.prisma.user.findMany({
      where: ofTheHouse,
      select: personFields,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(housePerson);
  }

  async byId(id: string): Promise<HousePerson | null> {
    const where = { id, ...ofTheHouse };
    const row = await this.db.prisma.user.findUnique({ where, select: personFields });
    return row && housePerson(row);
  }

  /** `email` in lower case. */
  async byEmail(email: string): Promise<HousePerson | null> {
    const row = await this.db.prisma.user.findUnique({ where: { email }, select: personFields });
    return row && housePerson(row);
  }

  async isBanned(id: string): Promise<boolean> {
    const row = await this.db.prisma.user.findUnique({ where: { id }, select: { banned: true } });
    return row?.banned ?? true;
  }

  /** Changes the role in the house, and those memberships that were given as what the person was. */
  setRole(id: string, role: Role): Promise<Changed> {
    return this.db.prisma.$transaction(async (tx) => {
      const admins = await administrators(tx);
      const user = await tx.user.findUnique({ where: { id }, select: { role: true } });
      if (!user) return 'unknown';
      if (role !== 'admin' && isLast(admins, id)) return 'last-admin';
      await tx.user.update({ where: { id }, data: { role } });
      const before = roles.find((known) => known === user.role) ?? 'viewer';
      if (roleAfterChange(before, before, role) !== before)
        await tx.membership.updateMany({ where: { userId: id, role: before }, data: { role } });
      return 'done';
    });
  }

  /** Closes an account and ends its sessions. */
  ban(id: string): Promise<Changed> {
    return this.db.prisma.$transaction(async (tx) => {
      const admins = await administrators(tx);
      if (isLast(admins, id)) return 'last-admin';
      const { count } = await tx.user.updateMany({ where: { id }, data: { banned: true } });
      await tx.session.deleteMany({ where: { userId: id } });
      return count === 0 ? 'unknown' : 'done';
    });
  }

  async unban(id: string): Promise<Changed> {
    const data = { banned: false, banReason: null, banExpires: null };
    const { count } = await this.db.prisma.user.updateMany({ where: { id }, data });
    return count === 0 ? 'unknown' : 'done';
  }

  async endSessions(userId: string): Promise<void> {
    await this.db.prisma.session.deleteMany({ where: { userId } });
  }

  /** Remembers when somebody was here. */
  async saw(id: string, at: string): Promise<void> {
    await this.db.prisma.user.updateMany({ where: { id }, data: { lastSeenAt: new Date(at) } });
  }

  async setRestricted(articleId: string, restricted: boolean): Promise<void> {
    await this.db.prisma.article.updateMany({ where: { id: articleId }, data: { restricted } });
  }

  /** Takes away the membership, and the name of writer if it is theirs. False when there was neither. */
  async removeFrom(articleId: string, userId: string): Promise<boolean> {
    const { prisma } = this.db;
    const [membership, writing] = await prisma.$transaction([
      prisma.membership.deleteMany({ where: { articleId, userId } }),
      prisma.article.updateMany({
        where: { id: articleId, writerId: userId },
        data: { writerId: null },
      }),
    ]);
    return membership.count + writing.count > 0;
  }

  /** The names behind ids; unknown ones are left out. */
  async named(ids: readonly string[]): Promise<Map<string, Person>> {
    const rows = await this.db.prisma.user.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, name: true, role: true, color: true },
    });
    return new Map(rows.map((row) => [row.id, personOf(row)]));
  }
}
