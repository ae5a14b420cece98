/** Links that work once: invitations, and new passwords. Only the hash of a token is here, and using a link is one transaction
 *  that begins by marking it used, so that of two at the same time one goes through. */
import { randomUUID } from 'node:crypto';
import { roles, type Role } from '#core/annotate/audience.ts';
import type { HandOver } from '#core/sync/desk.ts';
import { createAccount, setPassword, type NewAccount } from '#server/store/accounts.ts';
import type { Database } from '#server/store/client.ts';
import { isDuplicate } from '#server/store/failure.ts';
import { handOverOf } from '#server/store/hand-over-row.ts';
import type { HandOverModel } from '#server/store/generated/models.ts';

/** An invitation as it is kept. */
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  article: { id: string; headline: string } | null;
  endsAt: string | null;
  invitedBy: string;
  expiresAt: string;
  /** The hand-over that the membership will be pinned to. */
  pin: HandOver | null;
}

export interface NewInvitation {
  tokenHash: string;
  /** Lower case. */
  email: string;
  role: Role;
  articleId: string | null;
  endsAt: string | null;
  pinId: string | null;
  invitedBy: string;
  at: string;
  expiresAt: string;
}

const fields = {
  id: true,
  email: true,
  role: true,
  endsAt: true,
  invitedBy: true,
  expiresAt: true,
  article: { select: { id: true, headline: true } },
  pin: true,
} as const;

interface Row {
  id: string;
  email: string;
  role: string;
  endsAt: Date | null;
  invitedBy: string;
  expiresAt: Date;
  article: { id: string; headline: string } | null;
  pin: HandOverModel | null;
}

const invitationOf = (row: Row): Invitation => ({
  ...row,
  role: roles.find((known) => known === row.role) ?? 'viewer',
  endsAt: row.endsAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
  pin: row.pin && handOverOf(row.pin),
});

export class Links {
  private readonly db: Database;

  constructor(database: Database) {
    this.db = database;
  }

  /** Keeps a new invitation; an earlier one of the same address to the same place stops working. Gives its id. */
  async invite({ at, ...made }: NewInvitation): Promise<string> {
    const { prisma } = this.db;
    const { email, articleId } = made;
    const id = randomUUID();
    const { endsAt, expiresAt } = made;
    await prisma.$transaction([
      prisma.invitation.deleteMany({ where: { email, articleId, usedAt: null } }),
      prisma.invitation.create({
        data: {
          ...made,
          id,
          createdAt: new Date(at),
          expiresAt: new Date(expiresAt),
          endsAt: endsAt === null ? null : new Date(endsAt),
        },
      }),
    ]);
    return id;
  }

  /** Invitations that still work: to one article, or all of them. */
  async pending(now: string, articleId?: string): Promise<Invitation[]> {
    const rows = await this.db.prisma.invitation.findMany({
      where: {
        usedAt: null,
        expiresAt: { gt: new Date(now) },
        ...(articleId === undefined ? {} : { articleId }),
      },
      select: fields,
      orderBy: { createdAt: 'asc' },
    });
    return rows.map(invitationOf);
  }

  /** An invitation that still works, by its token or its id. */
  async invitation(
    by: { tokenHash: string } | { id: string },
    now: string,
  ): Promise<Invitation | null> {
    const row = await this.db.prisma.invitation.findFirst({
      where: { ...by, usedAt: null, expiresAt: { gt: new Date(now) } },
      select: fields,
    });
    return row && invitationOf(row);
  }

  /** Takes an invitation back. False when it was used or taken back already. */
  async withdraw(id: string): Promise<boolean> {
    const { count } = await this.db.prisma.invitation.deleteMany({ where: { id, usedAt: null } });
    return count > 0;
  }

  /** Uses an invitation up for a new person, or for one who is here. False when it does not work any more. */
  async accept(
    invitation: Invitation,
    now: string,
    who: { account: NewAccount } | { userId: string },
  ): Promise<boolean> {
    const userId = 'account' in who ? who.account.id : who.userId;
    const { id, article, role, endsAt, email, pin } = invitation;
    try {
      return await this.db.prisma.$transaction(async (tx) => {
        const { count } = await tx.invitation.updateMany({
          where: { id, usedAt: null, expiresAt: { gt: new Date(now) } },
          data: { usedAt: new Date(now), usedBy: userId },
        });
        if (count === 0) return false;
        if ('account' in who) {
          await createAccount(tx, who.account);
          // Whoever is in needs no other way in.
          await tx.invitation.deleteMany({ where: { email, articleId: null, usedAt: null } });
        }
        if (article) {
          const until = endsAt === null ? null : new Date(endsAt);
          const state = { role, endsAt: until, pinId: pin?.id ?? null };
          await tx.membership.upsert({
            where: { articleId_userId: { articleId: article.id, userId } },
            create: { id: randomUUID(), articleId: article.id, userId, ...state },
            update: state,
          });
        }
        return true;
      });
    } catch (error) {
      // The address got an account in the same moment.
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Keeps a new link for a password; an earlier one of the same person stops working. */
  async keepReset(reset: {
    tokenHash: string;
    userId: string;
    madeBy: string;
    at: string;
    expiresAt: string;
  }): Promise<void> {
    const { prisma } = this.db;
    const { at, expiresAt, ...made } = reset;
    await prisma.$transaction([
      prisma.passwordReset.deleteMany({ where: { userId: made.userId, usedAt: null } }),
      prisma.passwordReset.create({
        data: {
          ...made,
          id: randomUUID(),
          createdAt: new Date(at),
          expiresAt: new Date(expiresAt),
        },
      }),
    ]);
  }

  /** Whose password a link changes, and who made it; null when it does not work any more. */
  async reset(tokenHash: string, now: string): Promise<{ userId: string; madeBy: string } | null> {
    return this.db.prisma.passwordReset.findFirst({
      where: { tokenHash, usedAt: null, expiresAt: { gt: new Date(now) } },
      select: { userId: true, madeBy: true },
    });
  }

  /** Uses the link up: sets the password and ends all sessions. False when it does not work any more. */
  useReset(
    tokenHash: string,
    now: string,
    who: { userId: string; passwordHash: string },
  ): Promise<boolean> {
    const { userId, passwordHash } = who;
    return this.db.prisma.$transaction(async (tx) => {
      const { count } = await tx.passwordReset.updateMany({
        where: { tokenHash, userId, usedAt: null, expiresAt: { gt: new Date(now) } },
        data: { usedAt: new Date(now) },
      });
      if (count === 0) return false;
      await setPassword(tx, userId, passwordHash);
      await tx.session.deleteMany({ where: { userId } });
      return true;
    });
  }
}
