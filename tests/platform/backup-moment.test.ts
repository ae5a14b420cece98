// A commit that comes while a backup is under way: between the rows of articles and those of the log.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { apply, reviewFromJson, type Review } from '#core/sync/review.ts';
import type { Commit } from '#core/sync/commit.ts';
import { makeBackup } from '#server/backup/backup.ts';
import { inspectBackup } from '#server/backup/inspect.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { openDatabase } from '#server/store/client.ts';
import { PrismaStore } from '#server/store/prisma.ts';
import { query } from '#tests/platform/house-process.ts';
import { writeArticle } from '#tests/platform/library.ts';
import { freshDatabase } from '#tests/support/database.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

type Query = (this: pg.Client, ...asked: unknown[]) => unknown;

/** Changes what clients ask, and does something before the first rows of the log are read. */
function between(change: (sql: string) => string, act: () => Promise<void>): void {
  const sound = pg.Client.prototype.query as unknown as Query;
  const put = (query: Query): void => {
    pg.Client.prototype.query = query as unknown as typeof pg.Client.prototype.query;
  };
  let isDone = false;
  put(function (this: pg.Client, ...asked) {
    const [first, ...rest] = asked;
    if (typeof first !== 'string') return sound.apply(this, asked);
    if (isDone || !/^DECLARE .* FROM "Commit"/s.test(first))
      return sound.apply(this, [change(first), ...rest]);
    isDone = true;
    return act().then(() => sound.apply(this, [first, ...rest]));
  });
  cleanups.push(() => put(sound));
}

const isolation = /REPEATABLE READ/;

it.each([
  ['is not in the backup, which is one moment', (sql: string) => sql, null],
  [
    'planted: is half in a backup that is not one moment, and found out by its restore',
    (sql: string) => sql.replace(isolation, 'READ COMMITTED'),
    /one/,
  ],
])('[BK2][BK5] a commit in between %s', async (_what, change, words) => {
  const folder = await mkdtemp(join(tmpdir(), 'galley-moment-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const source = await freshDatabase();
  cleanups.push(() => source.drop());
  const database = openDatabase(source.url);
  cleanups.push(() => database.close());
  const store = new PrismaStore(database);
  await writeArticle(database, 'one', 7);
  const opened = await store.open('one');
  if (!opened) throw new Error('The article is gone.');
  const head: Review = opened.commits.reduce(apply, reviewFromJson(opened.snapshot));
  const late: Commit = {
    rev: head.rev + 1,
    clientId: 'client-late',
    seq: 1,
    userId: 'b',
    at: '2026-01-02T03:04:05.678Z',
    intent: 'annotate',
    steps: [],
    origins: [],
    ops: [],
    dropped: [],
  };
  let answer = '';
  between(change, async () => {
    const batch = { commits: [late], before: head, after: apply(head, late) };
    answer = await store.append('one', batch);
  });
  const file = join(folder, 'house.galley');
  await makeBackup(source.url, file, new Date('2026-02-03T04:05:06.789Z'));
  expect(answer).toBe('ok');
  const target = await freshDatabase();
  cleanups.push(() => target.drop());
  const nothing = (): Promise<void> => Promise.resolve();
  const access = { url: target.url, where: 'a test', letGo: nothing, stop: nothing };
  const restoring = inspectBackup(file).then((inspected) => restoreBackup(access, inspected));
  if (words) await expect(restoring).rejects.toThrow(words);
  else {
    await restoring;
    expect(await query(target.url, 'SELECT max(rev) AS rev FROM "Commit"')).toEqual([
      { rev: head.rev },
    ]);
  }
});
