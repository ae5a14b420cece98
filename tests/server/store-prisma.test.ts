import { describe, expect, it } from 'vitest';
import type { Person } from '#core/annotate/annotation.ts';
import { schema } from '#core/article/schema.ts';
import type { Op } from '#core/annotate/op.ts';
import type { Commit } from '#core/sync/commit.ts';
import { apply, newReview, type Review } from '#core/sync/review.ts';
import { appendStatement } from '#server/store/append.ts';
import { openDatabase, type Database } from '#server/store/client.ts';
import type { ListAsked } from '#server/store/list-query.ts';
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

describe('the text that is searched', () => {
  const ines: Person = { id: 'ines', name: 'Ines', role: 'editor', color: 1 };
  const asked = (words: string): ListAsked => ({
    person: ines,
    memberships: [],
    now: at,
    words,
    stage: null,
    only: null,
    after: null,
    limit: 50,
  });
  const found = async (store: PrismaStore, words: string): Promise<string[]> =>
    (await store.findArticles(asked(words))).rows.map(({ id }) => id);
  const info = { id: 'a1', language: 'en', stage: 'desk' as const };
  const typed = (rev: number, words: string): Commit => ({
    rev,
    clientId: 'client-1',
    seq: rev,
    userId: 'ines',
    at,
    intent: 'edit',
    steps: [
      {
        stepType: 'replace',
        from: 14,
        to: 14,
        slice: { content: [{ type: 'text', text: words }] },
      },
    ],
    origins: [0],
    ops: [],
    dropped: [],
  });
  /** Types words at the end of what was typed so far; gives the review after them. */
  const type = async (store: PrismaStore, before: Review, words: string): Promise<Review> => {
    const one = typed(before.rev + 1, words);
    const after = apply(before, one);
    expect(await store.append('a1', { commits: [one], before, after })).toBe('ok');
    return after;
  };

  it('[ST23] is found at once where it was typed and elsewhere once it is written; what a crash kept from being written is found too', async () => {
    const fresh = await freshDatabase();
    const open = (): [PrismaStore, Database] => {
      const database = openDatabase(fresh.url);
      return [new PrismaStore(database), database];
    };
    const [near, nearDatabase] = open();
    const [far, farDatabase] = open();
    try {
      const doc = smallDoc('It is a safe heaven for all.');
      await near.createArticle({ info, doc, importFlags: [], createdBy: 'system', at });
      let review = await type(near, newReview(info, [], doc), 'wombat ');
      expect(await found(near, 'wombat')).toEqual(['a1']);
      // The control: it was not written with the commit.
      expect(await found(far, 'wombat')).toEqual([]);
      await near.keepTexts();
      expect(await found(far, 'wombat')).toEqual(['a1']);
      await far.refreshSearch(null, 10);
      expect(await found(far, 'wombat')).toEqual(['a1']);
      review = await type(near, review, 'quagga ');
      review = await type(near, review, 'okapi ');
      // As if it had been killed here: nobody writes what it has left.
      await nearDatabase.close();
      expect(await found(far, 'quagga')).toEqual([]);
      await far.refreshSearch(new Date(Date.parse(at) + 1).toISOString(), 10);
      for (const words of ['wombat', 'quagga', 'okapi quagga'])
        expect(await found(far, words), words).toEqual(['a1']);
      // An older text never takes the place of a newer one.
      await farDatabase.prisma.article.update({ where: { id: 'a1' }, data: { text: 'newest' } });
      await far.refreshSearch(null, 10);
      await far.keepTexts();
      const row = await farDatabase.prisma.article.findUnique({ where: { id: 'a1' } });
      expect([row?.text, row?.textRev, row?.searchRev]).toEqual(['newest', review.rev, review.rev]);
    } finally {
      await nearDatabase.close();
      await farDatabase.close();
      await fresh.drop();
    }
  });

  it('[ST23] of an article whose log cannot be read stays as it was, and holds up no other', async () => {
    const fresh = await freshDatabase();
    const database = openDatabase(fresh.url);
    try {
      const doc = smallDoc('It is a safe heaven for all.');
      const [crashed, store] = [new PrismaStore(database), new PrismaStore(database)];
      await crashed.createArticle({ info, doc, importFlags: [], createdBy: 'system', at });
      const other = { ...info, id: 'a2' };
      await crashed.createArticle({ info: other, doc, importFlags: [], createdBy: 'system', at });
      await type(crashed, newReview(info, [], doc), 'wombat ');
      await database.prisma.snapshot.updateMany({
        where: { articleId: 'a1' },
        data: { review: {} },
      });
      expect(await store.refreshSearch(null, 10)).toBe(2);
      expect(await store.refreshSearch(null, 10)).toBe(0);
      expect((await found(store, 'heaven')).toSorted()).toEqual(['a1', 'a2']);
    } finally {
      await database.close();
      await fresh.drop();
    }
  });

  it('[ST24] is not sent with a commit: what a letter costs does not grow with its article', () => {
    const bytes = (paragraphs: number): number => {
      const doc = smallDoc(
        ...Array<string>(paragraphs).fill('It is a safe heaven for all. '.repeat(20)),
      );
      const before = newReview(info, [], doc);
      const one = typed(1, 'x');
      const { sql, values } = appendStatement('a1', {
        commits: [one],
        before,
        after: apply(before, one),
      });
      return JSON.stringify([sql, values]).length;
    };
    // Counts of words have more digits; nothing else is longer.
    expect(bytes(400) - bytes(1)).toBeLessThan(20);
  });
});
