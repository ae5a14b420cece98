import { describe, expect, it } from 'vitest';
import { schema } from '#core/article/schema.ts';
import type { Op } from '#core/annotate/op.ts';
import type { Commit } from '#core/sync/commit.ts';
import { apply, newReview, type Review } from '#core/sync/review.ts';
import { openDatabase, type Database } from '#server/store/client.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { smallDoc, storeContract } from '#tests/server/store-contract.ts';
import { freshDatabase } from '#tests/support/database.ts';

const at = '2026-01-02T03:04:05.678Z';

describe('the store in PostgreSQL', () => {
  storeContract(async () => {
    const fresh = await freshDatabase();
    const open: Database[] = [openDatabase(fresh.url)];
    const [database] = open;
    if (!database) throw new Error('No database.');
    return {
      store: new PrismaStore(database),
      addPerson: async ({ color, ...person }) => {
        const email = `${person.id}@galley.test`;
        await database.prisma.user.create({ data: { ...person, email, color: String(color) } });
      },
      reopen: async () => {
        await database.close();
        const again = openDatabase(fresh.url);
        open.push(again);
        return new PrismaStore(again);
      },
      end: async () => {
        for (const one of open) await one.close();
        await fresh.drop();
      },
    };
  });
});

describe('rows of annotations', () => {
  const place = { from: 13, to: 15, quote: { exact: 'x', prefix: '', suffix: '' } };
  const commit = (rev: number, ops: Op[], steps: Commit['steps'] = []): Commit => ({
    rev,
    clientId: 'client-1',
    seq: rev,
    userId: 'ines',
    at,
    intent: 'annotate',
    steps,
    origins: steps.map((_, i) => i),
    ops,
    dropped: [],
  });

  it('[ST9] follow the log: one row for each note, reply, claim and anchor, anchors only when their state changes', async () => {
    const fresh = await freshDatabase();
    const database = openDatabase(fresh.url);
    const { prisma } = database;
    try {
      const store = new PrismaStore(database);
      const doc = smallDoc('It is a safe heaven for all.');
      const info = { id: 'a1', language: 'en', stage: 'desk' as const };
      await store.createArticle({ info, doc, importFlags: [], createdBy: 'system', at });
      let review: Review = newReview(info, [], doc);
      const put = async (one: Commit): Promise<void> => {
        const after = apply(review, one);
        const batch = { commits: [one], before: review, after };
        expect(await store.append('a1', batch)).toBe('ok');
        review = after;
      };
      const claim = { id: 'k1', type: 'money' as const, text: 'half \ud83d', check: 'x' };
      const mark = schema.marks['insertion']?.create({ id: 's1', by: 'ines' });
      const tracked = schema.text('!', mark ? [mark] : []).toJSON() as object;
      // At the end of the paragraph, so that the places of the notes stay what they are.
      const suggest = { stepType: 'replace', from: 41, to: 41, slice: { content: [tracked] } };
      await put(
        commit(
          1,
          [
            { op: 'comment.open', id: 'c1', ...place, text: 'nul \0 here', audience: 'desk' },
            { op: 'occurrence.open', id: 'o1', ...place, claim, audience: 'all' },
            { op: 'suggestion.open', id: 's1', reason: 'r', category: '', audience: 'all' },
          ],
          [suggest],
        ),
      );
      await put(commit(2, [{ op: 'reply', id: 'r1', on: 'c1', text: 'So.', audience: 'desk' }]));
      expect(await prisma.comment.findMany()).toMatchObject([
        { id: 'c1', text: 'nul \ufffd here', audience: 'desk', openedRev: 1, status: 'open' },
      ]);
      expect(await prisma.reply.findMany()).toMatchObject([{ id: 'r1', rev: 2, text: 'So.' }]);
      expect(await prisma.claim.findMany()).toMatchObject([{ id: 'k1', text: 'half \ufffd' }]);
      expect(await prisma.claimEvent.findMany()).toMatchObject([{ claimId: 'k1', version: 1 }]);
      expect(await prisma.suggestion.findMany()).toMatchObject([
        { id: 's1', status: 'pending', inserted: '!', openedRev: 1 },
      ]);
      const anchors = () => prisma.anchor.findMany({ orderBy: { annotationId: 'asc' } });
      expect(await anchors()).toMatchObject([
        { annotationId: 'c1', rev: 1, from: 13, to: 15, state: 'attached', lastGood: null },
        { annotationId: 'o1', rev: 1 },
      ]);
      const typed = schema.text('abc');
      const shift = { stepType: 'replace', from: 1, to: 1, slice: { content: [typed.toJSON()] } };
      await put(commit(3, [], [shift]));
      expect(await anchors()).toMatchObject([{ rev: 1, from: 13 }, { rev: 1 }]);
      await store.saveSnapshot('a1', review, 'hash', at);
      expect(await anchors()).toMatchObject([{ rev: 3, from: 16, to: 18 }, { rev: 3 }]);
      await put(commit(4, [], [{ stepType: 'replace', from: 16, to: 20 }]));
      expect(await anchors()).toMatchObject([
        { rev: 4, state: 'detached', lastGood: { rev: 3, from: 16, to: 18 } },
        { rev: 4 },
      ]);
      await put(commit(5, [{ op: 'resolve', on: 'c1', audience: 'desk' }]));
      expect(await prisma.comment.findMany()).toMatchObject([
        { status: 'resolved', statusBy: 'ines', openedRev: 1 },
      ]);
    } finally {
      await database.close();
      await fresh.drop();
    }
  });
});
