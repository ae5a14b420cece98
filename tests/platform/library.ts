/** A library with history for the tests of backups: articles whose logs come from random histories, people, facts, and what a backup leaves out. */
import type { Op } from '#core/annotate/op.ts';
import type { Commit } from '#core/sync/commit.ts';
import { apply, newReview, type Review } from '#core/sync/review.ts';
import type { Database } from '#server/store/client.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { history } from '#tests/sync/random-history.ts';

const at = new Date('2026-01-02T03:04:05.678Z');

/** Every secret below begins so; none may be found in a backup. */
export const SECRET = 'planted-secret';
export const PASSWORD_HASH = 'scrypt:hash-of-a-password';

/** Writes one article commit by commit; `wrote` hears of each that is acknowledged. */
export async function writeArticle(
  database: Database,
  id: string,
  seed: number,
  wrote: (id: string, rev: number) => void = () => undefined,
): Promise<Review> {
  const store = new PrismaStore(database);
  const options = { suggest: true, direct: true, decide: true, undo: true };
  const played = await history(seed, options, 120);
  const commits = await played.desk.store.commits('a1', 0, 100_000);
  const info = { id, language: 'en', stage: 'desk' as const };
  const createdBy = 'system';
  await store.createArticle({
    info,
    doc: played.opening,
    importFlags: [{ flag: 'odd' }],
    sourceText: 'As filed — “quoted”\u2028and more',
    createdBy,
    at: at.toISOString(),
  });
  let review = newReview(info, [], played.opening);
  const append = async (commit: Commit): Promise<void> => {
    const before = review;
    const after = apply(before, commit);
    const answer = await store.append(id, { commits: [commit], before, after });
    if (answer !== 'ok') throw new Error(`not written: ${answer}`);
    review = after;
    wrote(id, review.rev);
    if (review.rev % 20 === 0) await store.saveSnapshot(id, review, '', at.toISOString());
  };
  for (const commit of commits) await append(commit);
  await append(factOf(id, review));
  return review;
}

function factOf(id: string, review: Review): Commit {
  const claim = { id: `claim-${id}`, type: 'money' as const, text: '$550m', check: 'Who says?' };
  const quote = { exact: 'H', prefix: '', suffix: '' };
  const op: Op = { op: 'occurrence.open', id: 'o1', from: 1, to: 2, quote, claim, audience: 'all' };
  // Halves of a surrogate pair can stand in a log, and must come back as they were.
  const reply: Op = { op: 'reply', id: 'r1', on: 'o1', text: 'half \ud83d', audience: 'all' };
  return {
    rev: review.rev + 1,
    clientId: 'client-fact',
    seq: 1,
    userId: 'b',
    at: at.toISOString(),
    intent: 'annotate',
    steps: [],
    origins: [],
    ops: [op, reply],
    dropped: [],
  };
}

/** People, facts with sources, and everything that has to stay out of a backup. */
export async function writeHouse({ prisma }: Database, articleId: string): Promise<void> {
  const expiresAt = new Date('2099-01-01');
  for (const id of ['a', 'b']) {
    await prisma.user.create({
      data: { id, name: id, email: `${id}@galley.test`, role: 'editor' },
    });
    await prisma.account.create({
      data: {
        id,
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: PASSWORD_HASH,
        refreshToken: `${SECRET}-refresh`,
      },
    });
  }
  await prisma.session.create({
    data: { id: 's', token: `${SECRET}-session`, userId: 'a', expiresAt },
  });
  await prisma.verification.create({
    data: { id: 'v', identifier: 'a', value: `${SECRET}-verification`, expiresAt },
  });
  await prisma.invitation.create({
    data: {
      id: 'i',
      tokenHash: `${SECRET}-invitation`,
      email: 'c@galley.test',
      role: 'writer',
      invitedBy: 'a',
      expiresAt,
    },
  });
  await prisma.passwordReset.create({
    data: { id: 'p', tokenHash: `${SECRET}-reset`, userId: 'b', madeBy: 'a', expiresAt },
  });
  for (const key of ['auth-secret', 'admin-link']) {
    await prisma.setting.create({ data: { key, value: `${SECRET}-${key}` } });
  }
  await prisma.setting.create({ data: { key: 'house-name', value: 'The Desk' } });
  const claimId = `claim-${articleId}`;
  await prisma.source.create({
    data: { id: 'src', title: 'A source', kind: 'web', createdBy: 'b', detail: { dated: '2017' } },
  });
  await prisma.citation.create({
    data: { id: 'cit', claimId, sourceId: 'src', stance: 'supports', createdBy: 'b' },
  });
  await prisma.check.create({
    data: {
      id: 'check',
      claimId,
      version: 2,
      articleId,
      occurrenceId: 'o1',
      userId: 'b',
      at,
      verdict: 'confirmed',
      citationIds: ['cit'],
      rev: 1,
      words: 'H',
      sentence: 'Headline',
    },
  });
  await prisma.auditEntry.create({ data: { id: 'e', action: 'sign-in', userId: 'a' } });
}
