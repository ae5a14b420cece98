/** Accounts as the database keeps them: what better-auth's own adapter does not do. */
import { createHash } from 'node:crypto';
import type { Role } from '#core/annotate/audience.ts';
import type { Database } from '#server/store/client.ts';

export interface NewAccount {
  id: string;
  name: string;
  /** Lower case. */
  email: string;
  role: Role;
  color: number;
  /** The hash better-auth made; without one there is no way to sign in with a password. */
  passwordHash?: string;
}

const linkKey = 'admin-link';

type Transaction = Parameters<Parameters<Database['prisma']['$transaction']>[0]>[0];

const credentialId = (userId: string): string =>
  createHash('sha256').update(`credential:${userId}`).digest('hex').slice(0, 32);

/** Gives a person the password they sign in with, in place of any earlier one. */
export async function setPassword(
  tx: Transaction,
  userId: string,
  password: string,
): Promise<void> {
  const providerId = 'credential';
  await tx.account.upsert({
    where: { providerId_accountId: { providerId, accountId: userId } },
    create: { id: credentialId(userId), accountId: userId, providerId, userId, password },
    update: { password },
  });
}

/** Writes a new person, with a way to sign in when there is a password. */
export async function createAccount(tx: Transaction, account: NewAccount): Promise<void> {
  const { passwordHash, color, ...person } = account;
  await tx.user.create({ data: { ...person, color: String(color), emailVerified: true } });
  if (passwordHash !== undefined) await setPassword(tx, account.id, passwordHash);
}

/** True when the kept link is this one and not too old. */
function opensAt(kept: string, hash: string, now: Date): boolean {
  const link = JSON.parse(kept) as { hash: string; expiresAt: string };
  return link.hash === hash && new Date(link.expiresAt) > now;
}

const hasAdmin = async (tx: Pick<Transaction, 'user'>): Promise<boolean> =>
  (await tx.user.count({ where: { role: 'admin' } })) > 0;

export class Accounts {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  count(): Promise<number> {
    return this.db.prisma.user.count();
  }

  /** Adds people that are not there yet, by id. */
  async seed(people: readonly NewAccount[]): Promise<void> {
    await this.db.prisma.user.createMany({
      data: people.map(({ passwordHash: _none, color, ...person }) => ({
        ...person,
        color: String(color),
        emailVerified: true,
      })),
      skipDuplicates: true,
    });
  }

  /** The value of a setting that is made once for all nodes: the first one to write it wins. */
  async settingOnce(key: string, make: () => string): Promise<string> {
    const { prisma } = this.db;
    const found = await prisma.setting.findUnique({ where: { key } });
    if (found) return found.value;
    await prisma.setting.createMany({ data: [{ key, value: make() }], skipDuplicates: true });
    return (await prisma.setting.findUniqueOrThrow({ where: { key } })).value;
  }

  /** Keeps the hash of a new admin link; an earlier link stops working. */
  async keepAdminLink(hash: string, expiresAt: Date): Promise<void> {
    const value = JSON.stringify({ hash, expiresAt: expiresAt.toISOString() });
    await this.db.prisma.setting.upsert({
      where: { key: linkKey },
      create: { key: linkKey, value },
      update: { value, at: new Date() },
    });
  }

  /** True while the link would make the first admin. */
  async adminLinkWorks(hash: string, now: Date): Promise<boolean> {
    const { prisma } = this.db;
    const kept = await prisma.setting.findUnique({ where: { key: linkKey } });
    return kept !== null && opensAt(kept.value, hash, now) && !(await hasAdmin(prisma));
  }

  /** Makes the first admin for whoever holds the link. False: the link is unknown, old or used, or there is an admin. */
  async takeAdminLink(hash: string, now: Date, account: NewAccount): Promise<boolean> {
    return this.db.prisma.$transaction(async (tx) => {
      const kept = await tx.setting.findUnique({ where: { key: linkKey } });
      if (!kept || !opensAt(kept.value, hash, now)) return false;
      // Deleting first lets one of two at the same time through: the other waits for the row and finds it gone.
      const { count } = await tx.setting.deleteMany({ where: { key: linkKey, value: kept.value } });
      if (count === 0 || (await hasAdmin(tx))) return false;
      await createAccount(tx, account);
      return true;
    });
  }

  /** Says who wrote an article, as far as the house knows them. */
  async setWriter(articleId: string, writerId: string): Promise<void> {
    await this.db.prisma.article.updateMany({ where: { id: articleId }, data: { writerId } });
  }
}
